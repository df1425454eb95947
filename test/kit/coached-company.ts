// A company of managers with three reports each, made from numbers alone: who was scored on which day, and on which days a manager is
// away or wants nothing. What must arrive is worked out here from these facts, with nothing of the app's own code.

import type { AnsweredScorecard } from '../../src/domain/gong-figures.ts'
import { known, noData } from '../../src/domain/measured.ts'
import type { Person } from '../../src/domain/person.ts'
import type { SlackMember } from '../../src/domain/slack-member.ts'
import type { CoachingReport } from '../../src/stats/coaching/results.ts'
import type { StatsService } from '../../src/stats/results.ts'
import { member } from './delivery-world.ts'

/** A Monday; the quarter is the thirteen weeks from it. */
export const firstMonday = '2026-09-07'
export const weeks = 13
const reportsEach = 3
const managerZones = ['Europe/Berlin', 'America/New_York', 'Australia/Sydney'] as const

const dayMs = 86_400_000
export const dateAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)
const dayIndex = (date: string): number => (Date.parse(`${date}T00:00:00Z`) - Date.parse(`${firstMonday}T00:00:00Z`)) / dayMs

/** The same number for the same three, spread over 0…2³²−1. */
function draw(a: number, b: number, c: number): number {
  let mixed = Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 101, 0x85ebca6b) ^ Math.imul(c + 7_001, 0xc2b2ae35)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39)
  return (mixed ^ (mixed >>> 15)) >>> 0
}

export const managerIdOf = (index: number): string => String(1000 + index)
const reportIdOf = (index: number, nth: number): string => String(10_000 + index * 10 + nth)
export const zoneOfManager = (index: number): string => managerZones[index % managerZones.length] ?? 'UTC'

export function coachedCompany(managers: number): { readonly people: readonly Person[]; readonly members: readonly SlackMember[] } {
  const people: Person[] = []
  const members: SlackMember[] = [member('UOWNER', 'Olga')]
  for (let index = 0; index < managers; index += 1) {
    const id = managerIdOf(index)
    people.push({ id, name: `Manager ${index}`, emails: [`u${id}@acme.test`], active: true })
    members.push(member(`U${id}`, `Manager ${index}`, { zone: zoneOfManager(index) }))
    for (let nth = 0; nth < reportsEach; nth += 1) {
      people.push({ id: reportIdOf(index, nth), name: `Rep ${index} ${nth}`, emails: [], managerId: id, active: true })
    }
  }
  return { people, members }
}

/** The manager scored this report on that day: about every twelfth day, one in eight managers never. */
const isScored = (index: number, nth: number, date: string): boolean =>
  index % 8 !== 0 && draw(index * 10 + nth, 1, dayIndex(date)) % 12 === 0

/** Away on some Mondays, for some half weeks, and for some whole ones. */
export function isAway(index: number, date: string): boolean {
  const days = dayIndex(date)
  const week = Math.floor(days / 7)
  const weekday = days - week * 7
  const lot = draw(index, 2, week) % 20
  return lot === 0 || (lot === 1 && weekday < 3) || (lot < 4 && weekday === 0)
}

/** Every eleventh manager leaves out one Monday. */
export const skipDatesOf = (index: number): readonly string[] => (index % 11 === 0 ? [dateAfter(firstMonday, 7 * (index % weeks))] : [])

/** The last day before `to` on which the report was scored; undefined within the 91 days looked back. */
function lastScored(index: number, nth: number, to: string): string | undefined {
  for (let days = 1; days <= 91; days += 1) if (isScored(index, nth, dateAfter(to, -days))) return dateAfter(to, -days)
  return undefined
}

/** The local date on which the manager must be reminded in the week of that Monday; undefined when nothing may come. */
export function expectedOn(index: number, monday: string): string | undefined {
  const skipped = skipDatesOf(index)
  const before = monday > firstMonday ? expectedOn(index, dateAfter(monday, -7)) : undefined
  for (let weekday = 0; weekday < 5; weekday += 1) {
    const date = dateAfter(monday, weekday)
    if (skipped.includes(date)) continue
    // Reminded four days ago or less: the Thursday's or Friday's was this week's too.
    if (before !== undefined && dayIndex(date) - dayIndex(before) < 5) return undefined
    if (isAway(index, date)) continue
    // The company counts days in Berlin. 08:30 in Sydney is 00:30 there until 4 October (+10, +2), and from then on the evening before
    // (+11, +2, later +1). A Monday waits until it is Monday in Berlin.
    const isEveBefore = zoneOfManager(index) === 'Australia/Sydney' && weekday > 0 && date > '2026-10-04'
    const today = isEveBefore ? dateAfter(date, -1) : date
    // The goal: each report scored today or within the fourteen days before.
    const isMet = Array.from({ length: reportsEach }, (_, nth) => lastScored(index, nth, dateAfter(today, 1))).every(
      (last) => last !== undefined && last >= dateAfter(today, -14),
    )
    return isMet ? undefined : date
  }
  return undefined
}

const card = (managerId: string, reportId: string, date: string): AnsweredScorecard => ({
  id: `${managerId}/${reportId}/${date}`,
  callId: '1',
  scorecardId: '1',
  scorecardName: 'Discovery',
  reviewedId: reportId,
  reviewerId: managerId,
  answeredAt: new Date(`${date}T10:00:00Z`),
  method: 'human',
  visibility: 'unmarked',
  questions: [],
})

/** Statistics of coaching alone: reminders ask for nothing else. */
export function coachedStats(people: readonly Person[], zone: string): StatsService {
  const byId = new Map(people.map((person) => [person.id, person]))
  const none = noData('not-read')
  const totals = { callsListenedTo: none, commentsGiven: none, scorecardsFilled: none, callsScored: none, othersCallsListenedTo: none }
  const coaching: StatsService['coaching'] = async (managerId, period, _viewer, reportIds = []): Promise<CoachingReport> => {
    const index = Number(managerId) - 1000
    return {
      manager: byId.get(managerId) ?? { id: managerId, name: managerId, emails: [], active: true },
      period,
      before: period,
      totals,
      totalsBefore: totals,
      reports: reportIds.flatMap((id) => {
        const report = byId.get(id)
        const last = lastScored(index, Number(id) % 10, period.to)
        if (!report) return []
        const weeksSince = last === undefined ? none : known(Math.floor((Date.parse(period.to) - Date.parse(last)) / (7 * dayMs)))
        const lastScorecard = last === undefined ? {} : { lastScorecard: card(managerId, id, last) }
        return [{ report, ...lastScorecard, weeksSince, scorecardsInPeriod: 0, isNew: false, callsInPeriod: known(5) }]
      }),
      coachedIn2Weeks: 0,
      coachedIn4Weeks: 0,
      basis: 'scorecards',
      state: { contract: 'documented', zone, mayMove: false, quarantined: 0, neverRead: 0 },
    }
  }
  return { coaching } as StatsService
}
