// Which report each command writes. Sections decide from the context what they may show; nothing here widens it.
import { AskError } from '../../errors.ts'
import { oneOnOne } from '../../reports/one-on-one/one-on-one.ts'
import type { Section } from '../../reports/section.ts'
import { coachingSections, scorecardSections, statsSections } from '../../reports/sections/index.ts'
import { composeReport } from '../../reports/write-sections.ts'
import { coachFor, type ReportCommand } from './question.ts'
import type { WriteReport } from './reply.ts'

const composed =
  (sections: readonly Section[]): WriteReport =>
  (context) =>
    composeReport(context, sections)

/** Coverage names people, so nobody gets it as medians; one report is a screen for the 1:1, oneself what one received. */
const coaching: WriteReport = async (context, chart) => {
  const { subject, audience, detail } = context
  if (detail === 'medians' || audience.type === 'group') {
    throw new AskError('Who was coached is between people, so it is shown to managers only and never in a channel.', [
      { label: 'Coaching I received', command: '/gong-coaching', text: 'me' },
    ])
  }
  const self = audience.viewer.person?.id
  if (subject.type !== 'person' || subject.personId === self) return composeReport(context, coachingSections)
  const coach = coachFor(subject.personId, audience.viewer, chart, context.today)
  return oneOnOne(subject.personId, coach?.id, context)
}

export const reportWriters: Readonly<Record<ReportCommand, WriteReport>> = {
  '/gong-stats': composed(statsSections),
  '/gong-scorecards': composed(scorecardSections),
  '/gong-coaching': coaching,
}
