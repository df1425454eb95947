// Home: the viewer's own last full week in two lines; the rest is one press away.
import { weekBefore } from '../../domain/period.ts'
import { askControl } from '../commands/help.ts'
import { composeReport } from '../compose.ts'
import type { HomeSection } from '../interaction.ts'
import { footnote } from '../sections/footnote.ts'
import { headline } from '../sections/headline.ts'

export const myWeek: HomeSection = {
  id: 'my-week',
  async write(viewer, desk, at) {
    if (viewer.standing !== 'member' || !viewer.person?.active) return undefined
    const today = await desk.today()
    const { message } = await composeReport(
      {
        subject: { type: 'person', personId: viewer.person.id },
        period: weekBefore(today, desk.settings.weekStart),
        audience: { type: 'person', viewer },
        detail: 'by-name',
        stats: desk.stats,
        today,
        gongAppUrl: desk.settings.gongAppUrl,
        ...at,
      },
      [headline, footnote],
      {
        title: 'My week',
        controls: [askControl('My numbers', '/gong-stats me', 'me'), askControl('Scorecards', '/gong-scorecards me', 'cards')],
      },
    )
    return message.parts
  },
}
