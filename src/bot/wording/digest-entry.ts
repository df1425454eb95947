// Words one digest as a line with its controls, and the outcome of each of its runs. The controls stand for typed commands.

import type { DigestEntry } from '../../digests/service.ts'
import { askedReason, unansweredReason } from '../../domain/delivery-doubt.ts'
import type { HoldReason } from '../../domain/hold-reason.ts'
import type { Delivery } from '../../domain/subscription.ts'
import { askActionId, askButton } from '../../render/ask-button.ts'
import type { Control, ImagelessCard } from '../../render/message.ts'
import { capital } from '../../render/text/numbers.ts'
import { bold, type Line, line, mention } from '../../render/text/text.ts'
import { digestActions } from '../../reports/digest-actions.ts'
import { digestWords } from '../../reports/wording/digest-kind.ts'
import { whyClosed, whyHeld } from '../../reports/wording/hold-reason.ts'
import { dateInWords, dateOf, recurrenceInWords, runInWords, wallTime } from './runs.ts'

/** `Team digest of Priya Nair's team`, after the name its owner gave it where the viewer may read that. */
export const titleOf = ({ subscription, about }: Pick<DigestEntry, 'subscription' | 'about'>): string => {
  const { kind, name } = subscription
  const what = digestWords(kind, about)
  return name === undefined ? capital(what) : `${name}: ${what}`
}

/** Where it goes: `to #emea`, `to you`, `to a person`. Channels are shown by Slack, which knows their current name. */
function entryLine(entry: DigestEntry, viewerSlackId: string, where: Line, number?: number): Line {
  const { subscription } = entry
  const isMine = subscription.ownerSlackId === viewerSlackId
  return line(
    number === undefined ? '' : `${number}. `,
    bold(titleOf(entry)),
    ' → ',
    where,
    ` · ${recurrenceInWords(subscription.recurrence)}`,
    isMine ? '' : ` · set up by ${entry.ownerName}`,
    ` · ${stateInWords(entry)}`,
  )
}

function stateInWords({ subscription, nextRun }: DigestEntry): string {
  if (subscription.status === 'paused')
    return subscription.pausedWhy === undefined ? 'paused' : `paused by the bot: ${reasonInWords(subscription.pausedWhy)}`
  if (subscription.status === 'stopped') return 'stopped'
  if (!nextRun) return 'no run planned'
  const paused =
    subscription.pausedUntil !== undefined && subscription.pausedUntil <= nextRun.date
      ? `paused until ${dateInWords(subscription.pausedUntil)}, `
      : ''
  return `${paused}next ${runInWords(nextRun)}`
}

const ask = (label: string, text: string) => ({ label, value: `/gong-digest ${text}` })

/** Change and pause at the front, everything else behind the dots, which hold five at most. */
function entryControls(entry: DigestEntry, viewerSlackId: string, index: number): Control[] {
  const { id, status, destination, ownerSlackId, pausedUntil } = entry.subscription
  const verb = status === 'active' && pausedUntil === undefined ? 'pause' : 'resume'
  // What somebody else set up for me I can only stop; what I set up myself I delete.
  const isSentToMe = destination.type === 'dm' && destination.slackUserId === viewerSlackId && ownerSlackId !== viewerSlackId
  const options = [
    ask('Preview', `preview ${id}`),
    ...(entry.mayChange ? [ask('Send now …', `send ${id}`)] : []),
    ...(entry.mayChange && status === 'active' ? [ask('Skip the next', `skip ${id}`)] : []),
    ask('History', `history ${id}`),
    ...(isSentToMe ? [ask('Stop sending me this', `stop ${id}`)] : entry.mayChange ? [ask('Delete …', `delete ${id}`)] : []),
  ]
  return [
    ...(entry.mayChange
      ? [
          { type: 'button' as const, label: 'Change', actionId: digestActions.edit, value: id },
          askButton(verb === 'pause' ? 'Pause' : 'Resume', `/gong-digest ${verb} ${id}`, `${verb}-${index}`),
        ]
      : []),
    { type: 'overflow', actionId: askActionId(`digest-${index}`), options },
  ]
}

export function entryItem(entry: DigestEntry, viewerSlackId: string, where: Line, number: number): ImagelessCard {
  return { type: 'item', line: entryLine(entry, viewerSlackId, where, number), controls: entryControls(entry, viewerSlackId, number) }
}

/** `Mon 23 Nov 09:00 · sent 09:01`; `Tue 24 Nov 09:40, extra by @maria · sent 09:40`. */
export function deliveryLine(delivery: Delivery, zone: string): Line {
  const planned = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})\[/.exec(delivery.occurrence)
  const when = planned
    ? `${dateInWords(planned[1] ?? '')} ${planned[2] ?? ''}`
    : `${dateOf(delivery.dueAt, zone)} ${wallTime(delivery.dueAt, zone)}, ${whyThen(delivery.occurrence)}`
  const by = delivery.sentBy === undefined ? '' : line(' by ', mention(delivery.sentBy))
  return line(when, by, ' · ', bold(statusInWords(delivery, zone)))
}

const whyThen = (occurrence: string): string =>
  occurrence.startsWith('moved:') ? 'moved' : occurrence.startsWith('snooze:') ? 'snoozed to then' : 'extra'

function statusInWords(delivery: Delivery, zone: string): string {
  const reason = delivery.reason === undefined ? '' : `: ${reasonInWords(delivery.reason)}`
  switch (delivery.status) {
    case 'sent':
      return delivery.sentAt === undefined ? 'sent' : `sent ${dateOf(delivery.sentAt, zone)} ${wallTime(delivery.sentAt, zone)}`
    case 'skipped':
      return `skipped${reason}`
    case 'held':
      return `held back${reason}`
    case 'failed':
      return delivery.reason === unansweredReason ? 'not known whether it arrived: nobody said' : `not delivered${reason}`
    case 'doubtful':
      if (delivery.reason === askedReason) return 'not known whether it arrived: its owner was asked'
      return 'being looked for: Slack did not say whether it arrived'
    case 'reserved':
    case 'posting':
      return delivery.retryAt === undefined ? 'on its way' : `waiting until ${wallTime(delivery.retryAt, zone)}${reason}`
  }
}

const reasons: Readonly<Record<string, string>> = {
  superseded: 'the bot was away, and a later one was sent instead',
  'skip-day': 'a day to skip',
  'skipped-by-hand': 'by hand',
  is_archived: whyClosed('archived', 'the channel'),
  not_in_channel: whyClosed('not-member', 'the channel'),
  channel_not_found: 'the channel is gone, or the bot is not in it',
  'goal-met': 'the goal was met',
  'nobody-to-coach': 'there was nobody to coach, no report and no role',
  away: 'the Slack status said away; moved to the next day',
  'already-reminded': 'there was one that week',
  'in-digest': 'what it says came with another digest of that hour',
  'waits-for-digest': 'another digest of this hour brings what it says',
  user_disabled: 'the reader cannot be reached in Slack',
  account_inactive: 'Slack refuses the bot',
}

const holdReasons: readonly HoldReason[] = [
  'shared',
  'outsiders',
  'guests',
  'not-member',
  'archived',
  'owner-rights',
  'recipient',
  'subject-left',
]

export function reasonInWords(reason: string): string {
  const held = holdReasons.find((one) => one === reason)
  return held ? whyHeld(held, 'the channel') : (reasons[reason] ?? reason)
}
