// What people did: calls hosted and attended, comments, listening. Adds up only what can be added up; in a holiday or leave week counts
// are compared per call. Day by day under *Details*.
import { datesIn, lengthDays } from '../../domain/period.ts'
import type { ChartPart, Part } from '../../render/message.ts'
import { dateLong, weekdayShort } from '../../render/text/dates.ts'
import { changeWords, decimal, plural } from '../../render/text/numbers.ts'
import { bold, type Line, line } from '../../render/text/text.ts'
import type { DailyTotals, MeasureDefinition, PersonMeasure, PersonReport, TeamReport } from '../../stats/figures/results.ts'
import { defineSection, type ReportContext, type SectionOutput } from '../section.ts'
import { beforeWords, figureFact, shownFigure } from '../wording/measure.ts'
import { figureBefore } from '../wording/period-before.ts'
import { contributorsIn, figuresOf, soleContributors } from '../wording/viewpoint.ts'

export const activity = defineSection({
  id: 'activity',
  title: 'Activity',
  async gather(context) {
    const [figures, all] = await Promise.all([figuresOf(context), context.stats.measures()])
    const definitions = all.filter(({ group }) => group === 'activity')
    if (!figures) return undefined
    const measures = figures.type === 'person' ? figures.report.figures.measures : figures.report.measures
    const isSaid = definitions.some(({ id }) => {
      const value = measures.get(id)?.value
      return value?.known && value.value > 0
    })
    return isSaid ? { figures, definitions } : undefined
  },
  render: ({ figures, definitions }, context) =>
    figures.type === 'person' ? ofPerson(figures.report, definitions, context) : ofTeam(figures.report, definitions, context),
})

function ofTeam(report: TeamReport, definitions: readonly MeasureDefinition[], context: ReportContext): SectionOutput {
  const { locale } = context
  const shown = definitions.flatMap((definition) => {
    const of = report.measures.get(definition.id)
    if (!of?.value.known) return []
    const fact = line(figureFact(definition, of.value.value, locale), beforeWords(of.before, definition.unit, report, locale))
    const isShort = report.isShort && definition.ofTeam === 'sum'
    return [
      {
        definition,
        of,
        value: of.value.value,
        fact: line(fact, isShort ? '; a holiday or leave week among the two, so not compared' : ''),
      },
    ]
  })
  const [first] = shown
  return {
    parts: shown.length > 0 ? [{ type: 'facts', facts: shown.map(({ fact }) => fact) }] : [],
    thread: daily(report.daily, context),
    ...(first && { summary: `${first.fact.plain}.` }),
    shows: soleContributors(
      [...shown.flatMap(({ of }) => contributorsIn(of, 'before')), ...report.daily.map(({ hosts }) => hosts)],
      context,
    ),
    figures: Object.fromEntries(shown.map(({ definition, value }) => shownFigure(definition, value))),
  }
}

/** A person's own figures: those meant for the message in it, all of them under details. */
function ofPerson(report: PersonReport, definitions: readonly MeasureDefinition[], context: ReportContext): SectionOutput {
  const { locale } = context
  const { figures } = report
  const shown = definitions.flatMap((definition): { readonly definition: MeasureDefinition; readonly fact: Line }[] => {
    const of = figures.measures.get(definition.id)
    if (!of?.value.known || isNothing(definition, of)) return []
    const fact = figureFact(definition, of.value.value, locale)
    return [
      {
        definition,
        fact: line(
          fact,
          figures.isShort ? rateWords(definition, of, report, locale) : beforeWords(of.before, definition.unit, report, locale),
        ),
      },
    ]
  })
  const inMessage = shown.flatMap(({ definition, fact }) => (definition.shownIn === 'message' ? [fact] : []))
  const sums = definitions.flatMap((definition) => {
    const value = definition.ofTeam === 'sum' ? figures.measures.get(definition.id)?.value : undefined
    return value?.known ? [shownFigure(definition, value.value)] : []
  })
  return {
    parts: inMessage.length > 0 ? [{ type: 'facts', facts: inMessage }] : [],
    thread: [
      ...(shown.length > inMessage.length
        ? [
            { type: 'text' as const, line: line(bold('All activity')) },
            { type: 'facts' as const, facts: shown.map(({ fact }) => fact) },
          ]
        : []),
      ...daily(report.daily, context),
    ],
    ...(inMessage[0] && { summary: `${inMessage[0].plain}.` }),
    shows: [figures.person.id],
    figures: Object.fromEntries(sums),
  }
}

/** Counts of nothing, now and before, are left out; 0 % of something is a figure. */
const isNothing = ({ unit }: MeasureDefinition, { value, before }: PersonMeasure): boolean =>
  unit === 'count' && value.known && value.value === 0 && !(before.known && before.value > 0)

/** ` (0.3 a call, 0.5 the week before; down 0.2)`: how a count of a holiday or leave week is compared; anything else is compared as it is. */
function rateWords(definition: MeasureDefinition, of: PersonMeasure, report: PersonReport, locale: string): string {
  if (definition.unit !== 'count') return beforeWords(of.before, definition.unit, report, locale)
  if (!of.perCall?.value.known) return ''
  const { value, before, change } = of.perCall
  const words = change.known ? `; ${changeWords(change.value, 'per-call', locale)}` : ''
  const was = before.known ? `, ${figureBefore(decimal(before.value, locale, 1), report, locale)}` : ''
  return ` (${decimal(value.value, locale, 1)} a call${was}${words})`
}

const longestByDay = 20

/** Calls hosted by day as a picture; undefined days are left out and said. Longer periods have weeks for that. */
function daily(days: readonly DailyTotals[], { period, locale }: ReportContext): Part[] {
  const known = days.flatMap(({ date, callsAsHost }) => (callsAsHost.known ? [{ date, calls: callsAsHost.value }] : []))
  if (known.length < 2 || known.length > longestByDay || !known.some(({ calls }) => calls > 0)) return []
  const busiest = known.reduce((most, day) => (day.calls > most.calls ? day : most))
  const missing = datesIn(period).length - known.length
  const chart: ChartPart = {
    type: 'chart',
    kind: 'bar',
    title: 'Calls hosted by day',
    categories: known.map(({ date }) => (lengthDays(period) <= 7 ? weekdayShort(date, locale) : dateLong(date, locale))),
    series: [{ name: 'Calls hosted', values: known.map(({ calls }) => calls) }],
    unit: 'calls',
    description: `Calls hosted by day: most on ${dateLong(busiest.date, locale)} (${decimal(busiest.calls, locale)}).${missing > 0 ? ` ${plural(missing, 'day', locale)} without a figure.` : ''}`,
  }
  return [chart]
}
