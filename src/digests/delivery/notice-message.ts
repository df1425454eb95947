// What people read when a digest could not be sent as planned: the reason, and buttons that put it right. Words only; who reads it and when
// is decided in notify-owner.ts.

import { dateOfRun } from '../../coaching/reminder-days.ts'
import type { Delivery, Subscription } from '../../domain/subscription.ts'
import type { Control, Message } from '../../render/message.ts'
import { dateLong } from '../../render/text/dates.ts'
import { bold, line } from '../../render/text/text.ts'
import type { NoticeItem } from '../../reports/delivery-body.ts'
import { digestActions } from '../../reports/digest-actions.ts'
import { whenHeld, whyHeld } from '../../reports/wording/hold-reason.ts'
import type { NamesDropped, OwnerNotice } from './outcomes.ts'
import { threadParentOf } from './row-kind.ts'

/** What a notice needs to know beside the reason. */
export interface NoticeAbout {
  /** "The team digest of Priya Nair's team": untrusted text. */
  readonly title: string
  readonly subscription: Pick<Subscription, 'id' | 'destination'>
  readonly delivery: Pick<Delivery, 'id' | 'occurrence'>
  /** As typed after `/invite @`. */
  readonly botName: string
  /** Why the reader of a direct message cannot be reached, as a clause: "Ana Diaz is deactivated in Slack"; untrusted text. */
  readonly unreachable?: string | undefined
}

interface Words {
  readonly head: string
  readonly next: string
  readonly controls: readonly Control[]
}

/** The notice for the owner of a digest, with the buttons that put it right. */
export const noticeMessage = (about: NoticeAbout, notice: OwnerNotice): Message => withButtons(wordsOf(about, notice))

/** The same in one sentence, for a list of several. */
export function noticeItem(about: NoticeAbout, notice: OwnerNotice): NoticeItem {
  const { head, controls } = wordsOf(about, notice)
  return { line: head, controls }
}

function wordsOf({ title, subscription, delivery, botName, unreachable }: NoticeAbout, notice: OwnerNotice): Words {
  const move = button('Move it', digestActions.edit, subscription.id)
  const pause = button('Pause it', digestActions.pause, subscription.id)
  const remove = button('Delete it', digestActions.remove, subscription.id)
  const retry = button('Retry', digestActions.post, delivery.id, 'primary')
  const change = button('Change it', digestActions.edit, subscription.id)
  const which = whichOf(title, delivery.occurrence)

  switch (notice.type) {
    case 'channel-gone': {
      if (subscription.destination.type === 'dm') {
        const who = unreachable ?? `Slack does not let me write to its reader (${notice.slackError})`
        return { head: `${which} was not sent: ${who}.`, next: 'It is paused; nothing else is affected.', controls: [retry, move, remove] }
      }
      if (notice.slackError === 'not_in_channel' || notice.slackError === 'channel_not_found')
        return {
          head: `${which} was not posted: I am not in its channel.`,
          next: `It is paused. Type /invite @${botName} there, then press Retry.`,
          controls: [retry, move, remove],
        }
      const why =
        notice.slackError === 'is_archived'
          ? 'its channel is archived.'
          : `Slack does not let me post in its channel (${notice.slackError}).`
      return { head: `${which} was not posted: ${why}`, next: 'It is paused; nothing else is affected.', controls: [move, remove] }
    }
    case 'held': {
      const why =
        notice.reason === 'owner-rights' ? 'you may not see these figures any more' : whyHeld(notice.reason, 'its channel', notice.people)
      const controls =
        notice.reason === 'owner-rights' ? [pause] : notice.reason === 'subject-left' ? [change, remove] : [move, pause, retry]
      return { head: `${which} was not posted: ${why}.`, next: whenHeld(notice.reason, botName), controls }
    }
    case 'rest-dropped': {
      const why =
        'slackError' in notice
          ? `Slack took no reply there (${notice.slackError})`
          : notice.reason === 'names'
            ? 'people may no longer be shown to everybody who would read it'
            : whyHeld(notice.reason, 'its channel', notice.people)
      return {
        head: `The rest of ${title.replace(/^The /, 'the ')} was not posted in its thread: ${why}.`,
        next: 'The message itself stays.',
        controls: [change],
      }
    }
    case 'doubt':
      return {
        head: `Did ${threadParentOf(delivery) === undefined ? '' : 'the rest of '}${which.replace(/^The /, 'the ')} arrive?`,
        next: 'Slack did not say whether it took the post, and I could not look for it in the channel.',
        controls: [
          button('Yes, it arrived', digestActions.arrived, delivery.id, 'primary'),
          button('Post it', digestActions.post, delivery.id),
        ],
      }
    case 'names-dropped':
      return {
        head: `${which} went out without names.`,
        next: `${whyWithoutNames(notice)} Group figures were posted instead, and will be for as long as that lasts.`,
        controls: [change],
      }
    case 'given-up':
      return {
        head: `${which} could not be posted.`,
        next: `${triedInWords(notice)} The next one goes out as planned.`,
        controls: [retry, pause],
      }
  }
}

function whyWithoutNames({ isPublic, hasMoved, outsiders }: NamesDropped): string {
  if (isPublic) return 'The channel is not private any more.'
  if (hasMoved)
    return "In the last nine weeks somebody left the team or joined it from another one. Names would let readers work out that person's figures."
  return `${outsiders.length === 1 ? 'Somebody' : `${outsiders.length} people`} from outside the team can read the channel now.`
}

/** For whoever could take over a digest whose owner may not see its figures any more. */
export const takeOverMessage = (title: string, delivery: Pick<Delivery, 'id' | 'occurrence'>): Message =>
  withButtons({
    head: `${whichOf(title, delivery.occurrence)} was not posted: whoever set it up may not see these figures any more.`,
    next: 'Take it over and it goes on as planned; otherwise nothing is posted.',
    controls: [takeOverButton(delivery.id)],
  })

/** For the manager or the admins of an owner who cannot be reached: the same reason, with what they can press. */
export function standInNotice(
  about: NoticeAbout,
  notice: OwnerNotice,
  may: { readonly takeOver: boolean; readonly change: boolean },
): { readonly message: Message; readonly item: NoticeItem } {
  const { head, next, controls } = wordsOf(about, notice)
  const offered = [...(may.takeOver ? [takeOverButton(about.delivery.id)] : []), ...(may.change ? controls : [])]
  return {
    message: withButtons({ head, next: `${next} Whoever set it up cannot be reached in Slack, so this comes to you.`, controls: offered }),
    item: { line: head, controls: offered },
  }
}

const takeOverButton = (deliveryId: string): Control => button('Take it over', digestActions.takeOver, deliveryId, 'primary')

const button = (label: string, actionId: string, value: string, style?: 'primary' | 'danger'): Control => ({
  type: 'button',
  label,
  actionId,
  value,
  style,
})

const withButtons = ({ head, next, controls }: Words): Message => ({
  summary: `${head} ${next}`,
  parts: [{ type: 'text', line: line(bold(head), ' ', next) }, ...(controls.length > 0 ? [{ type: 'buttons' as const, controls }] : [])],
})

/** What was tried before a delivery was given up. */
function triedInWords({ attempts, triedForMs, slackError, needed }: Extract<OwnerNotice, { readonly type: 'given-up' }>): string {
  if (needed !== undefined)
    return `The bot lacks the scope ${needed} for it (${slackError}); whoever runs the bot can grant it, then press Retry.`
  if (attempts === 0) return `I waited ${forSoLong(triedForMs)}; the reason was "${slackError}".`
  if (attempts === 1) return `I tried once; Slack said "${slackError}", which trying again does not change.`
  return `I tried ${attempts} times in ${forSoLong(triedForMs)}; Slack last said "${slackError}".`
}

/** `2 minutes`, `5 hours`, `a day`. */
function forSoLong(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  if (minutes < 90) return minutes === 1 ? 'a minute' : `${minutes} minutes`
  const hours = Math.round(minutes / 60)
  if (hours < 24) return `${hours} hours`
  const days = Math.round(hours / 24)
  return days === 1 ? 'a day' : `${days} days`
}

/** `The team digest of Priya Nair's team for Mon 23 Nov`, or with `, sent by hand,`. */
function whichOf(title: string, occurrence: string): string {
  const date = dateOfRun(occurrence)
  if (date === undefined) return `${title}, sent by hand,`
  return `${title} for ${dateLong(date, 'en-GB')}`
}
