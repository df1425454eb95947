// Home: the digests the viewer receives and sends, each with its next run; the rest is done in the digest command.

import type { DigestEntry } from '../../digests/service.ts'
import { cutList } from '../../domain/cut-list.ts'
import { askButton } from '../../render/ask-button.ts'
import type { Part } from '../../render/message.ts'
import { bold, channel, line } from '../../render/text/text.ts'
import { digestActions } from '../../reports/digest-actions.ts'
import type { HomeSection } from '../action.ts'
import { reasonInWords, titleOf } from '../wording/digest-entry.ts'

const shownAtMost = 3

export const myDigests: HomeSection = {
  id: 'my-digests',
  async write(viewer, services, at) {
    if (viewer.standing !== 'member' || (!viewer.person?.active && !viewer.isAdmin)) return undefined
    const { receives, sends } = await services.digests.mine(viewer)
    const when = new Intl.DateTimeFormat(at.locale, {
      timeZone: at.zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
    })
    const own = new Set(sends.map(({ subscription }) => subscription.id))
    const rows = [...sends, ...receives.filter(({ subscription }) => !own.has(subscription.id))]
    const { shown, more } = cutList(rows, shownAtMost)
    return [
      { type: 'heading', text: 'My digests' },
      ...(rows.length === 0
        ? [
            {
              type: 'text' as const,
              line: line('None yet. A digest brings the same figures every week, in a channel or by direct message.'),
            },
          ]
        : shown.map((entry): Part => row(entry, entry.subscription.ownerSlackId === viewer.slackUserId, when))),
      {
        type: 'buttons',
        controls: [
          { type: 'button', label: 'New digest', actionId: digestActions.create },
          askButton(more > 0 ? `All ${rows.length}` : 'Manage', '/gong-digest', 'digests'),
        ],
      },
    ]
  },
}

function row(entry: DigestEntry, isOwn: boolean, when: Intl.DateTimeFormat): Part {
  const { subscription, nextRun } = entry
  const { destination } = subscription
  const next =
    subscription.status === 'paused'
      ? `paused${subscription.pausedWhy ? `: ${reasonInWords(subscription.pausedWhy)}` : ''}`
      : nextRun
        ? `next ${when.format(nextRun.at)}`
        : 'not planned'
  return {
    type: 'text',
    line: line(
      bold(titleOf(entry)),
      ' → ',
      destination.type === 'channel' ? channel(destination.channelId) : 'direct message',
      ` · ${isOwn ? '' : `sent by ${entry.ownerName} · `}${next}`,
    ),
    ...(entry.mayChange && { control: { type: 'button' as const, label: 'Change', actionId: digestActions.edit, value: subscription.id } }),
  }
}
