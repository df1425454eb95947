// What a person's cards put into a group's figures, and who filled those cards: asked before newer cards are shown. Pure.
import { idWithoutReviewer } from '../../domain/card-id.ts'
import type { AnsweredScorecard } from '../../domain/gong-figures.ts'
import type { PersonId } from '../../domain/person.ts'
import type { OrgChart } from '../../domain/team.ts'
import type { Contribution } from '../groups/release.ts'
import { type FilledInFigure, filledBy } from './filled-by.ts'
import { mayAverage } from './visibility.ts'

interface Fact {
  readonly text: string
  readonly card: AnsweredScorecard
}

/** By figure. */
export type Facts = ReadonlyMap<string, readonly Fact[]>

/** Counts, averages, and each set of questions that applied, because an overall score is made of those. */
export function factsOf(cards: readonly AnsweredScorecard[], unmarked: 'show' | 'hide'): Facts {
  const facts = new Map<string, Fact[]>()
  for (const card of cards) {
    const add = (figure: string, fact: unknown): void => {
      const known = facts.get(figure)
      const made = { text: JSON.stringify(fact), card }
      if (known) known.push(made)
      else facts.set(figure, [made])
    }
    const name = `${card.scorecardId} ${card.method}`
    add(`cards ${name}`, card.overallRange)
    if (!mayAverage(card, { type: 'group' }, unmarked)) continue
    const { overallScore, overallRange } = card
    if (overallScore !== undefined) {
      add(`score ${name} ${scaleOf(overallRange)}`, overallScore)
      add(`overall ${card.method} ${scaleOf(overallRange)}`, overallScore)
    }
    const scored = card.questions.filter(({ score, notApplicable }) => score !== undefined && !notApplicable)
    for (const question of scored) add(`question ${question.questionId} ${scaleOf(question.range)}`, question.score)
    for (const { questionId } of card.questions.filter(({ notApplicable }) => notApplicable)) add(`not applicable ${questionId}`, 1)
    const applied = scored.map(({ questionId }) => questionId).toSorted()
    add(`applied ${name} ${applied.join()}`, [overallScore, scored.map(({ questionId, score }) => [questionId, score]).toSorted()])
  }
  return facts
}

const scaleOf = (range: AnsweredScorecard['overallRange']): string => (range ? `${range.min}-${range.max}` : 'unknown')

export const contributionOf = (facts: Facts): Contribution =>
  new Map(
    [...facts].map(([figure, own]) => [
      figure,
      own
        .map(({ text }) => text)
        .toSorted()
        .join(),
    ]),
  )

/** A person's cards as they were shown, are now, and were shown before that. */
export interface FactVersions {
  readonly shown: Facts
  readonly now: Facts
  readonly earlier: readonly Facts[]
}

/** Who filled the cards of these people in a figure, over all versions, and those that are in one of the latest two alone. */
export function filledInFigures(people: readonly FactVersions[], chart: OrgChart): (figure: string) => FilledInFigure {
  const made = new Map<string, FilledInFigure>()
  return (figure) => {
    const found = made.get(figure) ?? {
      all: filledBy(
        people.flatMap(({ shown, now, earlier }) => [shown, now, ...earlier].flatMap((facts) => cardsIn(facts, figure))),
        chart,
      ),
      changed: filledBy(
        people.flatMap(({ shown, now }) => [...addedIn(figure, shown, now), ...addedIn(figure, now, shown)]),
        chart,
      ),
    }
    made.set(figure, found)
    return found
  }
}

const cardsIn = (facts: Facts, figure: string): readonly AnsweredScorecard[] => facts.get(figure)?.map(({ card }) => card) ?? []

function addedIn(figure: string, before: Facts, after: Facts): readonly AnsweredScorecard[] {
  const keyOf = ({ text, card }: Fact): string => `${unsigned(card)} ${text}`
  const had = new Set(before.get(figure)?.map(keyOf))
  return after.get(figure)?.flatMap((fact) => (had.has(keyOf(fact)) ? [] : [fact.card])) ?? []
}

const unsigned = ({ id, reviewerId }: AnsweredScorecard): string => idWithoutReviewer(id, reviewerId)

/** Cards are held back without their reviewers: those that are still there say who it was. */
export function withReviewers(held: readonly AnsweredScorecard[], now: readonly AnsweredScorecard[]): readonly AnsweredScorecard[] {
  const reviewers = new Map<string, PersonId | undefined>(now.map((card) => [unsigned(card), card.reviewerId]))
  return held.map((card) => {
    const reviewerId = card.reviewerId ?? reviewers.get(card.id)
    return reviewerId === undefined ? card : { ...card, reviewerId }
  })
}
