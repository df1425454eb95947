// The part every interaction payload shares: who acts, in which workspace, with which trigger.
import type { SlackWorld } from './method.ts'
import { teamObject } from './objects.ts'
import type { Json, SimulatedUser } from './workspace.ts'

/** Another company's team id; people who are outside belong to it. */
const partnerTeamId = 'T0PARTNER'

/** Apps verify signatures; the old token in payloads says nothing any more. */
export const legacyToken = 'verification-is-by-signature'

/** @throws Error when nobody has that id */
export function actor(id: string, world: SlackWorld): SimulatedUser {
  const user = world.workspace.users.get(id)
  if (!user) throw new Error(`nobody here has the id ${id}`)
  return user
}

export const teamIdOf = (user: SimulatedUser, world: SlackWorld): string => (user.isOutside ? partnerTeamId : world.workspace.teamId)

/** A fresh trigger each time. */
export function envelope(userId: string, world: SlackWorld): Json {
  const user = actor(userId, world)
  return {
    user: { id: userId, username: user.name, name: user.name, team_id: teamIdOf(user, world) },
    api_app_id: world.workspace.appId,
    token: legacyToken,
    team: teamObject(world.workspace),
    enterprise: null,
    is_enterprise_install: false,
    trigger_id: world.grants.trigger(userId),
  }
}
