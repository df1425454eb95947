// Which readings are due, and when answered scorecards of today are among them. The company is in Berlin: 23:30 UTC is the day after.
import { describe, expect, it } from 'vitest'
import { periodKey } from '../../src/domain/period.ts'
import { type PlanFacts, planFetches } from '../../src/sync/plan.ts'

const monday = '2026-11-23'
const facts = (now: string, today: string, ranges: PlanFacts['ranges'] = []): PlanFacts => ({
  today,
  zone: 'Europe/Berlin',
  now: new Date(now),
  weekStart: 1,
  windows: [],
  ranges,
  covers: () => true,
  people: 100,
  coachingRequests: 0,
  coachingWeeks: 0,
  requestsPerDay: 4000,
})
const due = (given: PlanFacts, kind: string) =>
  planFetches(given).due.flatMap((read) => (read.kind === kind ? [periodKey(read.period)] : []))
const cards = (from: string, to: string, readAt: string) => ({
  kind: 'scorecards' as const,
  period: { from, to },
  scope: 'all' as const,
  readAt: new Date(readAt),
  final: false,
})

describe('answered scorecards', () => {
  it('are read through today, on a Monday too; figures of calls through yesterday', () => {
    const onMonday = facts('2026-11-23T08:00:00Z', monday)
    expect(due(onMonday, 'scorecards')[0]).toBe('2026-11-23..2026-11-23')
    expect(due(onMonday, 'interaction')[0]).toBe('2026-11-16..2026-11-22')
    expect(due(facts('2026-11-25T08:00:00Z', '2026-11-25'), 'scorecards')[0]).toBe('2026-11-23..2026-11-25')
    expect(due(facts('2026-11-25T08:00:00Z', '2026-11-25'), 'daily-activity')[0]).toBe('2026-11-23..2026-11-24')
  })

  it('take one range for this week and thirteen for the weeks before, whatever the day', () => {
    for (const today of [monday, '2026-11-25', '2026-11-29']) expect(due(facts(`${today}T08:00:00Z`, today), 'scorecards')).toHaveLength(14)
  })

  it('are read again when they seem to come from next year: the clock that wrote that had gone wrong', () => {
    const period = { from: monday, to: '2026-11-26' }
    const read = (readAt: string, final = false) => [
      {
        kind: 'scorecards' as const,
        period,
        scope: 'all' as const,
        readAt: new Date(readAt),
        final,
        quarantined: 0,
        quarantinedIds: [],
      },
    ]
    const now = '2026-11-25T10:00:00Z'
    expect(due(facts(now, '2026-11-25', read('2026-11-25T09:59:00Z')), 'scorecards')).not.toContain(periodKey(period))
    expect(due(facts(now, '2026-11-25', read('2026-11-25T10:10:00Z')), 'scorecards')).not.toContain(periodKey(period))
    expect(due(facts(now, '2026-11-25', read('2027-11-25T10:00:00Z')), 'scorecards')).toContain(periodKey(period))
    // Next year it would have been the last word.
    expect(due(facts(now, '2026-11-25', read('2027-11-25T10:00:00Z', true)), 'scorecards')).toContain(periodKey(period))
    expect(due(facts(now, '2026-11-25', read('2026-11-25T09:00:00Z', true)), 'scorecards')).not.toContain(periodKey(period))
  })

  it('of a week read on its Sunday are read again as soon as the week is over, and then at their age', () => {
    const lastWeek = '2026-11-16..2026-11-22'
    const now = '2026-11-22T23:10:00Z'
    // Sunday 23:50 in Berlin, twenty minutes ago.
    expect(due(facts(now, monday, [cards('2026-11-16', monday, '2026-11-22T22:50:00Z')]), 'scorecards')).toContain(lastWeek)
    // Monday 00:05 in Berlin.
    expect(due(facts(now, monday, [cards('2026-11-16', monday, '2026-11-22T23:05:00Z')]), 'scorecards')).not.toContain(lastWeek)
    // On the Sunday itself it is today's range, and fresh.
    expect(
      due(facts('2026-11-22T22:55:00Z', '2026-11-22', [cards('2026-11-16', monday, '2026-11-22T22:50:00Z')]), 'scorecards'),
    ).not.toContain(lastWeek)
  })
})
