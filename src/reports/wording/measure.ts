// One statistic in words: label, figure, comparison, all by its unit. Labels and units are the contract's own and come with the
// definition; no statistic is known here by its id.
import type { Measured } from '../../domain/measured.ts'
import { bareFigure, changeWords, figure, figureWithUnit } from '../../render/text/numbers.ts'
import { bold, type Line, line } from '../../render/text/text.ts'
import type { MeasureDefinition } from '../../stats/figures/results.ts'

/** `Talk ratio **51 %** (56)`, `**54** calls hosted (49)`: the figure, and the period before in brackets. Undefined without a figure. */
export function factOf(definition: MeasureDefinition, value: Measured, before: Measured, locale: string): Line | undefined {
  if (!value.known) return undefined
  const was = before.known ? ` (${bareFigure(before.value, definition.unit, locale)})` : ''
  return line(figureFact(definition, value.value, locale), was)
}

/** `Talk ratio **51 %**`; a count stands before what it counts: `**54** calls hosted`. */
export function figureFact({ unit, label, one }: MeasureDefinition, value: number, locale: string): Line {
  if (unit !== 'count') return line(`${label} `, bold(figure(value, unit, locale)))
  return line(bold(figure(value, unit, locale)), ` ${value === 1 && one !== undefined ? one : inSentence(label)}`)
}

/** `Talk ratio 51 %, down 5 points`. */
export function changeSentence(definition: MeasureDefinition, value: number, change: number, locale: string): string {
  return `${definition.label} ${figureWithUnit(value, definition.unit, locale)}, ${changeWords(change, definition.unit, locale)}`
}

/** A figure as readers see it, under the name a correction calls it by: `points of talk ratio` 51, `calls hosted` 54. */
export function shownFigure({ label, unit }: MeasureDefinition, value: number): [name: string, shown: number] {
  if (unit === 'share') return [`points of ${inSentence(label)}`, Math.round(value * 100)]
  if (unit === 'seconds') return [`seconds of ${inSentence(label)}`, Math.round(value)]
  return [inSentence(label), Math.round(value * 10) / 10]
}

/** In the middle of a sentence: `longest monologue`. Labels begin with a capital and hold no name. */
export const inSentence = (label: string): string => `${label.slice(0, 1).toLowerCase()}${label.slice(1)}`

/** How much a change matters beside the others: relative to where it came from. Below a tenth it is noise; talk ratio from 2 points. */
export function weightOfChange(definition: MeasureDefinition, value: number, change: number): number {
  const size = Math.abs(change)
  if (definition.unit === 'share') return size >= 0.02 ? size / 0.2 : 0
  const from = Math.abs(value - change)
  if (from === 0) return value === 0 ? 0 : 1
  const relative = size / from
  return relative >= 0.1 ? Math.min(relative, 2) : 0
}

/** How many periods in a row, this one included, the figure moved the same way; 0 when it did not move. */
export function inARow(values: readonly Measured[]): number {
  let run = 0
  let direction = 0
  for (let index = values.length - 1; index > 0; index -= 1) {
    const now = values[index]
    const before = values[index - 1]
    if (!now?.known || !before?.known) break
    const step = Math.sign(Number((now.value - before.value).toFixed(3)))
    if (step === 0 || (direction !== 0 && step !== direction)) break
    direction = step
    run += 1
  }
  return run
}

const ordinals = ['', '', '', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'] as const

/** `, the third fall in a row`; empty below three. */
export function rowWords(values: readonly Measured[], change: number): string {
  const ordinal = ordinals[Math.min(inARow(values), 8)]
  return ordinal ? `, the ${ordinal} ${change < 0 ? 'fall' : 'rise'} in a row` : ''
}
