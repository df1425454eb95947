// Home: reminders a coach has not answered yet, each with the answers and a way to prepare. The coaching service decides who is still
// theirs.

import { cutList } from '../../domain/cut-list.ts'
import { localDateOf } from '../../domain/period.ts'
import { besideButton } from '../../render/ask-button.ts'
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
    const { shown, more } = cutList(waiting, shownAtMost)
    return [
      { type: 'heading', text: 'Reminders waiting' },
      ...shown.map(
        ({ id, reportId, openedAt }, index): Part => ({
          type: 'item',
          line: line(
            bold(chart.people.get(reportId)?.name ?? reportId),
            ` · in your reminder of ${dateShort(localDateOf(openedAt, services.settings.zone), at.locale)}`,
          ),
          controls: [besideButton('Prepare 1:1', `/gong-coaching gong:${reportId}`, `coach-${index}`), ...answerControls(id)],
        }),
      ),
      ...(more > 0 ? [{ type: 'note' as const, line: line(`And ${more} more; they follow as these are answered.`) }] : []),
    ]
  },
}
