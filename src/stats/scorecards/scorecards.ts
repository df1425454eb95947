// Scorecard averages: overall, by card and by question. Questions marked not applicable are left out; human and automatic
// reviews stay apart; no average ever spans two scales. Pure; visibility.ts decides what a viewpoint may see.
import { isGivenOpenly } from '../../domain/card-names.ts'
import type { AnsweredQuestion, AnsweredScorecard, ScoreRange } from '../../domain/gong-figures.ts'
import { known, type Measured, noData } from '../../domain/measured.ts'
import type { PersonId } from '../../domain/person.ts'
import { changeBetween } from '../figures/change.ts'
import { besideOverall, type InAverage, type IsAnonymous } from './common-cards.ts'
import type { Filled } from './filled-by.ts'
import { placeOnScale } from './lowest.ts'
import type { CardSummary, ScoreAverage } from './results.ts'
import { reviewedOf } from './reviewed-of.ts'

/** One score, its card and whose it is. */
export interface Score extends InAverage {
  readonly score: number
  readonly range?: ScoreRange | undefined
}

/** Cards of one period: those counted, and among them those whose scores may be averaged. */
export interface PeriodCards {
  readonly counted: readonly AnsweredScorecard[]
  readonly averaged: readonly AnsweredScorecard[]
  /** Whose cards may stand together in a figure, given all that are in it; everybody's where the reader may see them by name. */
  readonly together: Together
  readonly isAnonymous: IsAnonymous
  /** Nothing of this period may be shown, or it was not fetched: its counts are unknown, not zero. */
  readonly isUnknown?: boolean | undefined
}

/** What decides which figures of one period are shown. */
type Rule = Pick<PeriodCards, 'together' | 'isAnonymous' | 'isUnknown'>

const isByName = ({ now }: Both<Rule>): boolean => now.together === everybody

export type Together = (cards: readonly Filled[]) => ReadonlySet<PersonId> | 'everybody'

export const everybody: Together = () => 'everybody'

/** Of what may not be shown at all. */
export const nobody: Together = () => new Set()

/** What may stand together of scores, cards or answers. */
function standing<T extends Filled>(all: readonly T[], together: Together): readonly T[] {
  const kept = together(all)
  return kept === 'everybody' ? all : all.filter(({ reviewedId }) => kept.has(reviewedId))
}

/** Mean of the scores; `too-few-people` when they may not stand together, `not-given` without any. */
function meanScore(scores: readonly Score[], together: Together): { readonly value: Measured; readonly n: number } {
  if (scores.length === 0) return { value: noData('not-given'), n: 0 }
  const kept = standing(scores, together)
  if (kept.length === 0) return { value: noData('too-few-people'), n: 0 }
  return { value: known(kept.reduce((sum, { score }) => sum + score, 0) / kept.length), n: kept.length }
}

interface Both<T> {
  readonly now: T
  readonly before: T
}

function averageOf(now: readonly Score[], before: readonly Score[], together: Both<Together>, byName: boolean): ScoreAverage {
  const { value, n } = meanScore(now, together.now)
  const { value: beforeValue } = meanScore(before, together.before)
  const range = now[0]?.range ?? before[0]?.range
  const share = value.known ? placeOnScale({ score: value.value, range }) : undefined
  return {
    value,
    before: beforeValue,
    change: changeBetween(value, beforeValue, 'score'),
    n,
    range,
    share,
    ...(byName && { of: reviewedOf(now, before) }),
  }
}

/** The cards that may stand together, each card, method and scale by itself. */
export const cardsThatStand = (
  cards: readonly AnsweredScorecard[],
  together: Together,
  keyOf: CardKey = cardKeys(cards),
): readonly AnsweredScorecard[] => [...Map.groupBy(cards, keyOf).values()].flatMap((group) => standing(group, together))

/**
 * One summary per card, method and scale, by the card's name; without cards that nobody may count, and without names those that too few were
 * given openly.
 */
export function summarizeCards(now: PeriodCards, before: PeriodCards): CardSummary[] {
  const keyOf = cardKeys([...before.counted, ...now.counted])
  const nowBy = Map.groupBy(now.counted, keyOf)
  const beforeBy = Map.groupBy(before.counted, keyOf)
  const averaged = new Set([...now.averaged, ...before.averaged])
  const rules = { now, before }
  return [...nowBy.entries()]
    .flatMap(([key, cards]) => summarize({ now: cards, before: beforeBy.get(key) ?? [] }, averaged, rules) ?? [])
    .toSorted(byNameThenPeople)
}

/** By name, people before machines; the rest as first met. */
const byNameThenPeople = (a: CardSummary, b: CardSummary): number => {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return a.method === b.method ? 0 : a.method === 'human' ? -1 : 1
}

function summarize(
  cards: Both<readonly AnsweredScorecard[]>,
  averaged: ReadonlySet<AnsweredScorecard>,
  rules: Both<Rule>,
): CardSummary | undefined {
  const together = { now: rules.now.together, before: rules.before.together }
  const byName = isByName(rules)
  const counted = standing(cards.now, together.now)
  if (counted.length === 0) return undefined
  const countedBefore = standing(cards.before, together.before)
  const named = byName ? counted : standing(cards.now.filter(isGivenOpenly), rules.now.together)
  if (named.length === 0) return undefined
  const shown = cards.now.filter((card) => averaged.has(card))
  const shownBefore = cards.before.filter((card) => averaged.has(card))
  const latest = named.reduce((newest, card) => (card.answeredAt > newest.answeredAt ? card : newest))
  return {
    scorecardId: latest.scorecardId,
    name: latest.scorecardName,
    method: latest.method,
    average: averageOf(overallScores(shown), overallScores(shownBefore), together, byName),
    answered: counted.length,
    ...(byName && { of: reviewedOf(counted, countedBefore) }),
    ...(!rules.before.isUnknown && (countedBefore.length > 0 || cards.before.length === 0) && { answeredBefore: countedBefore.length }),
    questions: questionSummaries(shown, shownBefore, rules),
  }
}

/** Questions in the order of the newest card that has them, each scale on its own. */
function questionSummaries(
  cards: readonly AnsweredScorecard[],
  cardsBefore: readonly AnsweredScorecard[],
  rules: Both<Rule>,
): CardSummary['questions'] {
  const may = { now: shownQuestions(cards, rules.now), before: shownQuestions(cardsBefore, rules.before) }
  const now = Map.groupBy(answersOf(cards), ({ question }) => questionKey(question))
  const before = Map.groupBy(answersOf(cardsBefore), ({ question }) => questionKey(question))
  return [...now.entries()].flatMap(([key, answers]) => {
    const [latest] = answers
    if (!latest) return []
    const left = answers.filter(({ question }) => question.notApplicable)
    const notApplicable = standing(left, rules.now.together).length
    const together = {
      now: may.now.has(key) ? rules.now.together : nobody,
      before: may.before.has(key) ? rules.before.together : nobody,
    }
    return {
      questionId: latest.question.questionId,
      ...(latest.question.text !== undefined && { text: latest.question.text }),
      average: averageOf(questionScores(answers), questionScores(before.get(key) ?? []), together, isByName(rules)),
      ...((notApplicable > 0 || left.length === 0) && { notApplicable }),
      ...(isByName(rules) && { notApplicableOf: reviewedOf(left, []).value }),
    }
  })
}

/** Questions whose average may be shown beside the overall one. */
function shownQuestions(cards: readonly AnsweredScorecard[], { together, isAnonymous }: Rule): ReadonlySet<string> {
  // Whoever sees the cards by name can subtract nothing that they do not see.
  if (together === everybody) return new Set(cards.flatMap(({ questions }) => questions.map(questionKey)))
  const scored = overallScores(cards)
  const shown = standing(scored, together)
  const answers = Map.groupBy(answersOf(cards), ({ question }) => questionKey(question))
  const questions = new Map(
    [...answers].map(([key, all]) => {
      const scoredAnswers = questionScores(all)
      return [key, { scored: scoredAnswers, averaged: standing(scoredAnswers, together) }]
    }),
  )
  // Where too few have a score to show one, others may still be shown theirs, of an org.
  return besideOverall(shown.length > 0 ? shown : scored, questions, isAnonymous)
}

interface Answer extends InAverage {
  readonly question: AnsweredQuestion
}

const inAverage = ({ id, reviewedId, reviewerId, method }: AnsweredScorecard): InAverage => ({
  cardId: id,
  reviewedId,
  ...(reviewerId !== undefined && { reviewerId }),
  method,
})

const answersOf = (cards: readonly AnsweredScorecard[]): Answer[] =>
  cards
    .toSorted((a, b) => b.answeredAt.getTime() - a.answeredAt.getTime())
    .flatMap((card) => card.questions.map((question) => ({ question, ...inAverage(card) })))

const questionScores = (answers: readonly Answer[]): Score[] =>
  answers.flatMap(({ question, ...of }) =>
    question.notApplicable || question.score === undefined ? [] : [{ ...of, score: question.score, range: question.range }],
  )

/** Overall scores of cards that have one. */
const overallScores = (cards: readonly AnsweredScorecard[]): Score[] =>
  cards.flatMap((card) => {
    const { overallScore: score, overallRange: range } = card
    return score === undefined ? [] : [{ ...inAverage(card), score, ...(range && { range }) }]
  })

const rangeKey = (range: ScoreRange | undefined): string => (range ? `${range.min}-${range.max}` : 'unknown')

/** Which cards are one: the same scorecard, method and scale. */
export type CardKey = (card: AnsweredScorecard) => string

/**
 * A card without an overall score (its question did not apply) is a card without a number, not one of another scale: it counts to its
 * scorecard's newest scale. `cards`: all that are held beside each other.
 */
export function cardKeys(cards: readonly AnsweredScorecard[]): CardKey {
  const newest = new Map<string, AnsweredScorecard>()
  const cardOf = ({ scorecardId, method }: AnsweredScorecard): string => `${scorecardId}/${method}`
  for (const card of cards) {
    const known = newest.get(cardOf(card))
    if (isScaled(card) && (!known || card.answeredAt >= known.answeredAt)) newest.set(cardOf(card), card)
  }
  return (card) => {
    const scaled = isScaled(card) ? card : newest.get(cardOf(card))
    return `${cardOf(card)}/${rangeKey(scaled?.overallRange)}`
  }
}
const questionKey = (question: AnsweredQuestion): string => `${question.questionId}/${rangeKey(question.range)}`

/** It says of itself on which scale it is, be it an unknown one. */
const isScaled = ({ overallScore, overallRange }: AnsweredScorecard): boolean => overallScore !== undefined || overallRange !== undefined

/** The average over all cards whose scale is known, one per method and scale; cards of unknown scales cannot be put together. */
export function overallByScale(now: PeriodCards, before: PeriodCards): { method: 'human' | 'automatic'; average: ScoreAverage }[] {
  const scaled = ({ averaged, together }: PeriodCards) =>
    cardsThatStand(
      averaged.filter((card) => card.overallRange !== undefined && card.overallScore !== undefined),
      together,
    )
  const scaleKey = (card: AnsweredScorecard) => `${card.method}/${rangeKey(card.overallRange)}`
  const beforeBy = Map.groupBy(scaled(before), scaleKey)
  return [...Map.groupBy(scaled(now), scaleKey).entries()].flatMap(([key, group]) => {
    const [first] = group
    if (!first) return []
    return {
      method: first.method,
      average: averageOf(overallScores(group), overallScores(beforeBy.get(key) ?? []), { now: everybody, before: everybody }, false),
    }
  })
}
