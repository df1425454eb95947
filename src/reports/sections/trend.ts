// The picture: one measure by week. Weeks without a figure are left out, because a chart has no gaps, and the words say so.
import type { Measured } from '../../domain/measured.ts'
import { withoutGaps } from '../../render/blocks/chart.ts'
import type { ChartPart } from '../../render/message.ts'
import { periodTitle } from '../../render/text/dates.ts'
import { figure, plural } from '../../render/text/numbers.ts'
import type { MeasureDefinition, TrendPoint } from '../../stats/figures/results.ts'
import type { MeasureId } from '../../stats/measures/index.ts'
import { defineSection } from '../section.ts'
import { inSentence } from '../wording/measure.ts'
import { firstName, possessive } from '../wording/subject.ts'
import { figuresOf, isOwn } from '../wording/viewpoint.ts'

/** Two months: enough to see a turn, few enough to read on a phone. */
const weeksShown = 8

export const trend = defineSection({
  id: 'trend',
  title: 'Trend',
  async gather(context) {
    const [figures, definitions] = await Promise.all([figuresOf(context), context.stats.measures()])
    if (!figures) return undefined
    const chosen = choose(definitions, figures.report.trend)
    return chosen && { figures, ...chosen }
  },
  render({ figures, definition, points }, context) {
    const person = figures.type === 'person' ? figures.report.figures.person : undefined
    const median = { team: 'Team median', org: 'Org median', company: 'Company median', person: 'Median' }[context.subject.type]
    const short = person ? (isOwn(context) ? 'You' : firstName(person)) : median
    const whose = person ? (isOwn(context) ? 'Your' : possessive(firstName(person))) : median
    return { parts: [chartOf(definition, points, short, whose, context.locale)] }
  },
})

/** Talk ratio when it has a line to draw, else the first measure that has. */
function choose(definitions: readonly MeasureDefinition[], trends: ReadonlyMap<MeasureId, readonly TrendPoint[]>) {
  const candidates = definitions.filter(({ group }) => group === 'conversation')
  for (const definition of candidates) {
    const points = trends.get(definition.id) ?? []
    const shown = points.slice(-weeksShown)
    if (shown.filter(({ value }) => value.known).length >= 2) return { definition, points: shown }
  }
  return undefined
}

function chartOf(definition: MeasureDefinition, all: readonly TrendPoint[], name: string, whose: string, locale: string): ChartPart {
  const { unit, label } = definition
  const { points, left } = withoutGaps(all, ({ value }): readonly Measured[] => [value])
  const first = points[0]
  const last = points.at(-1)
  const weeks = plural(points.length, 'week', locale)
  const from = first ? `from ${figure(first.values[0] ?? 0, unit, locale)} (${periodTitle(first.point.period, locale)})` : ''
  const to = last ? `to ${figure(last.values[0] ?? 0, unit, locale)} (${periodTitle(last.point.period, locale)})` : ''
  const gaps = left === 0 ? '' : ` ${plural(left, 'week', locale)} without enough calls left out.`
  return {
    type: 'chart',
    kind: 'line',
    title: `${whose} ${inSentence(label)}, ${weeks}`,
    categories: points.map(({ point }) => periodTitle(point.period, locale)),
    series: [{ name, values: points.map(({ values }) => displayed(values[0] ?? 0, unit)) }],
    unit: unit === 'share' ? '%' : unit === 'seconds' ? 'seconds' : '',
    description: `${whose} ${inSentence(label)} by week, ${from} ${to}.${gaps}`,
  }
}

/** In the unit it is drawn in, rounded as it is read. */
const displayed = (value: number, unit: MeasureDefinition['unit']): number =>
  unit === 'share' ? Math.round(value * 1000) / 10 : Math.round(value * 10) / 10
