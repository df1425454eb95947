// Home for admins: who set up, changed or sent what lately, from the access log. Figures are never in it.
import type { Part } from '../../render/message.ts'
import { bold, line } from '../../render/text/text.ts'
import type { HomeSection } from '../action.ts'
import { accessDetail } from '../wording/access-detail.ts'

const shownAtMost = 8

export const latestChanges: HomeSection = {
  id: 'latest-changes',
  async write(viewer, services, at) {
    if (viewer.standing !== 'member' || !viewer.isAdmin) return undefined
    const changes = await services.admin.changes(shownAtMost)
    if (changes.length === 0) return undefined
    const when = new Intl.DateTimeFormat(at.locale, { timeZone: at.zone, dateStyle: 'medium', timeStyle: 'short' })
    return [
      { type: 'heading', text: 'Latest changes' },
      ...changes.map(
        (change): Part => ({
          type: 'text',
          line: line(
            when.format(change.at),
            ' · ',
            bold(change.by),
            ` · ${accessDetail(change.detail)}${change.about ? ` · about ${change.about}` : ''}`,
          ),
        }),
      ),
    ]
  },
}
