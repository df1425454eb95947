// Who needs coaching first: the one order of "look at first" and of the coverage by person.
import type { ReportCoverage } from '../../stats/coaching/results.ts'

/** Never coached first, then the longest ago; new people and people without calls last, because nothing is due for them. */
export const byNeed = (a: ReportCoverage, b: ReportCoverage): number => need(b) - need(a)

/** Two weeks or more without a card, and neither new nor away. */
export const isLongWithout = (coverage: ReportCoverage): boolean => need(coverage) >= 2

/** A card could be due for them. */
export const isCounted = (coverage: ReportCoverage): boolean => need(coverage) >= 0

const need = ({ isNew, callsInPeriod, weeksSince, scorecardsInPeriod }: ReportCoverage): number => {
  if (scorecardsInPeriod !== undefined && scorecardsInPeriod > 0) return -3
  if (callsInPeriod.known && callsInPeriod.value === 0) return -2
  if (isNew) return -1
  return weeksSince.known ? weeksSince.value : 1000
}
