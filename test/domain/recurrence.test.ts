// The recurrence rule against hand-worked dates and against Temporal, which picks wall times by its own rules.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type Weekday, weekdayOf } from '../../src/domain/period.ts'
import { instantOfWallTime, nextRun, nextRunFrom, nextRuns, occurrenceOf, plannedDateOf, runsBetween } from '../../src/domain/recurrence.ts'
import { casesOf } from '../kit/cases.ts'
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

describe('a stretch of years', () => {
  /** A Monday rule that counts how often a date is held against it. */
  function counted(weekdays: readonly Weekday[], time = '09:00', zone = 'Europe/Berlin') {
    const looks = { count: 0 }
    const watched = Object.assign([...weekdays], {
      includes: (day: Weekday) => {
        looks.count += 1
        return weekdays.includes(day)
      },
    })
    return { rule: { weekdays: watched, time, zone }, looks }
  }

  it('is not walked: the first run from a date in the year 2029 costs no more than one from tomorrow', () => {
    const { rule, looks } = counted([1])
    // 31 December 2029 is a Monday; Berlin is at UTC+1 then.
    expect(nextRunFrom(rule, new Date('2026-11-23T12:00:00Z'), '2029-12-31', new Set()).at.toISOString()).toBe('2029-12-31T08:00:00.000Z')
    expect(looks.count).toBeLessThan(30)
    const far = counted([1])
    // 27 December 9999 is a Monday: 9999-12-31 is a Friday.
    expect(nextRunFrom(far.rule, new Date('2026-11-23T12:00:00Z'), '9999-12-25', new Set()).date).toBe('9999-12-27')
    expect(far.looks.count).toBeLessThan(30)
  })

  it('is not walked for what was missed in it: the latest 60 runs of a century, as walking would find them', () => {
    const { rule, looks } = counted([1])
    const runs = runsBetween(rule, new Date('1926-11-22T12:00:00Z'), new Date('2026-11-23T12:00:00Z'))
    expect(runs).toHaveLength(60)
    // 59 weeks before Monday 23 November 2026 is Monday 6 October 2025.
    expect([runs[0]?.date, runs.at(-1)?.date]).toEqual(['2025-10-06', '2026-11-23'])
    // 63 weeks of seven days, each held against the rule once or twice.
    expect(looks.count).toBeLessThan(1000)
  })

  it('gives what walking gives, for any rule, zone and stretch', () => {
    const weekday = fc.constantFrom<Weekday>(1, 2, 3, 4, 5, 6, 7)
    fc.assert(
      fc.property(
        fc.uniqueArray(weekday, { minLength: 1, maxLength: 7 }),
        fc.constantFrom('00:00', '02:30', '09:00', '23:59'),
        fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia', 'Australia/Lord_Howe'),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 0, max: 1200 }),
        (weekdays, time, zone, startDay, days) => {
          const rule = { weekdays, time, zone }
          const after = new Date(Date.UTC(2025, 0, 1 + startDay, 11))
          const until = new Date(after.getTime() + days * 86_400_000)
          const walked: string[] = []
          for (let run = nextRun(rule, after); run.at <= until; run = nextRun(rule, run.at)) walked.push(occurrenceOf(run))
          expect(runsBetween(rule, after, until, 20).map(occurrenceOf)).toEqual(walked.slice(-20))
          const from = addDays('2025-01-01', startDay + days)
          let first = nextRun(rule, after)
          while (first.date < from) first = nextRun(rule, first.at)
          expect(nextRunFrom(rule, after, from, new Set())).toEqual(first)
        },
      ),
      { numRuns: casesOf(500) },
    )
  })

  it('leaves out the days that are taken', () => {
    const rule = { weekdays: [1], time: '09:00', zone: 'UTC' } as const
    const taken = new Set(['2026-12-07', '2026-12-14'])
    expect(nextRunFrom(rule, new Date('2026-11-23T12:00:00Z'), '2026-12-05', taken).date).toBe('2026-12-21')
  })
})
