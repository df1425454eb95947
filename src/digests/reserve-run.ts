// Turns the planned instant of one digest into its delivery row.
import type { Clock } from '../clock.ts'
import { moveOn } from '../coaching/reminder-runs.ts'
import type { Company } from '../domain/company.ts'
import { localDateOf } from '../domain/period.ts'
import { rowOf } from '../domain/planned-run.ts'
import { nextRun, type PlannedRun, runsBetween } from '../domain/recurrence.ts'
import type { Recurrence, Subscription } from '../domain/subscription.ts'
import type { DeliveryStore } from '../store/digests/deliveries.ts'
import type { Reservation, Wake } from '../store/digests/delivery-writes.ts'
import type { SubscriptionStore } from '../store/digests/subscriptions.ts'
import { nextFreeRun } from './next-free-run.ts'

export interface ReserveRunDeps {
  readonly subscriptions: Pick<SubscriptionStore, 'find' | 'moveNextRun'>
  readonly deliveries: DeliveryStore
  readonly clock: Clock
  readonly company: Company
  /** Missing: the caller wakes a worker, or the heartbeat finds the row. */
  readonly wake?: Wake
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

/** Whose time has come, and which no tick has reserved yet. */
export const isRunDue = ({ status, nextAt }: Pick<Subscription, 'status' | 'nextAt'>, clock: Clock): boolean =>
  status === 'active' && nextAt !== undefined && nextAt <= clock.now()

/**
 * Reserves the latest due run of a digest, stores older missed ones as skipped and moves its next run on. Whoever gives a digest another next
 * run calls this first: a run that is due already would be lost else. Undefined where no row is new.
 */
export async function reserveRun(subscription: Subscription, deps: ReserveRunDeps): Promise<Reservation['row'] | undefined> {
  const { recurrence, nextAt } = subscription
  const now = deps.clock.now()
  const next = nextRun(recurrence, now).at
  const planned = nextAt ? plannedSince(recurrence, nextAt, now) : []
  const latest = planned.pop()
  if (!latest) {
    await deps.subscriptions.moveNextRun(subscription.id, { read: subscription, at: next })
    return undefined
  }
  for (const missed of planned) await deps.deliveries.reserve(rowOf(subscription, missed, now, deps.company, 'superseded'), {})
  if (subscription.skipDates.includes(latest.date)) {
    // A reminder moves to the next day before its own is written off, so that a crash in between loses neither.
    if (subscription.kind === 'reminder') await moveOn(subscription, rowOf(subscription, latest, now, deps.company), deps)
    await deps.deliveries.reserve(rowOf(subscription, latest, now, deps.company, 'skip-day'), { next: { read: subscription, at: next } })
    await planBesides(subscription, latest, deps)
    return undefined
  }
  const row = rowOf(subscription, latest, now, deps.company)
  const isNew = await deps.deliveries.reserve(row, {
    next: { read: subscription, at: next },
    ...(row.dueAt <= now && deps.wake && { wake: deps.wake }),
  })
  await planBesides(subscription, latest, deps)
  return isNew ? row : undefined
}

/** Where another time was saved while the run was reserved, its next run is not on the same day: that day has its run. */
async function planBesides(
  { id }: Subscription,
  { date }: PlannedRun,
  { subscriptions, deliveries, clock }: ReserveRunDeps,
): Promise<void> {
  const saved = await subscriptions.find(id)
  if (!saved?.nextAt || localDateOf(saved.nextAt, saved.recurrence.zone) !== date) return
  const at = await nextFreeRun(saved.recurrence, { id, from: saved.pausedUntil }, { store: { deliveries }, clock })
  await subscriptions.moveNextRun(id, { read: saved, at })
}
