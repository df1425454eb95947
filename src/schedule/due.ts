// Turns planned instants into delivery rows, of every digest that is due. Knows no Slack and no figures. Safe to run in every replica at once,
// because a row can be reserved only once.

import type { Clock } from '../clock.ts'
import { reserveRun } from '../digests/reserve-run.ts'
import type { Company } from '../domain/company.ts'
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
        const work = async () => (await reserveRun(subscription, deps)) !== undefined
        const outcome = await guarded(work, { log: deps.log, subscriptionId: id }, 'The run of a digest could not be planned')
        if (outcome === undefined) broken.add(id)
        return outcome
      }),
    )
    reserved += each.filter(Boolean).length
    if (due.length < 200) return reserved
  }
}
