// The strongest and the lowest question of a card, by its place on its own scale where scales are known, else as given.
import { lowestFirst, placeOnScale, type Scored } from '../../stats/scorecards/lowest.ts'
import type { CardSummary, ScoreAverage } from '../../stats/scorecards/results.ts'

export interface NamedQuestion {
  readonly text: string
  readonly average: ScoreAverage
}

/** Undefined with fewer than two scored questions, when they are all the same, or when one is withheld: none is known to be lowest then. */
export function highestAndLowest(card: CardSummary): { readonly highest: NamedQuestion; readonly lowest: NamedQuestion } | undefined {
  if (card.questions.some(({ average: { value } }) => !value.known && value.why === 'too-few-people')) return undefined
  const scored = card.questions.flatMap(({ text, questionId, average }) =>
    average.value.known
      ? [{ text: text?.trim() || `Question ${questionId}`, average, score: average.value.value, range: average.range }]
      : [],
  )
  // One whose score is withheld could be the lowest.
  if (card.questions.some(({ average }) => !average.value.known && average.value.why === 'too-few-people')) return undefined
  const sorted = lowestFirst(scored)
  // A question that cannot be held beside the others could be the lowest.
  if (sorted.length < scored.length) return undefined
  const [lowest] = sorted
  const highest = sorted.at(-1)
  return lowest && highest && place(lowest) < place(highest) ? { highest, lowest } : undefined
}

const place = (question: Scored): number => placeOnScale(question) ?? question.score
