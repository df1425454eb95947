// Block Kit's charts: one point per category for every series, names unique, no gaps.
import { limits } from '../../render/limits.ts'
import { type Check, type Fields, isFields } from './block-kit-check.ts'
import type { BlockRule } from './block-kit-rule.ts'

export const dataVisualization: BlockRule = {
  surfaces: ['message'],
  fields: ['title', 'chart'],
  check(check, block, at) {
    check.text(block.title, `${at}/title`, limits.chartTitle)
    const { chart } = block
    if (!isFields(chart)) {
      check.add(`${at}/chart`, 'missing required field')
      return
    }
    check.oneOf(chart.type, `${at}/chart/type`, ['line', 'bar', 'area', 'pie'])
    if (chart.type === 'pie') {
      segments(check, chart, `${at}/chart`)
      return
    }
    xyChart(check, chart, `${at}/chart`)
  },
}

function segments(check: Check, chart: Fields, at: string): void {
  check.only(chart, at, ['type', 'segments'])
  check.list(chart.segments, `${at}/segments`, 1, limits.chartSeries).forEach((segment, index) => {
    point(check, segment, `${at}/segments/${index}`)
  })
}

function point(check: Check, value: unknown, at: string): string | undefined {
  if (!isFields(value)) {
    check.add(at, 'must be a data point')
    return undefined
  }
  check.only(value, at, ['label', 'value'])
  check.text(value.label, `${at}/label`, limits.chartCategory)
  if (typeof value.value !== 'number' || !Number.isFinite(value.value)) check.add(`${at}/value`, 'must be a number')
  return typeof value.label === 'string' ? value.label : undefined
}

function xyChart(check: Check, chart: Fields, at: string): void {
  check.only(chart, at, ['type', 'series', 'axis_config'])
  const axis = isFields(chart.axis_config) ? chart.axis_config : {}
  check.only(axis, `${at}/axis_config`, ['categories', 'x_label', 'y_label'])
  check.text(axis.x_label, `${at}/axis_config/x_label`, limits.chartAxisLabel, true)
  check.text(axis.y_label, `${at}/axis_config/y_label`, limits.chartAxisLabel, true)
  const taken = new Set<string>()
  const categories = check.list(axis.categories, `${at}/axis_config/categories`, 1, limits.chartPoints)
  categories.forEach((category, index) => {
    check.id(category, `${at}/axis_config/categories/${index}`, limits.chartCategory, taken)
  })
  const names = new Set<string>()
  check.list(chart.series, `${at}/series`, 1, limits.chartSeries).forEach((series, index) => {
    const here = `${at}/series/${index}`
    if (!isFields(series)) {
      check.add(here, 'must be a series')
      return
    }
    check.only(series, here, ['name', 'data'])
    check.id(series.name, `${here}/name`, limits.chartSeriesName, names)
    const labels = check.list(series.data, `${here}/data`, 1, limits.chartPoints).map((one, at) => point(check, one, `${here}/data/${at}`))
    const isWhole =
      labels.length === categories.length && new Set(labels).size === labels.length && labels.every((label) => categories.includes(label))
    if (!isWhole) check.add(`${here}/data`, 'must have exactly one data point for every category')
  })
}
