// Where a delivery is posted.
import type { Delivery, Subscription } from '../../domain/subscription.ts'
import { isDigest } from './row-kind.ts'

/** A channel id, or a user id for a direct message. */
export function destinationOf(row: Delivery, subscription: Subscription | undefined): string {
  if (!isDigest(row) || !subscription) return row.channelId ?? ''
  return subscription.destination.type === 'channel' ? subscription.destination.channelId : subscription.destination.slackUserId
}
