// Nobody but a person can say whether a post arrived: the owner is asked, and meanwhile it is looked for once a day.
import { askedReason, unansweredReason } from '../../domain/delivery-doubt.ts'
import type { Subscription } from '../../domain/subscription.ts'
import { inMs, type StepDeps } from './deps.ts'
import type { Lease } from './lease.ts'

/** Somebody who was asked may answer later. */
const lookAgainMs = 24 * 3_600_000
/** By then the next weekly digest is there. */
const waitForWordMs = 7 * lookAgainMs

/** `error`: why the look said nothing. The row stays in doubt, however often looking fails, until somebody answers or nobody has for a week. */
export async function askOwner(lease: Lease, subscription: Subscription | undefined, error: string, deps: StepDeps): Promise<void> {
  const { clock, log } = deps
  const { row } = lease
  const attemptedAt = row.postedAttemptAt ?? row.createdAt
  if (clock.now().getTime() - attemptedAt.getTime() >= waitForWordMs) {
    log.warn({ deliveryId: row.id, slackError: error }, 'Nobody said whether a doubtful delivery arrived')
    await lease.release({ status: 'failed', reason: unansweredReason, retryAt: null })
    deps.onEnd?.('failed')
    return
  }
  log.warn({ deliveryId: row.id, slackError: error }, 'Cannot look for a doubtful delivery; asking its owner')
  if (subscription) await deps.notifyOwner(subscription, row, { type: 'doubt' })
  await lease.handOver({ status: 'doubtful', reason: askedReason, retryAt: inMs(clock, lookAgainMs) })
}
