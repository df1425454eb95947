// Whether coaching works: what became of the question somebody was coached on. Pure. It compares a person with themselves alone, and says
// nothing of those whose question was not scored since; a lowest answer also tends to rise by itself.
import type { AnsweredQuestion, AnsweredScorecard } from '../../domain/gong-figures.ts'
import { addDays, type LocalDate, localDateOf } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import { lowestFirst } from '../scorecards/lowest.ts'
import { isCoaching } from './coverage.ts'
import type { QuestionsSince } from './results.ts'

/** Coaching of these weeks before the period's end is looked at: early enough to show, late enough to remember. */
export const effectWeeks = { from: 8, to: 4 } as const

interface EffectFacts {
  readonly zone: string
  /** The period's half-open end. */
  readonly to: LocalDate
  /** Cards of the eight weeks before `to` whose scores may be shown. */
  readonly cards: readonly AnsweredScorecard[]
}

type Scored = AnsweredQuestion & { readonly score: number }

/**
 * Each person coached in the fifth to eighth week before `to`: the lowest answer of their latest card by somebody else in those weeks, beside
 * the mean of all answers to the same question of the same card in the last four. `2.0`, then `3` and `4` (3.5): rose. Scores are compared
 * as printed, to a tenth.
 */
export function questionsSince({ zone, to, cards }: EffectFacts): QuestionsSince {
  const [first, middle] = [addDays(to, -7 * effectWeeks.from), addDays(to, -7 * effectWeeks.to)]
  const dated = cards
    .map((card) => ({ card, on: localDateOf(card.answeredAt, zone) }))
    .toSorted((a, b) => b.card.answeredAt.getTime() - a.card.answeredAt.getTime())
  const since = Map.groupBy(
    dated.filter(({ on }) => on >= middle && on < to),
    ({ card }) => card.reviewedId,
  )
  const coachedOn = new Map<PersonId, { readonly card: AnsweredScorecard; readonly question: Scored }>()
  for (const { card, on } of dated) {
    if (on < first || on >= middle || !isCoaching(card) || coachedOn.has(card.reviewedId)) continue
    const [question] = lowestFirst(card.questions.filter(isScored))
    if (question) coachedOn.set(card.reviewedId, { card, question })
  }
  const became: { [Way in keyof QuestionsSince]: PersonId[] } = { rose: [], unchanged: [], fell: [], notScoredSince: [] }
  for (const [personId, { card, question }] of coachedOn) {
    const scores = (since.get(personId) ?? [])
      .filter((later) => later.card.scorecardId === card.scorecardId)
      .flatMap((later) => later.card.questions.filter(isScored))
      .flatMap(({ questionId, score }) => (questionId === question.questionId ? [score] : []))
    became[wayOf(question.score, scores)].push(personId)
  }
  return became
}

function wayOf(then: number, scores: readonly number[]): keyof QuestionsSince {
  if (scores.length === 0) return 'notScoredSince'
  const change = asPrinted(scores.reduce((sum, score) => sum + score, 0) / scores.length) - asPrinted(then)
  return change > 0 ? 'rose' : change < 0 ? 'fell' : 'unchanged'
}

/** To a tenth. */
const asPrinted = (score: number): number => Math.round(score * 10)

const isScored = (question: AnsweredQuestion): question is Scored => question.score !== undefined && !question.notApplicable
