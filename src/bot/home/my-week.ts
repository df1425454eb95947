// Home: the viewer's own last full week in two lines, or in one below the week of those they lead; the rest is one press away.

import { weekBefore } from '../../domain/period.ts'
import { askButton } from '../../render/ask-button.ts'
import type { Part } from '../../render/message.ts'
import { bold, line } from '../../render/text/text.ts'
import { footnote } from '../../reports/sections/footnote.ts'
import { headline } from '../../reports/sections/headline.ts'
import { composeReport } from '../../reports/write-sections.ts'
import type { HomeSection } from '../action.ts'
import { ledBy } from './my-team.ts'

const myNumbers = askButton('My numbers', '/gong-stats me', 'me')

export const myWeek: HomeSection = {
  id: 'my-week',
  async write(viewer, services, at) {
    if (viewer.standing !== 'member' || !viewer.person?.active) return undefined
    const [chart, today] = [await services.chart(), await services.today()]
    const { message, shows } = await composeReport(
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
      { title: 'My week', controls: [myNumbers, askButton('Scorecards', '/gong-scorecards me', 'cards')] },
    )
    // Where their Gong user is linked to another Slack user later, it was somebody else's look.
    if (shows.length > 0) await services.recordViews(viewer, shows, 'Home')
    return ledBy(viewer, chart, today) ? inOneLine(message.parts) : message.parts
  },
}

/** The first sentence, with the way to the rest. */
function inOneLine(parts: readonly Part[]): readonly Part[] {
  const first = parts.find((part) => part.type === 'text')
  return first ? [{ type: 'text', line: line(bold('Your own calls:'), ' ', first.line), control: myNumbers }] : []
}
