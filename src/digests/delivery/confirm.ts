// Marks a delivery as sent once its message is known to be in Slack, after reserving its thread.

import { deliveryIdOf } from '../../domain/delivery-id.ts'
import type { Delivery, Subscription } from '../../domain/subscription.ts'
import type { Message } from '../../render/message.ts'
import { type DeliveryBody, restBelow, writeBody } from '../../reports/delivery-body.ts'
import type { StepDeps } from './deps.ts'
import type { Lease } from './lease.ts'
import { isDigest, isDirectRow, threadOccurrence } from './row-kind.ts'

interface PostedAt {
  readonly channelId: string
  readonly messageTs: string
}

interface SentMessage {
  readonly body: DeliveryBody
  /** What did not fit into the message. */
  readonly thread: Message | undefined
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
    if (sent.thread) await reserveThread(row, restBelow(sent.body, sent.thread, messageTs), channelId, deps)
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

/** What belongs below a message goes into its thread as a delivery of its own, so that it too is posted exactly once. */
async function reserveThread(row: Delivery, rest: DeliveryBody, channelId: string, deps: StepDeps): Promise<void> {
  const now = deps.clock.now()
  const own = { subscriptionId: row.subscriptionId, occurrence: threadOccurrence(row.id) }
  const id = deliveryIdOf(own)
  await deps.deliveries.reserve(
    {
      id,
      ...own,
      // Due with the digest: where rows may have been lost, both are looked for.
      dueAt: row.dueAt,
      channelId,
      body: writeBody(rest),
      forgettings: row.forgettings,
      createdAt: now,
    },
    {},
  )
  deps.follow(id)
}
