// Local dates and half-open periods in the company's zone. A period is never an instant range: instants are made from it
// only at the edges (a 23- or 25-hour day is still one day). Knows nothing of words ("last week"): those are read in bot/words.
import { offsetMinutes } from './zone-offset.ts'

/** A calendar date `YYYY-MM-DD` in the company's zone (or the zone named beside it). */
export type LocalDate = string

/** A half-open range of local dates: `from` is in it, `to` is not. Never empty: `from < to`. */
export interface Period {
  readonly from: LocalDate
  readonly to: LocalDate
}

/** 1 = Monday … 7 = Sunday, as ISO 8601 counts. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

const dayMs = 86_400_000

/** Dates remembered: over fifty years. */
const mostDates = 20_000

const dayNumbers = new Map<LocalDate, number>()

/** Whole days since 1970-01-01. */
function dayNumber(date: LocalDate): number {
  const known = dayNumbers.get(date)
  if (known !== undefined) return known
  const day = Date.parse(`${date}T00:00:00Z`) / dayMs
  if (dayNumbers.size >= mostDates) dayNumbers.clear()
  dayNumbers.set(date, day)
  return day
}

// A message counts with the same few dates thousands of times; reading and writing their texts was a tenth of its cost.
const dateTexts = new Map<number, LocalDate>()

function fromDayNumber(day: number): LocalDate {
  const known = dateTexts.get(day)
  if (known !== undefined) return known
  const date = new Date(day * dayMs).toISOString().slice(0, 10)
  if (dateTexts.size >= mostDates) dateTexts.clear()
  dateTexts.set(day, date)
  return date
}

/** The date `days` after (or, negative, before) `date`. */
export const addDays = (date: LocalDate, days: number): LocalDate => fromDayNumber(dayNumber(date) + days)

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => dayNumber(to) - dayNumber(from)

/** How many local dates the period holds; at least 1. */
export const lengthDays = (period: Period): number => daysBetween(period.from, period.to)

/** The period's dates in order. */
export const datesIn = (period: Period): LocalDate[] =>
  Array.from({ length: lengthDays(period) }, (_, index) => addDays(period.from, index))

/** Whether `date` lies in the period. */
export const includes = (period: Period, date: LocalDate): boolean => period.from <= date && date < period.to

/** The period's last local date (its `to` is the day after). */
export const lastDate = (period: Period): LocalDate => addDays(period.to, -1)

/** 1 = Monday … 7 = Sunday. 1970-01-01 was a Thursday (4). */
export const weekdayOf = (date: LocalDate): Weekday => (((((dayNumber(date) + 3) % 7) + 7) % 7) + 1) as Weekday

/** The week that holds `date`, beginning on `weekStart`. */
export function weekOf(date: LocalDate, weekStart: Weekday = 1): Period {
  const from = addDays(date, -((weekdayOf(date) - weekStart + 7) % 7))
  return { from, to: addDays(from, 7) }
}

/** The last full week before the one that holds `date`. */
export const weekBefore = (date: LocalDate, weekStart: Weekday = 1): Period => weekOf(addDays(weekOf(date, weekStart).from, -1), weekStart)

/** `count` whole weeks up to and including `week`, oldest first. */
export const weeksThrough = (week: Period, count: number): Period[] =>
  Array.from({ length: count }, (_, index) => {
    const shift = (index - count + 1) * 7
    return { from: addDays(week.from, shift), to: addDays(week.to, shift) }
  })

/** The first date of the month `months` after the one that holds `date`. */
export function monthStart(date: LocalDate, months = 0): LocalDate {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}-01`
}

/**
 * The period to compare with: the same number of whole months before when the period is whole months (November → October),
 * otherwise the same number of days directly before (Mon–Wed of this week → Mon–Wed of last week when it starts a week).
 */
export function periodBefore(period: Period): Period {
  const months = wholeMonths(period)
  if (months > 0) return { from: monthStart(period.from, -months), to: period.from }
  const days = lengthDays(period)
  const shift = Math.max(7, days)
  return { from: addDays(period.from, -shift), to: addDays(period.to, -shift) }
}

/** How many whole calendar months the period is; 0 when it is not made of whole months. */
export function wholeMonths(period: Period): number {
  if (!period.from.endsWith('-01') || !period.to.endsWith('-01')) return 0
  const index = (date: LocalDate) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7))
  return index(period.to) - index(period.from)
}

/** A stable text for keys and logs: `2026-11-16..2026-11-22`, both ends shown. */
export const periodKey = (period: Period): string => `${period.from}..${lastDate(period)}`

export const samePeriod = (a: Period, b: Period): boolean => a.from === b.from && a.to === b.to

/** The local date of an instant in an IANA zone. */
export function localDateOf(instant: Date, zone: string): LocalDate {
  const instantMs = instant.getTime()
  return fromDayNumber(Math.floor((instantMs + offsetMinutes(zone, instantMs) * 60_000) / dayMs))
}

/** The wall clock in the zone: `2026-11-23T09:00:00.000Z`, the Z to be left out. */
const localTextOf = (instant: Date, zone: string): string =>
  new Date(instant.getTime() + offsetMinutes(zone, instant.getTime()) * 60_000).toISOString()

/**
 * The first instant of a local date in an IANA zone. Where midnight exists twice: the first; where a clock change skips it, or
 * the whole date (Apia, 2011-12-30): the instant of that change.
 */
export function startOfLocalDate(date: LocalDate, zone: string): Date {
  const midnightUtc = Date.parse(`${date}T00:00:00Z`)
  // The offset at midnight is one of those in force a day earlier and a day later: zones change at most once in between.
  const starts = [midnightUtc - dayMs, midnightUtc + dayMs]
    .map((near) => midnightUtc - offsetMinutes(zone, near) * 60_000)
    .filter((instant) => isMidnight(new Date(instant), date, zone))
  return new Date(starts.length > 0 ? Math.min(...starts) : firstInstantFrom(date, zone, midnightUtc))
}

const isMidnight = (instant: Date, date: LocalDate, zone: string): boolean => localTextOf(instant, zone).startsWith(`${date}T00:00`)

/** Halves the stretch in which the date must begin, down to the millisecond. */
function firstInstantFrom(date: LocalDate, zone: string, midnightUtc: number): number {
  let early = midnightUtc - dayMs
  let late = midnightUtc + dayMs
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    if (localDateOf(new Date(middle), zone) >= date) late = middle
    else early = middle
  }
  return late
}
