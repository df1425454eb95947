// Home for admins: what Slack refuses the bot at this moment, and what to switch on.

import { markedSentenceMessage } from '../../render/one-sentence-message.ts'
import { line } from '../../render/text/text.ts'
import type { HomeSection } from '../action.ts'

export const outages: HomeSection = {
  id: 'outages',
  async write(viewer, services, at) {
    if (viewer.standing !== 'member' || !viewer.isAdmin) return undefined
    const open = await services.admin.outages()
    if (open.length === 0) return undefined
    const when = new Intl.DateTimeFormat(at.locale, { timeZone: at.zone, weekday: 'short', hour: '2-digit', minute: '2-digit' })
    return [
      { type: 'heading', text: 'Slack refuses the bot' },
      ...open.flatMap(({ since, words }) => [
        ...markedSentenceMessage(words).parts,
        { type: 'note' as const, line: line(`Since ${when.format(since)}.`) },
      ]),
    ]
  },
}
