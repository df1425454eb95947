// Target ranges: what a figure is held against. Only what Gong has published is shipped, labelled with its source; everything
// else is configuration. A target says where a figure lies, never whether a person is good.
import type { MeasureId, PersonMeasure, TargetRange } from './figure-results.ts'

/** Gong's published talk ratio: 43:57 on calls that were won, fewer deals above 65 %. */
export const publishedTargets: readonly TargetRange[] = [
  { measure: 'talk-ratio', low: 0.43, high: 0.65, source: 'Gong Labs, 2016, redone 2025' },
]

/** Where `value` lies against the measure's target; undefined without one. The ends are within. */
export function targetFor(measure: MeasureId, value: number, targets: readonly TargetRange[]): PersonMeasure['target'] {
  const range = targets.find((target) => target.measure === measure)
  if (!range) return undefined
  if (range.low !== undefined && value < range.low) return { range, position: 'below' }
  if (range.high !== undefined && value > range.high) return { range, position: 'above' }
  return { range, position: 'within' }
}
