// What a coaching report rests on, where no conversation figures are shown: how many people, answered scorecards, zone, when read.
import { people, plural } from '../../render/numbers.ts'
import { line } from '../../render/text.ts'
import type { DataState } from '../../stats/data-state.ts'
import { defineSection, type ReportContext } from '../section.ts'
import { personOf, seesNames } from './parts/eyes.ts'
import { readWords } from './parts/read-words.ts'

export const coachingFootnote = defineSection({
  id: 'coaching-footnote',
  title: 'What coaching figures rest on',
  gather: rests,
  render: ({ n, state }, context) => ({
    parts: [
      {
        type: 'note',
        line: line(`${n} Rests on answered scorecards, and counts nothing Gong does not show. ${readWords(state, context)}`),
      },
    ],
    summary: n,
  }),
})

async function rests(context: ReportContext): Promise<{ readonly n: string; readonly state: DataState } | undefined> {
  const { audience, subject, stats, period, locale } = context
  const personId = personOf(context)
  if (personId !== undefined) {
    const { cards, state } = await stats.coachingReceived(personId, period)
    return { n: sentenceCase(`${plural(cards.length, 'scorecard', locale)} in this period.`), state }
  }
  if (audience.type === 'group' || subject.type === 'person' || !seesNames(context)) return undefined
  if (subject.type === 'team') {
    const { reports, state } = await stats.coaching(subject.managerId, period)
    return { n: `Of ${people(reports.length, locale)}.`, state }
  }
  const { managers, state } = await stats.coachingOverview(subject, period)
  return {
    n: `Of ${people(
      managers.reduce((sum, { reports }) => sum + reports, 0),
      locale,
    )} in ${plural(managers.length, 'team', locale)}.`,
    state,
  }
}

const sentenceCase = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
