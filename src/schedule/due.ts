// Turns planned instants into delivery rows: reserves the latest due run of each subscription and stores older missed ones as skipped.
// Knows no Slack and no figures. Safe to run in every replica at once, because a row can be reserved only once.

import type { Clock } from '../clock.ts'
import { moveOn } from '../coaching/reminder-runs.ts'
import { nextFreeRun } from '../digests/next-free-run.ts'
import type { Company } from '../domain/company.ts'
import { localDateOf } from '../domain/period.ts'
import { rowOf } from '../domain/planned-run.ts'
import { nextRun, type PlannedRun, runsBetween } from '../domain/recurrence.ts'
import type { Recurrence, Subscription } from '../domain/subscription.ts'
import { guarded } from '../guarded.ts'
import type { Log } from '../log.ts'
import type { DeliveryStore } from '../store/digests/deliveries.ts'
import type { Wake } from '../store/digests/delivery-writes.ts'
import type { SubscriptionStore } from '../store/digests/subscriptions.ts'

export interface DueDeps {
  readonly subscriptions: SubscriptionStore
  readonly deliveries: DeliveryStore
  readonly clock: Clock
  readonly company: Company
  readonly wake: Wake
  readonly log: Log
}

/**
 * Reserves every run whose planned time has come; a worker takes the row at its `dueAt`, which is later where the week has not settled.
 * Returns how many deliveries were reserved by this call.
 */
export async function reserveDue(deps: DueDeps): Promise<number> {
  const now = deps.clock.now()
  let reserved = 0
  // They stay due: the others are found behind them.
  const broken = new Set<string>()
  for (;;) {
    const due = (await deps.subscriptions.due(now, 200 + broken.size)).filter(({ id }) => !broken.has(id))
    const each = await Promise.all(
      due.map(async (subscription) => {
        const { id } = subscription
        const work = () => reserveRun(subscription, now, deps)
        const outcome = await guarded(work, { log: deps.log, subscriptionId: id }, 'The run of a digest could not be planned')
        if (outcome === undefined) broken.add(id)
        return outcome
      }),
    )
    reserved += each.filter(Boolean).length
    if (due.length < 200) return reserved
  }
}

/** No country has moved its clocks by more at once without skipping the day. */
const largestChangeOfClocksMs = 3 * 3_600_000

/**
 * The runs from `nextAt` on. Where a zone's rules were changed after `nextAt` was stored, the run it stood for lies at another instant now:
 * the last one within the hours before is that run, which would be lost else.
 */
function plannedSince(recurrence: Recurrence, nextAt: Date, now: Date): PlannedRun[] {
  const justBefore = new Date(nextAt.getTime() - 1)
  const planned = runsBetween(recurrence, justBefore, now)
  if (planned[0]?.at.getTime() === nextAt.getTime()) return planned
  const moved = runsBetween(recurrence, new Date(nextAt.getTime() - largestChangeOfClocksMs), justBefore).at(-1)
  return moved ? [moved, ...planned] : planned
}

async function reserveRun(subscription: Subscription, now: Date, deps: DueDeps): Promise<boolean> {
  const { recurrence, nextAt } = subscription
  const next = nextRun(recurrence, now).at
  const planned = nextAt ? plannedSince(recurrence, nextAt, now) : []
  const latest = planned.pop()
  if (!latest) {
    await deps.subscriptions.moveNextRun(subscription.id, { read: subscription, at: next })
    return false
  }
  for (const missed of planned) await deps.deliveries.reserve(rowOf(subscription, missed, now, deps.company, 'superseded'), {})
  if (subscription.skipDates.includes(latest.date)) {
    // A reminder moves to the next day before its own is written off, so that a crash in between loses neither.
    if (subscription.kind === 'reminder') await moveOn(subscription, rowOf(subscription, latest, now, deps.company), deps)
    await deps.deliveries.reserve(rowOf(subscription, latest, now, deps.company, 'skip-day'), { next: { read: subscription, at: next } })
    await planBesides(subscription, latest, deps)
    return false
  }
  const row = rowOf(subscription, latest, now, deps.company)
  const isNew = await deps.deliveries.reserve(row, {
    next: { read: subscription, at: next },
    ...(row.dueAt <= now && { wake: deps.wake }),
  })
  await planBesides(subscription, latest, deps)
  return isNew
}

/** Where another time was saved while the run was reserved, its next run is not on the same day: that day has its run. */
async function planBesides({ id }: Subscription, { date }: PlannedRun, { subscriptions, deliveries, clock }: DueDeps): Promise<void> {
  const saved = await subscriptions.find(id)
  if (!saved?.nextAt || localDateOf(saved.nextAt, saved.recurrence.zone) !== date) return
  const at = await nextFreeRun(saved.recurrence, { id, from: saved.pausedUntil }, { store: { deliveries }, clock })
  await subscriptions.moveNextRun(id, { read: saved, at })
}
