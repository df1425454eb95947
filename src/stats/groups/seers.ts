// Who sees people by name beside a group without names: viewers, leaders, those who were shown them, and in a figure of scorecards those who
// filled them. Readers are small numbers, kept for each person once. Pure.
import { humansIn } from '../../domain/humans.ts'
import type { KnownPeople, Onlookers } from '../../domain/onlookers.ts'
import type { LocalDate } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import { everyIdOf, shownTo, sightSince, type Viewer } from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'
import type { FilledBy } from '../scorecards/filled-by.ts'

/** Somebody who sees others by name, a viewer or a leader, as their place in a list. */
export type Seer = number

export interface Seers {
  /** Who sees a person by name, themself left out; in a figure of scorecards also who filled all of theirs. */
  readonly seersOf: (id: PersonId, filled?: FilledBy) => readonly Seer[]
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

export function findSeers(onlookers: Onlookers, chart: OrgChart, day: LocalDate): Seers {
  const { viewers, everyLeader, known = [] } = onlookers
  // An admin sees everybody, and so learns nothing.
  const asked = viewers.filter(({ isAdmin }) => !isAdmin).flatMap(asEither)
  const selfOf = [...asked.map(({ person }) => person?.id), ...known.map(() => undefined)]
  const sights = asked.map((viewer) => sightSince(viewer, day))
  const ofOrg = seersByPlace(sights.map(({ orgs }) => orgs))
  const ofPerson = seersByPlace([...sights.map(({ people }) => people), ...known.map((people) => knownSince(people, day))])
  const knownOf: (KnownPeople | undefined)[] = [...asked.map(shownTo), ...known]
  const addSeer = (id: PersonId, knows?: KnownPeople): Seer => {
    const seer = selfOf.push(id) - 1
    knownOf[seer] = knows
    return seer
  }
  const leaders = new Map<PersonId, readonly Seer[]>()
  const asLeader = (id: PersonId): readonly Seer[] => {
    const seers = leaders.get(id) ?? [addSeer(id)]
    leaders.set(id, seers)
    return seers
  }
  // Whoever is among those that readers of a channel know may be such a reader: a leader who knows them besides their own.
  const readersOf = known.map((people): readonly Seer[] => {
    const leading = everyLeader ? [...people.keys()].filter((id) => leadersOf(chart).has(id)) : []
    return leading.map((id) => {
      const seer = addSeer(id, people)
      leaders.set(id, [...asLeader(id), seer])
      return seer
    })
  })
  const knownSeers = new Map<PersonId, readonly Seer[]>()
  const byName = (personId: PersonId): readonly Seer[] => {
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
  const byCards = seersByCards(onlookers, chart, day, { asked, addSeer, asLeader, knownOf })
  return {
    seersOf(personId, filled) {
      if (filled === undefined || filled.reviewers.size === 0) return byName(personId)
      const reviewing = byCards(personId, filled).filter((seer) => selfOf[seer] !== personId)
      return [...new Set([...byName(personId), ...reviewing])]
    },
    selfOf,
    whoIs: (seer) => asked[seer] ?? selfOf[seer] ?? '',
    knowsUntil: (seer, id) => knownOf[seer]?.get(id),
  }
}

interface Found {
  /** Seers are the places in this list, and those added. */
  readonly asked: readonly Viewer[]
  readonly addSeer: (id: PersonId, knows?: KnownPeople) => Seer
  readonly asLeader: (id: PersonId) => readonly Seer[]
  readonly knownOf: readonly (KnownPeople | undefined)[]
}

/**
 * Which reviewers of a figure see a person in it: whoever filled all of theirs, and whom else such a reviewer leads, is or was shown. Of a
 * direct answer the reviewer is the asker; among a channel's readers they may be somebody who leads nobody and has no role.
 */
function seersByCards(
  { viewers, everyLeader, known = [], people = new Set() }: Onlookers,
  chart: OrgChart,
  day: LocalDate,
  { asked, addSeer, asLeader, knownOf }: Found,
): (id: PersonId, filled: FilledBy) => readonly Seer[] {
  const humanOf = humansIn(chart)
  const reading = new Set([...people].map(humanOf))
  const isOne = (viewer: Viewer, reviewer: PersonId): boolean => everyIdOf(viewer).some((id) => humanOf(id) === reviewer)
  const alone = (reviewer: PersonId): readonly Seer[] => {
    // Whoever shares an address with the reviewer may as well be another reader.
    if (viewers.some((viewer) => (viewer.unsureIds ?? []).length === 0 && isOne(viewer, reviewer))) return []
    if (!everyLeader) return reading.has(reviewer) ? [addSeer(reviewer)] : []
    if (leadersOf(chart).has(reviewer)) return asLeader(reviewer)
    return [addSeer(reviewer), ...known.filter((of) => of.has(reviewer)).map((of) => addSeer(reviewer, of))]
  }
  const made = new Map<PersonId, readonly Seer[]>()
  const asReviewer = (reviewer: PersonId): readonly Seer[] => {
    const own = () => asked.flatMap((viewer, seer) => (isOne(viewer, reviewer) ? [seer] : []))
    const seers = made.get(reviewer) ?? [...own(), ...alone(reviewer)]
    made.set(reviewer, seers)
    return seers
  }
  const shown = new WeakMap<FilledBy, readonly Seer[]>()
  const shownSome = (filled: FilledBy): readonly Seer[] => {
    const seers = shown.get(filled) ?? [...filled.reviewers].flatMap(asReviewer).filter((seer) => knownOf[seer] !== undefined)
    shown.set(filled, seers)
    return seers
  }
  return (id, filled) => {
    const seeing = [id, ...aboveSince(day, id, chart)].map(humanOf).filter((reviewer) => filled.reviewers.has(reviewer))
    const besides = shownSome(filled).filter((seer) => day < (knownOf[seer]?.get(id) ?? ''))
    return [...[...filled.knowing(id), ...seeing].flatMap(asReviewer), ...besides]
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
