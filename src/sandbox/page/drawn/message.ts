// One message: who, when, what; private ones marked, edits said, files offered, replies counted.
import type { SimulatedMessage } from '../../slack/workspace.ts'
import type { Seat, Stage } from '../stage.ts'
import { drawBlocks } from './blocks.ts'
import { h, type ReactNode } from './element.ts'
import { icon } from './icons.ts'
import { avatar, nameOf, standingBadge } from './people.ts'
import { instantOf, momentOf, timeOf } from './times.ts'
import { messageText } from './words.ts'

export interface MessageFrame {
  readonly stage: Stage
  readonly seat: Seat
  readonly zone: string
  readonly replies?: readonly SimulatedMessage[]
}

export function drawMessage(message: SimulatedMessage, frame: MessageFrame): ReactNode {
  const { stage, seat, zone, replies = [] } = frame
  const { slack } = stage
  const at = instantOf(message.ts)
  const isPrivate = message.ephemeralTo !== undefined
  const last = replies.at(-1)
  return h(
    'article',
    { key: message.ts, id: `m-${message.ts}`, className: isPrivate ? 'message private' : 'message', 'data-ts': message.ts },
    avatar(message.userId, slack),
    h(
      'div',
      { className: 'message-body' },
      isPrivate && h('p', { className: 'only-you' }, icon('eye'), 'Only visible to you'),
      h(
        'header',
        null,
        h('b', null, nameOf(message.userId, slack)),
        standingBadge(message.userId, slack),
        h('time', { dateTime: at.toISOString(), title: `${momentOf(at, zone)} (${zone})` }, timeOf(at, zone)),
        message.editedTs !== undefined && h('span', { className: 'edited' }, '(edited)'),
      ),
      message.blocks.length > 0
        ? drawBlocks(message.blocks, { slack, userId: seat.userId, at: { channelId: message.channelId, ts: message.ts } })
        : message.text !== '' && h('div', { className: 'block' }, messageText(message.text, slack)),
      message.files?.map((file) =>
        h(
          'a',
          {
            key: file.id,
            className: 'file',
            href: `/files/${message.channelId}/${message.ts}/${file.id}?as=${seat.userId}`,
            download: file.name,
          },
          icon('file'),
          h('span', null, h('b', null, file.title), h('small', null, `${file.name} · ${file.content.length} bytes`)),
        ),
      ),
      last !== undefined &&
        h(
          'button',
          { type: 'button', className: 'replies', 'data-thread': message.ts },
          `${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}`,
          h('span', null, ` last at ${timeOf(instantOf(last.ts), zone)}`),
        ),
    ),
  )
}
