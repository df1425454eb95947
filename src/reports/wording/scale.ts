// What a message says of scores whose scale is not known, once for all of them: a bare "3.0" could be of 5 or of 50. A known scale
// stands beside its score.
import type { AnsweredScorecard, ScoreRange } from '../../domain/gong-figures.ts'
import type { ReportCoverage } from '../../stats/coaching/results.ts'
import type { ScoreAverage, ScorecardReport } from '../../stats/scorecards/results.ts'

/** One entry for each score that is shown: its scale, or undefined where it is not known. */
export type ScalesShown = readonly (ScoreRange | undefined)[]

/** One sentence; empty where no score is shown or each has its scale. */
export function withoutScaleWords(shown: ScalesShown): string {
  const without = shown.filter((range) => range === undefined).length
  if (without === 0) return ''
  return without === shown.length ? 'Gong gives no scale for scorecard scores.' : 'Where a score has no scale, Gong gives none.'
}

const ofAverage = ({ value, range }: ScoreAverage): ScalesShown => (value.known ? [range] : [])

/** Of the averages of cards and questions, and of the single cards. */
export const scalesOfReport = ({ cards, single }: Pick<ScorecardReport, 'cards' | 'single'>): ScalesShown => [
  ...cards.flatMap(({ average, questions }) => [average, ...questions.map((question) => question.average)].flatMap(ofAverage)),
  ...single.flatMap(scalesOfCard),
]

/** Of a card as it was answered: its overall score and each question's. */
const scalesOfCard = ({ overallScore, overallRange, questions }: AnsweredScorecard): ScalesShown => [
  ...(overallScore === undefined ? [] : [overallRange]),
  ...questions.flatMap(({ score, range, notApplicable }) => (score === undefined || notApplicable ? [] : [range])),
]

/** Of the lowest answers that coaching names. */
export const scalesOfLowest = (coverage: readonly Pick<ReportCoverage, 'lowest'>[]): ScalesShown =>
  coverage.flatMap(({ lowest }) => (lowest ? [lowest.range] : []))
