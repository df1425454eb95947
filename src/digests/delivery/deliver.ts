// One delivery row on its way to Slack: reserve → post → confirm. Every step is written before the next is taken, and only while the row's
// lease is ours, so a crash at any point leaves a row from which the next worker can go on. Knows neither what a digest says nor Slack's API.
//
//                     ┌──────────────── rate limit, outage: retry at … ───────────────┐
//                     ▼                                                               │
//   reserved ──► chooseBody ──► posting ──► post ──► posted ──► confirm ──► sent      │
//      ▲             │                        ├───── refused for now ─────────────────┘
//      │             ├─► skipped  nothing to say, paused, deleted
//      │             ├─► held     gate closed, a right is gone: the owner decides
//      │             └─► failed   channel gone, given up after a day
//      │                                      └───── no answer ──► doubtful
//      │                                                              │
//      └───────────── absent in the channel, looked twice ◄── settleDoubt ──► found: confirm
//
// A row left in `posting` belongs to a worker that died between post and confirm: it is doubtful too.

import { databaseFailureOf } from '../../database-failure.ts'
import type { Subscription } from '../../domain/subscription.ts'
import { SomebodyForgotten } from '../../errors.ts'
import { arrivedBefore } from './arrived-before.ts'
import { DigestChanged } from './as-read.ts'
import { chooseBody } from './choose-body.ts'
import { type DeliverDeps, inMs, type StepDeps } from './deps.ts'
import { createGivingWay } from './giving-way.ts'
import { createInStep } from './in-step.ts'
import { acquireLease, isLeaseLost, type Lease } from './lease.ts'
import { post } from './post.ts'
import { createRefusals, noticeRestMs } from './refusals.ts'
import { isDigest, isDirectRow } from './row-kind.ts'
import { settleDoubt } from './settle-doubt.ts'

export function createDeliverer(given: DeliverDeps, inStep = createInStep()): { deliver(id: string): Promise<void> } {
  const givingWay = createGivingWay()
  const refusals = createRefusals(given.clock, given.outages, given.log)

  /** The thread of a digest follows in the same turn: waking a worker for it costs as much as posting it. Else the heartbeat finds it. */
  async function withItsThread(id: string): Promise<void> {
    const ids = [id]
    const deps: StepDeps = { ...given, refusals, inStep, follow: (next) => void ids.push(next) }
    for (const each of ids) await deliver(each, deps)
  }

  return { deliver: (id) => givingWay.during(() => inStep.during(() => withItsThread(id))) }
}

async function deliver(id: string, deps: StepDeps): Promise<void> {
  const { subscriptions, clock, log } = deps
  const lease = await acquireLease(id, deps)
  if (!lease) return
  const { subscriptionId, occurrence, status, attempts } = lease.row
  log.debug({ deliveryId: id, subscriptionId, occurrence, status, attempts }, 'Working on a delivery')
  await deps.step?.('taken')
  try {
    const subscription = await subscriptions.find(subscriptionId)
    if (!subscription && isDigest(lease.row)) return await lease.release({ status: 'skipped', reason: 'the digest was deleted' })
    await walk(lease, subscription, deps)
  } catch (error) {
    if (error instanceof SomebodyForgotten || error instanceof DigestChanged) {
      log.info({ deliveryId: id, why: error.message }, 'A delivery is made again')
      // It begins again where it stood: what may have landed is looked for before it is posted once more. A digest that changes after its row
      // was marked is read again only where Slack refused the post.
      const isRefused = error instanceof DigestChanged && lease.row.status === 'posting'
      const isGivenBack = await lease.release({ status: isRefused ? 'reserved' : lease.row.status }).then(
        () => true,
        () => false,
      )
      return isGivenBack ? deliver(id, deps) : undefined
    }
    if (isLeaseLost(error)) return log.warn({ deliveryId: id }, 'Another worker took the delivery over')
    // Its lease runs out within half a minute, which is when it is tried again: nothing could be written now.
    if (databaseFailureOf(error)) return log.warn({ err: error, deliveryId: id }, 'A delivery waits for the database')
    log.error({ err: error, deliveryId: id }, 'A delivery failed unexpectedly')
    await lease.release({ retryAt: inMs(clock, 300_000) }).catch(() => undefined)
  } finally {
    lease.end()
  }
}

async function walk(lease: Lease, subscription: Subscription | undefined, deps: StepDeps): Promise<void> {
  const pauseLeftMs = deps.refusals.leftMs(isDirectRow(lease.row, subscription))
  const restMs = isDigest(lease.row) ? pauseLeftMs : Math.max(pauseLeftMs, noticeRestMs)
  if (pauseLeftMs > 0) return lease.release({ retryAt: inMs(deps.clock, restMs) })
  if (lease.row.status !== 'reserved' && (await settleDoubt(lease, subscription, deps)) === 'settled') return
  const [body, lost] = await Promise.all([chooseBody(lease, subscription, deps), deps.lostRows()])
  if (body && !(await arrivedBefore(lease, subscription, body, lost, deps))) await post(lease, subscription, body, deps)
}
