// Home: a manager's team in its last full week, by name nowhere: the table is one press away.
import { weekBefore } from '../../domain/period.ts'
import { maySee } from '../../domain/policy.ts'
import { askControl } from '../commands/help.ts'
import { composeReport } from '../compose.ts'
import type { HomeSection } from '../interaction.ts'
import { conversation } from '../sections/conversation.ts'
import { footnote } from '../sections/footnote.ts'
import { headline } from '../sections/headline.ts'

export const myTeam: HomeSection = {
  id: 'my-team',
  async write(viewer, desk, at) {
    const { person } = viewer
    if (viewer.standing !== 'member' || !person?.active) return undefined
    const [chart, today] = [await desk.chart(), await desk.today()]
    if (chart.team(person.id).length === 0) return undefined
    const subject = { type: 'team', managerId: person.id } as const
    const verdict = maySee(viewer, subject, chart, today)
    if (!verdict.allowed) return undefined
    const { message } = await composeReport(
      {
        subject,
        period: weekBefore(today, desk.settings.weekStart),
        audience: { type: 'person', viewer },
        detail: verdict.detail,
        stats: desk.stats,
        today,
        gongAppUrl: desk.settings.gongAppUrl,
        ...at,
      },
      [headline, conversation, footnote],
      {
        title: 'My team',
        controls: [askControl('My team', '/gong-stats team', 'team'), askControl('Coaching', '/gong-coaching', 'coaching')],
      },
    )
    return message.parts
  },
}
