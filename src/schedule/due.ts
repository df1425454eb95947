// Turns planned instants into delivery rows: the latest due run of each subscription is reserved, older missed ones go into the
// history as skipped. Pure of Slack and figures; safe to run in every replica at once, because a row can be reserved only once.
import type { Clock } from '../clock.ts'
import { type Period, startOfLocalDate, type Weekday, weekBefore } from '../domain/period.ts'
import type { Delivery, Subscription } from '../domain/subscription.ts'
import type { DeliveryStore } from '../store/deliveries.ts'
import type { Wake } from '../store/delivery-writes.ts'
import type { SubscriptionStore } from '../store/subscriptions.ts'
import { nextRun, occurrenceOf, type PlannedRun, runsBetween } from './recurrence.ts'
import { moveOn } from './reminder-runs.ts'

export interface Company {
  /** IANA zone in which Gong counts days. */
  readonly zone: string
  readonly weekStart: Weekday
  /** How long after a period's end Gong's figures count as settled. */
  readonly settleMinutes: number
}

/** The last full week before the planned local date. */
export const periodOf = (run: Pick<PlannedRun, 'date'>, company: Company): Period => weekBefore(run.date, company.weekStart)

/** When the period's figures are settled: its end in the company's zone plus `settleMinutes`. */
export const settledAt = (period: Period, company: Company): Date =>
  new Date(startOfLocalDate(period.to, company.zone).getTime() + company.settleMinutes * 60_000)

/** When a planned run may be built: its own time, or, where the week has not yet ended for the company, once it has settled. */
export function dueAtOf(run: PlannedRun, company: Company): Date {
  const settled = settledAt(periodOf(run, company), company)
  return settled > run.at ? settled : run.at
}

export interface DueParts {
  readonly subscriptions: SubscriptionStore
  readonly deliveries: DeliveryStore
  readonly clock: Clock
  readonly company: Company
  readonly wake: Wake
}

/** Reserves everything due. Returns how many deliveries were reserved by this call. */
export async function reserveDue(parts: DueParts): Promise<number> {
  const now = parts.clock.now()
  let reserved = 0
  for (;;) {
    const due = await parts.subscriptions.due(now, 200)
    const each = await Promise.all(due.map((subscription) => reserveRun(subscription, now, parts)))
    reserved += each.filter(Boolean).length
    if (due.length < 200) return reserved
  }
}

async function reserveRun(subscription: Subscription, now: Date, parts: DueParts): Promise<boolean> {
  const { recurrence, nextAt } = subscription
  const next = nextRun(recurrence, now).at
  const planned = nextAt ? runsBetween(recurrence, new Date(nextAt.getTime() - 1), now) : []
  const latest = planned.pop()
  if (!latest) {
    await parts.subscriptions.update(subscription.id, { nextAt: next })
    return false
  }
  for (const missed of planned) await parts.deliveries.reserve(rowOf(subscription, missed, now, parts.company, 'superseded'), {})
  if (subscription.skipDates.includes(latest.date)) {
    // A reminder moves to the next day before its own is written off, so that a crash in between loses neither.
    if (subscription.kind === 'reminder') await moveOn(subscription, rowOf(subscription, latest, now, parts.company), parts)
    await parts.deliveries.reserve(rowOf(subscription, latest, now, parts.company, 'skip-day'), { nextAt: next })
    return false
  }
  const row = rowOf(subscription, latest, now, parts.company)
  return parts.deliveries.reserve(row, {
    nextAt: next,
    ...(row.dueAt <= now && { wake: parts.wake }),
  })
}

/** A new row for a planned run; with `skipped`, one that is over from the start and says why. */
export function rowOf(
  subscription: Subscription,
  run: PlannedRun,
  now: Date,
  company: Company,
  skipped?: 'superseded' | 'skip-day' | 'skipped-by-hand',
): Omit<Delivery, 'status' | 'attempts' | 'looks'> & { readonly status?: 'skipped' } {
  return {
    id: crypto.randomUUID(),
    subscriptionId: subscription.id,
    occurrence: occurrenceOf(run),
    dueAt: dueAtOf(run, company),
    createdAt: now,
    ...(skipped && { status: 'skipped' as const, reason: skipped }),
  }
}
