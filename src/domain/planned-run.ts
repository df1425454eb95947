// A planned run of a subscription: which week it shows, when that week settles, when the run is due, and its delivery row. Pure.
import type { Company } from './company.ts'
import { deliveryIdOf } from './delivery-id.ts'
import { type Period, startOfLocalDate, weekBefore } from './period.ts'
import { occurrenceOf, type PlannedRun } from './recurrence.ts'
import type { Delivery, Subscription } from './subscription.ts'

/** The last full week before the planned local date. */
export const periodOf = (run: Pick<PlannedRun, 'date'>, company: Company): Period => weekBefore(run.date, company.weekStart)

/** When the period's figures are settled: its end in the company's zone plus `settleMinutes`. */
export const settledAt = (period: Period, company: Company): Date =>
  new Date(startOfLocalDate(period.to, company.zone).getTime() + company.settleMinutes * 60_000)

/** When a planned run may be built: its own time, or, where the week has not yet ended for the company, once it has settled. */
export function dueAtOf(run: Pick<PlannedRun, 'at' | 'date'>, company: Company): Date {
  const settled = settledAt(periodOf(run, company), company)
  return settled > run.at ? settled : run.at
}

/** A new row for a planned run; with `skipped`, one that is over from the start and says why. */
export function rowOf(
  subscription: Subscription,
  run: PlannedRun,
  now: Date,
  company: Company,
  skipped?: 'superseded' | 'skip-day' | 'skipped-by-hand',
): Omit<Delivery, 'status' | 'attempts' | 'looks'> & { readonly status?: 'skipped' } {
  const occurrence = occurrenceOf(run)
  return {
    id: deliveryIdOf({ subscriptionId: subscription.id, occurrence }),
    subscriptionId: subscription.id,
    occurrence,
    dueAt: dueAtOf(run, company),
    createdAt: now,
    ...(skipped && { status: 'skipped' as const, reason: skipped }),
  }
}
