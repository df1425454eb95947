// How a figure is rounded when it is printed, by its unit: the one rounding that statistics, messages and files share, so that now, before
// and change add up as printed. Knows no statistic and no language.

/**
 * How a figure is written. `share` 0–1 as whole percent · `seconds` as m:ss, under ten seconds with one decimal · `score` with one decimal ·
 * `per-call` with one decimal under ten · `count` whole · `none` with one decimal.
 */
export type Unit = 'share' | 'seconds' | 'score' | 'per-call' | 'count' | 'none'

/** The figure rounded as it is printed. `roundedAs(0.44095, 'share')` is 0.44; `roundedAs(9.84, 'seconds')` is 9.8. */
export function roundedAs(value: number, unit: Unit): number {
  switch (unit) {
    case 'share':
      return Number((value * 100).toFixed(0)) / 100
    case 'seconds':
      return Number(value.toFixed(Math.abs(value) < 10 ? 1 : 0))
    case 'per-call':
      return Number(value.toFixed(Math.abs(value) >= 10 ? 0 : 1))
    default:
      return Number(value.toFixed(1))
  }
}

/**
 * The difference of two figures as they are printed, so that a reader who subtracts gets the same.
 * `changeAsPrinted(0.505, 0.474, 'share')` is 0.04: 51 % less 47 %, though the exact figures are 3.1 points apart.
 */
export function changeAsPrinted(now: number, before: number, unit: Unit): number {
  // Whole steps, so that 0.1 + 0.2 stays 0.3.
  return Math.round((roundedAs(now, unit) - roundedAs(before, unit)) * 1000) / 1000
}

/** Movement below this is noise whatever the past was like: 2 points of a share, else a tenth of what it is compared with. */
export const noiseFloor = (comparedWith: number, unit: Unit): number => (unit === 'share' ? 0.02 : Math.abs(comparedWith) / 10)
