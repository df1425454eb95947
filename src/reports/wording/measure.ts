// One statistic in words: label, figure with its unit, comparison, target, movement of people. Labels and units are the contract's own and
// come with the definition; no statistic is known here by its id.
import type { Measured } from '../../domain/measured.ts'
import { roundedAs } from '../../domain/unit.ts'
import { bareFigure, decimal, figure } from '../../render/text/numbers.ts'
import { bold, type Line, line } from '../../render/text/text.ts'
import type { News } from '../../stats/figures/news.ts'
import type { MeasureDefinition, PersonMeasure } from '../../stats/figures/results.ts'
import { type Compared, figureBefore } from './period-before.ts'

/** The figure with its unit or scale, always: `51 %`, `2:01`, `1.2 s`, `11 a call`, `7.0 of 10`. */
export function inUnit({ unit, scaleEnd }: Pick<MeasureDefinition, 'unit' | 'scaleEnd'>, value: number, locale: string): string {
  if (unit === 'per-call') return `${figure(value, unit, locale)} a call`
  return scaleEnd === undefined ? figure(value, unit, locale) : `${figure(value, unit, locale)} of ${decimal(scaleEnd, locale)}`
}

/** `Talk ratio **51 %**`; a count stands before what it counts: `**54** calls hosted`. */
export function figureFact(definition: MeasureDefinition, value: number, locale: string): Line {
  const { unit, label, one } = definition
  if (unit !== 'count') return line(`${label} `, bold(inUnit(definition, value, locale)), unit === 'none' ? ' (Gong gives no unit)' : '')
  return line(bold(figure(value, unit, locale)), ` ${value === 1 && one !== undefined ? one : inSentence(label)}`)
}

/** ` (49 the week before)`; empty where the figure before is unknown. */
export const beforeWords = (before: Measured, unit: MeasureDefinition['unit'], compared: Compared, locale: string): string =>
  before.known ? ` (${figureBefore(figure(before.value, unit, locale), compared, locale)})` : ''

/** A figure as readers see it, under the name a correction calls it by: `points of talk ratio` 51, `calls hosted` 54. */
export function shownFigure({ label, unit }: MeasureDefinition, value: number): [name: string, shown: number] {
  const shown = roundedAs(value, unit)
  if (unit === 'share') return [`points of ${inSentence(label)}`, Math.round(shown * 100)]
  if (unit === 'seconds') return [`seconds of ${inSentence(label)}`, Math.round(value)]
  return [inSentence(label), shown]
}

/** In the middle of a sentence: `longest monologue`. Labels begin with a capital and hold no name. */
export const inSentence = (label: string): string => `${label.slice(0, 1).toLowerCase()}${label.slice(1)}`

/** What people did who moved that way: `talked less`, else `had a lower patience score`. */
export const movedWords = ({ label, moved }: MeasureDefinition, direction: News['direction']): string =>
  moved?.[direction] ?? `had a ${direction === 'up' ? 'higher' : 'lower'} ${inSentence(label)}`

/**
 * `within the target of 43–65 % (Gong 2025)`: where a figure lies against a target with its source. A target says where, never whether it
 * is good.
 */
export function targetWords(
  definition: MeasureDefinition,
  { range, position }: NonNullable<PersonMeasure['target']>,
  locale: string,
): string {
  const { low, high, source } = range
  const end = (value: number): string => inUnit(definition, value, locale)
  const between =
    low === undefined
      ? `at most ${end(high ?? 0)}`
      : high === undefined
        ? `at least ${end(low)}`
        : `${bareFigure(low, definition.unit, locale)}–${end(high)}`
  return `${position} the target of ${between} (${source})`
}

/** `47–53 %`, `1:40–2:10`: two ends of a range. */
export const betweenWords = (definition: MeasureDefinition, low: number, high: number, locale: string): string =>
  `${bareFigure(low, definition.unit, locale)}–${inUnit(definition, high, locale)}`
