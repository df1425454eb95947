// Who sees figures by name besides those they are about: the rules of `maySee` in words, the same wherever they are said.

import { capital, listWords } from '../../render/text/numbers.ts'

const admins = "the bot's admins"
const adminsAndRoles = `${admins} and people they gave a role`

/** Of a person's, a team's or an org's figures. `above`: seen from whom: `the managers above you, the bot's admins and …`. */
export const whoSees = (above: 'above you' | 'above'): string => `the managers ${above}, ${adminsAndRoles}`

/**
 * All of a person's own. `channels`: those where digests name them now, `#emea` or nothing. `wasPosted`: they were named in one before, and what
 * was posted stays.
 */
export function whoSeesYours(channels: readonly (string | undefined)[], wasPosted: boolean): string {
  const named = [...new Set(channels.map((channel) => channel ?? 'a private channel'))]
  const readers =
    named.length > 0
      ? `, and so can everybody who reads ${listWords(named)}, where digests name your team`
      : wasPosted
        ? ', and whoever reads a channel sees what was posted there'
        : ''
  return `${capital(whoSees('above you'))} can see your figures${readers}; nobody else.`
}

/** In a direct message about a team or an org. */
export const seenByLeaders = `The message comes to you alone; those who lead the team, ${adminsAndRoles} can see the same figures.`

/** In a direct message about the company. */
export const seenByAdmins = `The message comes to you alone; ${admins} can see the same figures.`
