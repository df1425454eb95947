// Chooses what a delivery posts: the body kept from an earlier attempt, or a newly built one once the channel's gate is open.

import type { Subscription } from '../../domain/subscription.ts'
import { bodyOf, type DeliveryBody, madeFor, readBody } from '../../reports/delivery-body.ts'
import type { ChannelReaders } from '../../slack-ports.ts'
import { inMs, type StepDeps } from './deps.ts'
import type { Lease } from './lease.ts'
import { isDigest } from './row-kind.ts'
import { channelGone, giveUp, giveUpAfterMs, handleFailure, holdBack } from './setbacks.ts'

export interface ChosenBody {
  readonly body: DeliveryBody
  /** The row holds it already. */
  readonly isKept: boolean
}

/** Undefined when there is nothing to post for now; the row then says why. */
export async function chooseBody(lease: Lease, subscription: Subscription | undefined, deps: StepDeps): Promise<ChosenBody | undefined> {
  const { row } = lease
  if (!isDigest(row) || !subscription) {
    if (row.body !== undefined) return { body: readBody(row.body), isKept: true }
    await lease.release({ status: 'skipped', reason: 'nothing to post' })
    return undefined
  }
  if (subscription.status !== 'active' && !row.occurrence.startsWith('manual:')) {
    await lease.release({ status: 'skipped', reason: 'paused' })
    return undefined
  }
  const passed = await passGate(lease, subscription, deps)
  if (!passed) return undefined
  await deps.step?.('gated')
  const kept = row.body === undefined ? undefined : readBody(row.body)
  // One that names people is built again for whoever reads the channel now; one for another place or subject is not sent at all.
  const isForAnyReader = subscription.destination.type === 'dm' || (!subscription.showNames && kept?.shows.length === 0)
  if (kept?.madeFor === madeFor(subscription) && isForAnyReader) return { body: kept, isKept: true }
  return buildBody(lease, subscription, passed.readers, deps)
}

/** Undefined when the channel's gate is closed or unknown. `readers`: missing for direct messages. */
async function passGate(
  lease: Lease,
  subscription: Subscription,
  deps: StepDeps,
): Promise<{ readonly readers: ChannelReaders | undefined } | undefined> {
  const { destination } = subscription
  if (destination.type !== 'channel') return { readers: undefined }
  const verdict = await deps.gate.check(destination.channelId)
  if (verdict.type === 'open') return { readers: verdict }
  if (verdict.type === 'unknown') await handleFailure(lease, subscription, verdict.failure, 'reserved', deps)
  else if (verdict.reason === 'archived') await channelGone(lease, subscription, 'is_archived', deps)
  else if (verdict.reason === 'not-member') await channelGone(lease, subscription, 'not_in_channel', deps)
  else await holdBack(lease, subscription, verdict.reason, verdict.people, deps)
  return undefined
}

async function buildBody(
  lease: Lease,
  subscription: Subscription,
  readers: ChannelReaders | undefined,
  deps: StepDeps,
): Promise<ChosenBody | undefined> {
  const { clock, log } = deps
  const { row } = lease
  const outcome = await deps.build(subscription, row, readers)
  switch (outcome.type) {
    case 'skip':
      await lease.release({ status: 'skipped', reason: outcome.reason })
      deps.onEnd?.('skipped')
      log.info({ deliveryId: row.id, subscriptionId: row.subscriptionId, reason: outcome.reason }, 'A delivery was skipped')
      return undefined
    case 'hold':
      await holdBack(lease, subscription, outcome.reason, undefined, deps)
      return undefined
    case 'later':
      if (clock.now().getTime() - row.dueAt.getTime() > giveUpAfterMs) await giveUp(lease, subscription, outcome.reason, deps)
      else await lease.release({ reason: outcome.reason, retryAt: inMs(clock, outcome.retryAfterMs) })
      return undefined
    case 'ready': {
      await deps.step?.('composed')
      if (outcome.namesDropped) await deps.notifyOwner(subscription, row, { type: 'names-dropped', ...outcome.namesDropped })
      const { built, introduces } = outcome
      return { body: { ...bodyOf(built), madeFor: madeFor(subscription), introduces }, isKept: false }
    }
  }
}
