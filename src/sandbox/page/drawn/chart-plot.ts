// Lines, bars and areas on their axes. Honest axes: bars start at zero, lines say their range. The newest value stands to the right of its
// point, where no line runs: neither its own nor one that marks what is usual.
import type { Series } from './chart-data.ts'
import { h, type ReactNode } from './element.ts'

interface Size {
  readonly width: number
  readonly height: number
}

interface Scale {
  x(index: number): number
  y(value: number): number
  /** Between two categories. */
  readonly step: number
  /** Of the horizontal axis. */
  readonly floor: number
  readonly startsAtZero: boolean
}

const left = 40
const right = 8
const top = 14
const bottom = 34
/** Width of a character of a category's label, and of a bold figure, about. */
const labelCharacter = 5.8
const figureCharacter = 7.6
/** From a point to the figure beside it. */
const besidePoint = 10

export function plot(kind: 'line' | 'area' | 'bar', categories: readonly string[], series: readonly Series[], size: Size): ReactNode {
  const { width, height } = size
  const values = series.flatMap(({ values: all }) => all).filter(Number.isFinite)
  const isBar = kind === 'bar'
  const least = isBar ? Math.min(0, ...values) : Math.min(...values)
  const most = Math.max(...values)
  const padding = isBar ? 0 : (most - least) * 0.15 || most * 0.05
  const ticks = ticksFor(isBar ? least : Math.max(least >= 0 ? 0 : Number.NEGATIVE_INFINITY, least - padding), most + padding)
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1]
  const newest = isBar ? '' : String(series[0]?.values.at(-1) ?? '')
  const step =
    (width - left - right - Math.max(0, newest.length * figureCharacter + besidePoint - stepOf(width, categories) / 2)) / categories.length
  const scale: Scale = {
    x: (index) => left + step * (index + 0.5),
    y: (value) => top + (height - top - bottom) * (1 - (value - low) / (high - low || 1)),
    step,
    floor: height - bottom,
    startsAtZero: low === 0,
  }
  // Labels that would touch are left out, counted from the newest.
  const longest = Math.max(...categories.map(({ length }) => length)) * labelCharacter
  const stride = Math.max(1, Math.ceil((longest + 8) / step))
  return [
    ...ticks.map((tick) =>
      h(
        'g',
        { key: `tick ${tick}` },
        h('line', {
          className: tick === 0 && isBar ? 'base' : 'grid',
          x1: left,
          x2: width - right,
          y1: scale.y(tick),
          y2: scale.y(tick),
        }),
        h('text', { className: 'tick', x: left - 8, y: scale.y(tick) + 4, textAnchor: 'end' }, String(tick)),
      ),
    ),
    ...categories.map((category, index) =>
      (categories.length - 1 - index) % stride !== 0
        ? null
        : h('text', { className: 'tick', key: category, x: scale.x(index), y: height - 12, textAnchor: 'middle' }, category),
    ),
    ...series.map((one, index) => (isBar ? bars(one, index, series.length, scale) : line(one, index, kind === 'area', scale))),
  ]
}

const stepOf = (width: number, categories: readonly string[]): number => (width - left - right) / categories.length

/** Round steps that cover the values: 1, 2 or 5 times a power of ten. */
function ticksFor(least: number, most: number): readonly number[] {
  const span = most - least || Math.abs(most) || 1
  const rough = span / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power
  const first = Math.floor(least / step) * step
  const ticks: number[] = []
  for (let tick = first; ticks.length < 12; tick += step) {
    ticks.push(Number(tick.toFixed(6)))
    if (tick >= most) break
  }
  return ticks
}

/** Two or more points at one height, beside another series: a mark to compare with, drawn thin and without points. */
const isMark = ({ values }: Series, index: number): boolean => index > 0 && values.length > 1 && new Set(values).size === 1

function line(one: Series, index: number, filled: boolean, { x, y, floor, startsAtZero }: Scale): ReactNode {
  const points = one.values.map((value, at) => `${x(at)},${y(value)}`)
  const last = one.values.length - 1
  const newest = one.values[last] ?? 0
  if (isMark(one, index))
    return h('polyline', { key: one.name, className: `mark series-${index}`, points: points.join(' ') }, h('title', null, one.name))
  return h(
    'g',
    { key: one.name, className: `series-${index}` },
    (filled || (index === 0 && startsAtZero)) &&
      h('path', { className: 'under', d: `M${x(0)},${floor} L${points.join(' L')} L${x(last)},${floor} Z` }),
    h('polyline', { className: 'stroke', points: points.join(' ') }),
    one.values.map((value, at) =>
      h(
        'circle',
        { key: `${at}`, className: at === last ? 'dot last' : 'dot', cx: x(at), cy: y(value), r: at === last ? 5 : 3 },
        h('title', null, `${value}`),
      ),
    ),
    index === 0 && h('text', { className: 'value', x: x(last) + besidePoint, y: y(newest) + 4.5 }, String(newest)),
  )
}

function bars(one: Series, index: number, of: number, { x, y, step }: Scale): ReactNode {
  const room = step * 0.7
  const thick = room / of
  return h(
    'g',
    { key: one.name, className: `series-${index}` },
    one.values.map((value, at) => {
      const from = x(at) - room / 2 + thick * index
      return h(
        'g',
        { key: `${at}` },
        h('rect', {
          className: 'bar',
          x: from + 1,
          width: thick - 2,
          y: Math.min(y(value), y(0)),
          height: Math.abs(y(0) - y(value)),
          rx: 3,
        }),
        of < 3 && h('text', { className: 'value', x: from + thick / 2, y: y(value) - 5, textAnchor: 'middle' }, String(value)),
      )
    }),
  )
}
