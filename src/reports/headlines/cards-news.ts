// What scorecards say first: the card whose score moved most and the question that fell most. By change, not by number of answers; a
// movement below a tenth, or of fewer than three answers, is no news.
import { noiseFloor } from '../../domain/unit.ts'
import { plural, score } from '../../render/text/numbers.ts'
import { bold, clip, type Line, line } from '../../render/text/text.ts'
import type { Contributors } from '../../stats/figures/results.ts'
import type { CardSummary, ScoreAverage, ScorecardReport } from '../../stats/scorecards/results.ts'
import { reviewedIn } from '../wording/viewpoint.ts'

const leastAnswers = 3
const longestQuestion = 90
const longestCard = 60

export const cardName = (card: Pick<CardSummary, 'name' | 'method'>): string =>
  `${clip(card.name.trim(), longestCard) || 'Unnamed card'}${card.method === 'automatic' ? ' (automatic)' : ''}`

export const questionName = ({ text, questionId }: Pick<CardSummary['questions'][number], 'text' | 'questionId'>): string =>
  clip(text?.trim() || `Question ${questionId}`, longestQuestion)

/** How far a score moved, by its scale where that is known, so that scores of two scales can be ordered. */
const weightOf = ({ change, range }: ScoreAverage): number =>
  change.known ? change.value / Math.max(range ? range.max - range.min : 5, 1e-9) : 0

/** Cards by how far their score or one of their questions moved, falls and rises alike; equal ones by number of cards. */
export const byChange = (cards: readonly CardSummary[]): readonly CardSummary[] =>
  cards
    .map((card) => ({
      card,
      weight: Math.max(...[card.average, ...card.questions.map(({ average }) => average)].map((of) => Math.abs(weightOf(of)))),
    }))
    .toSorted((a, b) => b.weight - a.weight || b.card.answered - a.card.answered)
    .map(({ card }) => card)

interface Moved {
  readonly card: CardSummary
  readonly of: ScoreAverage
  readonly question?: CardSummary['questions'][number]
}

const isNews = ({ value, before, change, n }: ScoreAverage): boolean =>
  n >= leastAnswers && value.known && before.known && change.known && Math.abs(change.value) >= noiseFloor(before.value, 'score') - 1e-9

const largest = (moved: readonly Moved[], sign: 1 | -1): Moved | undefined =>
  moved.filter(({ of }) => isNews(of) && sign * weightOf(of) > 0).toSorted((a, b) => sign * (weightOf(b.of) - weightOf(a.of)))[0]

export interface CardsNews {
  readonly line: Line
  readonly isFall: boolean
  /** Whose cards are in each figure of the line. */
  readonly of: readonly (Contributors | undefined)[]
}

/** `**Discovery fell** from 3.8 to 3.3: "Agreed a next step" 4.4 → 3.5 (9 cards).` Undefined when no score moved by more than noise. */
export function cardsNewsOf({ cards }: ScorecardReport, locale: string): CardsNews | undefined {
  const overall = cards.map((card): Moved => ({ card, of: card.average }))
  const questions = cards.flatMap((card) => card.questions.map((question): Moved => ({ card, question, of: question.average })))
  const fellMost = largest(questions, -1)
  const card = largest(overall, -1)
  if (card) {
    const own = largest(
      questions.filter((each) => each.card === card.card),
      -1,
    )
    const said = line(
      bold(`${cardName(card.card)} fell`),
      ` ${fromTo(card.of, locale)}`,
      own ? `: ${arrow(own, locale)}` : '',
      ` (${counted(card.card, locale)}).`,
    )
    return { line: said, isFall: true, of: figuresSaid(card, own) }
  }
  if (fellMost) {
    const said = line(
      bold(`"${nameOfQuestion(fellMost)}" fell`),
      ` ${fromTo(fellMost.of, locale)} on ${cardName(fellMost.card)} (${counted(fellMost.card, locale)}).`,
    )
    return { line: said, isFall: true, of: figuresSaid(fellMost) }
  }
  const risen = largest(overall, 1) ?? largest(questions, 1)
  if (!risen) return undefined
  const name = risen.question ? `"${nameOfQuestion(risen)}" rose` : `${cardName(risen.card)} rose`
  const said = line(
    bold(name),
    ` ${fromTo(risen.of, locale)}${risen.question ? ` on ${cardName(risen.card)}` : ''} (${counted(risen.card, locale)}).`,
  )
  return { line: said, isFall: false, of: figuresSaid(risen) }
}

const figuresSaid = (moved: Moved, beside?: Moved): CardsNews['of'] => [
  moved.card.of?.value,
  ...reviewedIn(moved.of),
  ...(beside ? reviewedIn(beside.of) : []),
]

const nameOfQuestion = ({ question }: Moved): string => (question ? questionName(question) : '')

/** `"Agreed a next step" 4.4 → 3.5` */
const arrow = (moved: Moved, locale: string): string =>
  moved.of.value.known && moved.of.before.known
    ? `"${nameOfQuestion(moved)}" ${score(moved.of.before.value, locale)} → ${score(moved.of.value.value, locale, moved.of.range)}`
    : ''

const fromTo = ({ value, before, range }: ScoreAverage, locale: string): string =>
  value.known && before.known ? `from ${score(before.value, locale)} to ${score(value.value, locale, range)}` : ''

const counted = (card: CardSummary, locale: string): string => plural(card.answered, 'card', locale)
