// What readers of a group without names see of its people besides: whoever leads, coaches or views some of them today takes those figures
// away. The tree of the period does not say so where people moved since, and no tree knows coaches. A figure is shown where it is safe from
// each single reader. Readers are small numbers, kept for each person once: a figure costs one step a contributor and reader of theirs. Pure.
import type { Onlookers, Reader } from '../../domain/onlookers.ts'
import type { LocalDate } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import { maySee } from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'

type Members = readonly { readonly id: PersonId }[]

/** What readers see of a group besides its figures. */
export interface Besides {
  /** One of them sees somebody of the members by name, other than themself, and not everybody. */
  seesSome(members: Members): boolean
  /** Whether a figure of these contributors says nothing about too few of the members. */
  leavesEnough(contributors: readonly PersonId[], members: Members): boolean
}

/** Nobody in particular reads it. */
export const nothingBesides: Besides = { seesSome: () => false, leavesEnough: () => true }

/**
 * Each reader takes away those they see by name, and their own. Their own alone is no obstacle: every member knows it. Who sees everybody
 * learns nothing; that the others have nothing is theirs too.
 * @example besidesOf(ada, chart, rule).leavesEnough(['a1', 'a2', 'a3', 'a4', 'ada', 'ben'], members) // false: Ada leads a1–a4 now
 */
export function besidesOf(
  reader: Reader,
  chart: OrgChart,
  { minimumPeople, today }: { readonly minimumPeople: number; readonly today: LocalDate },
): Besides {
  const { seersOf, selfOf } = findSeers('viewers' in reader ? reader : { viewers: [reader], everyLeader: false }, chart, today)
  const counted = new WeakMap<Members, { readonly seen: Uint32Array; readonly seeAll: ReadonlySet<Seer> }>()
  /** How many of these people each seer sees. */
  const countSeen = (ids: readonly PersonId[]): Uint32Array => {
    const seers = ids.map(seersOf)
    // Each has their number now.
    const seen = new Uint32Array(selfOf.length)
    for (const own of seers) for (const seer of own) seen[seer] = (seen[seer] ?? 0) + 1
    return seen
  }
  /** Once for members, whatever is asked of them. */
  const seenOf = (members: Members) => {
    const found = counted.get(members)
    if (found) return found
    const seen = countSeen(members.map(({ id }) => id))
    const seesAll = (count: number, seer: Seer): boolean =>
      count === members.length || (count === members.length - 1 && members.some(({ id }) => id === selfOf[seer]))
    const made = { seen, seeAll: new Set([...seen.keys()].filter((seer) => seesAll(seen[seer] ?? 0, seer))) }
    counted.set(members, made)
    return made
  }
  return {
    seesSome(members) {
      const { seen, seeAll } = seenOf(members)
      return seen.some((count, seer) => count > 0 && !seeAll.has(seer))
    },
    leavesEnough(contributors, members) {
      const { seeAll } = seenOf(members)
      return countSeen(contributors).every((count, seer) => {
        const left = contributors.length - count
        if (count === 0 || left > minimumPeople || seeAll.has(seer)) return true
        return left === minimumPeople && !contributors.some((id) => id === selfOf[seer])
      })
    },
  }
}

/** Somebody who sees others by name, a viewer or a leader, as their place in a list. */
type Seer = number

interface Seers {
  /** Who sees a person by name, themself left out. */
  readonly seersOf: (id: PersonId) => readonly Seer[]
  /** Whom each seer is; it grows as leaders are found. */
  readonly selfOf: readonly (PersonId | undefined)[]
}

/** Whom to ask the policy about is found by the tree and the roles, not by asking everybody. */
function findSeers({ viewers, everyLeader }: Onlookers, chart: OrgChart, today: LocalDate): Seers {
  // An admin sees everybody, and so learns nothing.
  const asked = viewers.filter(({ isAdmin }) => !isAdmin)
  const selfOf = asked.map(({ person }) => person?.id)
  const byPlace = new Map<PersonId, Seer[]>()
  for (const [seer, { person, grants }] of asked.entries())
    for (const id of new Set([person?.id, ...grants.map((grant) => (grant.type === 'coach' ? grant.personId : grant.orgOf))]))
      if (id !== undefined) byPlace.set(id, [...(byPlace.get(id) ?? []), seer])
  const leaders = new Map<PersonId, Seer>()
  const asLeader = (id: PersonId): Seer => {
    const seer = leaders.get(id) ?? selfOf.push(id) - 1
    leaders.set(id, seer)
    return seer
  }
  const sees = (seer: Seer, personId: PersonId): boolean => {
    const viewer = asked[seer]
    return viewer !== undefined && selfOf[seer] !== personId && maySee(viewer, { type: 'person', personId }, chart, today).allowed
  }
  const known = new Map<PersonId, readonly Seer[]>()
  const seersOf = (personId: PersonId): readonly Seer[] => {
    const found = known.get(personId)
    if (found) return found
    const above = chart.above(personId).map(({ id }) => id)
    const candidates = new Set([personId, ...above].flatMap((id) => byPlace.get(id) ?? []))
    const all = [...[...candidates].filter((seer) => sees(seer, personId)), ...(everyLeader ? above.map(asLeader) : [])]
    known.set(personId, all)
    return all
  }
  return { seersOf, selfOf }
}
