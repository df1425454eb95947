// Names and faces: initials on a color of their own, the app's mark, and what a conversation is called for the one who looks.
import type { SimulatedSlack } from '../../slack/simulated-slack.ts'
import type { SimulatedChannel } from '../../slack/workspace.ts'
import { h, type ReactNode } from './element.ts'
import type { IconName } from './icons.ts'

const colors = 10

/** The same person always gets the same color. */
const colorOf = (id: string): number => [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % colors

export const nameOf = (userId: string, slack: SimulatedSlack): string => slack.workspace.users.get(userId)?.realName ?? userId

export function avatar(userId: string, slack: SimulatedSlack): ReactNode {
  if (userId === slack.botUserId) return appMark()
  const initials = nameOf(userId, slack)
    .split(/\s+/)
    .map((word) => word.slice(0, 1))
    .slice(0, 2)
    .join('')
  return h('span', { className: `avatar color-${colorOf(userId)}`, 'aria-hidden': 'true' }, initials)
}

export const appMark = (): ReactNode =>
  h(
    'span',
    { className: 'avatar app', 'aria-hidden': 'true' },
    h('svg', { viewBox: '0 0 24 24' }, h('path', { d: 'M5 13v4M9.500 7v10M14 10v7M18.500 5v12' })),
  )

export function channelIcon(channel: SimulatedChannel): IconName {
  if (channel.isArchived) return 'box'
  if (channel.isExtShared || channel.isPendingExtShared) return 'globe'
  return channel.isPrivate ? 'lock' : 'hash'
}

export const channelName = (channel: SimulatedChannel, slack: SimulatedSlack): string =>
  channel.imWith ? nameOf(slack.botUserId, slack) : channel.name

/** What the icon says, for those who do not see it. */
export function channelKind(channel: SimulatedChannel): string {
  if (channel.imWith) return 'direct messages'
  if (channel.isArchived) return 'archived channel'
  if (channel.isExtShared) return 'channel shared with another company'
  return channel.isPrivate ? 'private channel' : 'channel'
}

const badge = (text: string): ReactNode => h('span', { className: 'badge' }, text)

/** Guest, outsider, admin: shown beside the name. */
export function standingBadge(userId: string, slack: SimulatedSlack): ReactNode {
  const user = slack.workspace.users.get(userId)
  if (user?.isBot) return badge('APP')
  if (user?.isOutside) return badge('other company')
  if (user?.isGuest) return badge('guest')
  return null
}
