// Charts: the native block and its plain form, a sparkline with its figures. A week without a figure is left out and
// said in the description, because Slack takes no gaps.
import type { Measured } from '../../domain/measured.ts'
import { limits } from '../limits.ts'
import type { ChartPart } from '../message.ts'
import { decimal, duration } from '../text/numbers.ts'
import { clean, clip, type Line, line } from '../text/text.ts'
import type { ChartBlock } from './slack-blocks.ts'

/** Points whose figures are known in every series; `left` counts the others. Fewer than two points make no chart. */
export function withoutGaps<Point>(
  points: readonly Point[],
  figures: (point: Point) => readonly Measured[],
): { readonly points: readonly { readonly point: Point; readonly values: readonly number[] }[]; readonly left: number } {
  const whole = points.flatMap((point) => {
    const values = figures(point).flatMap((measured) => (measured.known && Number.isFinite(measured.value) ? [measured.value] : []))
    return values.length === figures(point).length ? [{ point, values }] : []
  })
  return { points: whole, left: points.length - whole.length }
}

/** The native chart, within Slack's limits; undefined when there is nothing to draw. */
export function chartBlock(part: ChartPart): ChartBlock | undefined {
  const from = Math.max(0, part.categories.length - limits.chartPoints)
  const categories = uniquely(part.categories.slice(from), limits.chartCategory)
  const series = part.series.slice(0, limits.chartSeriesToBeSafe).filter(({ values }) => values.length === part.categories.length)
  if (categories.length === 0 || series.length === 0) return undefined
  const names = uniquely(
    series.map(({ name }) => name),
    limits.chartSeriesName,
  )
  return {
    type: 'data_visualization',
    title: clip(clean(part.title), limits.chartTitle) || '–',
    chart: {
      type: part.kind,
      series: series.map(({ values }, index) => ({
        name: names[index] ?? String(index + 1),
        data: values.slice(from).map((value, at) => ({ label: categories[at] ?? '', value })),
      })),
      axis_config: { categories, ...(part.unit.trim() !== '' && { y_label: clip(clean(axisWords(part)), limits.chartAxisLabel) }) },
    },
  }
}

/** Slack draws plain numbers: beside minutes and seconds in the message, the newest one is said both ways: `seconds; 115 is 1:55`. */
function axisWords({ unit, series }: ChartPart): string {
  const newest = series[0]?.values.at(-1)
  return unit === 'seconds' && newest !== undefined && newest >= 10 ? `${unit}; ${decimal(newest, 'en-GB')} is ${duration(newest)}` : unit
}

/** Names cut to `max`, with a number where two would be the same. */
function uniquely(names: readonly string[], max: number): string[] {
  const taken = new Set<string>()
  return names.map((raw) => {
    const name = clip(clean(raw).trim(), max) || '–'
    let unique = name
    for (let count = 2; taken.has(unique); count += 1) unique = `${clip(name, max - 4)} ${count}`
    taken.add(unique)
    return unique
  })
}

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const

/** `▃▄▆█` of the values between their least and greatest; all in the middle when they are the same. */
function sparkline(values: readonly number[]): string {
  const low = Math.min(...values)
  const high = Math.max(...values)
  return values.map((value) => bars[high === low ? 3 : Math.round(((value - low) / (high - low)) * 7)] ?? bars[0]).join('')
}

/** The chart in words: what it shows, then each series as a sparkline with all its figures. */
export function chartLines(part: ChartPart): readonly Line[] {
  const shown = (value: number): string => (part.unit === 'seconds' ? duration(value) : decimal(value, 'en-GB', 1))
  const unit = part.unit === '%' ? ' %' : ''
  return [
    line(clip(part.description, 300)),
    ...part.series
      .filter(({ values, isGuide }) => values.length > 0 && !isGuide)
      .map(({ name, values }) => line(`${clip(clean(name), 40)} `, sparkline(values), ` ${values.map(shown).join(' · ')}${unit}`)),
  ]
}
