// Which periods a group is shown for without names. Two periods that differ by a day differ by what a few people did on it; whole
// weeks never overlap, and a month's medians cannot be subtracted from a week's.
import { type LocalDate, lengthDays, type Period, type Weekday, weekdayOf, wholeMonths } from '../../domain/period.ts'

/** A week as the company's weeks begin, or with medians whole calendar months; ended before `today`. */
export function isShownWithoutNames(
  period: Period,
  kind: 'median' | 'sum',
  calendar: { readonly today: LocalDate; readonly weekStart: Weekday },
): boolean {
  if (period.to > calendar.today) return false
  const isWeek = lengthDays(period) === 7 && weekdayOf(period.from) === calendar.weekStart
  return isWeek || (kind === 'median' && wholeMonths(period) > 0)
}
