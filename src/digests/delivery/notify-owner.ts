// Notifies the owner of a digest that it could not be sent as planned. Each notice is a delivery row of its own, posted like any other, so
// that it arrives once even when Slack is down or the process dies.

import { createHash } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import { deliveryIdOf } from '../../domain/delivery-id.ts'
import type { Delivery, Subscription } from '../../domain/subscription.ts'
import type { Message } from '../../render/message.ts'
import { bodyOf, writeBody } from '../../reports/delivery-body.ts'
import type { DeliveryStore } from '../../store/digests/deliveries.ts'
import type { Wake } from '../../store/digests/delivery-writes.ts'
import { noticeMessage, takeOverMessage } from './notice-message.ts'
import type { OwnerNotice } from './outcomes.ts'

export interface NoticeDeps {
  readonly deliveries: Pick<DeliveryStore, 'reserve'>
  readonly clock: Clock
  readonly botName: string
  /** "The team digest of Priya Nair's team": untrusted text. */
  titleOf(subscription: Subscription): Promise<string>
  /** Who could take over a digest whose owner may not see its figures any more: the owner's manager, else the bot's admins. */
  standIns(subscription: Subscription): Promise<readonly string[]>
  readonly wake: Wake
}

export async function notifyOwner(subscription: Subscription, delivery: Delivery, notice: OwnerNotice, deps: NoticeDeps): Promise<void> {
  const title = await deps.titleOf(subscription)
  const occurrence = `notice:${notice.type}:${onceFor(notice, delivery)}`
  const message = noticeMessage(title, subscription, delivery, notice, deps.botName)
  await reserveNotice(subscription, subscription.ownerSlackId, occurrence, message, deps)
  if (notice.type !== 'held' || notice.reason !== 'owner-rights') return
  for (const slackUserId of await deps.standIns(subscription))
    await reserveNotice(subscription, slackUserId, `${occurrence}:${slackUserId}`, takeOverMessage(title, delivery), deps)
}

async function reserveNotice(
  { id: subscriptionId }: Subscription,
  slackUserId: string,
  occurrence: string,
  message: Message,
  { deliveries, clock, wake }: NoticeDeps,
): Promise<void> {
  const now = clock.now()
  const body = writeBody(bodyOf({ message, shows: [], figures: {} }))
  await deliveries.reserve(
    {
      id: deliveryIdOf({ subscriptionId, occurrence }),
      subscriptionId,
      occurrence,
      dueAt: now,
      channelId: slackUserId,
      body,
      createdAt: now,
    },
    { wake },
  )
}

/** One notice of a kind per delivery, however often it is tried; of dropped names, one as long as the same people stand in the way. */
const onceFor = (notice: OwnerNotice, delivery: Delivery): string =>
  notice.type === 'names-dropped'
    ? createHash('sha256')
        .update(notice.isPublic ? 'public' : notice.outsiders.toSorted().join())
        .digest('base64url')
    : delivery.id
