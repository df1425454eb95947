// The manager tree: who reports to whom. Cycles are cut, unknown and departed managers leave their people at the top, so a
// bad tree never breaks a team. A team is a manager's active direct reports; an org is everybody active below.
import type { ForgottenPlace } from './forgotten-place.ts'
import type { LocalDate } from './period.ts'
import type { Person, PersonId } from './person.ts'

export interface OrgChart {
  /** Another one as soon as people change; 0 of a tree that is not stored. */
  readonly version: number
  /** Everybody, leavers included, by id. */
  readonly people: ReadonlyMap<PersonId, Person>
  /** Active people. */
  readonly active: readonly Person[]
  /** Active people with at least one active direct report, by name. */
  readonly managers: readonly Person[]
  /** The active direct reports, by name; empty for a non-manager. */
  team(managerId: PersonId): readonly Person[]
  /** Everybody active below, all levels, by name; the manager is not in it. */
  org(managerId: PersonId): readonly Person[]
  /** The nearest active manager above; undefined at the top. */
  managerAbove(personId: PersonId): Person | undefined
  /** Managers above, nearest first; a cycle ends where it would repeat. */
  above(personId: PersonId): readonly Person[]
  /** The tree as it was for periods that ended by `date`; itself when nobody has moved since. Made once per change, then kept. */
  asOf(date: LocalDate): OrgChart
  /** Where people stood who were forgotten since, in periods shown without names. */
  readonly forgottenPlaces: readonly ForgottenPlace[]
}

/** Somebody who reports to them leads a team. */
export const leadsLeaders = (managerId: PersonId, chart: Pick<OrgChart, 'team'>): boolean =>
  chart.team(managerId).some(({ id }) => chart.team(id).length > 0)

interface TeamMove {
  readonly until: LocalDate
  readonly personIds: readonly PersonId[]
}

/**
 * Who left this team last, or came to it from elsewhere in the company (was there and is here, or the reverse), and until which day they were
 * where they had been; undefined where nobody ever did.
 */
export function lastMoveOf(managerId: PersonId, chart: OrgChart): TeamMove | undefined {
  const team = new Set(chart.team(managerId).map(({ id }) => id))
  let last: TeamMove | undefined
  for (const { id, pastPlaces = [] } of chart.people.values())
    for (const { active, until, managerId: was } of pastPlaces) {
      if (!active || (was !== managerId && !team.has(id)) || (last && until < last.until)) continue
      last = { until, personIds: last?.until === until ? [...last.personIds, id] : [id] }
    }
  return last
}

/** Whether anybody did after that day. */
export const hasMovedSince = (day: LocalDate, managerId: PersonId, chart: OrgChart): boolean => {
  const last = lastMoveOf(managerId, chart)
  return last !== undefined && day < last.until
}

/** Builds the tree once; every lookup afterwards is a map access or a walk of what it returns. */
export function orgChart(everybody: readonly Person[], forgottenPlaces: readonly ForgottenPlace[] = [], version = 0): OrgChart {
  const people = new Map(everybody.map((person) => [person.id, person]))
  const nearestActive = nearestActiveIn(people, acyclicParents(people))
  const active = everybody.filter((person) => person.active).toSorted(byName)
  const reports = new Map<PersonId, Person[]>()
  for (const person of active) {
    const parent = nearestActive(person.id)
    if (parent === undefined) continue
    const beside = reports.get(parent)
    if (beside) beside.push(person)
    else reports.set(parent, [person])
  }
  const team = (managerId: PersonId) => reports.get(managerId) ?? []
  const org = (managerId: PersonId): Person[] => {
    const below: Person[] = []
    const open = [managerId]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const person of team(next)) {
        below.push(person)
        open.push(person.id)
      }
    }
    return below.toSorted(byName)
  }
  const managerAbove = (personId: PersonId): Person | undefined => people.get(nearestActive(personId) ?? '')
  const above = (personId: PersonId): Person[] => {
    const chain: Person[] = []
    for (let manager = managerAbove(personId); manager; manager = managerAbove(manager.id)) chain.push(manager)
    return chain
  }
  const changes = [...new Set(everybody.flatMap(({ pastPlaces = [] }) => pastPlaces.map(({ until }) => until)))].toSorted()
  const charts = new Map<LocalDate, OrgChart>()
  const asOf = (date: LocalDate): OrgChart => {
    const next = changes.find((until) => date <= until)
    if (next === undefined) return chart
    const kept = charts.get(next)
    if (kept) return kept
    const placedThen = everybody.map((person) => placedAt(person, next, nearestActive(person.id)))
    const then = orgChart(placedThen, forgottenPlaces, version)
    charts.set(next, then)
    return then
  }
  const managers = active.filter((person) => team(person.id).length > 0)
  const chart: OrgChart = { version, people, active, managers, team, org, managerAbove, above, asOf, forgottenPlaces }
  return chart
}

/** A person where they were for periods that ended by `date`; who has not moved since is in the same team as now. */
function placedAt({ pastPlaces = [], managerId: _, ...person }: Person, date: LocalDate, managerNow: PersonId | undefined): Person {
  const past = pastPlaces.find(({ until }) => date <= until)
  const managerId = past ? past.managerId : managerNow
  return { ...person, active: past ? past.active : person.active, ...(managerId !== undefined && { managerId }) }
}

const byName = (a: Person, b: Person): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1)

/** Parent links with every cycle cut at the member with the smallest id, so that the cut does not depend on input order. */
function acyclicParents(people: ReadonlyMap<PersonId, Person>): Map<PersonId, PersonId> {
  const parents = new Map<PersonId, PersonId>()
  for (const person of people.values()) {
    if (person.managerId && person.managerId !== person.id && people.has(person.managerId)) parents.set(person.id, person.managerId)
  }
  const settled = new Set<PersonId>()
  for (const start of people.keys()) {
    const path: PersonId[] = []
    const onPath = new Set<PersonId>()
    let id: PersonId | undefined = start
    while (id !== undefined && !settled.has(id) && !onPath.has(id)) {
      path.push(id)
      onPath.add(id)
      id = parents.get(id)
    }
    if (id !== undefined && onPath.has(id)) {
      const cycle = path.slice(path.indexOf(id))
      parents.delete(cycle.reduce((least, member) => (member < least ? member : least)))
    }
    for (const member of path) settled.add(member)
  }
  return parents
}

/** The nearest manager above who is still active: people of a departed manager belong to that manager's manager. Each leaver is passed once. */
function nearestActiveIn(people: ReadonlyMap<PersonId, Person>, parents: ReadonlyMap<PersonId, PersonId>) {
  const known = new Map<PersonId, PersonId | undefined>()
  return (id: PersonId): PersonId | undefined => {
    const passed: PersonId[] = []
    let at: PersonId | undefined = id
    let found: PersonId | undefined
    while (at !== undefined && found === undefined) {
      if (known.has(at)) {
        found = known.get(at)
        break
      }
      passed.push(at)
      at = parents.get(at)
      if (at !== undefined && people.get(at)?.active) found = at
    }
    for (const each of passed) known.set(each, found)
    return found
  }
}
