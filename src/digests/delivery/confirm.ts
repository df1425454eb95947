// Marks a delivery as sent once its message is known to be in Slack, after reserving its thread.

import type { Subscription } from '../../domain/subscription.ts'
import type { StepDeps } from './deps.ts'
import type { Lease } from './lease.ts'
import { isDigest, isDirectRow } from './row-kind.ts'
import { type SentMessage, threadRowOf } from './thread-row.ts'

interface PostedAt {
  readonly channelId: string
  readonly messageTs: string
}

/** `sent`: undefined when no body was kept. */
export async function confirm(
  lease: Lease,
  subscription: Subscription | undefined,
  { channelId, messageTs }: PostedAt,
  sent: SentMessage | undefined,
  deps: StepDeps,
): Promise<void> {
  const { row } = lease
  await deps.step?.('before-confirm')
  if (sent) {
    await deps.recordIntroduced(sent.body)
    const thread = threadRowOf(row, sent, { channelId, messageTs }, deps.clock.now())
    if (thread) await deps.deliveries.reserve(thread, {})
    if (thread) deps.follow(thread.id)
    await deps.step?.('thread-reserved')
  }
  const sentAt = deps.clock.now()
  // Not lease-checked: we know that the message is there, whoever holds the row.
  await deps.deliveries.update(row.id, { status: 'sent', channelId, messageTs, sentAt, leaseUntil: null, retryAt: null, reason: null })
  lease.end()
  await deps.refusals.accepted(row.id, isDirectRow(row, subscription))
  deps.onEnd?.('sent', isDigest(row) ? Math.max(0, (sentAt.getTime() - row.dueAt.getTime()) / 1000) : undefined)
  await deps.step?.('confirmed')
  const { subscriptionId, occurrence, attempts } = row
  deps.log.info({ deliveryId: row.id, subscriptionId, occurrence, attempts, channelId, messageTs }, 'Delivered')
}
