// Holiday and leave weeks: when calls fall to less than half, fewer comments are no news. Counts are then compared per call.
import { known, type Measured, noData } from '../../domain/measured.ts'
import type { Measure } from '../measures/measure.ts'
import { changeBetween } from './change.ts'
import type { PerCall } from './results.ts'

/** Less than this share of the usual calls makes a period short. */
const shortBelow = 0.5

/**
 * Whether either period is short: its calls are under half of the usual ones, or, where no usual is known, under half of the
 * other period's. Coming back from leave is as little news as going. False when calls are unknown.
 * `isShort(known(4), known(12), noData('no-comparison'))` is true.
 */
export function isShort(calls: Measured, callsBefore: Measured, usualCalls: Measured): boolean {
  if (!calls.known || !callsBefore.known) return false
  const yardstick = usualCalls.known ? usualCalls.value : Math.max(calls.value, callsBefore.value)
  return Math.min(calls.value, callsBefore.value) < yardstick * shortBelow
}

/** A counter ÷ calls of the same period, both periods; `too-few-calls` under the minimum. A count of the calls themselves has no rate. */
export function comparePerCall(
  { countsCalls }: Pick<Measure, 'countsCalls'>,
  value: Measured,
  before: Measured,
  calls: Measured,
  callsBefore: Measured,
  minimumCalls: number,
): PerCall {
  const now = countsCalls ? noData('no-comparison') : perCall(value, calls, minimumCalls)
  const then = countsCalls ? noData('no-comparison') : perCall(before, callsBefore, minimumCalls)
  return { value: now, before: then, change: changeBetween(now, then, 'per-call') }
}

function perCall(count: Measured, calls: Measured, minimumCalls: number): Measured {
  if (!count.known) return count
  if (!calls.known) return calls
  return calls.value < Math.max(1, minimumCalls) ? noData('too-few-calls') : known(count.value / calls.value)
}
