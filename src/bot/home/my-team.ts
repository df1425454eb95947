// Home: a manager's team in its last full week, without names; the table is one press away.

import { weekBefore } from '../../domain/period.ts'
import { maySee } from '../../domain/policy.ts'
import { askButton } from '../../render/ask-button.ts'
import { conversation } from '../../reports/sections/conversation.ts'
import { footnote } from '../../reports/sections/footnote.ts'
import { headline } from '../../reports/sections/headline.ts'
import { composeReport } from '../../reports/write-sections.ts'
import type { HomeSection } from '../action.ts'

export const myTeam: HomeSection = {
  id: 'my-team',
  async write(viewer, services, at) {
    const { person } = viewer
    if (viewer.standing !== 'member' || !person?.active) return undefined
    const [chart, today] = [await services.chart(), await services.today()]
    if (chart.team(person.id).length === 0) return undefined
    const subject = { type: 'team', managerId: person.id } as const
    const verdict = maySee(viewer, subject, chart, today)
    if (!verdict.allowed) return undefined
    const { message, shows } = await composeReport(
      {
        subject,
        period: weekBefore(today, services.settings.weekStart),
        audience: { type: 'person', viewer },
        detail: verdict.detail,
        stats: services.stats,
        today,
        gongAppUrl: services.settings.gongAppUrl,
        ...at,
      },
      [headline, conversation, footnote],
      {
        title: 'My team',
        controls: [askButton('My team', '/gong-stats team', 'team'), askButton('Coaching', '/gong-coaching', 'coaching')],
      },
    )
    // Without names, the figures of a team of one are still that person's own.
    if (shows.length > 0) await services.recordViews(viewer, shows, 'Home')
    return message.parts
  },
}
