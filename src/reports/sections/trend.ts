// The picture: the measure the headline is about, by week, with the usual range where there is one. Weeks without a figure are left out,
// because a chart has no gaps, and the words say so; too few weeks are said instead of drawn.
import type { Measured, Missing } from '../../domain/measured.ts'
import { lengthDays } from '../../domain/period.ts'
import { roundedAs } from '../../domain/unit.ts'
import { withoutGaps } from '../../render/blocks/chart.ts'
import type { ChartPart } from '../../render/message.ts'
import { periodLabel, periodTitle } from '../../render/text/dates.ts'
import { figure, plural } from '../../render/text/numbers.ts'
import { line } from '../../render/text/text.ts'
import type { MeasureDefinition, TrendPoint } from '../../stats/figures/results.ts'
import type { UsualRange } from '../../stats/figures/usual-range.ts'
import type { MeasureId } from '../../stats/measures/index.ts'
import { personNewsOf } from '../headlines/person-news.ts'
import { teamNewsOf } from '../headlines/team-news.ts'
import { defineSection } from '../section.ts'
import { betweenWords, inSentence } from '../wording/measure.ts'
import { firstName, possessive } from '../wording/subject.ts'
import { type FiguresReport, figuresOf, isOwn, soleContributors } from '../wording/viewpoint.ts'

/** Two months: enough to see a turn, few enough to read on a phone. */
const weeksShown = 8

/** Fewer weeks than this are no line. */
const leastWeeks = 4

/** A begun week is no point of a weekly line. */
const leastDays = 5

export const trend = defineSection({
  id: 'trend',
  title: 'Trend',
  async gather(context) {
    const [figures, definitions] = await Promise.all([figuresOf(context), context.stats.measures()])
    if (!figures || lengthDays(context.period) < leastDays) return undefined
    const chosen = choose(definitions, figures)
    return chosen && { figures, ...chosen }
  },
  render({ figures, definition, points, range }, context) {
    const person = figures.type === 'person' ? figures.report.figures.person : undefined
    const median = { team: 'Team median', org: 'Org median', company: 'Company median', person: 'Median' }[context.subject.type]
    const short = person ? (isOwn(context) ? 'You' : firstName(context, person)) : median
    const whose = person ? (isOwn(context) ? 'Your' : possessive(firstName(context, person))) : median
    const known = points.filter(({ value }) => value.known).length
    const shows = soleContributors(
      points.map(({ of }) => of),
      context,
    )
    if (known >= leastWeeks) return { parts: [chartOf(definition, points, range, { short, whose, locale: context.locale })], shows }
    return {
      parts: [
        {
          type: 'note',
          line: line(
            `No trend yet: ${inSentence(definition.label)} is known for ${plural(known, 'week', context.locale)} of ${points.length}.`,
          ),
        },
      ],
    }
  },
})

/** The measure of the headline; without news talk ratio, or the first measure that has a line to draw. */
function choose(definitions: readonly MeasureDefinition[], figures: FiguresReport) {
  const conversation = definitions.filter(({ group }) => group === 'conversation')
  const news = (
    figures.type === 'person' ? personNewsOf(figures.report.figures, conversation) : teamNewsOf(figures.report, conversation)
  ).map(({ definition }) => definition)
  const trends: ReadonlyMap<MeasureId, readonly TrendPoint[]> = figures.report.trend
  const measures = figures.type === 'person' ? figures.report.figures.measures : figures.report.measures
  for (const least of [leastWeeks, 2]) {
    for (const definition of [...news, ...conversation]) {
      const points = (trends.get(definition.id) ?? []).slice(-weeksShown)
      if (points.filter(({ value }) => value.known).length >= least)
        return { definition, points, range: measures.get(definition.id)?.usualRange }
    }
  }
  return undefined
}

interface Names {
  readonly short: string
  readonly whose: string
  readonly locale: string
}

function chartOf(definition: MeasureDefinition, all: readonly TrendPoint[], range: UsualRange | undefined, names: Names): ChartPart {
  const { unit, label } = definition
  const { whose, locale } = names
  const { points } = withoutGaps(all, ({ value }): readonly Measured[] => [value])
  const first = points[0]
  const last = points.at(-1)
  const from = first ? `from ${figure(first.values[0] ?? 0, unit, locale)} (${periodTitle(first.point.period, locale)})` : ''
  const to = last ? `to ${figure(last.values[0] ?? 0, unit, locale)} (${periodTitle(last.point.period, locale)})` : ''
  const usual = range ? ` Usual: ${betweenWords(definition, range.low, range.high, locale)}.` : ''
  const gaps = leftOutWords(all, locale)
  const flat = (value: number): number[] => points.map(() => displayed(value, unit))
  return {
    type: 'chart',
    kind: 'line',
    title: `${whose} ${inSentence(label)}, ${plural(points.length, 'week', locale)}`,
    categories: points.map(({ point }) => periodLabel(point.period, locale)),
    series: [
      { name: names.short, values: points.map(({ values }) => displayed(values[0] ?? 0, unit)) },
      // The usual range as two flat lines: Slack's charts know no band.
      ...(range
        ? [
            { name: 'Usual, at least', values: flat(range.low), isGuide: true as const },
            { name: 'Usual, at most', values: flat(range.high), isGuide: true as const },
          ]
        : []),
    ],
    unit: unit === 'share' ? '%' : unit === 'seconds' ? 'seconds' : '',
    description: `${whose} ${inSentence(label)} by week, ${from} ${to}.${usual}${gaps}`,
  }
}

/** A week that was never fetched is not one without calls: each reason is said by itself. */
function leftOutWords(points: readonly TrendPoint[], locale: string): string {
  const reasons = points.flatMap(({ value }) => (value.known ? [] : [weekWithout[value.why] ?? 'without enough calls']))
  return [...Map.groupBy(reasons, (reason) => reason)]
    .map(([reason, weeks]) => ` ${plural(weeks.length, 'week', locale)} ${reason} left out.`)
    .join('')
}

const weekWithout: Partial<Readonly<Record<Missing, string>>> = {
  'not-read': 'not fetched from Gong',
  'not-given': 'without this figure from Gong',
  quarantined: 'without a possible figure from Gong',
}

/** In the unit it is drawn in, rounded as it is printed: 46 beside "46 %". */
const displayed = (value: number, unit: MeasureDefinition['unit']): number =>
  unit === 'share' ? Math.round(roundedAs(value, unit) * 100) : roundedAs(value, unit)
