// A machine's clock that was far ahead and has been set right: what was planned and put off meanwhile is planned anew, so that no run
// between now and then is missed, and no date it wrote withholds figures until it comes. Found by the mark of the latest tick, which lies ahead then, also after a restart. A clock that is wrong
// now, far back, looks the same: unless it is known that the clock had stepped ahead, it is believed only once it has stayed there.
import type { Clock } from '../clock.ts'
import { latestDate } from '../domain/group-settings.ts'
import { nextRunFrom, plannedDateOf } from '../domain/recurrence.ts'
import type { Subscription } from '../domain/subscription.ts'
import { guarded } from '../guarded.ts'
import type { Log } from '../log.ts'
import type { DeliveryStore } from '../store/digests/deliveries.ts'
import type { SubscriptionStore } from '../store/digests/subscriptions.ts'
import type { Store } from '../store/store.ts'
import type { TenantStore } from '../store/tenant.ts'

export interface WrongClockDeps {
  readonly tenant: Pick<TenantStore, 'setting' | 'saveSetting'>
  readonly deliveries: Pick<DeliveryStore, 'withdrawFuture' | 'history'>
  readonly subscriptions: Pick<SubscriptionStore, 'plannedAfter' | 'moveNextRun'>
  readonly endFutureDates: Store['endFutureDates']
  readonly clock: Clock
  readonly log: Log
}

export const latestTick = 'latest-tick'
/** The tick before the latest step of more than an hour ahead: a machine that was off, or a clock that went wrong. */
const tickBeforeStep = 'tick-before-step'
/** The first tick of a clock far back that is not believed yet. */
const wentBack = 'clock-went-back'
/** A clock that is set right stays; one that went wrong is often set right within minutes. */
const believedAfterMs = 5 * 60_000
const hourMs = 3_600_000
/** A step back to where the clock was so long before the step ahead is one that sets it right. */
const weekMs = 7 * 24 * hourMs

/** To be called at each tick, before anything is planned. */
export async function recoverFromWrongClock(deps: WrongClockDeps): Promise<void> {
  const { tenant, clock } = deps
  const now = clock.now()
  const marks = await Promise.all([latestTick, tickBeforeStep, wentBack].map((key) => tenant.setting(key)))
  const [latest, before, backSince] = marks.map((mark) => (mark ? new Date(mark) : undefined))
  const stepMs = latest ? now.getTime() - latest.getTime() : 0
  if (latest && stepMs < -hourMs) {
    const since = before && isKnownAhead(before, now) ? before : believedSince(backSince, now)
    if (!since) {
      // The mark of the latest tick stays: the clock is held against it again.
      if (backSince && backSince <= now) return
      deps.log.warn({ latest }, 'The clock went far back; nothing is planned by it until it has stayed there for some minutes')
      return tenant.saveSetting(wentBack, now.toISOString())
    }
    // Runs that came due while the clock was wrong are missed as well; from a clock that was wrong from the first start nothing is known.
    await planAnew(since, latest, deps)
    await deps.endFutureDates(latestDate(now))
  }
  if (latest && stepMs > hourMs) await tenant.saveSetting(tickBeforeStep, latest.toISOString())
  if (backSince) await tenant.saveSetting(wentBack, '')
  // Last, so that a recovery that was cut off is repeated.
  await tenant.saveSetting(latestTick, now.toISOString())
}

/** `before`: the tick before the clock stepped ahead. It has gone back to where it was then, or a little later. */
const isKnownAhead = (before: Date, now: Date): boolean => before <= now && now.getTime() - before.getTime() < weekMs

/** Since when the clock has been back, if that is long enough to be believed. */
const believedSince = (backSince: Date | undefined, now: Date): Date | undefined =>
  backSince && now.getTime() - backSince.getTime() >= believedAfterMs ? backSince : undefined

/** `since`: runs after it that nothing came of are due. */
async function planAnew(since: Date, latest: Date, { deliveries, subscriptions, clock, log }: WrongClockDeps): Promise<void> {
  const now = clock.now()
  const rows = await deliveries.withdrawFuture(now)
  let digests = 0
  // Also those of today and tomorrow: of a digest on several weekdays, only some runs were left out.
  for (const subscription of await subscriptions.plannedAfter(since)) {
    const { id } = subscription
    const work = () => planOneAnew(subscription, since, { deliveries, subscriptions, clock })
    if (await guarded(work, { log, subscriptionId: id }, 'The run of a digest could not be planned anew')) digests += 1
  }
  log.warn({ latest, rows, digests }, 'The clock had been ahead and was set right; what it had planned is planned anew')
}

/** Whether its next run lies earlier now. Runs of before it was set up are none of its own, unless the wrong clock wrote when that was. */
async function planOneAnew(
  read: Subscription,
  since: Date,
  { deliveries, subscriptions, clock }: Pick<WrongClockDeps, 'deliveries' | 'subscriptions' | 'clock'>,
): Promise<boolean> {
  const { id, recurrence, nextAt, pausedUntil, createdAt } = read
  const from = new Date(Math.max(since.getTime(), Math.min(createdAt.getTime(), clock.now().getTime())))
  if (!nextAt || nextRunFrom(recurrence, from, pausedUntil, new Set()).at >= nextAt) return false
  const past = await deliveries.history(id, 100)
  const taken = new Set(past.map(({ occurrence }) => plannedDateOf(occurrence)))
  const { at } = nextRunFrom(recurrence, from, pausedUntil, taken)
  if (at >= nextAt) return false
  return subscriptions.moveNextRun(id, { read, at })
}
