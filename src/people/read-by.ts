// What tells whether a message made for its readers would be made alike for those who read it now: whoever they are, whom they see by name or
// know besides, and whose scorecards they may have filled.
import { createHash } from 'node:crypto'
import { humansIn } from '../domain/humans.ts'
import type { KnownPeople, Onlookers, ReadBy } from '../domain/onlookers.ts'
import type { LocalDate } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import { sightsIn, type Viewer, withoutSights } from '../domain/policy.ts'
import type { OrgChart } from '../domain/team.ts'

interface Readers extends Onlookers {
  /** What was shown to each reader of a channel, where anybody may be one. The same list until it changes. */
  readonly shownToEach?: readonly KnownPeople[]
  /** Viewers who say something, whatever they were shown. */
  readonly decisive?: ReadonlySet<string>
  readonly sameHumans?: readonly (readonly PersonId[])[]
}

/** Of the one reader of a direct message. */
export const readByOne = (viewer: Viewer, chart: OrgChart): ReadBy => readByOf({ viewers: [viewer], everyLeader: false }, chart)

export const readByOf =
  ({ viewers, everyLeader, people, shownToEach = [], decisive, sameHumans = [] }: Readers, chart: OrgChart): ReadBy =>
  (message = {}) => {
    const left = sightsBeside(message)
    // An admin sees everybody, whatever else they are or were; that they asked for the first time makes nothing different.
    const who = viewers
      .filter(({ isAdmin }) => !isAdmin)
      .flatMap(({ slackUserId, person, ownIds, unsureIds, standing, grants }) => {
        const sights = sightsIn(grants).flatMap(({ type, personId, until }) => left([[personId, until]]).map((sight) => [type, sight]))
        if (sights.length === 0 && decisive?.has(slackUserId) === false) return []
        const roles = withoutSights(grants)
        return JSON.stringify([slackUserId, person?.id, person?.active, ownIds, unsureIds, standing, roles, sights])
      })
    const reading = people && [...people].toSorted()
    return hashOf([treeIn(chart).hash, everyLeader, who.toSorted(), reading, sameHumans, hashOfShown(shownToEach, message)])
  }

type Sights = readonly (readonly [PersonId, LocalDate | 'lately'])[]

const sightsBeside = ({ shown, since }: NonNullable<Parameters<ReadBy>[0]>): ((sights: Iterable<Sights[number]>) => Sights) => {
  const own = new Set(shown)
  return (sights) =>
    [...sights].filter(([id]) => !own.has(id)).map(([id, until]) => [id, since !== undefined && since <= until ? 'lately' : until] as const)
}

/** Of each list for each message, as many digests ask of one list: it is as long as the company is large. */
const hashes = new WeakMap<readonly KnownPeople[], Map<string, string>>()

function hashOfShown(shownToEach: readonly KnownPeople[], message: NonNullable<Parameters<ReadBy>[0]>): string {
  const made = hashes.get(shownToEach) ?? new Map<string, string>()
  hashes.set(shownToEach, made)
  const key = JSON.stringify(message)
  const left = sightsBeside(message)
  const hash = made.get(key) ?? hashOf([...new Set(shownToEach.flatMap((people) => asText(left(people))))].toSorted())
  made.set(key, hash)
  return hash
}

const asText = (sights: Sights): readonly string[] => (sights.length === 0 ? [] : [JSON.stringify(sights.toSorted())])

interface Tree {
  readonly hash: string
  /** Whoever leads somebody, a leaver included, or led somebody before. */
  readonly leaders: ReadonlySet<PersonId>
}

/** Of each chart made once: the store gives the same one until people change. */
const trees = new WeakMap<OrgChart, Tree>()

export function treeIn(chart: OrgChart): Tree {
  const found = trees.get(chart)
  if (found) return found
  const humanOf = humansIn(chart)
  const places = [...chart.people.values()].map(({ id, pastPlaces = [] }) => {
    const before = pastPlaces.map(({ until, managerId }) => [until, managerId] as const)
    return { id, human: humanOf(id), leader: chart.managerAbove(id)?.id, before }
  })
  const leaders = new Set(
    places.flatMap(({ leader, before }) => [leader, ...before.map(([, led]) => led)]).filter((id) => id !== undefined),
  )
  const tree = { hash: hashOf(places), leaders }
  trees.set(chart, tree)
  return tree
}

/** Short, and never kept as it is: whoever keeps it makes a keyed hash of it. */
const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)
