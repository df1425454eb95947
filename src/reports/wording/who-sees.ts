// Who sees figures by name besides those they are about: the rules of `maySee` in words, the same wherever they are said.

const admins = "the bot's admins"
const adminsAndRoles = `${admins} and people they gave a role`

/** Of a person's, a team's or an org's figures. `above`: seen from whom: `the managers above you, the bot's admins and …`. */
export const whoSees = (above: 'above you' | 'above'): string => `the managers ${above}, ${adminsAndRoles}`

/** In a direct message about a team or an org. */
export const seenByLeaders = `The message comes to you alone; those who lead the team, ${adminsAndRoles} can see the same figures.`

/** In a direct message about the company. */
export const seenByAdmins = `The message comes to you alone; ${admins} can see the same figures.`
