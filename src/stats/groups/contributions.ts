// Fingerprints of what each person puts into figures without names. Two versions of one message differ by what changed in between: from
// the fingerprints of both a correction finds out whose figures those are, and whether they are enough people. Holds no figure.
import { createHash } from 'node:crypto'
import type { AnsweredScorecard } from '../../domain/gong-figures.ts'
import type { PersonId } from '../../domain/person.ts'
import { callCountOf, figureOf, type PeriodFigures } from '../figures/period-figures.ts'
import { measures } from '../measures/index.ts'

/** Changes with the statistics there are. */
export const contributionBasis = `1 ${measures.map(({ id }) => id).join(' ')}`

export const fingerprint = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16)

/** Of conversation and activity in these periods. */
export const figuresFingerprint = (id: PersonId, periods: readonly PeriodFigures[]): string =>
  fingerprint([id, ...periods.map((figures) => [callCountOf(figures, id), ...measures.map((measure) => figureOf(measure, figures, id))])])

/** Of each person's cards, in whatever order they were read. */
export function cardFingerprints(cards: readonly AnsweredScorecard[]): ReadonlyMap<PersonId, string> {
  const byPerson = Map.groupBy(cards, ({ reviewedId }) => reviewedId)
  return new Map([...byPerson].map(([id, own]) => [id, fingerprint(own.map(factsOf).toSorted())]))
}

const factsOf = ({
  id,
  scorecardId,
  scorecardName,
  method,
  visibility,
  overallScore,
  overallRange,
  questions,
}: AnsweredScorecard): string =>
  JSON.stringify([
    [id, scorecardId, scorecardName, method, visibility, overallScore, overallRange?.min, overallRange?.max],
    questions.map(({ questionId, text, score, notApplicable, range }) => [questionId, text, score, notApplicable, range?.min, range?.max]),
  ])
