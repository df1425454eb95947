// What readers of a group without names see of its people besides: whoever leads, coaches or views some of them, or did since the period
// began, takes those figures away. The tree of the period does not say so where people moved since, and no tree knows coaches. A figure is shown where it is safe from
// each single reader. Readers are small numbers, kept for each person once: a figure costs one step a contributor and reader of theirs. Pure.
import type { KnownPeople, Onlookers, Reader } from '../../domain/onlookers.ts'
import type { LocalDate } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import {
  isThemself,
  maySee,
  roleEnds,
  selfOf as selfOfViewer,
  shownTo,
  sightSince,
  type Viewer,
  wasAdminSince,
} from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'

/** What readers see of a group besides its figures. */
export interface Besides {
  /** One of them sees somebody of the members by name, other than themself, and not everybody. */
  seesSome(members: readonly PersonId[]): boolean
  /** Whether a figure of these contributors says nothing about too few of the members: about fewer than `atLeast`, usually `minimumPeople`. */
  leavesEnough(contributors: readonly PersonId[], members: readonly PersonId[], atLeast?: number): boolean
  /** Of each of them who sees some of the members by name, and not everybody: the others, themself left out. */
  unseenOf(members: readonly PersonId[]): readonly ReadonlySet<PersonId>[]
  /** The members whom one of them may have seen by name, also as an admin, and sees no more: nobody knows how much of what is held back. */
  lostOf(members: readonly PersonId[]): ReadonlySet<PersonId>
}

/** Nobody in particular reads it. */
export const nothingBesides: Besides = { seesSome: () => false, leavesEnough: () => true, unseenOf: () => [], lostOf: () => new Set() }

/**
 * Each reader takes away those they see by name, and their own. Their own alone is no obstacle: every member knows it. Who sees everybody
 * learns nothing; that the others have nothing is theirs too. That is believed only of who does so by today's rights, or was shown them in a
 * channel until the period's last day: whoever did before saw the period as far as it had come.
 * @param lastDay of the period
 * @param day today, or a day before: roles and places of that day count, and all since, because by those somebody saw figures
 * @example besidesOf(ada, chart, rule).leavesEnough(['a1', 'a2', 'a3', 'a4', 'ada', 'ben'], members) // false: Ada leads a1–a4 now
 */
export function besidesOf(
  reader: Reader,
  chart: OrgChart,
  {
    minimumPeople,
    day,
    lastDay,
    today,
  }: { readonly minimumPeople: number; readonly day: LocalDate; readonly lastDay: LocalDate; readonly today: LocalDate },
): Besides {
  const { seersOf, selfOf, whoIs, knowsUntil } = findSeers(
    'viewers' in reader ? reader : { viewers: [reader], everyLeader: false },
    chart,
    day,
  )
  const counted = new WeakMap<readonly PersonId[], ReadonlyMap<Seer, number>>()
  const counts: number[] = []
  /** How many of these people each seer sees; of none: left out. */
  const countSeen = (ids: readonly PersonId[]): [Seer, number][] => {
    const seers: Seer[] = []
    for (const id of ids)
      for (const seer of seersOf(id)) {
        const before = counts[seer] ?? 0
        if (before === 0) seers.push(seer)
        counts[seer] = before + 1
      }
    return seers.map((seer) => {
      const count = counts[seer] ?? 0
      counts[seer] = 0
      return [seer, count]
    })
  }
  /** Once for members, whatever is asked of them. */
  const seenOf = (members: readonly PersonId[]): ReadonlyMap<Seer, number> => {
    const found = counted.get(members) ?? new Map(countSeen(members))
    counted.set(members, found)
    return found
  }
  const isOneOf = (seer: Seer, ids: readonly PersonId[]): boolean => ids.some((id) => id === selfOf[seer])
  const mayNow = (seer: Viewer | PersonId, personId: PersonId): boolean =>
    typeof seer === 'string'
      ? chart.above(personId).some(({ id }) => id === seer)
      : isThemself(selfOfViewer(seer), personId) || maySee(seer, { type: 'person', personId }, chart, today).allowed
  const seesWhole = (seer: Seer, personId: PersonId): boolean =>
    mayNow(whoIs(seer), personId) || lastDay <= (knowsUntil(seer, personId) ?? '')
  const wasAdmin = viewersOf(reader).some((viewer) => wasAdminSince(viewer, day))
  const allSeen = new WeakMap<readonly PersonId[], Map<Seer, boolean>>()
  const seesAll = (seer: Seer, members: readonly PersonId[]): boolean => {
    const unseen = members.length - (seenOf(members).get(seer) ?? 0)
    if (unseen > 1 || (unseen === 1 && !isOneOf(seer, members))) return false
    const asked = allSeen.get(members) ?? new Map<Seer, boolean>()
    allSeen.set(members, asked)
    const found = asked.get(seer) ?? members.every((id) => id === selfOf[seer] || seesWhole(seer, id))
    asked.set(seer, found)
    return found
  }
  return {
    seesSome: (members) => [...seenOf(members).keys()].some((seer) => !seesAll(seer, members)),
    leavesEnough: (contributors, members, atLeast = minimumPeople) =>
      countSeen(contributors).every(([seer, count]) => {
        const left = contributors.length - count
        if (left > atLeast || (left === atLeast && !isOneOf(seer, contributors))) return true
        return seesAll(seer, members)
      }),
    unseenOf: (members) =>
      [...seenOf(members).keys()].flatMap((seer) => {
        const others = members.filter((id) => id !== selfOf[seer] && !seersOf(id).includes(seer))
        return others.length > 0 ? [new Set(others)] : []
      }),
    lostOf: (members) => new Set(wasAdmin ? members : members.filter((id) => seersOf(id).some((seer) => !seesWhole(seer, id)))),
  }
}

/** The days on which a role of these readers ended, or until which they were shown somebody. */
export const endedSights = (reader: Reader, today: LocalDate): readonly LocalDate[] => [
  ...viewersOf(reader).flatMap((viewer) => roleEnds(viewer, today)),
  ...knownTo(reader).flatMap((people) => [...new Set(people.values())].filter((until) => until <= today)),
]

const knownTo = (reader: Reader): readonly KnownPeople[] => ('viewers' in reader ? (reader.known ?? []) : [])

const viewersOf = (reader: Reader): readonly Viewer[] => ('viewers' in reader ? reader.viewers : [reader])

/** Somebody who sees others by name, a viewer or a leader, as their place in a list. */
type Seer = number

interface Seers {
  /** Who sees a person by name, themself left out. */
  readonly seersOf: (id: PersonId) => readonly Seer[]
  /** Whom each seer is; it grows as leaders are found. */
  readonly selfOf: readonly (PersonId | undefined)[]
  /** A viewer, or a leader by their id. */
  readonly whoIs: (seer: Seer) => Viewer | PersonId
  /** Until which day a seer was shown somebody in channels. */
  readonly knowsUntil: (seer: Seer, id: PersonId) => LocalDate | undefined
}

/** Who has each of these places, so that nobody is asked about everybody. */
function seersByPlace(places: readonly ReadonlySet<PersonId>[]): ReadonlyMap<PersonId, readonly Seer[]> {
  const found = new Map<PersonId, Seer[]>()
  for (const [seer, ids] of places.entries())
    for (const id of ids) {
      const seers = found.get(id)
      if (seers) seers.push(seer)
      else found.set(id, [seer])
    }
  return found
}

function findSeers({ viewers, everyLeader, known = [] }: Onlookers, chart: OrgChart, day: LocalDate): Seers {
  // An admin sees everybody, and so learns nothing.
  const asked = viewers.filter(({ isAdmin }) => !isAdmin).flatMap(asEither)
  const selfOf = [...asked.map(({ person }) => person?.id), ...known.map(() => undefined)]
  const sights = asked.map((viewer) => sightSince(viewer, day))
  const ofOrg = seersByPlace(sights.map(({ orgs }) => orgs))
  const ofPerson = seersByPlace([...sights.map(({ people }) => people), ...known.map((people) => knownSince(people, day))])
  const knownOf: (KnownPeople | undefined)[] = [...asked.map(shownTo), ...known]
  const leaders = new Map<PersonId, readonly Seer[]>()
  const asLeader = (id: PersonId): readonly Seer[] => {
    const seers = leaders.get(id) ?? [selfOf.push(id) - 1]
    leaders.set(id, seers)
    return seers
  }
  // Whoever is among those that readers of a channel know may be such a reader: a leader who knows them besides their own.
  const readersOf = known.map((people): readonly Seer[] => {
    const leading = everyLeader ? [...people.keys()].filter((id) => leadersOf(chart).has(id)) : []
    return leading.map((id) => {
      const seer = selfOf.push(id) - 1
      knownOf[seer] = people
      leaders.set(id, [...asLeader(id), seer])
      return seer
    })
  })
  const knownSeers = new Map<PersonId, readonly Seer[]>()
  const seersOf = (personId: PersonId): readonly Seer[] => {
    const found = knownSeers.get(personId)
    if (found) return found
    const above = aboveSince(day, personId, chart)
    const viewing = new Set([...(ofPerson.get(personId) ?? []), ...above.flatMap((id) => ofOrg.get(id) ?? [])])
    const reading = [...viewing].flatMap((seer) => readersOf[seer - asked.length] ?? [])
    const leading = everyLeader ? above.flatMap(asLeader) : []
    const all = [...new Set([...viewing, ...reading, ...leading])].filter((seer) => selfOf[seer] !== personId)
    knownSeers.set(personId, all)
    return all
  }
  return {
    seersOf,
    selfOf,
    whoIs: (seer) => asked[seer] ?? selfOf[seer] ?? '',
    knowsUntil: (seer, id) => knownOf[seer]?.get(id),
  }
}

/** Who shares an address with them may be themself or a colleague: nothing may be given away in either case. */
function asEither(viewer: Viewer): readonly Viewer[] {
  const unsure = new Set(viewer.unsureIds)
  return unsure.size === 0 ? [viewer] : [viewer, { ...viewer, ownIds: viewer.ownIds?.filter((id) => !unsure.has(id)) }]
}

const knownSince = (people: KnownPeople, day: LocalDate): ReadonlySet<PersonId> =>
  new Set([...people].flatMap(([id, until]) => (day < until ? [id] : [])))

const leadersByChart = new WeakMap<OrgChart, ReadonlySet<PersonId>>()

/** Whoever leads somebody, or led somebody before. */
function leadersOf(chart: OrgChart): ReadonlySet<PersonId> {
  const found =
    leadersByChart.get(chart) ??
    new Set(
      [...chart.people.values()].flatMap(({ id, pastPlaces = [] }) => [
        chart.managerAbove(id)?.id ?? '',
        ...pastPlaces.map(({ managerId = '' }) => managerId),
      ]),
    )
  leadersByChart.set(chart, found)
  return found
}

/** Whoever may have led them on a day after `day`, over those who were between at whatever time. */
function aboveSince(day: LocalDate, personId: PersonId, chart: OrgChart): readonly PersonId[] {
  const found = new Set<PersonId>()
  const open = [personId]
  for (const id of open) {
    const past = (chart.people.get(id)?.pastPlaces ?? []).filter(({ until }) => day < until)
    for (const manager of [chart.managerAbove(id)?.id, ...past.map(({ managerId }) => managerId)]) {
      if (manager === undefined || manager === personId || found.has(manager)) continue
      found.add(manager)
      open.push(manager)
    }
  }
  return [...found]
}

const movesIn = new WeakMap<OrgChart, readonly LocalDate[]>()

/** The days by which somebody had moved. */
export function movesOf(chart: OrgChart): readonly LocalDate[] {
  const found = movesIn.get(chart) ?? [...chart.people.values()].flatMap(({ pastPlaces = [] }) => pastPlaces.map(({ until }) => until))
  movesIn.set(chart, found)
  return found
}
