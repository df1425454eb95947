// Target ranges: what a figure is held against. Only what Gong has published is shipped, labelled with its source; everything else is
// configuration. A target says where a figure lies, never whether a person is good.

import { type ListedMeasure, type MeasureId, measures } from '../measures/index.ts'
import { unitOf } from '../measures/measure.ts'
import type { PersonMeasure, TargetRange } from './results.ts'

/** The ranges Gong has published; each stands in its statistic's file. */
export const publishedTargets: readonly TargetRange[] = measures.flatMap((measure: ListedMeasure) =>
  measure.published ? [{ measure: measure.id, ...measure.published }] : [],
)

/** The configured ranges before Gong's published ones: the first range of a statistic wins. */
export const targetsWith = (configured: readonly TargetRange[]): readonly TargetRange[] => [...configured, ...publishedTargets]

/** How the ends of a range are typed: talk ratio in percent, durations as m:ss, everything else as a number. */
const ends: Readonly<Record<'share' | 'seconds' | 'other', { readonly written: RegExp; readonly read: (text: string) => number }>> = {
  share: { written: /^(?:100|\d{1,2}) ?%?$/, read: (text) => Number.parseInt(text, 10) / 100 },
  seconds: { written: /^\d+:\d\d$/, read: (text) => Number(text.split(':')[0]) * 60 + Number(text.split(':')[1]) },
  other: { written: /^\d+(\.\d+)?$/, read: Number },
}

/** Both contracts take the same text: a statistic that is a score in one and seconds in the other is typed as a number. */
function endsOf(measure: ListedMeasure): (typeof ends)[keyof typeof ends] | undefined {
  const unit = unitOf(measure, measure.words.documented ? 'documented' : 'live')
  // A count has no range: it depends on how much there was to do.
  if (unit === 'count') return undefined
  return unit === 'share' || unit === 'seconds' ? ends[unit] : ends.other
}

/**
 * One configured range with its source and year, in the unit people read; undefined for anything else. The ends may stand either way round.
 * @example readTarget('talk-ratio 40-55% (Enablement, 2026)') // { measure: 'talk-ratio', low: 0.4, high: 0.55, source: 'Enablement, 2026' }
 * @example readTarget('longest-monologue up to 2:30 (Playbook, 2025)') // { measure: 'longest-monologue', high: 150, source: 'Playbook, 2025' }
 */
export function readTarget(entry: string): TargetRange | undefined {
  const [, name, range = '', source] = /^(\S+) (.+?) \(([^()]*\b20\d\d\b[^()]*)\)$/.exec(entry) ?? []
  const measure = measures.find(({ id }) => id === name)
  const form = measure && endsOf(measure)
  if (!measure || !form || source === undefined) return undefined
  // A share without its sign could be meant as 0–1.
  if (form === ends.share && !range.endsWith('%')) return undefined
  const base = { measure: measure.id, source }
  const [, side, end = ''] = /^(up to|from) (.+)$/.exec(range) ?? []
  const written = side === undefined ? range.split('-') : [end]
  if (written.length !== (side === undefined ? 2 : 1) || !written.every((text) => form.written.test(text))) return undefined
  const [low = 0, high = low] = written.map(form.read).toSorted((a, b) => a - b)
  if (side !== undefined) return side === 'up to' ? { ...base, high } : { ...base, low }
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
