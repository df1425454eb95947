// What a chart block holds, whichever of its two spellings Slack takes.
import { isJson } from '../../slack/method.ts'
import type { Json } from '../../slack/workspace.ts'

export interface Series {
  readonly name: string
  readonly values: readonly number[]
}

export const listOf = (list: unknown): Json[] => (Array.isArray(list) ? list.filter(isJson) : [])

/** Series of a line, bar or area chart, with its categories. */
export function seriesOf(chart: Json): { readonly categories: readonly string[]; readonly series: readonly Series[] } {
  const axis = isJson(chart.axis_config) ? chart.axis_config : {}
  const all = listOf(chart.series)
  const named = Array.isArray(axis.categories)
    ? axis.categories.map(String)
    : listOf(all[0]?.data ?? all[0]?.data_points).map(({ label }) => String(label))
  const series = all.map((one) => {
    const points = listOf(one.data ?? one.data_points)
    const valueAt = (category: string, index: number) =>
      Number((points.find(({ label, category: of }) => (label ?? of) === category) ?? points[index])?.value)
    return { name: String(one.name ?? ''), values: named.map(valueAt) }
  })
  return { categories: named, series }
}
