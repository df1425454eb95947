// Who of a message's readers sees others by name, so that a figure without names gives nothing away beside those. Of a few readers of a
// channel each is asked; what anybody in the workspace can read, or too many to ask, is read by every leader and everybody with a role.
import { createHash } from 'node:crypto'
import type { ChannelOnlookers, KnownPeople, Onlookers } from '../domain/onlookers.ts'
import type { PersonId } from '../domain/person.ts'
import { type Self, type Viewer, withoutSights } from '../domain/policy.ts'
import type { OrgChart } from '../domain/team.ts'
import type { ChannelReaders } from '../slack-ports.ts'
import type { AccessStore } from '../store/people/access.ts'

const readersAskedAtMost = 48

interface OnlookersDeps {
  /** Who each of them is or may be in Gong, by Slack id. */
  readonly selvesOf: (members: ChannelReaders['people']) => Promise<ReadonlyMap<string, Self>>
  /** Those in Gong who may be one human. */
  readonly sameHumans: () => Promise<readonly (readonly PersonId[])[]>
  readonly viewerOf: (slackUserId: string) => Promise<Viewer>
  readonly access: Pick<AccessStore, 'roleHolders' | 'shown' | 'shownAmong'>
  readonly chart: () => Promise<OrgChart>
}

/** Those who did before are asked too. Without readers nobody knows who they are: it may be anybody. */
export async function onlookersOf(
  readers: Pick<ChannelReaders, 'isPrivate' | 'people'> | undefined,
  deps: OnlookersDeps,
): Promise<ChannelOnlookers> {
  const isAnybody = !readers?.isPrivate || readers.people.length > readersAskedAtMost
  return isAnybody ? amongAnybody(deps) : amongReaders(readers.people, deps)
}

async function amongAnybody({ sameHumans, viewerOf, access, chart }: OnlookersDeps): Promise<ChannelOnlookers> {
  const [holders, shown, tree, same] = await Promise.all([access.roleHolders(), access.shown(), chart(), sameHumans()])
  const viewers = await Promise.all([...holders].map(viewerOf))
  const known: readonly KnownPeople[] = [...shown, ...same.map((ids) => new Map(ids.map((id) => [id, forever])))]
  return { viewers, everyLeader: true, ...(known.length > 0 && { known }), readBy: readBy({ viewers, everyLeader: true }, tree) }
}

const forever = '9999-12-31'

/** Everybody else sees nobody but themself, and saw nobody; but they may have filled scorecards. */
async function amongReaders(people: ChannelReaders['people'], deps: OnlookersDeps): Promise<ChannelOnlookers> {
  const ids = people.map(({ slackUserId }) => slackUserId)
  const [holders, wereShown, tree, selves] = await Promise.all([
    deps.access.roleHolders(),
    deps.access.shownAmong(ids),
    deps.chart(),
    deps.selvesOf(people),
  ])
  const leads = (id: string): boolean => treeIn(tree).leaders.has(selves.get(id)?.personId ?? '')
  const isTwo = (id: string): boolean => (selves.get(id)?.ownIds?.length ?? 0) > 0
  const withSight = new Set(ids.filter((id) => holders.has(id) || leads(id)))
  const asked = ids.filter((id) => withSight.has(id) || wereShown.has(id) || isTwo(id))
  const viewers = await Promise.all(asked.map(deps.viewerOf))
  const decisive = viewers.filter(({ slackUserId }) => withSight.has(slackUserId))
  const inGong = [...selves.values()].flatMap(({ personId, ownIds = [] }) => [...(personId === undefined ? [] : [personId]), ...ownIds])
  return { viewers, everyLeader: false, people: new Set(inGong), readBy: readBy({ viewers: decisive, everyLeader: false }, tree) }
}

/** What a channel's `readBy` is, of the one reader of a direct message. */
export const readByOne = (viewer: Viewer, chart: OrgChart): string => readBy({ viewers: [viewer], everyLeader: false }, chart)

/**
 * An admin sees everybody, whatever else they are or were; that they asked for the first time makes nothing different. Nor does what somebody was
 * shown: a digest by name is recorded before it is posted, and its thread goes on for the same readers.
 */
function readBy({ viewers, everyLeader }: Onlookers, chart: OrgChart): string {
  const who = viewers
    .filter(({ isAdmin }) => !isAdmin)
    .map(({ slackUserId, person, standing, grants }) =>
      JSON.stringify([slackUserId, person?.id, person?.active, standing, withoutSights(grants)]),
    )
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

/** Short, and never kept as it is: whoever keeps it makes a keyed hash of it. */
const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)
