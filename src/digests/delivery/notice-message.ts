// What the owner of a digest reads when it could not be sent as planned: the reason, and buttons that put it right. Words only; who reads
// it and when is decided in notify-owner.ts.

import type { Delivery, Subscription } from '../../domain/subscription.ts'
import type { Control, Message } from '../../render/message.ts'
import { bold, line } from '../../render/text/text.ts'
import { digestActions } from '../../reports/digest-actions.ts'
import { whenHeld, whyHeld } from '../../reports/wording/hold-reason.ts'
import type { OwnerNotice } from './outcomes.ts'

/** The notice in words, with the buttons that put it right. */
export function noticeMessage(
  title: string,
  subscription: Pick<Subscription, 'id' | 'destination'>,
  delivery: Pick<Delivery, 'id' | 'occurrence'>,
  notice: OwnerNotice,
  botName: string,
): Message {
  const move = button('Move it', digestActions.edit, subscription.id)
  const pause = button('Pause it', digestActions.pause, subscription.id)
  const remove = button('Delete it', digestActions.remove, subscription.id)
  const retry = button('Retry', digestActions.post, delivery.id, 'primary')
  const which = `${title}, ${dayOf(delivery.occurrence)}`

  switch (notice.type) {
    case 'channel-gone':
      return notice.slackError === 'not_in_channel' || notice.slackError === 'channel_not_found'
        ? withButtons(`${which}: I am not in its channel.`, `It is paused. Type /invite @${botName} there, then press Retry.`, [
            retry,
            move,
            remove,
          ])
        : withButtons(
            `${which}: ${goneInWords(notice.slackError, subscription.destination.type)}`,
            'It is paused; nothing else is affected.',
            [move, remove],
          )
    case 'held': {
      const why =
        notice.reason === 'owner-rights' ? 'you may not see these figures any more' : whyHeld(notice.reason, 'its channel', notice.people)
      const controls = notice.reason === 'owner-rights' ? [pause] : [move, pause, retry]
      return withButtons(`${which} was not posted: ${why}.`, whenHeld(notice.reason, botName), controls)
    }
    case 'rest-dropped': {
      const why =
        notice.reason === 'names'
          ? 'people may no longer be shown to everybody who would read it'
          : whyHeld(notice.reason, 'its channel', notice.people)
      return withButtons(
        `The rest of ${title.replace(/^The /, 'the ')} was not posted in its thread: ${why}.`,
        'The message above it stays.',
        [button('Change it', digestActions.edit, subscription.id)],
      )
    }
    case 'doubt':
      return withButtons(`Did ${which}, arrive?`, 'Slack did not say whether it took the post, and I may not read the channel to look.', [
        button('Yes, it arrived', digestActions.arrived, delivery.id, 'primary'),
        button('Post it', digestActions.post, delivery.id),
      ])
    case 'names-dropped': {
      const people = notice.outsiders.length
      const why = notice.isPublic
        ? 'The channel is not private any more.'
        : `${people === 1 ? 'Somebody' : `${people} people`} from outside the team can read the channel now.`
      return withButtons(
        `${which} went out without names.`,
        `${why} Figures of the whole team were posted instead, and will be as long as that is so.`,
        [button('Change it', digestActions.edit, subscription.id)],
      )
    }
    case 'given-up':
      return withButtons(
        `${which} could not be posted.`,
        `I tried for a day; Slack or Gong last said "${notice.slackError}". The next one goes out as planned.`,
        [retry, pause],
      )
  }
}

/** For whoever could take it over. */
export const takeOverMessage = (title: string, delivery: Pick<Delivery, 'id' | 'occurrence'>): Message =>
  withButtons(
    `${title}, ${dayOf(delivery.occurrence)} was not posted: whoever set it up may not see these figures any more.`,
    'Take it over and it goes on as planned; otherwise nothing is posted.',
    [button('Take it over', digestActions.takeOver, delivery.id, 'primary')],
  )

const button = (label: string, actionId: string, value: string, style?: 'primary' | 'danger'): Control => ({
  type: 'button',
  label,
  actionId,
  value,
  style,
})

const withButtons = (head: string, then: string, controls: readonly Control[]): Message => ({
  summary: `${head} ${then}`,
  parts: [
    { type: 'text', line: line(bold(head), ' ', then) },
    { type: 'buttons', controls },
  ],
})

function goneInWords(slackError: string, destination: 'channel' | 'dm'): string {
  if (slackError === 'is_archived') return 'its channel is archived.'
  if (destination === 'dm') return 'its reader cannot be reached in Slack any more.'
  return `Slack does not let me post in its channel (${slackError}).`
}

const weekdays = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })

/** `Mon 23 Nov`, or `sent by hand`. */
function dayOf(occurrence: string): string {
  const date = /^(?:moved:|snooze:)?(\d{4}-\d{2}-\d{2})(?:T|$)/.exec(occurrence)?.[1]
  return date === undefined ? 'sent by hand' : weekdays.format(Date.parse(`${date}T00:00:00Z`)).replace(',', '')
}
