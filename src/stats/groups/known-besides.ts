// What readers of a group without names see of its people besides: whoever leads, coaches or views some of them today takes those figures
// away. The tree of the period does not say so where people moved since, and no tree knows coaches. A figure is shown where it is safe from
// each single reader. It costs one step a contributor and leader above, however many read it. Pure.
import type { Onlookers, Reader } from '../../domain/onlookers.ts'
import type { LocalDate } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import { maySee, type Viewer } from '../../domain/policy.ts'
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

/** Somebody who sees others by name: a viewer's Slack id, or a leader's own. */
type Seer = string

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
  const onlookers = 'viewers' in reader ? reader : { viewers: [reader], everyLeader: false }
  const selfOf = new Map(onlookers.viewers.map(({ slackUserId, person }) => [slackUserId, person?.id]))
  const seersOf = findSeers(onlookers, chart, today)
  const ofMembers = new WeakMap<Members, ReadonlyMap<Seer, number>>()
  const seenOf = (ids: readonly PersonId[]): ReadonlyMap<Seer, number> => {
    const seen = new Map<Seer, number>()
    for (const id of ids) for (const seer of seersOf(id)) seen.set(seer, (seen.get(seer) ?? 0) + 1)
    return seen
  }
  const membersSeen = (members: Members): ReadonlyMap<Seer, number> => {
    const found = ofMembers.get(members) ?? seenOf(members.map(({ id }) => id))
    ofMembers.set(members, found)
    return found
  }
  /** A leader is their own seer. */
  const isSelf = (seer: Seer, id: PersonId): boolean => (selfOf.has(seer) ? selfOf.get(seer) === id : seer === id)
  const seesAll = (seer: Seer, members: Members): boolean =>
    membersSeen(members).get(seer) === members.length - (members.some(({ id }) => isSelf(seer, id)) ? 1 : 0)
  return {
    seesSome: (members) => [...membersSeen(members).keys()].some((seer) => !seesAll(seer, members)),
    leavesEnough(contributors, members) {
      return [...seenOf(contributors)].every(([seer, seen]) => {
        const others = contributors.length - (contributors.some((id) => isSelf(seer, id)) ? 1 : 0)
        return others - seen >= minimumPeople || seesAll(seer, members)
      })
    },
  }
}

/** Who sees a person by name, themself left out. Whom to ask the policy about is found by the tree and the roles, not by asking everybody. */
function findSeers({ viewers, everyLeader }: Onlookers, chart: OrgChart, today: LocalDate): (id: PersonId) => readonly Seer[] {
  // An admin sees everybody, and so learns nothing.
  const asked = viewers.filter(({ isAdmin }) => !isAdmin)
  const byPlace = new Map<PersonId, Viewer[]>()
  for (const viewer of asked)
    for (const id of new Set([viewer.person?.id, ...viewer.grants.map((grant) => (grant.type === 'coach' ? grant.personId : grant.orgOf))]))
      if (id !== undefined) byPlace.set(id, [...(byPlace.get(id) ?? []), viewer])
  const known = new Map<PersonId, readonly Seer[]>()
  return (personId) => {
    const found = known.get(personId)
    if (found) return found
    const leaders = chart.above(personId).map(({ id }) => id)
    const candidates = new Set([personId, ...leaders].flatMap((id) => byPlace.get(id) ?? []))
    const seers = [...candidates].filter(
      (viewer) => viewer.person?.id !== personId && maySee(viewer, { type: 'person', personId }, chart, today).allowed,
    )
    const all = [...seers.map(({ slackUserId }) => slackUserId), ...(everyLeader ? leaders : [])]
    known.set(personId, all)
    return all
  }
}
