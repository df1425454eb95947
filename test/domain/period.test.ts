import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  daysBetween,
  localDateOf,
  monthStart,
  periodBefore,
  startOfLocalDate,
  type Weekday,
  weekBefore,
  weekdayOf,
  weekOf,
  weeksThrough,
  wholeMonths,
} from '../../src/domain/period.ts'
import { casesOf } from '../kit/cases.ts'

const anyDate = fc.integer({ min: 0, max: 40_000 }).map((days) => Temporal.PlainDate.from('2000-01-01').add({ days }).toString())
const anyZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))

describe('dates agree with Temporal', () => {
  it('adds days, counts between, names weekdays', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
        const oracle = Temporal.PlainDate.from(date)
        expect(addDays(date, days)).toBe(oracle.add({ days }).toString())
        expect(daysBetween(date, addDays(date, days))).toBe(days)
        expect(weekdayOf(date)).toBe(oracle.dayOfWeek)
      }),
      { numRuns: casesOf(5000) },
    )
  })

  it('finds weeks for either first day, and the months around', () => {
    fc.assert(
      fc.property(anyDate, fc.constantFrom<Weekday>(1, 7), fc.integer({ min: -40, max: 40 }), (date, weekStart, months) => {
        const oracle = Temporal.PlainDate.from(date)
        const back = (oracle.dayOfWeek - weekStart + 7) % 7
        expect(weekOf(date, weekStart)).toEqual({
          from: oracle.subtract({ days: back }).toString(),
          to: oracle.add({ days: 7 - back }).toString(),
        })
        expect(weekBefore(date, weekStart).to).toBe(weekOf(date, weekStart).from)
        expect(monthStart(date, months)).toBe(oracle.with({ day: 1 }).add({ months }).toString())
      }),
      { numRuns: casesOf(5000) },
    )
  })

  it('keeps the local date of any instant in every zone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 946_684_800_000, max: 2_500_000_000_000 }), anyZone, (instant, zone) => {
        const oracle = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone)
        expect(localDateOf(new Date(instant), zone)).toBe(oracle.toPlainDate().toString())
      }),
      { numRuns: casesOf(10_000) },
    )
  })
})

describe('the first instant of a local date', () => {
  const oracle = (date: string, zone: string): number => Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds

  it('agrees with Temporal around every clock change of every zone from 2011 to 2028', () => {
    const wrong: string[] = []
    let checked = 0
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      let at = Temporal.Instant.from('2011-01-01T00:00:00Z').toZonedDateTimeISO(zone)
      for (let change = 0; change < 60; change += 1) {
        const next = at.getTimeZoneTransition('next')
        if (!next || next.year > 2028) break
        for (const days of [-1, 0, 1]) {
          const date = next.toPlainDate().add({ days }).toString()
          checked += 1
          if (startOfLocalDate(date, zone).getTime() !== oracle(date, zone)) wrong.push(`${zone} ${date}`)
        }
        at = next
      }
    }
    expect(wrong).toEqual([])
    expect(checked).toBeGreaterThan(5000)
  })

  it('agrees with Temporal on any date', () => {
    fc.assert(
      fc.property(anyDate, anyZone, (date, zone) => {
        expect(startOfLocalDate(date, zone).getTime()).toBe(oracle(date, zone))
      }),
      { numRuns: casesOf(5000) },
    )
  })

  it('is the first of two midnights, the change that skips midnight, and the change that skips a date', () => {
    // Havana goes back at 01:00 to 00:00 on 2026-11-01: midnight exists twice, first with UTC−4.
    expect(startOfLocalDate('2026-11-01', 'America/Havana').toISOString()).toBe('2026-11-01T04:00:00.000Z')
    // Cairo goes from 00:00 to 01:00 on 2026-04-24: the day begins at 01:00 UTC+3.
    expect(startOfLocalDate('2026-04-24', 'Africa/Cairo').toISOString()).toBe('2026-04-23T22:00:00.000Z')
    // Apia left out 2011-12-30: the 30th would begin where the 31st does, UTC+14.
    expect(startOfLocalDate('2011-12-30', 'Pacific/Apia').toISOString()).toBe('2011-12-30T10:00:00.000Z')
  })
})

describe('the period before', () => {
  it('is the same weekdays a week earlier for a part of a week', () => {
    expect(periodBefore({ from: '2026-11-16', to: '2026-11-19' })).toEqual({ from: '2026-11-09', to: '2026-11-12' })
  })
  it('is as many whole months for whole months', () => {
    expect(periodBefore({ from: '2026-07-01', to: '2026-10-01' })).toEqual({ from: '2026-04-01', to: '2026-07-01' })
    expect(wholeMonths({ from: '2026-07-01', to: '2026-10-01' })).toBe(3)
  })
  it('is the same number of days directly before otherwise, and never reaches into the period', () => {
    expect(periodBefore({ from: '2026-11-01', to: '2026-11-16' })).toEqual({ from: '2026-10-17', to: '2026-11-01' })
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 400 }), (from, days) => {
        expect(periodBefore({ from, to: addDays(from, days) }).to <= from).toBe(true)
      }),
    )
  })
  it('lists whole weeks oldest first', () => {
    expect(weeksThrough({ from: '2026-11-16', to: '2026-11-23' }, 3).map((week) => week.from)).toEqual([
      '2026-11-02',
      '2026-11-09',
      '2026-11-16',
    ])
  })
})
