// Change between two periods: a difference in the measure's own unit, never a percentage. Knows nothing of who is compared;
// callers pass figures of the same people only.
import { known, type Measured, noData } from '../../domain/measured.ts'

/** `now − before`. Unknown for the reason of the figure that is missing; a missing earlier one is `no-comparison` unless it says more. */
export function changeBetween(now: Measured, before: Measured): Measured {
  if (!now.known) return now
  if (!before.known) return before.why === 'no-calls' || before.why === 'not-given' ? noData('no-comparison') : before
  return known(now.value - before.value)
}
