// The recurrence rule against hand-worked dates and against Temporal, which picks wall times by its own rules.
import { describe, expect, it } from 'vitest'
import { addDays, weekdayOf } from '../../src/domain/period.ts'
import { instantOfWallTime, nextRun, nextRuns, occurrenceOf, plannedDateOf, runsBetween } from '../../src/domain/recurrence.ts'
import { oracle, transitionDates, zones } from './calendar-oracle.ts'

const mondays = { weekdays: [1], time: '09:00', zone: 'Europe/Berlin' } as const

describe('a recurrence', () => {
  it('keeps its local wall time across the spring change', () => {
    // Berlin is UTC+1 until Sunday 28 March 2027, then UTC+2: 09:00 is 08:00Z on the 22nd and 07:00Z on the 29th.
    expect(nextRuns(mondays, new Date('2027-03-20T00:00:00Z'), 2).map((run) => run.at.toISOString())).toEqual([
      '2027-03-22T08:00:00.000Z',
      '2027-03-29T07:00:00.000Z',
    ])
  })

  it('moves a wall time that does not exist forward by the gap', () => {
    // 28 March 2027, Berlin: 02:00 → 03:00, so 02:30 runs at 03:30 summer time = 01:30Z.
    const run = nextRun({ weekdays: [7], time: '02:30', zone: 'Europe/Berlin' }, new Date('2027-03-27T00:00:00Z'))
    expect(run).toMatchObject({ at: new Date('2027-03-28T01:30:00Z'), date: '2027-03-28', wallTime: 'skipped' })
  })

  it('runs a wall time that exists twice at its first instant', () => {
    // 31 October 2027, Berlin: 03:00 summer → 02:00 winter, so the first 02:30 is UTC+2 = 00:30Z.
    const run = nextRun({ weekdays: [7], time: '02:30', zone: 'Europe/Berlin' }, new Date('2027-10-30T12:00:00Z'))
    expect(run).toMatchObject({ at: new Date('2027-10-31T00:30:00Z'), wallTime: 'twice' })
  })

  it('runs once, not twice, on a day whose wall time exists twice', () => {
    const first = nextRun({ weekdays: [7], time: '02:30', zone: 'America/New_York' }, new Date('2026-10-31T12:00:00Z'))
    // 1 November 2026, New York: first 01:30… is UTC−4; 02:30 exists once (06:00Z is when 02:00 becomes 01:00), at UTC−5 = 07:30Z.
    expect(first.at.toISOString()).toBe('2026-11-01T07:30:00.000Z')
    const twice = nextRun({ weekdays: [7], time: '01:30', zone: 'America/New_York' }, new Date('2026-10-31T12:00:00Z'))
    expect(twice.at.toISOString()).toBe('2026-11-01T05:30:00.000Z')
    expect(nextRun({ weekdays: [7], time: '01:30', zone: 'America/New_York' }, twice.at).date).toBe('2026-11-08')
  })

  it('handles a change of half an hour', () => {
    // Lord Howe, 4 October 2026: 02:00 → 02:30 (UTC+10:30 → +11), so 02:15 runs at 02:45 = 15:45Z of the 3rd.
    expect(instantOfWallTime('2026-10-04', '02:15', 'Australia/Lord_Howe')).toEqual({
      at: new Date('2026-10-03T15:45:00Z'),
      wallTime: 'skipped',
    })
  })

  it('moves a midnight that does not exist to the first minutes of the same day', () => {
    // Beirut, 29 March 2026: 00:00 → 01:00 (UTC+2 → +3) = 22:00Z of the 28th.
    expect(instantOfWallTime('2026-03-29', '00:00', 'Asia/Beirut')).toEqual({ at: new Date('2026-03-28T22:00:00Z'), wallTime: 'skipped' })
  })

  it('is strictly after: the instant itself is not next', () => {
    expect(nextRun(mondays, new Date('2026-11-23T08:00:00Z')).at.toISOString()).toBe('2026-11-30T08:00:00.000Z')
    expect(nextRun(mondays, new Date('2026-11-23T07:59:59.999Z')).at.toISOString()).toBe('2026-11-23T08:00:00.000Z')
  })

  it('lists what became due in a stretch, the end included', () => {
    const runs = runsBetween(
      { weekdays: [1, 3, 5], time: '09:00', zone: 'UTC' },
      new Date('2026-11-16T09:00:00Z'),
      new Date('2026-11-23T09:00:00Z'),
    )
    expect(runs.map((run) => run.date)).toEqual(['2026-11-18', '2026-11-20', '2026-11-23'])
  })

  it('names an occurrence by its planned local time, which does not change with the offset', () => {
    const run = nextRun(mondays, new Date('2026-11-20T00:00:00Z'))
    expect(occurrenceOf(run)).toBe('2026-11-23T09:00[Europe/Berlin]')
    expect(plannedDateOf(occurrenceOf(run))).toBe('2026-11-23')
    expect(plannedDateOf('manual:2026-11-23T09:00[')).toBeUndefined()
  })

  it('refuses a rule without weekdays', () => {
    expect(() => nextRun({ ...mondays, weekdays: [] }, new Date('2026-11-20T00:00:00Z'))).toThrow(RangeError)
  })
})

describe("the calendar on every zone's transition days", () => {
  it('agrees with Temporal at 00:00, 02:30 and 09:00, the days around each change included, 2024–2034', () => {
    const differing: string[] = []
    let checked = 0
    for (const zone of zones()) {
      for (const date of transitionDates(zone, '2024-01-01', '2035-01-01')) {
        for (const time of ['00:00', '02:30', '09:00']) {
          checked += 1
          const run = nextRun({ weekdays: [weekdayOf(date)], time, zone }, new Date(oracle(addDays(date, -1), '12:00', zone)))
          if (run.at.getTime() !== oracle(date, time, zone) || run.date !== date) differing.push(`${zone} ${date} ${time}`)
        }
      }
    }
    expect(differing).toEqual([])
    expect(checked).toBeGreaterThan(10_000)
  })
})
