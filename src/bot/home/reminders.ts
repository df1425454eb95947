// Home: reminders a coach has not answered yet, each with the answers and a way to prepare. The coaching service decides who is still
// theirs.

import { localDateOf } from '../../domain/period.ts'
import { askButton } from '../../render/ask-button.ts'
import type { Part } from '../../render/message.ts'
import { dateShort } from '../../render/text/dates.ts'
import { bold, line } from '../../render/text/text.ts'
import { answerControls } from '../../reports/digests/reminder-rows.ts'
import type { HomeSection } from '../action.ts'

const shownAtMost = 4

export const reminders: HomeSection = {
  id: 'reminders',
  async write(viewer, services, at) {
    if (viewer.standing !== 'member' || !viewer.person?.active) return undefined
    const [waiting, chart] = await Promise.all([services.coaching.waiting(viewer), services.chart()])
    if (waiting.length === 0) return undefined
    return [
      { type: 'heading', text: 'Reminders waiting' },
      ...waiting.slice(0, shownAtMost).map(
        ({ id, reportId, openedAt }, index): Part => ({
          type: 'item',
          line: line(
            bold(chart.people.get(reportId)?.name ?? reportId),
            ` · named ${dateShort(localDateOf(openedAt, services.settings.zone), at.locale)}`,
          ),
          controls: [askButton('Prepare 1:1', `/gong-coaching gong:${reportId}`, `coach-${index}`), ...answerControls(id)],
        }),
      ),
      ...(waiting.length > shownAtMost
        ? [{ type: 'note' as const, line: line(`And ${waiting.length - shownAtMost} more; they follow as these are answered.`) }]
        : []),
    ]
  },
}
