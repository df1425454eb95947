// What belongs below a message goes into its thread as a delivery of its own, so that it too is posted exactly once. Every way by which a
// message counts as sent reserves it here.
import { deliveryIdOf } from '../../domain/delivery-id.ts'
import type { Delivery } from '../../domain/subscription.ts'
import type { Message } from '../../render/message.ts'
import { type DeliveryBody, restBelow, writeBody } from '../../reports/delivery-body.ts'
import type { RenderForSlack } from '../../slack-ports.ts'
import type { Reservation } from '../../store/digests/delivery-writes.ts'
import { renderBody } from './body-rendering.ts'
import { threadOccurrence } from './row-kind.ts'

export interface SentMessage {
  readonly body: DeliveryBody
  /** What did not fit into the message. */
  readonly thread: Message | undefined
}

export const sentMessage = (body: DeliveryBody, render: RenderForSlack): SentMessage => ({ body, thread: renderBody(body, render).thread })

/** `messageTs`: missing where somebody says that the message is there. Undefined where nothing belongs below it. */
export function threadRowOf(
  row: Delivery,
  { body, thread }: SentMessage,
  { channelId, messageTs }: Pick<Delivery, 'channelId' | 'messageTs'>,
  now: Date,
): Reservation['row'] | undefined {
  if (!thread) return undefined
  const own = { subscriptionId: row.subscriptionId, occurrence: threadOccurrence(row.id) }
  return {
    id: deliveryIdOf(own),
    ...own,
    // Due with the digest: where rows may have been lost, both are looked for.
    dueAt: row.dueAt,
    ...(channelId !== undefined && { channelId }),
    body: writeBody(restBelow(body, thread, messageTs)),
    forgettings: row.forgettings,
    createdAt: now,
  }
}
