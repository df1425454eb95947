// Who of a message's readers sees others by name, so that a figure without names gives nothing away beside those. Of a few readers of a
// channel each is asked; what anybody in the workspace can read, or too many to ask, is read by every leader and everybody with a role.
import type { ChannelOnlookers, KnownPeople } from '../domain/onlookers.ts'
import type { PersonId } from '../domain/person.ts'
import type { Self, Viewer } from '../domain/policy.ts'
import type { OrgChart } from '../domain/team.ts'
import type { ChannelReaders } from '../slack-ports.ts'
import type { AccessStore } from '../store/people/access.ts'
import { readByOf, treeIn } from './read-by.ts'

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
  const readBy = readByOf({ viewers, everyLeader: true, shownToEach: shown, sameHumans: same }, tree)
  return { viewers, everyLeader: true, ...(known.length > 0 && { known }), readBy }
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
  const inGong = [...selves.values()].flatMap(({ personId, ownIds = [] }) => [...(personId === undefined ? [] : [personId]), ...ownIds])
  const onlookers = { viewers, everyLeader: false, people: new Set(inGong) }
  return { ...onlookers, readBy: readByOf({ ...onlookers, decisive: new Set(ids.filter((id) => withSight.has(id) || isTwo(id))) }, tree) }
}
