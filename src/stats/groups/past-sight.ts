// Who stood above somebody on any day since one. A place that may have been takes figures away; only one that surely was makes a reader one
// who saw everybody: of two changes on one day nobody knows which came first, and a chain of places of different times was never whole. Pure.
import { addDays, type LocalDate } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import { endedSight, matchedSince, maySee, type Viewer } from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'

/** After `from`, until `until`; `ofOne`: nothing else is needed for it. */
interface Span {
  readonly from: LocalDate
  readonly until: LocalDate
  readonly ofOne: boolean
}

interface Place {
  readonly managerId: PersonId | undefined
  readonly span: Span
}

const [start, end] = ['0000-01-01', '9999-12-31']
const always: Span = { from: start, until: end, ofOne: true }

const isAlways = ({ from, until }: Span): boolean => from === start && until === end

function joined(one: Span, other: Span): Span {
  if (isAlways(one)) return other
  if (isAlways(other)) return one
  const [from, until] = [one.from > other.from ? one.from : other.from, one.until < other.until ? one.until : other.until]
  return { from, until, ofOne: false }
}

/** Whether there was such a moment; the dates of changes may be a day apart for one instant. */
const surelyWas = ({ from, until, ofOne }: Span): boolean => ofOne || from === start || until === end || addDays(from, 1) < until

/** Just before a day that ended something: when it began is not known. */
const before = (until: LocalDate): Span => ({ from: addDays(until, -2), until, ofOne: false })

/** Where somebody stood on days after `day`, oldest first. */
function placesSince(day: LocalDate, personId: PersonId, chart: OrgChart): readonly Place[] {
  const past = (chart.people.get(personId)?.pastPlaces ?? []).filter(({ until }) => day < until)
  const ends = past.map(({ until }) => until)
  const managers = [...past.map(({ managerId }) => managerId), chart.managerAbove(personId)?.id]
  return managers.map((managerId, at) => ({ managerId, span: { from: ends[at - 1] ?? start, until: ends[at] ?? end, ofOne: true } }))
}

/** Whoever may have led them, over those who were between at whatever time; `areNow`: nobody of them all has moved since. */
export function aboveSince(
  day: LocalDate,
  personId: PersonId,
  chart: OrgChart,
): { readonly ids: readonly PersonId[]; readonly areNow: boolean } {
  const found = new Set<PersonId>()
  const open = [personId]
  let areNow = true
  const add = (managerId: PersonId | undefined): void => {
    if (managerId === undefined || managerId === personId || found.has(managerId)) return
    found.add(managerId)
    open.push(managerId)
  }
  for (const id of open) {
    add(chart.managerAbove(id)?.id)
    for (const { until, managerId } of chart.people.get(id)?.pastPlaces ?? []) {
      if (until <= day) continue
      areNow = false
      add(managerId)
    }
  }
  return { ids: [...found], areNow }
}

/** Whoever surely led them, and when. */
function surelyAbove(day: LocalDate, personId: PersonId, chart: OrgChart): ReadonlyMap<PersonId, readonly Span[]> {
  const found = new Map<PersonId, Span[]>()
  const walked = new Set<string>()
  const open = [{ id: personId, span: always }]
  for (const { id, span } of open)
    for (const place of placesSince(day, id, chart)) {
      const { managerId } = place
      const both = joined(span, place.span)
      const way = `${managerId} ${both.from} ${both.until} ${both.ofOne}`
      if (managerId === undefined || managerId === personId || walked.has(way) || !surelyWas(both)) continue
      walked.add(way)
      found.set(managerId, [...(found.get(managerId) ?? []), both])
      open.push({ id: managerId, span: both })
    }
  return found
}

/** Of a viewer, or of a leader as their id. */
export type SureSight = (seer: Viewer | PersonId, personId: PersonId) => boolean

/** Whether somebody surely saw a person by name: sees them now, or did at one moment on a day after `day`. */
export function sureSight(chart: OrgChart, day: LocalDate, today: LocalDate): SureSight {
  const known = new Map<PersonId, ReadonlyMap<PersonId, readonly Span[]>>()
  const above = (personId: PersonId) => {
    const found = known.get(personId) ?? surelyAbove(day, personId, chart)
    known.set(personId, found)
    return found
  }
  const wasBelow = (leader: PersonId, personId: PersonId, when: Span): boolean =>
    above(personId)
      .get(leader)
      ?.some((span) => surelyWas(joined(span, when))) === true
  return (seer, personId) => {
    if (typeof seer === 'string') return above(personId).has(seer)
    return maySee(seer, { type: 'person', personId }, chart, today).allowed || didSee(seer, personId, day, today, wasBelow)
  }
}

function didSee(
  viewer: Viewer,
  personId: PersonId,
  day: LocalDate,
  today: LocalDate,
  wasBelow: (leader: PersonId, personId: PersonId, when: Span) => boolean,
): boolean {
  const { person } = viewer
  if (person && wasBelow(person.id, personId, { from: matchedSince(viewer) ?? start, until: end, ofOne: true })) return true
  return endedSight(viewer, day, today).some(
    ({ personId: top, withOrg, until }) => top === personId || (withOrg && wasBelow(top, personId, before(until))),
  )
}
