// Home: whom a manager was reminded to coach and has not yet, each with the way to prepare. Somebody who has moved to another manager
// is left out: the policy is asked again.
import { maySee } from '../../domain/policy.ts'
import { dateShort } from '../../render/dates.ts'
import type { Part } from '../../render/message.ts'
import { bold, line } from '../../render/text.ts'
import { askControl } from '../commands/help.ts'
import type { HomeSection } from '../interaction.ts'

const shownAtMost = 8

export const reminders: HomeSection = {
  id: 'reminders',
  async write(viewer, desk, at) {
    const { person } = viewer
    if (viewer.standing !== 'member' || !person?.active) return undefined
    const [items, chart, today] = await Promise.all([desk.openReminders(person.id), desk.chart(), desk.today()])
    const mine = items.filter(({ reportId }) => maySee(viewer, { type: 'person', personId: reportId }, chart, today).allowed)
    if (mine.length === 0) return undefined
    return [
      { type: 'heading', text: 'Waiting to be coached' },
      ...mine.slice(0, shownAtMost).map(
        ({ reportId, openedAt }, index): Part => ({
          type: 'text',
          line: line(
            bold(chart.people.get(reportId)?.name ?? reportId),
            ` · named ${dateShort(openedAt.toISOString().slice(0, 10), at.locale)}`,
          ),
          control: askControl('Prepare 1:1', `/gong-coaching gong:${reportId}`, `coach-${index}`),
        }),
      ),
      ...(mine.length > shownAtMost ? [{ type: 'note' as const, line: line(`And ${mine.length - shownAtMost} more.`) }] : []),
    ]
  },
}
