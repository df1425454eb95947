// The strongest and the lowest question of a card, by its place on its own scale where scales are known, else as given.
import type { CardSummary, ScoreAverage } from '../../stats/scorecards/results.ts'

export interface NamedQuestion {
  readonly text: string
  readonly average: ScoreAverage
}

const place = ({ value, share }: ScoreAverage): number => share ?? (value.known ? value.value : Number.NaN)

/** Undefined with fewer than two scored questions, or when they are all the same: none of them is lowest then. */
export function highestAndLowest(card: CardSummary): { readonly highest: NamedQuestion; readonly lowest: NamedQuestion } | undefined {
  const scored = card.questions.flatMap(({ text, questionId, average }) =>
    average.value.known ? [{ text: text?.trim() || `Question ${questionId}`, average }] : [],
  )
  // A share and a raw score cannot be held beside each other.
  const comparable = scored.every(({ average }) => (average.share === undefined) === (scored[0]?.average.share === undefined))
  const sorted = comparable ? scored.toSorted((a, b) => place(a.average) - place(b.average)) : []
  const [lowest] = sorted
  const highest = sorted.at(-1)
  return lowest && highest && place(lowest.average) < place(highest.average) ? { highest, lowest } : undefined
}
