// Notifies the owner of a digest that it could not be sent as planned; where the owner cannot be reached, their manager or the bot's admins.
// Each notice is a delivery row of its own, posted like any other, so that it arrives once even when Slack is down or the process dies.

import type { Clock } from '../../clock.ts'
import { deliveryIdOf } from '../../domain/delivery-id.ts'
import type { Delivery, Subscription } from '../../domain/subscription.ts'
import type { Message } from '../../render/message.ts'
import { bodyOf, type NoticeItem, writeBody } from '../../reports/delivery-body.ts'
import type { DeliveryStore } from '../../store/digests/deliveries.ts'
import type { Wake } from '../../store/digests/delivery-writes.ts'
import type { KeyedHash } from '../../store/people/forgotten.ts'
import { gatherDelayMs } from './notice-list.ts'
import { type NoticeAbout, noticeItem, noticeMessage, standInNotice, takeOverMessage } from './notice-message.ts'
import type { OwnerNotice } from './outcomes.ts'

/** Somebody who reads of a digest in its owner's place. */
export interface StandIn {
  readonly slackUserId: string
  readonly isAdmin: boolean
}

export interface NoticeDeps {
  readonly deliveries: Pick<DeliveryStore, 'reserve'>
  readonly keyedHash: KeyedHash
  readonly clock: Clock
  readonly botName: string
  /** "The team digest of Priya Nair's team": untrusted text. */
  titleOf(subscription: Subscription): Promise<string>
  /** The same until somebody else leaves or joins the team it is about. */
  lastMoveOf(subscription: Subscription): Promise<string>
  /** Who could take over a digest: its owner's manager, else the bot's admins. */
  standIns(subscription: Subscription): Promise<readonly StandIn[]>
  /** Why Slack takes no message to this person, as a clause that names them; undefined where the directory knows no reason. */
  whyUnreachable(slackUserId: string): Promise<string | undefined>
  /** Whether a notice may go to this person: not to a guest, somebody outside the company, or somebody nobody knows. */
  mayRead(slackUserId: string): Promise<boolean>
  readonly wake: Wake
}

export async function notifyOwner(subscription: Subscription, delivery: Delivery, notice: OwnerNotice, deps: NoticeDeps): Promise<void> {
  const { destination, ownerSlackId } = subscription
  const readerId = destination.type === 'dm' ? destination.slackUserId : undefined
  const about: NoticeAbout = {
    title: await deps.titleOf(subscription),
    subscription,
    delivery,
    botName: deps.botName,
    unreachable: readerId === undefined ? undefined : await deps.whyUnreachable(readerId),
  }
  const occurrence = `notice:${notice.type}:${await onceFor(notice, subscription, delivery, deps)}`
  const isOwnerGone =
    // A message that Slack does not take to its owner would not be taken with a notice in it either.
    (notice.type === 'channel-gone' && readerId === ownerSlackId) ||
    (await deps.whyUnreachable(ownerSlackId)) !== undefined ||
    !(await deps.mayRead(ownerSlackId))
  const isAboutRights = notice.type === 'held' && notice.reason === 'owner-rights'
  if (!isOwnerGone)
    await reserveNotice(notice, ownerSlackId, occurrence, noticeMessage(about, notice), noticeItem(about, notice), subscription, deps)
  if (!isOwnerGone && !isAboutRights) return
  // The direct messages of a programme rest on their readers' rights: nobody has to own them.
  const takeOver = subscription.programmeId === undefined || destination.type === 'channel'
  for (const { slackUserId, isAdmin } of await deps.standIns(subscription)) {
    const { message, item } = isAboutRights
      ? { message: takeOverMessage(about.title, delivery), item: undefined }
      : standInNotice(about, notice, { takeOver, change: isAdmin })
    await reserveNotice(notice, slackUserId, `${occurrence}:${slackUserId}`, message, item, subscription, deps)
  }
}

async function reserveNotice(
  { type }: OwnerNotice,
  slackUserId: string,
  occurrence: string,
  message: Message,
  item: NoticeItem | undefined,
  { id: subscriptionId, subjectId, destination }: Subscription,
  { deliveries, clock, wake }: NoticeDeps,
): Promise<void> {
  const now = clock.now()
  // Its title is that of its subject, and the reader of a direct message is named where they cannot be reached.
  const mentions = [...(subjectId === undefined ? [] : [subjectId]), ...(destination.type === 'dm' ? [destination.slackUserId] : [])]
  const body = writeBody({ ...bodyOf({ message, shows: [], mentions, figures: {} }), items: item && [item] })
  // One that may stand with others in one message waits for them; the tick wakes it.
  const dueAt = new Date(now.getTime() + (item ? gatherDelayMs(type) : 0))
  await deliveries.reserve(
    {
      id: deliveryIdOf({ subscriptionId, occurrence }),
      subscriptionId,
      occurrence,
      dueAt,
      channelId: slackUserId,
      body,
      createdAt: now,
    },
    dueAt > now ? {} : { wake },
  )
}

/**
 * One notice of a kind per delivery, however often it is tried; of dropped names, one as long as the same people stand in the way, and one for
 * each move of the team.
 */
async function onceFor(
  notice: OwnerNotice,
  subscription: Subscription,
  delivery: Delivery,
  { keyedHash, lastMoveOf }: NoticeDeps,
): Promise<string> {
  if (notice.type !== 'names-dropped') return delivery.id
  if (notice.isPublic) return keyedHash('public')
  return keyedHash(notice.hasMoved ? `moved ${await lastMoveOf(subscription)}` : notice.outsiders.toSorted().join())
}
