// What becomes of a row that did not get through: put off, given up, held back, its subscription paused. Each outcome is written down
// and, where somebody has to act, its owner is told. Knows nothing of how digests are composed or posted.

import type { Subscription } from '../../domain/subscription.ts'
import type { SlackFailure } from '../../slack-ports.ts'
import { type DeliverDeps, type DeliveryStep, type HoldReason, isDigest } from './deps.ts'
import type { Lease } from './lease.ts'

export interface Setbacks {
  /** How long nobody can be reached because Slack refuses the token; 0 when it does not. */
  refusedForMs(): number
  /** Sorts a failure of a post (`posting`) or of a question asked before it (`reserved`, `doubtful`: the status to go back to). */
  failed(
    hold: Lease,
    subscription: Subscription | undefined,
    failure: SlackFailure,
    during: 'reserved' | 'posting' | 'doubtful',
  ): Promise<void>
  /** The channel is archived, or the bot is not in it: the subscription pauses. */
  channelGone(hold: Lease, subscription: Subscription | undefined, slackError: string): Promise<void>
  /** Somebody has to decide first. */
  holdBack(hold: Lease, subscription: Subscription, reason: HoldReason, people?: number): Promise<void>
  giveUp(hold: Lease, subscription: Subscription | undefined, error: string): Promise<void>
}

/** After this long a delivery that never got through is given up and its owner told. */
export const giveUpAfterMs = 24 * 3_600_000

const backoffSeconds = [5, 15, 45, 120, 300]

/** Until the next attempt after a failure that was Slack's or the network's; ten minutes from the sixth attempt on. */
const backoffMs = (attempts: number): number => (backoffSeconds[attempts - 1] ?? 600) * 1000

export function createSetbacks(parts: DeliverDeps): Setbacks {
  const { subscriptions, clock, log, looks } = parts
  const step = async (name: DeliveryStep): Promise<void> => parts.step?.(name)
  const after = (ms: number): Date => new Date(clock.now().getTime() + ms)
  /** While Slack refuses the token nobody can be reached; one row after another would only repeat it. */
  let refusedUntil: Date | undefined

  async function failed(
    hold: Lease,
    subscription: Subscription | undefined,
    failure: SlackFailure,
    during: 'reserved' | 'posting' | 'doubtful',
  ): Promise<void> {
    const { row } = hold
    const back = during === 'posting' ? 'reserved' : during
    log.warn({ deliveryId: row.id, failure: failure.type, slackError: failure.error, during }, 'Slack did not take a delivery')
    switch (failure.type) {
      case 'rate-limited':
        return hold.release({ status: back, retryAt: after(failure.retryAfterMs) })
      case 'token-refused':
        refusedUntil = after(300_000)
        log.error({ slackError: failure.error, needed: failure.needed }, 'Slack refuses the bot; deliveries wait')
        return hold.release({ status: back, retryAt: refusedUntil, reason: failure.error })
      case 'channel-gone':
        return channelGone(hold, subscription, failure.error)
      case 'ambiguous':
        if (during === 'posting') {
          await hold.release({ status: 'doubtful', looks: 0, retryAt: after(looks.firstMs), reason: failure.error })
          return step('marked-doubtful')
        }
        return later(hold, subscription, failure.error, during)
      case 'unreached':
        return later(hold, subscription, failure.error, during)
      case 'refused':
      case 'blocks-refused':
        return giveUp(hold, subscription, failure.error)
    }
  }

  async function later(
    hold: Lease,
    subscription: Subscription | undefined,
    error: string,
    during: 'reserved' | 'posting' | 'doubtful',
  ): Promise<void> {
    if (clock.now().getTime() - hold.row.dueAt.getTime() > giveUpAfterMs) return giveUp(hold, subscription, error)
    // A post was counted when it was marked; a question that failed before it counts now.
    const attempts = hold.row.attempts + (during === 'posting' ? 0 : 1)
    const status = during === 'posting' ? 'reserved' : during
    return hold.release({ status, attempts, reason: error, retryAt: after(backoffMs(attempts)) })
  }

  async function channelGone(hold: Lease, subscription: Subscription | undefined, slackError: string): Promise<void> {
    if (subscription && isDigest(hold.row)) {
      await subscriptions.update(subscription.id, { status: 'paused', pausedWhy: slackError, nextAt: null })
      await parts.tellOwner(subscription, hold.row, { type: 'channel-gone', slackError })
    }
    await hold.release({ status: 'failed', reason: slackError })
    parts.onEnd?.('failed')
  }

  async function holdBack(hold: Lease, subscription: Subscription, reason: HoldReason, people?: number): Promise<void> {
    log.warn({ deliveryId: hold.row.id, reason }, 'A delivery was held back')
    await parts.tellOwner(subscription, hold.row, { type: 'held', reason, ...(people !== undefined && { people }) })
    await hold.release({ status: 'held', reason })
    parts.onEnd?.('held')
  }

  async function giveUp(hold: Lease, subscription: Subscription | undefined, error: string): Promise<void> {
    log.error({ deliveryId: hold.row.id, slackError: error }, 'A delivery was given up')
    if (subscription && isDigest(hold.row)) await parts.tellOwner(subscription, hold.row, { type: 'given-up', slackError: error })
    await hold.release({ status: 'failed', reason: error })
    parts.onEnd?.('failed')
  }

  const refusedForMs = (): number => Math.max(0, refusedUntil ? refusedUntil.getTime() - clock.now().getTime() : 0)

  return { refusedForMs, failed, channelGone, holdBack, giveUp }
}
