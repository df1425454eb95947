// Whom a manager looks at first: people without coaching for long, each with the reason, the call to hear and the way to prepare. For the
// manager alone; whom a reminder names, with answers to press, is in ../digests/reminder-rows.ts.
import { besideButton } from '../../render/ask-button.ts'
import type { Control, Part } from '../../render/message.ts'
import { bold, line } from '../../render/text/text.ts'
import type { CoachingReport, ReportCoverage } from '../../stats/coaching/results.ts'
import { callToHear, whyWords } from '../digests/reminder-words.ts'
import { defineSection, type ReportContext } from '../section.ts'
import { byNeed, isLongWithout } from '../wording/coaching-need.ts'
import { nameOf } from '../wording/subject.ts'
import { cardViewpoint, isCoach, seesNames } from '../wording/viewpoint.ts'

const most = 3

export const lookFirst = defineSection({
  id: 'look-first',
  title: 'Look at first',
  async gather(context) {
    const { subject, stats, period } = context
    if (subject.type !== 'team' || !seesNames(context) || !isCoach(context)) return undefined
    const report = await stats.coaching(subject.managerId, period, cardViewpoint(context))
    const rows = chosen(report)
    return rows.length > 0 ? { report, rows } : undefined
  },
  render({ report, rows }, context) {
    return {
      parts: [
        { type: 'text', line: line(bold('Look at first')) },
        ...rows.map(
          (coverage): Part => ({
            type: 'item',
            line: line('• ', bold(nameOf(context, coverage.report)), `: ${whyWords(coverage, report, context.locale)}`),
            controls: controlsFor(coverage, context),
          }),
        ),
      ],
      shows: rows.map(({ report: person }) => person.id),
    }
  },
})

/** Those longest without coaching; where nobody is, whoever has the lowest answer since. */
function chosen({ reports }: CoachingReport): readonly ReportCoverage[] {
  const sorted = reports.toSorted(byNeed)
  const waiting = sorted.filter(isLongWithout).slice(0, most)
  return waiting.length > 0 ? waiting : sorted.filter(({ lowest }) => lowest).slice(0, 1)
}

const controlsFor = (coverage: ReportCoverage, { gongAppUrl }: ReportContext): readonly Control[] => {
  const { id } = coverage.report
  return [...callToHear(coverage, gongAppUrl), besideButton('Prepare 1:1', `/gong-coaching gong:${id}`, `prepare-${id}`)]
}
