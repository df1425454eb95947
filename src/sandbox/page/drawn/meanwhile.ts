// What the app sent while the clock was moved: one line a message for whoever may read it, counted by where it went, and how many went to
// others.
import { wordsOf } from '../../slack/view-state.ts'
import type { SimulatedMessage } from '../../slack/workspace.ts'
import type { Seat, Stage } from '../stage.ts'
import { zoneOf } from './conversation.ts'
import { h, type ReactNode } from './element.ts'
import { icon } from './icons.ts'
import { channelIcon, channelName } from './people.ts'
import { instantOf, momentOf } from './times.ts'

/** More are counted, not listed. */
const listed = 4

export function meanwhile(stage: Stage, seat: Seat): ReactNode {
  const last = stage.meanwhile()
  if (!last || stage.moving()) return null
  const { slack } = stage
  const zone = zoneOf(seat.userId, stage)
  const mine = last.sent.filter(({ channelId }) => slack.workspace.channels.get(channelId)?.memberIds.includes(seat.userId))
  const others = last.sent.length - mine.length
  const inChannels = mine.filter(({ channelId }) => slack.workspace.channels.get(channelId)?.imWith === undefined).length
  return h(
    'section',
    { className: 'meanwhile', role: 'status', 'aria-label': 'Sent meanwhile' },
    h('p', null, `${momentOf(last.from, zone)} → ${momentOf(last.to, zone)}. ${counted(mine.length - inChannels, inChannels)}`),
    mine.slice(-listed).map((message) => line(message, stage, zone)),
    mine.length > listed && h('p', { key: 'more' }, `and ${mine.length - listed} before`),
    others > 0 && h('p', { key: 'others' }, `${mine.length > 0 ? 'and ' : ''}${others} to others`),
  )
}

/** A channel's message is sent to the channel, whoever reads it. */
function counted(toYou: number, inChannels: number): string {
  const messages = (count: number): string => (count === 1 ? 'one message' : `${count} messages`)
  if (toYou === 0 && inChannels === 0) return 'Nothing was sent to you.'
  const there = inChannels === 0 ? '' : `${messages(inChannels)} in your channels`
  const yours = toYou === 0 ? '' : `${messages(toYou)} to you`
  const words = [yours, there].filter(Boolean).join(', ')
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}:`
}

function line(message: SimulatedMessage, stage: Stage, zone: string): ReactNode {
  const { slack } = stage
  const channel = slack.workspace.channels.get(message.channelId)
  if (!channel) return null
  return h(
    'button',
    { type: 'button', key: message.ts, 'data-go': channel.id },
    icon(channel.imWith ? 'chat' : channelIcon(channel)),
    h('b', null, channel.imWith ? 'Messages' : channelName(channel, slack)),
    h('time', { dateTime: instantOf(message.ts).toISOString() }, momentOf(instantOf(message.ts), zone)),
    h('span', null, firstWords(message)),
  )
}

/** The heading, or the first sentence of what has none. */
function firstWords({ blocks, text }: SimulatedMessage): string {
  const heading = blocks.find(({ type }) => type === 'header')
  if (heading) return wordsOf(heading.text)
  return (text.split(/(?<=[.!?])\s|\n/, 1)[0] ?? '').replaceAll(/[*_]/g, '')
}
