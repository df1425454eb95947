// The middle of the page: a conversation with its days, or a person's Home tab, and what one can type there.
import type { SimulatedMessage } from '../../slack/workspace.ts'
import type { Seat, Stage } from '../stage.ts'
import { drawBlocks } from './blocks.ts'
import { composer } from './composer.ts'
import { h, type ReactNode } from './element.ts'
import { icon } from './icons.ts'
import { drawMessage } from './message.ts'
import { appMark, channelIcon, channelKind, channelName, nameOf } from './people.ts'
import { slackbotConversation, slackbotId } from './slackbot.ts'
import { dayOf, instantOf } from './times.ts'

/** Older messages stay in the workspace, out of the picture. */
const shown = 60

export const zoneOf = (userId: string, stage: Stage): string => stage.slack.workspace.users.get(userId)?.zone ?? stage.zone

export function conversation(stage: Stage, seat: Seat): ReactNode {
  if (seat.channelId === 'home') return home(stage, seat)
  if (seat.channelId === slackbotId) return slackbotConversation(stage, seat, zoneOf(seat.userId, stage))
  const { slack } = stage
  const channel = slack.workspace.channels.get(seat.channelId)
  if (!channel?.memberIds.includes(seat.userId)) return empty('You are not in this conversation.')
  const all = slack.messages(channel.id, seat.userId)
  const roots = all.filter(({ threadTs }) => threadTs === undefined)
  const zone = zoneOf(seat.userId, stage)
  const title = channelName(channel, slack)
  return h(
    'section',
    { className: 'conversation', 'aria-label': `${title}, ${channelKind(channel)}` },
    h(
      'header',
      { className: 'conversation-head' },
      h('h1', null, channel.imWith ? appMark() : icon(channelIcon(channel)), title),
      channel.isExtShared && h('span', { className: 'badge' }, 'shared with another company'),
      channel.isArchived && h('span', { className: 'badge' }, 'archived'),
      h('p', null, channel.topic ?? (channel.imWith ? 'Only you and the app read this' : '')),
      !channel.imWith && h('span', { className: 'members' }, `${channel.memberIds.length} members`),
    ),
    h(
      'div',
      { className: 'messages', role: 'log', 'aria-label': `Messages in ${title}`, tabIndex: 0 },
      roots.length === 0 && empty(channel.imWith ? 'Nothing yet. Type / to see what the app can do.' : 'No messages yet.'),
      byDay(roots.slice(-shown), zone).map(({ day, messages }) => [
        h('h2', { className: 'day', key: day }, h('span', null, day)),
        messages.map((message) => drawMessage(message, { stage, seat, zone, replies: repliesTo(message, all) })),
      ]),
    ),
    composer(stage, seat, channel),
  )
}

export function thread(stage: Stage, seat: Seat): ReactNode {
  const all = stage.slack.messages(seat.channelId, seat.userId)
  const root = all.find(({ ts }) => ts === seat.threadTs)
  const channel = stage.slack.workspace.channels.get(seat.channelId)
  if (!root || !channel) return null
  const zone = zoneOf(seat.userId, stage)
  return h(
    'aside',
    { className: 'thread', 'aria-label': 'Thread' },
    h(
      'header',
      { className: 'conversation-head' },
      h('h2', null, 'Thread'),
      h('button', { type: 'button', className: 'quiet', 'data-close-thread': '', 'aria-label': 'Close thread' }, icon('close')),
    ),
    h(
      'div',
      { className: 'messages', tabIndex: 0, role: 'log', 'aria-label': 'Messages in this thread' },
      [root, ...repliesTo(root, all)].map((message) => drawMessage(message, { stage, seat, zone })),
    ),
    composer(stage, seat, channel, root.ts),
  )
}

function home(stage: Stage, seat: Seat): ReactNode {
  const { slack } = stage
  const view = slack.home(seat.userId)
  return h(
    'section',
    { className: 'conversation home', 'aria-label': 'Home' },
    h('header', { className: 'conversation-head' }, h('h1', null, appMark(), nameOf(slack.botUserId, slack)), h('p', null, 'Home')),
    h(
      'div',
      { className: 'messages', tabIndex: 0, role: 'region', 'aria-label': 'Home tab' },
      view
        ? drawBlocks(view.blocks, { slack, userId: seat.userId, at: 'home', values: view.values })
        : empty('The app draws your Home tab …'),
    ),
  )
}

const empty = (words: string): ReactNode => h('p', { className: 'empty' }, words)

const repliesTo = (root: SimulatedMessage, all: readonly SimulatedMessage[]): SimulatedMessage[] =>
  all.filter(({ threadTs }) => threadTs === root.ts)

function byDay(messages: readonly SimulatedMessage[], zone: string): { readonly day: string; readonly messages: SimulatedMessage[] }[] {
  const days: { day: string; messages: SimulatedMessage[] }[] = []
  for (const message of messages) {
    const day = dayOf(instantOf(message.ts), zone)
    const last = days.at(-1)
    if (last?.day === day) last.messages.push(message)
    else days.push({ day, messages: [message] })
  }
  return days
}
