// Turns planned instants into delivery rows: the latest due run of each subscription is reserved, older missed ones go into the
// history as skipped. Pure of Slack and figures; safe to run in every replica at once, because a row can be reserved only once.

import type { Clock } from '../clock.ts'
import { moveOn } from '../coaching/reminder-runs.ts'
import type { Company } from '../domain/company.ts'
import { rowOf } from '../domain/planned-run.ts'
import { nextRun, runsBetween } from '../domain/recurrence.ts'
import type { Subscription } from '../domain/subscription.ts'
import type { DeliveryStore } from '../store/digests/deliveries.ts'
import type { Wake } from '../store/digests/delivery-writes.ts'
import type { SubscriptionStore } from '../store/digests/subscriptions.ts'

export interface DueDeps {
  readonly subscriptions: SubscriptionStore
  readonly deliveries: DeliveryStore
  readonly clock: Clock
  readonly company: Company
  readonly wake: Wake
}

/** Reserves everything due. Returns how many deliveries were reserved by this call. */
export async function reserveDue(parts: DueDeps): Promise<number> {
  const now = parts.clock.now()
  let reserved = 0
  for (;;) {
    const due = await parts.subscriptions.due(now, 200)
    const each = await Promise.all(due.map((subscription) => reserveRun(subscription, now, parts)))
    reserved += each.filter(Boolean).length
    if (due.length < 200) return reserved
  }
}

async function reserveRun(subscription: Subscription, now: Date, parts: DueDeps): Promise<boolean> {
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
