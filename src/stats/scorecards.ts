// Scorecard averages: overall, by card and by question. Questions marked not applicable are left out; human and automatic
// reviews stay apart; no average ever spans two scales. Pure; what the eyes may see is decided in card-visibility.ts.
import type { AnsweredQuestion, AnsweredScorecard, ScoreRange } from '../domain/gong-figures.ts'
import { known, type Measured, noData } from '../domain/measured.ts'
import type { PersonId } from '../domain/person.ts'
import { changeBetween } from './change.ts'
import type { CardSummary, ScoreAverage } from './results.ts'

/** One score and whose it is. */
export interface Score {
  readonly score: number
  readonly reviewedId: PersonId
  readonly range?: ScoreRange
}

/** Cards of one period: those counted, and among them those whose scores may be averaged. */
export interface PeriodCards {
  readonly counted: readonly AnsweredScorecard[]
  readonly averaged: readonly AnsweredScorecard[]
}

/** Mean of the scores; `too-few-people` when they are of fewer than `minimumPeople`, `not-given` without any. */
export function meanScore(scores: readonly Score[], minimumPeople: number): Measured {
  if (scores.length === 0) return noData('not-given')
  if (new Set(scores.map((score) => score.reviewedId)).size < minimumPeople) return noData('too-few-people')
  return known(scores.reduce((sum, { score }) => sum + score, 0) / scores.length)
}

export function averageOf(now: readonly Score[], before: readonly Score[], minimumPeople: number): ScoreAverage {
  const value = meanScore(now, minimumPeople)
  const beforeValue = meanScore(before, minimumPeople)
  const range = now[0]?.range ?? before[0]?.range
  return {
    value,
    before: beforeValue,
    change: changeBetween(value, beforeValue),
    n: now.length,
    ...(range && { range }),
    ...(value.known && range && range.max > range.min && { share: (value.value - range.min) / (range.max - range.min) }),
  }
}

/** One summary per card, method and scale, by the card's name. */
export function summarizeCards(now: PeriodCards, before: PeriodCards, minimumPeople: number): CardSummary[] {
  const nowBy = Map.groupBy(now.counted, cardKey)
  const beforeBy = Map.groupBy(before.counted, cardKey)
  const averaged = new Set([...now.averaged, ...before.averaged])
  return [...nowBy.entries()]
    .map(([key, cards]) => summarize(cards, beforeBy.get(key) ?? [], averaged, minimumPeople))
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.method < b.method ? 1 : -1))
}

function summarize(
  cards: readonly AnsweredScorecard[],
  cardsBefore: readonly AnsweredScorecard[],
  averaged: ReadonlySet<AnsweredScorecard>,
  minimumPeople: number,
): CardSummary {
  const shown = cards.filter((card) => averaged.has(card))
  const shownBefore = cardsBefore.filter((card) => averaged.has(card))
  const latest = cards.reduce((newest, card) => (card.answeredAt > newest.answeredAt ? card : newest))
  return {
    scorecardId: latest.scorecardId,
    name: latest.scorecardName,
    method: latest.method,
    average: averageOf(overallScores(shown), overallScores(shownBefore), minimumPeople),
    answered: cards.length,
    answeredBefore: cardsBefore.length,
    questions: questionSummaries(shown, shownBefore, minimumPeople),
  }
}

/** Questions in the order of the newest card that has them, each scale on its own. */
function questionSummaries(
  cards: readonly AnsweredScorecard[],
  cardsBefore: readonly AnsweredScorecard[],
  minimumPeople: number,
): CardSummary['questions'] {
  const now = Map.groupBy(answersOf(cards), ({ question }) => questionKey(question))
  const before = Map.groupBy(answersOf(cardsBefore), ({ question }) => questionKey(question))
  return [...now.entries()].flatMap(([key, answers]) => {
    const [latest] = answers
    if (!latest) return []
    return {
      questionId: latest.question.questionId,
      ...(latest.question.text !== undefined && { text: latest.question.text }),
      average: averageOf(questionScores(answers), questionScores(before.get(key) ?? []), minimumPeople),
      notApplicable: answers.filter(({ question }) => question.notApplicable).length,
    }
  })
}

interface Answer {
  readonly question: AnsweredQuestion
  readonly reviewedId: PersonId
}

const answersOf = (cards: readonly AnsweredScorecard[]): Answer[] =>
  cards
    .toSorted((a, b) => b.answeredAt.getTime() - a.answeredAt.getTime())
    .flatMap((card) => card.questions.map((question) => ({ question, reviewedId: card.reviewedId })))

const questionScores = (answers: readonly Answer[]): Score[] =>
  answers.flatMap(({ question, reviewedId }) =>
    question.notApplicable || question.score === undefined
      ? []
      : [{ score: question.score, reviewedId, ...(question.range && { range: question.range }) }],
  )

/** Overall scores of cards that have one. */
export const overallScores = (cards: readonly AnsweredScorecard[]): Score[] =>
  cards.flatMap(({ overallScore, overallRange, reviewedId }) =>
    overallScore === undefined ? [] : [{ score: overallScore, reviewedId, ...(overallRange && { range: overallRange }) }],
  )

const rangeKey = (range: ScoreRange | undefined): string => (range ? `${range.min}-${range.max}` : 'unknown')
const cardKey = (card: AnsweredScorecard): string => `${card.scorecardId}/${card.method}/${rangeKey(card.overallRange)}`
const questionKey = (question: AnsweredQuestion): string => `${question.questionId}/${rangeKey(question.range)}`

/** The average over all cards whose scale is known, one per method and scale; cards of unknown scales cannot be put together. */
export function overallByScale(
  cards: readonly AnsweredScorecard[],
  cardsBefore: readonly AnsweredScorecard[],
  minimumPeople: number,
): { method: 'human' | 'automatic'; average: ScoreAverage }[] {
  const scaled = (all: readonly AnsweredScorecard[]) =>
    all.filter((card) => card.overallRange !== undefined && card.overallScore !== undefined)
  const scaleKey = (card: AnsweredScorecard) => `${card.method}/${rangeKey(card.overallRange)}`
  const beforeBy = Map.groupBy(scaled(cardsBefore), scaleKey)
  return [...Map.groupBy(scaled(cards), scaleKey).entries()].flatMap(([key, group]) => {
    const [first] = group
    if (!first) return []
    return { method: first.method, average: averageOf(overallScores(group), overallScores(beforeBy.get(key) ?? []), minimumPeople) }
  })
}
