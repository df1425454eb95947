// A Slack user group typed in place of a team: looks up its members and answers about the team or org they belong to. A group names a
// team, it does not make one: the policy then decides as for any other team.
import type { PersonId } from '../../domain/person.ts'
import type { Subject } from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'
import { AskError, type Suggestion } from '../../errors.ts'

/** As Slack delivers it in command text. `shown`: with the `@`. */
export interface UserGroup {
  readonly id: string
  readonly shown: string
}

/** What Slack says of a group. `not-allowed`: the optional scope usergroups:read was not granted. */
export type UserGroupReading =
  | { readonly type: 'members'; readonly slackUserIds: readonly string[] }
  | { readonly type: 'not-allowed' }
  | { readonly type: 'unknown' }

const written = /^<!subteam\^([A-Z0-9]+)(?:\|@?([^>]*))?>$/i

/** The group one word mentions; undefined when it mentions none. */
export function userGroupIn(word: string): UserGroup | undefined {
  const [, id, handle] = written.exec(word) ?? []
  return id === undefined ? undefined : { id: id.toUpperCase(), shown: `@${handle || id}` }
}

export interface UserGroupSources {
  readonly chart: OrgChart
  personOfSlackUser(slackUserId: string): Promise<PersonId | undefined>
  membersOfUserGroup(groupId: string): Promise<UserGroupReading>
}

/** Each is looked up; no manager leads as many. */
const mostMembers = 2000

/**
 * The one person of a group of one, else the team whose people (or the org, when they report to several) hold everybody in it.
 * @throws AskError when Slack does not say who is in it, nobody in it is in Gong, or they have no manager in common
 */
export async function subjectOfUserGroup(group: UserGroup, sources: UserGroupSources, otherwise: readonly Suggestion[]): Promise<Subject> {
  const reading = await sources.membersOfUserGroup(group.id)
  const instead = "Type @manager's team instead."
  if (reading.type === 'not-allowed') {
    throw new AskError(
      `Slack does not let me see who is in ${group.shown}: I lack the scope usergroups:read, which whoever runs me can add. ${instead}`,
      otherwise,
    )
  }
  if (reading.type === 'unknown') throw new AskError(`Slack does not say who is in ${group.shown}. ${instead}`, otherwise)
  if (reading.slackUserIds.length > mostMembers)
    throw new AskError(`${group.shown} has more than ${mostMembers} people, so it is no team. ${instead}`, otherwise)
  const found = await Promise.all(reading.slackUserIds.map((id) => sources.personOfSlackUser(id)))
  const people = found.filter((id): id is PersonId => id !== undefined && sources.chart.people.get(id)?.active === true)
  const [first, second] = people
  if (first === undefined) throw new AskError(`I found nobody of ${group.shown} in Gong. ${instead}`, otherwise)
  if (second === undefined) return { type: 'person', personId: first }
  const leader = leaderOfAll(people, sources.chart)
  if (leader === undefined) {
    throw new AskError(`The people in ${group.shown} have no manager in common in Gong, so they are no team there. ${instead}`, otherwise)
  }
  const direct = new Set(sources.chart.team(leader).map(({ id }) => id))
  return { type: people.every((id) => id === leader || direct.has(id)) ? 'team' : 'org', managerId: leader }
}

/** The nearest person above or among them to whom all the others report, directly or not. */
function leaderOfAll(people: readonly PersonId[], chart: OrgChart): PersonId | undefined {
  const lines = people.map((id) => [id, ...chart.above(id).map((manager) => manager.id)])
  return lines[0]?.find((candidate) => lines.every((line) => line.includes(candidate)))
}
