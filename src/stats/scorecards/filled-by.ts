// Who knows what a person's cards put into a figure because they filled them. A card's score is its reviewer's to know, so whoever filled all
// cards of somebody in a figure takes that person away from it, as they do those they see by name. Pure.

import type { AnsweredScorecard } from '../../domain/gong-figures.ts'
import { humansIn } from '../../domain/humans.ts'
import type { PersonId } from '../../domain/person.ts'
import type { OrgChart } from '../../domain/team.ts'

/** A card as far as it matters who filled it for whom. */
export type Filled = Pick<AnsweredScorecard, 'reviewedId' | 'reviewerId' | 'method'>

/** Reviewers, each human once, and whose cards they filled. */
export interface FilledBy {
  readonly reviewers: ReadonlySet<PersonId>
  /** Those who filled all cards of this person. */
  readonly knowing: (reviewedId: PersonId) => readonly PersonId[]
}

/** Of a figure's versions: of all cards, and of those that changed. */
export interface FilledInFigure {
  readonly all: FilledBy
  readonly changed: FilledBy
}

/** Figures that nobody fills in. */
export const filledByNobody: FilledBy = { reviewers: new Set(), knowing: () => [] }

/**
 * A card whose reviewer is not known (forgotten, or it is kept as it was shown once) may be any of the others'. What a machine filled nobody
 * knows.
 * @example filledBy([{ reviewedId: 'ana', reviewerId: 'zoe', method: 'human' }], chart).knowing('ana') // ['zoe']
 */
export function filledBy(cards: readonly Filled[], chart: OrgChart): FilledBy {
  const humanOf = humansIn(chart)
  const reviewerOf = ({ reviewerId, method }: Filled): PersonId | 'a machine' | undefined =>
    reviewerId === undefined ? (method === 'automatic' ? 'a machine' : undefined) : humanOf(reviewerId)
  const byPerson = new Map(
    [...Map.groupBy(cards, ({ reviewedId }) => reviewedId)].map(([id, own]) => [
      id,
      new Set(own.map(reviewerOf).filter((reviewer) => reviewer !== undefined)),
    ]),
  )
  const reviewers = new Set([...byPerson.values()].flatMap((of) => [...of]))
  reviewers.delete('a machine')
  const all = [...reviewers]
  return {
    reviewers,
    knowing(reviewedId) {
      const of = byPerson.get(reviewedId)
      if (of === undefined || of.has('a machine') || of.size > 1) return []
      return of.size === 0 ? all : [...of]
    },
  }
}
