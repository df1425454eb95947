// What the owner of a digest is told when it could not go its way: the reason, and what to press. Each notice is a delivery row of
// its own, posted to the owner by the same machinery, so that it arrives once even when Slack is down or the process dies.

import { createHash } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { Delivery, Subscription } from '../../domain/subscription.ts'
import type { Control, Message } from '../../render/message.ts'
import { bold, line } from '../../render/text/text.ts'
import { bodyOf, writeBody } from '../../reports/delivery-body.ts'
import { digestActions } from '../../reports/digest-actions.ts'
import type { DeliveryStore } from '../../store/digests/deliveries.ts'
import type { Wake } from '../../store/digests/delivery-writes.ts'
import type { HoldReason, OwnerNotice } from './deps.ts'

export interface NoticeParts {
  readonly deliveries: Pick<DeliveryStore, 'reserve'>
  readonly clock: Clock
  readonly botName: string
  /** "Priya Nair's team digest": hostile text. */
  titleOf(subscription: Subscription): Promise<string>
  /** Who could take a digest over whose owner may not see its figures any more: the owner's manager, else the bot's admins. */
  standIns(subscription: Subscription): Promise<readonly string[]>
  readonly wake: Wake
}

export type TellOwner = (subscription: Subscription, delivery: Delivery, notice: OwnerNotice) => Promise<void>

export function createOwnerNotices(parts: NoticeParts): TellOwner {
  async function tell(subscription: Subscription, slackUserId: string, occurrence: string, message: Message): Promise<void> {
    await parts.deliveries.reserve(
      {
        id: crypto.randomUUID(),
        subscriptionId: subscription.id,
        occurrence,
        dueAt: parts.clock.now(),
        channelId: slackUserId,
        body: writeBody(bodyOf({ message, shows: [], figures: {} })),
        createdAt: parts.clock.now(),
      },
      { wake: parts.wake },
    )
  }

  return async (subscription, delivery, notice) => {
    const title = await parts.titleOf(subscription)
    const message = noticeMessage(title, subscription, delivery, notice, parts.botName)
    const occurrence = `notice:${notice.type}:${onceFor(notice, delivery)}`
    await tell(subscription, subscription.ownerSlackId, occurrence, message)
    if (notice.type !== 'held' || notice.reason !== 'owner-rights') return
    for (const slackUserId of await parts.standIns(subscription))
      await tell(subscription, slackUserId, `${occurrence}:${slackUserId}`, takeOverMessage(title, delivery))
  }
}

/** One notice of a kind per delivery, however often it is tried; of dropped names one as long as the same people stand in the way. */
const onceFor = (notice: OwnerNotice, delivery: Delivery): string =>
  notice.type === 'names-dropped'
    ? createHash('sha256')
        .update(notice.isPublic ? 'public' : notice.outsiders.toSorted().join())
        .digest('base64url')
    : delivery.id

/** The notice in words, with the buttons that put it right. */
function noticeMessage(
  title: string,
  subscription: Pick<Subscription, 'id' | 'destination'>,
  delivery: Pick<Delivery, 'id' | 'occurrence'>,
  notice: OwnerNotice,
  botName: string,
): Message {
  const button = (label: string, actionId: string, value: string, style?: 'primary' | 'danger'): Control => ({
    type: 'button',
    label,
    actionId,
    value,
    ...(style && { style }),
  })
  const move = button('Move it', digestActions.edit, subscription.id)
  const pause = button('Pause it', digestActions.pause, subscription.id)
  const remove = button('Delete it', digestActions.remove, subscription.id)
  const retry = button('Retry', digestActions.post, delivery.id, 'primary')
  const said = (head: string, then: string, controls: readonly Control[]): Message => ({
    summary: `${head} ${then}`,
    parts: [
      { type: 'text', line: line(bold(head), ' ', then) },
      { type: 'buttons', controls },
    ],
  })
  const which = `${title}, ${dayOf(delivery.occurrence)}`

  switch (notice.type) {
    case 'channel-gone':
      return notice.slackError === 'not_in_channel' || notice.slackError === 'channel_not_found'
        ? said(`${which}: I am not in its channel.`, `It is paused. Type /invite @${botName} there, then press Retry.`, [
            retry,
            move,
            remove,
          ])
        : said(`${which}: ${goneInWords(notice.slackError, subscription.destination.type)}`, 'It is paused; nothing else is affected.', [
            move,
            remove,
          ])
    case 'held': {
      const { why, next } = heldInWords(notice.reason, notice.people ?? 0)
      return said(`${which} was not posted: ${why}`, next, notice.reason === 'owner-rights' ? [pause] : [move, pause, retry])
    }
    case 'doubt':
      return said(`Did ${which}, arrive?`, 'Slack did not say whether it took the post, and I may not read the channel to look.', [
        button('Yes, it arrived', digestActions.arrived, delivery.id, 'primary'),
        button('Post it', digestActions.post, delivery.id),
      ])
    case 'names-dropped': {
      const people = notice.outsiders.length
      const why = notice.isPublic
        ? 'The channel is not private any more.'
        : `${people === 1 ? 'Somebody' : `${people} people`} from outside the team can read the channel now.`
      return said(
        `${which} went out without names.`,
        `${why} Figures of the whole team were posted instead, and will be as long as that is so.`,
        [button('Change it', digestActions.edit, subscription.id)],
      )
    }
    case 'given-up':
      return said(
        `${which} could not be posted.`,
        `I tried for a day; Slack or Gong last said "${notice.slackError}". The next one goes out as planned.`,
        [retry, pause],
      )
  }
}

/** For whoever could take it over. */
function takeOverMessage(title: string, delivery: Pick<Delivery, 'id' | 'occurrence'>): Message {
  const head = `${title}, ${dayOf(delivery.occurrence)} was not posted: whoever set it up may not see these figures any more.`
  const then = 'Take it over and it goes on as planned; otherwise nothing is posted.'
  return {
    summary: `${head} ${then}`,
    parts: [
      { type: 'text', line: line(bold(head), ' ', then) },
      {
        type: 'buttons',
        controls: [{ type: 'button', label: 'Take it over', actionId: digestActions.takeOver, value: delivery.id, style: 'primary' }],
      },
    ],
  }
}

function goneInWords(slackError: string, destination: 'channel' | 'dm'): string {
  if (slackError === 'is_archived') return 'its channel is archived.'
  if (destination === 'dm') return 'its reader cannot be reached in Slack any more.'
  return `Slack does not let me post in its channel (${slackError}).`
}

function heldInWords(reason: HoldReason, people: number): { readonly why: string; readonly next: string } {
  const count = (one: string, many: string) => (people === 1 ? one : `${people} ${many}`)
  switch (reason) {
    case 'shared':
      return {
        why: 'its channel is shared with another company now.',
        next: 'Figures never go there, and nobody can allow it. Move it to another channel.',
      }
    case 'outsiders':
      return {
        why: `${count('somebody', 'people')} of another company can read its channel.`,
        next: 'Figures never go there. Move it to another channel.',
      }
    case 'guests':
      return { why: `${count('a guest', 'guests')} can read its channel.`, next: 'Move it to a channel without guests, or ask an admin.' }
    case 'not-member':
    case 'archived':
      return { why: 'its channel cannot be reached.', next: 'Move it to another channel.' }
    case 'owner-rights':
      return { why: 'you may not see these figures any more.', next: 'Your manager or an admin is asked to take it over.' }
    case 'recipient':
      return { why: 'its reader may not see these figures.', next: 'Choose another reader.' }
    case 'subject-left':
      return { why: 'the person or team it is about is not there any more.', next: 'Choose another one, or delete it.' }
  }
}

const weekdays = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })

/** `Mon 23 Nov`, or `sent by hand`. */
function dayOf(occurrence: string): string {
  const date = /^(?:moved:|snooze:)?(\d{4}-\d{2}-\d{2})(?:T|$)/.exec(occurrence)?.[1]
  return date === undefined ? 'sent by hand' : weekdays.format(Date.parse(`${date}T00:00:00Z`)).replace(',', '')
}
