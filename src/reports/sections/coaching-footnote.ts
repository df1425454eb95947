// What a coaching report rests on, where no conversation figures are shown: how many people, answered scorecards, zone, when read.
import { capital, people, plural } from '../../render/text/numbers.ts'
import type { DataState } from '../../stats/data-state.ts'
import { defineSection, type ReportContext } from '../section.ts'
import { sinceKnown } from '../wording/coverage.ts'
import { readWords } from '../wording/data-read.ts'
import { type ScalesShown, scalesOfLowest, withoutScaleWords } from '../wording/scale.ts'
import { cardViewpoint, personOf, seesNames } from '../wording/viewpoint.ts'

export const coachingFootnote = defineSection({
  id: 'coaching-footnote',
  title: 'What coaching figures rest on',
  speaksAlways: true,
  gather: rests,
  render: ({ n, basis, scales, state }, context) => ({
    parts: [],
    smallPrint: [n, basis, withoutScaleWords(scales), readWords(state, context)].filter(Boolean).join(' '),
  }),
})

interface Rests {
  /** Empty where the coverage itself says of how many. */
  readonly n: string
  readonly basis: string
  /** Of the scores that are named. */
  readonly scales: ScalesShown
  readonly state: DataState
}

const byOthers = 'Counts scorecards that other people filled; automatic ones and your own are not among them.'
const byCardsAlone = "Rests on answered scorecards alone: Gong's coaching totals do not say for whom."
const byCounts = 'Rests on answered scorecards and what Gong counts per report.'

async function rests(context: ReportContext): Promise<Rests | undefined> {
  const { audience, subject, stats, period, locale } = context
  const personId = personOf(context)
  if (personId !== undefined) {
    const { cards, lastCard, state } = await stats.coachingReceived(personId, period)
    const since = sinceKnown(state, period, locale)
    const n = state.cardsKnown === 'none' ? '' : `${plural(cards.length, 'scorecard', locale)} ${since ?? 'in this period'}.`
    return { n: capital(n), basis: byOthers, scales: lastCard?.overallScore === undefined ? [] : [lastCard.overallRange], state }
  }
  if (audience.type === 'group' || subject.type === 'person' || !seesNames(context)) return undefined
  if (subject.type === 'team') {
    const { basis, reports, state } = await stats.coaching(subject.managerId, period, cardViewpoint(context))
    return { n: '', basis: basis === 'scorecards' ? byCardsAlone : byCounts, scales: scalesOfLowest(reports), state }
  }
  const { managers, state } = await stats.coachingOverview(subject, period)
  return {
    n: `Of ${people(
      managers.reduce((sum, { reports }) => sum + reports, 0),
      locale,
    )} in ${plural(managers.length, 'team', locale)}.`,
    basis: managers.every(({ coachedBefore }) => coachedBefore) ? byCardsAlone : byCounts,
    scales: [],
    state,
  }
}
