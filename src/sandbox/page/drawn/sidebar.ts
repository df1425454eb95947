// The list of conversations of whoever one acts as: Home, channels, direct messages with the app. The browser marks what is unread.
import type { SimulatedChannel } from '../../slack/workspace.ts'
import type { Seat, Stage } from '../stage.ts'
import { h, type ReactNode } from './element.ts'
import { icon } from './icons.ts'
import { appMark, avatar, channelIcon, channelKind, channelName, nameOf } from './people.ts'
import { slackbotId, slackbotMark } from './slackbot.ts'
import { momentOf } from './times.ts'

export function sidebar(stage: Stage, seat: Seat): ReactNode {
  const { slack } = stage
  const mine = [...slack.workspace.channels.values()].filter(({ memberIds }) => memberIds.includes(seat.userId))
  const channels = mine.filter(({ imWith }) => imWith === undefined).toSorted(order)
  const user = slack.workspace.users.get(seat.userId)
  const role = stage.personas.find(({ userId }) => userId === seat.userId)?.role
  const dm = slack.workspace.directMessageWith(seat.userId)
  return h(
    'nav',
    { className: 'sidebar', 'aria-label': 'Conversations' },
    h('p', { className: 'workspace' }, slack.workspace.teamName, h('small', null, 'simulated workspace')),
    h('h2', null, nameOf(slack.botUserId, slack)),
    h(
      'ul',
      null,
      !user?.isOutside &&
        entry({ id: 'home', label: 'Home', mark: icon('home'), kind: 'Home tab of the app', current: seat.channelId === 'home' }),
      !user?.isOutside && conversationEntry(dm, 'Messages'),
    ),
    !user?.isOutside && h('h2', null, 'Slack'),
    // Of another company's user it is the Slackbot of their own workspace, which knows nothing of the app.
    !user?.isOutside &&
      h(
        'ul',
        null,
        entry({ id: slackbotId, label: 'Slackbot', mark: slackbotMark(), kind: 'direct messages', current: seat.channelId === slackbotId }),
      ),
    h('h2', null, 'Channels'),
    h(
      'ul',
      null,
      channels.map((channel) => conversationEntry(channel, channelName(channel, slack))),
    ),
    h(
      'div',
      { className: 'me' },
      avatar(seat.userId, slack),
      h('span', null, h('b', null, nameOf(seat.userId, slack)), h('small', null, [role, user?.title].filter(Boolean).join(' · '))),
      user && h('time', { title: user.zone }, `${momentOf(stage.now(), user.zone)} · ${user.zone.split('/').at(-1)?.replaceAll('_', ' ')}`),
    ),
  )

  function conversationEntry(channel: SimulatedChannel, label: string): ReactNode {
    const newest = slack.messages(channel.id, seat.userId).at(-1)?.ts ?? ''
    return entry({
      id: channel.id,
      label,
      mark: channel.imWith ? appMark() : icon(channelIcon(channel)),
      kind: channelKind(channel),
      current: channel.id === seat.channelId,
      newest,
      ...(channel.isArchived && { className: 'archived' }),
    })
  }
}

function entry(of: {
  readonly id: string
  readonly label: string
  readonly mark: ReactNode
  readonly kind: string
  readonly current: boolean
  readonly newest?: string
  readonly className?: string
}): ReactNode {
  return h(
    'li',
    { key: of.id },
    h(
      'button',
      {
        type: 'button',
        'data-go': of.id,
        'data-newest': of.newest,
        className: of.className,
        ...(of.current && { 'aria-current': 'page' }),
      },
      of.mark,
      h('span', { className: 'name' }, of.label),
      h('span', { className: 'unseen' }, of.kind),
    ),
  )
}

/** Open ones first, then by name. */
const order = (a: SimulatedChannel, b: SimulatedChannel): number =>
  Number(a.isArchived ?? false) - Number(b.isArchived ?? false) || a.name.localeCompare(b.name)
