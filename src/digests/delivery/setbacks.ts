// What becomes of a row that did not get through: retried later, given up, held back, its subscription paused. Each outcome is stored and,
// where somebody has to act, the owner is notified. Knows nothing of how digests are built or posted.

import type { Clock } from '../../clock.ts'
import type { HoldReason } from '../../domain/hold-reason.ts'
import type { Delivery, Subscription } from '../../domain/subscription.ts'
import type { SlackFailure } from '../../slack-ports.ts'
import { mustBeAsRead } from './as-read.ts'
import { askOwner } from './ask-owner.ts'
import { inMs, type StepDeps } from './deps.ts'
import type { Lease } from './lease.ts'
import { noticeRestMs } from './refusals.ts'
import { isDigest, isManual, threadParentOf } from './row-kind.ts'

/** What failed: the post itself, or a question asked before it (then the status to go back to). */
export type FailedDuring = 'reserved' | 'posting' | 'doubtful'

/** After this long a delivery that never got through is given up and its owner notified. */
export const giveUpAfterMs = 24 * 3_600_000

/** Since it was due, or was reserved where that came later: after an outage of the machine, or by a clock that was set right. */
export const triedForMs = ({ dueAt, createdAt }: Pick<Delivery, 'dueAt' | 'createdAt'>, clock: Clock): number =>
  clock.now().getTime() - Math.max(dueAt.getTime(), createdAt.getTime())

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
    case 'direct-refused':
    case 'permission-refused':
      return refused(lease, subscription, failure, during, deps)
    case 'channel-gone':
      // What cannot be looked for may be there, wherever the digest goes by now. Its next run finds that the channel is gone.
      return during === 'doubtful' && !deletedAbove.has(failure.error)
        ? askOwner(lease, subscription, failure.error, deps)
        : channelGone(lease, subscription, failure.error, deps)
    case 'ambiguous':
      if (during !== 'posting') return retryLater(lease, subscription, failure.error, during, deps)
      await lease.release({ status: 'doubtful', looks: 0, retryAt: inMs(clock, deps.lookTimes.firstMs), reason: failure.error })
      return deps.step?.('marked-doubtful')
    case 'unreached':
      return retryLater(lease, subscription, failure.error, during, deps)
    case 'refused':
    case 'blocks-refused':
      return end(lease, subscription, failure.error, during, deps)
  }
}

/** A post that may have landed is not given up: whether it did is asked. */
const end = (
  lease: Lease,
  subscription: Subscription | undefined,
  error: string,
  during: FailedDuring,
  deps: StepDeps,
  needed?: string,
): Promise<void> => (during === 'doubtful' ? askOwner(lease, subscription, error, deps) : giveUp(lease, subscription, error, deps, needed))

/** Others must have got through so much later than this row was refused before the refusal counts as its own. */
const surelyLaterMs = 30_000
/** From this attempt on, half a minute after the first, a missing permission counts as the row's own where others got through. */
const permissionAttempts = 3
/** After this many attempts with nobody getting through, three minutes after the first, admins hear of a missing permission. */
const reportedAttempts = 5

/** Slack refuses the bot: for everybody, then the row waits; for this row alone, then it is given up. */
async function refused(
  lease: Lease,
  subscription: Subscription | undefined,
  failure: SlackFailure,
  during: FailedDuring,
  deps: StepDeps,
): Promise<void> {
  const { row } = lease
  const isPermission = failure.type === 'permission-refused'
  const attempts = row.attempts + (during === 'posting' ? 0 : 1)
  const since = deps.refusals.refusedSince(row.id)
  const lastSentAt = await deps.deliveries.lastSentAt(failure.type === 'direct-refused' ? 'direct-messages' : 'anything', deps.clock.now())
  const othersGetThrough = lastSentAt !== undefined && lastSentAt.getTime() >= since.getTime() + (isPermission ? 0 : surelyLaterMs)
  if (isPermission) {
    if (othersGetThrough && attempts >= permissionAttempts) return end(lease, subscription, failure.error, during, deps, failure.needed)
    if (!othersGetThrough && attempts >= reportedAttempts) await deps.refusals.report(failure)
    return retryLater(lease, subscription, failure.error, during, deps)
  }
  if (othersGetThrough) return end(lease, subscription, failure.error, during, deps)
  const status = during === 'posting' ? 'reserved' : during
  const retryAt = await deps.refusals.begin(failure)
  if (await isSuperseded(row, deps)) return skip(lease, 'superseded', deps)
  // What a notice says can wait longer; digests are what is tried.
  const later = isDigest(row) ? retryAt : inMs(deps.clock, noticeRestMs)
  return lease.release({ status, retryAt: later, reason: failure.error })
}

/** A later run of the same digest waits too: the older one would arrive with it, and is no news any more. */
async function isSuperseded(row: Delivery, { deliveries, clock }: StepDeps): Promise<boolean> {
  if (!isDigest(row) || isManual(row)) return false
  const rows = await deliveries.history(row.subscriptionId, 10)
  return rows.some((other) => isDigest(other) && !isManual(other) && other.dueAt > row.dueAt && other.dueAt <= clock.now())
}

async function retryLater(
  lease: Lease,
  subscription: Subscription | undefined,
  error: string,
  during: FailedDuring,
  deps: StepDeps,
): Promise<void> {
  const { clock } = deps
  if (triedForMs(lease.row, clock) > giveUpAfterMs) return end(lease, subscription, error, during, deps)
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
  await mustBeAsRead(lease.row, subscription, deps)
  if (subscription && isDigest(lease.row)) {
    await deps.subscriptions.updateUnlessStopped(subscription.id, { status: 'paused', pausedWhy: slackError, nextAt: null })
    await deps.notifyOwner(subscription, lease.row, { type: 'channel-gone', slackError })
  }
  await restFailed(lease, subscription, slackError, deps)
  await lease.release({ status: 'failed', reason: slackError })
  deps.onEnd?.('failed')
  return undefined
}

/** The owner is notified that the rest of a digest is missing, unless somebody deleted the message above it, which is a decision. */
async function restFailed({ row }: Lease, subscription: Subscription | undefined, slackError: string, deps: StepDeps): Promise<void> {
  if (subscription && threadParentOf(row) !== undefined && !deletedAbove.has(slackError))
    await deps.notifyOwner(subscription, row, { type: 'rest-dropped', slackError })
}

const deletedAbove: ReadonlySet<string> = new Set(['thread_not_found', 'message_not_found'])

/** Somebody has to decide first. `people`: how many readers stand in the way. */
export async function holdBack(
  lease: Lease,
  subscription: Subscription,
  reason: HoldReason,
  people: number | undefined,
  deps: StepDeps,
): Promise<undefined> {
  await mustBeAsRead(lease.row, subscription, deps)
  deps.log.warn({ deliveryId: lease.row.id, reason }, 'A delivery was held back')
  await deps.notifyOwner(subscription, lease.row, { type: 'held', reason, people })
  await lease.release({ status: 'held', reason })
  deps.onEnd?.('held')
  return undefined
}

/** `needed`: the scope Slack named. */
export async function giveUp(
  lease: Lease,
  subscription: Subscription | undefined,
  error: string,
  deps: StepDeps,
  needed?: string,
): Promise<undefined> {
  const { row } = lease
  await mustBeAsRead(row, subscription, deps)
  deps.log.error({ deliveryId: row.id, slackError: error, needed }, 'A delivery was given up')
  if (subscription && isDigest(row)) {
    const tried = { attempts: row.attempts, triedForMs: triedForMs(row, deps.clock) }
    await deps.notifyOwner(subscription, row, { type: 'given-up', slackError: error, needed, ...tried })
  }
  await restFailed(lease, subscription, error, deps)
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
  await mustBeAsRead(lease.row, subscription, deps)
  deps.log.warn({ deliveryId: lease.row.id, reason }, 'The rest of a digest was not posted')
  await deps.notifyOwner(subscription, lease.row, { type: 'rest-dropped', reason, people })
  return skip(lease, reason, deps)
}
