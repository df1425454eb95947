// `data_visualization` as SVG: lines, bars, areas, pies. Honest axes (bars start at zero, lines say their range), values as words for
// those who do not see the picture.
import { isJson } from '../../slack/method.ts'
import type { Json } from '../../slack/workspace.ts'
import { h, type ReactNode } from './element.ts'

interface Series {
  readonly name: string
  readonly values: readonly number[]
}

const width = 640
const height = 250
const left = 44
const right = 16
const top = 14
const bottom = 34
/** Width of a character of a label, about. */
const labelCharacter = 5.8

const numbers = (list: unknown): Json[] => (Array.isArray(list) ? list.filter(isJson) : [])

/** Series of a line, bar or area chart, with its categories. */
function seriesOf(chart: Json): { readonly categories: readonly string[]; readonly series: readonly Series[] } {
  const axis = isJson(chart.axis_config) ? chart.axis_config : {}
  const all = numbers(chart.series)
  const named = Array.isArray(axis.categories)
    ? axis.categories.map(String)
    : numbers(all[0]?.data ?? all[0]?.data_points).map(({ label }) => String(label))
  const series = all.map((one) => {
    const points = numbers(one.data ?? one.data_points)
    const valueAt = (category: string, index: number) =>
      Number((points.find(({ label, category: of }) => (label ?? of) === category) ?? points[index])?.value)
    return { name: String(one.name ?? ''), values: named.map(valueAt) }
  })
  return { categories: named, series }
}

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

export function chart(block: Json): ReactNode {
  const shape = isJson(block.chart) ? block.chart : {}
  const title = String(block.title ?? '')
  if (shape.type === 'pie') return pie(title, numbers(shape.segments))
  const { categories, series } = seriesOf(shape)
  const values = series.flatMap(({ values: all }) => all).filter(Number.isFinite)
  if (values.length === 0) return h('p', { className: 'chart-empty' }, title, ': nothing to draw')
  const isBar = shape.type === 'bar'
  const least = isBar ? Math.min(0, ...values) : Math.min(...values)
  const padding = isBar ? 0 : (Math.max(...values) - least) * 0.15 || Math.max(...values) * 0.05
  const ticks = ticksFor(
    isBar ? least : Math.max(least >= 0 ? 0 : Number.NEGATIVE_INFINITY, least - padding),
    Math.max(...values) + padding,
  )
  const low = ticks[0] ?? 0
  const high = ticks.at(-1) ?? 1
  const y = (value: number) => top + (height - top - bottom) * (1 - (value - low) / (high - low || 1))
  const step = (width - left - right) / categories.length
  // Labels that would touch are left out, counted from the newest.
  const stride = Math.max(1, Math.ceil((Math.max(...categories.map(({ length }) => length)) * labelCharacter + 8) / step))
  const x = (index: number) => left + step * (index + 0.5)
  const axis = isJson(shape.axis_config) ? shape.axis_config : {}
  return h(
    'figure',
    { className: 'chart' },
    h('figcaption', null, title, typeof axis.y_label === 'string' && h('span', { className: 'unit' }, axis.y_label)),
    h(
      'svg',
      { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': inWords(title, categories, series) },
      ticks.map((tick) =>
        h(
          'g',
          { key: tick },
          h('line', { className: tick === 0 && isBar ? 'base' : 'grid', x1: left, x2: width - right, y1: y(tick), y2: y(tick) }),
          h('text', { className: 'tick', x: left - 8, y: y(tick) + 4, textAnchor: 'end' }, String(tick)),
        ),
      ),
      categories.map((category, index) =>
        (categories.length - 1 - index) % stride !== 0
          ? null
          : h('text', { className: 'tick', key: category, x: x(index), y: height - 12, textAnchor: 'middle' }, category),
      ),
      series.map((one, index) =>
        isBar ? bars(one, index, series.length, x, y, step) : line(one, index, shape.type === 'area', low === 0, x, y, y(low)),
      ),
    ),
    series.length > 1 &&
      h(
        'p',
        { className: 'legend' },
        series.map((one, index) => h('span', { key: one.name }, h('i', { className: `swatch series-${index}` }), one.name)),
      ),
  )
}

function line(
  one: Series,
  index: number,
  filled: boolean,
  fromZero: boolean,
  x: (i: number) => number,
  y: (v: number) => number,
  floor: number,
): ReactNode {
  const points = one.values.map((value, at) => `${x(at)},${y(value)}`)
  const last = one.values.length - 1
  return h(
    'g',
    { key: one.name, className: `series-${index}` },
    (filled || (index === 0 && fromZero)) &&
      h('path', { className: 'under', d: `M${x(0)},${floor} L${points.join(' L')} L${x(last)},${floor} Z` }),
    h('polyline', { className: 'stroke', points: points.join(' ') }),
    one.values.map((value, at) =>
      h(
        'circle',
        { key: `${at}`, className: at === last ? 'dot last' : 'dot', cx: x(at), cy: y(value), r: at === last ? 5 : 3 },
        h('title', null, `${value}`),
      ),
    ),
    index === 0 &&
      h(
        'text',
        { className: 'value', x: x(last), y: y(one.values[last] ?? 0) + (fallsTo(one.values) ? 20 : -11), textAnchor: 'middle' },
        String(one.values[last] ?? ''),
      ),
  )
}

/** The line comes from above: its last figure is written below it. */
const fallsTo = (values: readonly number[]): boolean => (values.at(-2) ?? 0) > (values.at(-1) ?? 0)

function bars(one: Series, index: number, of: number, x: (i: number) => number, y: (v: number) => number, step: number): ReactNode {
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

function pie(title: string, segments: readonly Json[]): ReactNode {
  const total = segments.reduce((sum, { value }) => sum + Number(value), 0)
  let before = 0
  return h(
    'figure',
    { className: 'chart pie' },
    h('figcaption', null, title),
    h(
      'svg',
      {
        viewBox: '0 0 120 120',
        role: 'img',
        'aria-label': `${title}: ${segments.map(({ label, value }) => `${label} ${value}`).join(', ')}`,
      },
      segments.map(({ label, value }, index) => {
        const share = Number(value) / total
        const dash = `${(share * 314.16).toFixed(2)} 314.16`
        const turn = (before / total) * 360 - 90
        before += Number(value)
        return h('circle', {
          key: String(label),
          className: `slice series-${index}`,
          cx: 60,
          cy: 60,
          r: 50,
          strokeDasharray: dash,
          transform: `rotate(${turn} 60 60)`,
        })
      }),
    ),
    h(
      'p',
      { className: 'legend' },
      segments.map(({ label, value }, index) =>
        h('span', { key: String(label) }, h('i', { className: `swatch series-${index}` }), `${label} ${value}`),
      ),
    ),
  )
}

const inWords = (title: string, categories: readonly string[], series: readonly Series[]): string =>
  `${title}. ${series.map(({ name, values }) => `${name}: ${categories.map((category, index) => `${category} ${values[index]}`).join(', ')}`).join('. ')}`
