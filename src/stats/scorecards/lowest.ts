// Which of several scores is lowest. Scores of different scales are held beside each other by their place on the scale, never as they
// stand: 3 of 5 is lower than 4 of 6. One definition for the 1:1, coaching and scorecards.
import type { ScoreRange } from '../../domain/gong-figures.ts'

export interface Scored {
  readonly score: number
  readonly range?: ScoreRange | undefined
}

/**
 * 0 at the low end of the scale, 1 at the high end; undefined where the scale is unknown or has no length. `place({ score: 3, range: { min:
 * 1, max: 5 } })` is 0.5.
 */
export const placeOnScale = ({ score, range }: Scored): number | undefined =>
  range && range.max > range.min ? (score - range.min) / (range.max - range.min) : undefined

/**
 * Lowest first. Where some scales are known, only those can be compared and the others are left out; where none is, scores are compared as
 * given. Equal ones keep their order.
 */
export function lowestFirst<Item extends Scored>(items: readonly Item[]): readonly Item[] {
  const placed = items.flatMap((item) => {
    const place = placeOnScale(item)
    return place === undefined ? [] : [{ item, place }]
  })
  if (placed.length === 0) return items.toSorted((a, b) => a.score - b.score)
  return placed.toSorted((a, b) => a.place - b.place).map(({ item }) => item)
}
