// What was done: calls hosted and attended, comments, listening. Sums only of what adds up; counts of a holiday or leave week are
// held against its calls. Day by day under *Details*.
import { datesIn } from '../../domain/period.ts'
import type { ChartPart, Part } from '../../render/message.ts'
import { dateLong, weekdayShort } from '../../render/text/dates.ts'
import { changeWords, decimal, plural } from '../../render/text/numbers.ts'
import { bold, joined, type Line, line } from '../../render/text/text.ts'
import type { DailyTotals, MeasureDefinition, PersonReport, TeamReport } from '../../stats/figures/results.ts'
import { defineSection, type ReportContext, type SectionOutput } from '../section.ts'
import { factOf, inSentence } from '../wording/measure.ts'
import { figuresOf } from '../wording/viewpoint.ts'

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
  const hosted = report.measures.get('calls-hosted')
  if (!hosted?.value.known) return { parts: [], thread: daily(report.daily, context) }
  const { value } = hosted.value
  const before = hosted.before.known ? ` (${decimal(hosted.before.value, locale)})` : ''
  const short = report.isShort ? '; a holiday or leave week among the two, so not compared' : ''
  const fact = line(bold(plural(value, 'call', locale)), ` hosted${before}${short}`)
  const further = definitions.flatMap((definition) => {
    const of = definition.id === 'calls-hosted' ? undefined : report.measures.get(definition.id)
    return (of && factOf(definition, of.value, of.before, locale)) ?? []
  })
  return {
    parts: [{ type: 'facts', facts: [fact, ...further] }],
    thread: daily(report.daily, context),
    summary: `${fact.plain}.`,
    figures: { 'calls hosted': value },
  }
}

/** A person's own counts; the first few in the message, all of them under details. */
function ofPerson(report: PersonReport, definitions: readonly MeasureDefinition[], context: ReportContext): SectionOutput {
  const { locale } = context
  const { figures } = report
  const facts = definitions.flatMap((definition): { readonly id: string; readonly fact: Line }[] => {
    const of = figures.measures.get(definition.id)
    if (!of?.value.known || (of.value.value === 0 && !(of.before.known && of.before.value > 0))) return []
    const counted = line(bold(decimal(of.value.value, locale)), ` ${inSentence(definition.label)}`)
    if (figures.isShort && of.perCall?.value.known) {
      const { value, before, change } = of.perCall
      const rate = `${decimal(value.value, locale, 1)} a call${before.known ? `, before ${decimal(before.value, locale, 1)}` : ''}`
      const words = change.known ? `; ${changeWords(change.value, 'per-call', locale)}` : ''
      return [{ id: definition.id, fact: line(counted, ` (${rate}${words})`) }]
    }
    const before = of.before.known && !figures.isShort ? ` (${decimal(of.before.value, locale)})` : ''
    return [{ id: definition.id, fact: line(counted, before) }]
  })
  const inMessage = facts
    .filter(({ id }) => id === 'calls-hosted' || id === 'calls-attended' || id === 'comments-received')
    .map(({ fact }) => fact)
  const hosted = figures.measures.get('calls-hosted')?.value
  return {
    parts: inMessage.length > 0 ? [{ type: 'facts', facts: inMessage }] : [],
    thread: [
      ...(facts.length > inMessage.length
        ? [{ type: 'text' as const, line: line(bold('All activity: '), joined(facts.map(({ fact }) => fact))) }]
        : []),
      ...daily(report.daily, context),
    ],
    ...(inMessage[0] && { summary: `${inMessage[0].plain}.` }),
    shows: [figures.person.id],
    figures: hosted?.known ? { 'calls hosted': hosted.value } : {},
  }
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
    categories: known.map(({ date }) => (known.length <= 7 ? weekdayShort(date, locale) : dateLong(date, locale))),
    series: [{ name: 'Calls hosted', values: known.map(({ calls }) => calls) }],
    unit: 'calls',
    description: `Calls hosted by day: most on ${dateLong(busiest.date, locale)} (${decimal(busiest.calls, locale)}).${missing > 0 ? ` ${plural(missing, 'day', locale)} without a figure.` : ''}`,
  }
  return [chart]
}
