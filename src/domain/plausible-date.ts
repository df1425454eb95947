// The bounds of every date, range and list of days that somebody types. Counts by arithmetic: a range is never walked before it has
// passed. Knows no wording but the dates themselves.
import { addDays, daysBetween, type LocalDate } from './period.ts'

/** Nobody has figures of before. */
export const earliestDate: LocalDate = '2015-01-01'

/** The last day of the year after next year and one more: in 2026 that is 2029-12-31. */
export const latestDate = (today: LocalDate): LocalDate => `${Number(today.slice(0, 4)) + 3}-12-31`

/** Days that one question, or one digest's list of days to skip, may cover. */
export const mostDays = 400

/** A calendar date as it is written, `2026-12-24`; not `2026-02-30`. */
export function isCalendarDate(text: string | undefined): text is LocalDate {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const instant = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text)
}

/** A date from 2015 to the end of next year + 2. */
export const isPlausibleDate = (date: LocalDate, today: LocalDate): boolean => date >= earliestDate && date <= latestDate(today)

/** First and last day, both included. */
export interface DateRange {
  readonly first: LocalDate
  readonly last: LocalDate
}

/** How many days the ranges hold in all; a day in two of them counts twice. */
export const daysInAll = (ranges: readonly DateRange[]): number =>
  ranges.reduce((days, { first, last }) => days + daysBetween(first, last) + 1, 0)

/** Every day of the ranges once, in order. The caller has checked their bounds. */
export const everyDay = (ranges: readonly DateRange[]): LocalDate[] =>
  [
    ...new Set(
      ranges.flatMap(({ first, last }) => Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index))),
    ),
  ].toSorted()

/** Sentence for a date that is not plausible. */
export const plausibleDatesInWords = (today: LocalDate): string => `from ${earliestDate} to ${latestDate(today)}`
