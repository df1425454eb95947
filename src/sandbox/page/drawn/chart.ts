// `data_visualization` as a figure: title, picture, legend. Drawn twice, for a wide page and for a phone, so that its labels can be read on
// both; the page shows one. Values as words for those who do not see the picture.
import { isJson } from '../../slack/method.ts'
import type { Json } from '../../slack/workspace.ts'
import { listOf, type Series, seriesOf } from './chart-data.ts'
import { pie } from './chart-pie.ts'
import { plot } from './chart-plot.ts'
import { h, type ReactNode } from './element.ts'

const sizes = [
  { className: 'wide', width: 640, height: 250 },
  { className: 'narrow', width: 340, height: 230 },
] as const

export function chart(block: Json): ReactNode {
  const shape = isJson(block.chart) ? block.chart : {}
  const title = String(block.title ?? '')
  if (shape.type === 'pie') return pie(title, listOf(shape.segments))
  const { categories, series } = seriesOf(shape)
  if (!series.some(({ values }) => values.some(Number.isFinite))) return h('p', { className: 'chart-empty' }, title, ': nothing to draw')
  const axis = isJson(shape.axis_config) ? shape.axis_config : {}
  const kind = shape.type === 'bar' || shape.type === 'area' ? shape.type : 'line'
  return h(
    'figure',
    { className: 'chart' },
    h('figcaption', null, title, typeof axis.y_label === 'string' && h('span', { className: 'unit' }, axis.y_label)),
    sizes.map(({ className, width, height }) =>
      h(
        'svg',
        { key: className, className, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': inWords(title, categories, series) },
        plot(kind, categories, series, { width, height }),
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

const inWords = (title: string, categories: readonly string[], series: readonly Series[]): string =>
  `${title}. ${series.map(({ name, values }) => `${name}: ${categories.map((category, index) => `${category} ${values[index]}`).join(', ')}`).join('. ')}`
