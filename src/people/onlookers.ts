// Who of a message's readers sees others by name, so that a figure without names gives nothing away beside those. Of a few readers of a
// channel each is asked; what anybody in the workspace can read, or too many to ask, is read by every leader and everybody with a role.
import { createHash } from 'node:crypto'
import type { ChannelOnlookers, Onlookers } from '../domain/onlookers.ts'
import type { PersonId } from '../domain/person.ts'
import type { Viewer } from '../domain/policy.ts'
import type { OrgChart } from '../domain/team.ts'
import type { ChannelReaders } from '../slack-ports.ts'
import type { AccessStore } from '../store/people/access.ts'

const readersAskedAtMost = 48

type PeopleOf = (members: ChannelReaders['people']) => Promise<ReadonlyMap<string, PersonId>>

interface OnlookersDeps {
  readonly peopleOf: PeopleOf
  readonly viewerOf: (slackUserId: string) => Promise<Viewer>
  readonly access: Pick<AccessStore, 'roleHolders'>
  readonly chart: () => Promise<OrgChart>
}

/** Those who did before are asked too. Without readers nobody knows who they are: it may be anybody. */
export async function onlookersOf(
  readers: Pick<ChannelReaders, 'isPrivate' | 'people'> | undefined,
  { peopleOf, viewerOf, access, chart }: OnlookersDeps,
): Promise<ChannelOnlookers> {
  const [holders, tree] = await Promise.all([access.roleHolders(), chart()])
  const isAnybody = !readers?.isPrivate || readers.people.length > readersAskedAtMost
  const ids = isAnybody ? [...holders] : await onlookerIds(readers.people, holders, peopleOf, tree)
  const onlookers = { viewers: await Promise.all(ids.map(viewerOf)), everyLeader: isAnybody }
  return { ...onlookers, readBy: readBy(onlookers, tree) }
}

/** Everybody else sees nobody but themself, and saw nobody. */
async function onlookerIds(
  people: ChannelReaders['people'],
  holders: ReadonlySet<string>,
  peopleOf: PeopleOf,
  chart: OrgChart,
): Promise<readonly string[]> {
  const persons = await peopleOf(people)
  const leads = (slackUserId: string): boolean => {
    const personId = persons.get(slackUserId)
    return personId !== undefined && treeIn(chart).leaders.has(personId)
  }
  return people.map(({ slackUserId }) => slackUserId).filter((id) => holders.has(id) || leads(id))
}

/** What a channel's `readBy` is, of the one reader of a direct message. */
export const readByOne = (viewer: Viewer, chart: OrgChart): string => readBy({ viewers: [viewer], everyLeader: false }, chart)

/** An admin sees everybody, whatever else they are or were; that they asked for the first time makes nothing different. */
function readBy({ viewers, everyLeader }: Onlookers, chart: OrgChart): string {
  const who = viewers
    .filter(({ isAdmin }) => !isAdmin)
    .map(({ slackUserId, person, standing, grants }) => JSON.stringify([slackUserId, person?.id, person?.active, standing, grants]))
  return hashOf([treeIn(chart).hash, everyLeader, who.toSorted()])
}

interface Tree {
  readonly hash: string
  /** Whoever leads somebody, a leaver included, or led somebody before. */
  readonly leaders: ReadonlySet<PersonId>
}

/** Of each chart made once: the store gives the same one until people change. */
const trees = new WeakMap<OrgChart, Tree>()

function treeIn(chart: OrgChart): Tree {
  const found = trees.get(chart)
  if (found) return found
  const places = [...chart.people.values()].map(({ id, pastPlaces = [] }) => {
    const before = pastPlaces.map(({ until, managerId }) => [until, managerId] as const)
    return [id, chart.managerAbove(id)?.id, before] as const
  })
  const leaders = new Set(
    places.flatMap(([, leader, before]) => [leader, ...before.map(([, led]) => led)]).filter((id) => id !== undefined),
  )
  const tree = { hash: hashOf(places), leaders }
  trees.set(chart, tree)
  return tree
}

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)
