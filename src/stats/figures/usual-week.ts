// A person's own past: the median of eight weeks, the yardstick that is fairer than anybody else's figures.
import { known, type Measured, noData } from '../../domain/measured.ts'
import { median } from './median.ts'

/** Weeks looked back from the period shown, which is not among them. */
export const usualWeeks = 8

/** Fewer weeks with enough calls than this are no habit. */
const leastUsualWeeks = 3

/**
 * Median of the weekly figures that are known; callers leave out weeks without enough calls. `no-comparison` with fewer than
 * three. `usualWeekOf([known(0.5), known(0.54), noData('too-few-calls'), known(0.6)])` is 0.54.
 */
export function usualWeekOf(weeks: readonly Measured[]): Measured {
  const values = weeks.flatMap((week) => (week.known ? [week.value] : []))
  const middle = values.length < leastUsualWeeks ? undefined : median(values)
  return middle === undefined ? noData('no-comparison') : known(middle)
}
