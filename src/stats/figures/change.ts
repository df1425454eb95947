// Change between two periods: a difference in the measure's own unit, never a percentage. Knows nothing of who is compared;
// callers pass figures of the same people only.
import { known, type Measured, noData } from '../../domain/measured.ts'
import { changeAsPrinted, type Unit } from '../../domain/unit.ts'

/**
 * `now − before`, each rounded once as it is printed, so that the three add up for whoever reads them. Unknown for the reason of the figure
 * that is missing; a missing earlier one is `no-comparison` unless it says more.
 */
export function changeBetween(now: Measured, before: Measured, unit: Unit): Measured {
  if (!now.known) return now
  if (!before.known) return before.why === 'no-calls' || before.why === 'not-given' ? noData('no-comparison') : before
  return known(changeAsPrinted(now.value, before.value, unit))
}
