// The usual week-to-week range: between which figures the last eight weeks lay, robust against one odd week. A figure inside it is no news.
import type { Measured } from '../../domain/measured.ts'
import { noiseFloor, roundedAs, type Unit } from '../../domain/unit.ts'
import { median } from './median.ts'

/** Fewer known weeks than this have no usual range. */
const leastWeeks = 5

/** Makes a median absolute deviation comparable with a standard deviation, where figures lie around their middle as noise does. */
const spreadOfDeviation = 1.4826

/** So many spreads from the middle a week of mere noise is outside in about one of twenty. */
const spreadsAllowed = 2.5

/** Both ends are usual, and rounded as they are printed. */
export interface UsualRange {
  readonly low: number
  readonly high: number
  /** The median of the weeks, not rounded. */
  readonly middle: number
  /** Weeks it rests on. */
  readonly weeks: number
}

/**
 * Median of the known weeks ± 2.5 × 1.4826 × their median absolute deviation, and never narrower than what is noise anyway (2 points of a
 * share, a tenth of anything else). Undefined with fewer than five known weeks.
 * @example usualRange(weeks(0.5, 0.52, 0.51, 0.53, 0.51, 0.49, 0.52, 0.51), 'share')
 * // middle 0.51; deviations 1, 1, 0, 2, 0, 2, 1, 0 points, their median 1; 2.5 × 1.4826 × 1 = 3.7 points: 47 % to 55 %
 */
export function usualRange(weeks: readonly Measured[], unit: Unit): UsualRange | undefined {
  const values = weeks.flatMap((week) => (week.known ? [week.value] : []))
  if (values.length < leastWeeks) return undefined
  const middle = median(values) ?? 0
  const deviation = median(values.map((value) => Math.abs(value - middle))) ?? 0
  const half = Math.max(spreadsAllowed * spreadOfDeviation * deviation, noiseFloor(middle, unit))
  return { low: roundedAs(Math.max(0, middle - half), unit), high: roundedAs(middle + half, unit), middle, weeks: values.length }
}
