// Home: the viewer's own last full week in two lines; the rest is one press away.

import { weekBefore } from '../../domain/period.ts'
import { askButton } from '../../render/ask-button.ts'
import { footnote } from '../../reports/sections/footnote.ts'
import { headline } from '../../reports/sections/headline.ts'
import { composeReport } from '../../reports/write-sections.ts'
import type { HomeSection } from '../action.ts'

export const myWeek: HomeSection = {
  id: 'my-week',
  async write(viewer, services, at) {
    if (viewer.standing !== 'member' || !viewer.person?.active) return undefined
    const today = await services.today()
    const { message } = await composeReport(
      {
        subject: { type: 'person', personId: viewer.person.id },
        period: weekBefore(today, services.settings.weekStart),
        audience: { type: 'person', viewer },
        detail: 'by-name',
        stats: services.stats,
        today,
        gongAppUrl: services.settings.gongAppUrl,
        ...at,
      },
      [headline, footnote],
      {
        title: 'My week',
        controls: [askButton('My numbers', '/gong-stats me', 'me'), askButton('Scorecards', '/gong-scorecards me', 'cards')],
      },
    )
    return message.parts
  },
}
