// Target ranges: what a figure is held against. Only what Gong has published is shipped, labelled with its source; everything
// else is configuration. A target says where a figure lies, never whether a person is good.

import { measures } from '../measures/index.ts'
import type { MeasureId, PersonMeasure, TargetRange } from './results.ts'

/** Gong's published talk ratio: 43:57 on calls that were won, fewer deals above 65 %. */
export const publishedTargets: readonly TargetRange[] = [
  { measure: 'talk-ratio', low: 0.43, high: 0.65, source: 'Gong Labs, 2016, redone 2025' },
]

/**
 * The configured ranges, before Gong's published ones. An entry is `talk-ratio 40-55% (Enablement, 2026)`, `longest-monologue up to 2:30
 * (…)` or `patience from 0.6 (…)`; the ends of a range may stand either way round. What is none of these is left out: config.ts refuses it.
 */
export const targetsFrom = (entries: readonly string[]): readonly TargetRange[] => [
  ...entries.flatMap((entry) => targetIn(entry) ?? []),
  ...publishedTargets,
]

function targetIn(entry: string): TargetRange | undefined {
  const [, name, said = '', source] = /^(\S+) (.+?) ?%? \(([^()]+)\)$/.exec(entry) ?? []
  const measure = measures.find(({ id }) => id === name)
  if (!measure || source === undefined) return undefined
  const figureIn = (written: string): number => {
    const [minutes, seconds] = written.split(':')
    if (seconds !== undefined) return Number(minutes) * 60 + Number(seconds)
    return measure.id === 'talk-ratio' ? Number(written) / 100 : Number(written)
  }
  const base = { measure: measure.id, source }
  const [, side, end = ''] = /^(up to|from) (.+)$/.exec(said) ?? []
  if (side !== undefined) return side === 'up to' ? { ...base, high: figureIn(end) } : { ...base, low: figureIn(end) }
  const [low = 0, high = 0] = said
    .split('-')
    .map(figureIn)
    .toSorted((a, b) => a - b)
  return { ...base, low, high }
}

/** Where `value` lies against the measure's target; undefined without one. The ends are within. */
export function targetFor(measure: MeasureId, value: number, targets: readonly TargetRange[]): PersonMeasure['target'] {
  const range = targets.find((target) => target.measure === measure)
  if (!range) return undefined
  if (range.low !== undefined && value < range.low) return { range, position: 'below' }
  if (range.high !== undefined && value > range.high) return { range, position: 'above' }
  return { range, position: 'within' }
}
