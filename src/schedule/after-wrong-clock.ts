// A machine's clock that was far ahead and has been set right: what was planned and put off meanwhile is planned anew, so that no run
// between now and then is missed. Found by the mark of the latest tick, which lies ahead then, also after a restart.
import type { Clock } from '../clock.ts'
import { nextRunFrom, plannedDateOf } from '../domain/recurrence.ts'
import type { Log } from '../log.ts'
import type { DeliveryStore } from '../store/digests/deliveries.ts'
import type { SubscriptionStore } from '../store/digests/subscriptions.ts'
import type { TenantStore } from '../store/tenant.ts'

export interface WrongClockDeps {
  readonly tenant: Pick<TenantStore, 'setting' | 'saveSetting'>
  readonly deliveries: Pick<DeliveryStore, 'withdrawFuture' | 'history'>
  readonly subscriptions: Pick<SubscriptionStore, 'plannedAfter' | 'update'>
  readonly clock: Clock
  readonly log: Log
}

const latestTick = 'latest-tick'
const hourMs = 3_600_000
/** The next run of any digest lies within a week, if none is left out. */
const weekMs = 7 * 24 * hourMs

/** To be called at each tick, before anything is planned. */
export async function recoverFromWrongClock(deps: WrongClockDeps): Promise<void> {
  const { tenant, clock } = deps
  const now = clock.now()
  const latest = await tenant.setting(latestTick)
  if (latest !== undefined && Date.parse(latest) - now.getTime() > hourMs) await planAnew(now, latest, deps)
  // Last, so that a recovery that was cut off is repeated.
  await tenant.saveSetting(latestTick, now.toISOString())
}

async function planAnew(now: Date, latest: string, { deliveries, subscriptions, log }: WrongClockDeps): Promise<void> {
  const rows = await deliveries.withdrawFuture(now)
  let digests = 0
  for (const { id, recurrence, nextAt, pausedUntil } of await subscriptions.plannedAfter(new Date(now.getTime() + weekMs))) {
    const past = await deliveries.history(id, 100)
    const taken = new Set(past.map(({ occurrence }) => plannedDateOf(occurrence)))
    const { at } = nextRunFrom(recurrence, now, pausedUntil, taken)
    if (!nextAt || at >= nextAt) continue
    await subscriptions.update(id, { nextAt: at })
    digests += 1
  }
  log.warn({ latest, rows, digests }, 'The clock had been ahead and was set right; what it had planned is planned anew')
}
