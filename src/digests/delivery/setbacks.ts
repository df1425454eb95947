// What becomes of a row that did not get through: retried later, given up, held back, its subscription paused. Each outcome is stored and,
// where somebody has to act, the owner is notified. Knows nothing of how digests are built or posted.

import type { HoldReason } from '../../domain/hold-reason.ts'
import type { Subscription } from '../../domain/subscription.ts'
import type { SlackFailure } from '../../slack-ports.ts'
import { inMs, type StepDeps } from './deps.ts'
import type { Lease } from './lease.ts'
import { isDigest } from './row-kind.ts'

/** What failed: the post itself, or a question asked before it (then the status to go back to). */
export type FailedDuring = 'reserved' | 'posting' | 'doubtful'

/** After this long a delivery that never got through is given up and its owner notified. */
export const giveUpAfterMs = 24 * 3_600_000

const backoffSeconds = [5, 15, 45, 120, 300]

/** Until the next attempt after a failure of Slack or the network; ten minutes from the sixth attempt on. */
const backoffMs = (attempts: number): number => (backoffSeconds[attempts - 1] ?? 600) * 1000

/** Decides by the kind of failure whether and when the row is tried again. */
export async function handleFailure(
  lease: Lease,
  subscription: Subscription | undefined,
  failure: SlackFailure,
  during: FailedDuring,
  deps: StepDeps,
): Promise<void> {
  const { clock, log } = deps
  const status = during === 'posting' ? 'reserved' : during
  log.warn({ deliveryId: lease.row.id, failure: failure.type, slackError: failure.error, during }, 'Slack did not accept a delivery')
  switch (failure.type) {
    case 'rate-limited':
      return lease.release({ status, retryAt: inMs(clock, failure.retryAfterMs) })
    case 'token-refused':
      log.error({ slackError: failure.error, needed: failure.needed }, "Slack rejects the bot's token; deliveries wait")
      return lease.release({ status, retryAt: deps.tokenPause.begin(), reason: failure.error })
    case 'channel-gone':
      return channelGone(lease, subscription, failure.error, deps)
    case 'ambiguous':
      if (during !== 'posting') return retryLater(lease, subscription, failure.error, during, deps)
      await lease.release({ status: 'doubtful', looks: 0, retryAt: inMs(clock, deps.lookTimes.firstMs), reason: failure.error })
      return deps.step?.('marked-doubtful')
    case 'unreached':
      return retryLater(lease, subscription, failure.error, during, deps)
    case 'refused':
    case 'blocks-refused':
      return giveUp(lease, subscription, failure.error, deps)
  }
}

async function retryLater(
  lease: Lease,
  subscription: Subscription | undefined,
  error: string,
  during: FailedDuring,
  deps: StepDeps,
): Promise<void> {
  const { clock } = deps
  if (clock.now().getTime() - lease.row.dueAt.getTime() > giveUpAfterMs) return giveUp(lease, subscription, error, deps)
  // A post was counted when it was marked; a question that failed before it counts now.
  const attempts = lease.row.attempts + (during === 'posting' ? 0 : 1)
  const status = during === 'posting' ? 'reserved' : during
  return lease.release({ status, attempts, reason: error, retryAt: inMs(clock, backoffMs(attempts)) })
}

/** The channel is archived, or the bot is not in it: the subscription pauses. */
export async function channelGone(
  lease: Lease,
  subscription: Subscription | undefined,
  slackError: string,
  deps: StepDeps,
): Promise<undefined> {
  if (subscription && isDigest(lease.row)) {
    await deps.subscriptions.update(subscription.id, { status: 'paused', pausedWhy: slackError, nextAt: null })
    await deps.notifyOwner(subscription, lease.row, { type: 'channel-gone', slackError })
  }
  await lease.release({ status: 'failed', reason: slackError })
  deps.onEnd?.('failed')
  return undefined
}

/** Somebody has to decide first. `people`: how many readers stand in the way. */
export async function holdBack(
  lease: Lease,
  subscription: Subscription,
  reason: HoldReason,
  people: number | undefined,
  deps: StepDeps,
): Promise<undefined> {
  deps.log.warn({ deliveryId: lease.row.id, reason }, 'A delivery was held back')
  await deps.notifyOwner(subscription, lease.row, { type: 'held', reason, people })
  await lease.release({ status: 'held', reason })
  deps.onEnd?.('held')
  return undefined
}

export async function giveUp(lease: Lease, subscription: Subscription | undefined, error: string, deps: StepDeps): Promise<undefined> {
  deps.log.error({ deliveryId: lease.row.id, slackError: error }, 'A delivery was given up')
  if (subscription && isDigest(lease.row)) await deps.notifyOwner(subscription, lease.row, { type: 'given-up', slackError: error })
  await lease.release({ status: 'failed', reason: error })
  deps.onEnd?.('failed')
  return undefined
}

/** Nothing is posted, and nobody has to decide. */
export async function skip(lease: Lease, reason: string, deps: StepDeps): Promise<undefined> {
  await lease.release({ status: 'skipped', reason })
  if (isDigest(lease.row)) deps.onEnd?.('skipped')
  return undefined
}

/** The rest of a posted digest may not follow in its thread: the owner is notified, the message above stays. */
export async function dropRest(
  lease: Lease,
  subscription: Subscription,
  reason: HoldReason | 'names',
  people: number | undefined,
  deps: StepDeps,
): Promise<undefined> {
  deps.log.warn({ deliveryId: lease.row.id, reason }, 'The rest of a digest was not posted')
  await deps.notifyOwner(subscription, lease.row, { type: 'rest-dropped', reason, people })
  return skip(lease, reason, deps)
}
