// How the talking went: talk ratio, monologue, interactivity, patience, questions. A team's medians with the period before in
// brackets; a person's own beside what is usual for them and the team's median.

import type { Part } from '../../render/message.ts'
import { bareFigure, changeWords, figure, figureWithUnit, listWords, missingWords } from '../../render/text/numbers.ts'
import { bold, joined, type Line, line } from '../../render/text/text.ts'
import type { MeasureDefinition, PersonMeasure, PersonReport, TeamReport } from '../../stats/figures/results.ts'
import type { MeasureId } from '../../stats/measures/index.ts'
import { defineSection, type ReportContext, type SectionOutput } from '../section.ts'
import { factOf, inSentence, shownFigure } from '../wording/measure.ts'
import { firstName, possessive } from '../wording/subject.ts'
import { figuresOf, isOwn } from '../wording/viewpoint.ts'

export const conversation = defineSection({
  id: 'conversation',
  title: 'Conversation',
  async gather(context) {
    const [figures, all] = await Promise.all([figuresOf(context), context.stats.measures()])
    const definitions = all.filter(({ group }) => group === 'conversation')
    if (!figures) return undefined
    const measures = figures.type === 'person' ? figures.report.figures.measures : figures.report.measures
    return definitions.some(({ id }) => measures.get(id)?.value.known) ? { figures, definitions } : undefined
  },
  render: ({ figures, definitions }, context) =>
    figures.type === 'person' ? ofPerson(figures.report, definitions, context) : ofTeam(figures.report, definitions, context),
})

function ofTeam(report: TeamReport, definitions: readonly MeasureDefinition[], context: ReportContext): SectionOutput {
  const { locale } = context
  const shown = definitions.flatMap((definition) => {
    const of = report.measures.get(definition.id)
    const fact = of && factOf(definition, of.value, of.before, locale)
    return of && fact ? [{ definition, of, fact }] : []
  })
  const changes = shown.flatMap(({ definition, of }): Line[] =>
    of.change.known
      ? [line(`${definition.label} `, bold(changeWords(of.change.value, definition.unit, locale)))]
      : [line(`${definition.label}: ${missingWords(of.change.why)}`)],
  )
  return {
    parts: [{ type: 'text', line: joined(shown.map(({ fact }) => fact)) }, ...missingNote(report, definitions)],
    thread: [
      { type: 'text', line: line(bold('Change, of the same people in both periods')) },
      { type: 'facts', facts: changes },
    ],
    figures: Object.fromEntries(shown.map(({ definition, of }) => shownFigure(definition, of.value.known ? of.value.value : 0))),
  }
}

/** Which figures are missing and why, together: silence would read as zero. */
function missingNote(report: TeamReport, definitions: readonly MeasureDefinition[]): Part[] {
  const byReason = new Map<string, string[]>()
  for (const { id, label } of definitions) {
    const value = report.measures.get(id)?.value
    if (value && !value.known) byReason.set(missingWords(value.why), [...(byReason.get(missingWords(value.why)) ?? []), inSentence(label)])
  }
  return byReason.size === 0
    ? []
    : [{ type: 'note', line: line([...byReason].map(([why, labels]) => `Not shown: ${listWords(labels)} (${why})`).join('. '), '.') }]
}

function ofPerson(report: PersonReport, definitions: readonly MeasureDefinition[], context: ReportContext): SectionOutput {
  const { locale } = context
  const { figures, team } = report
  const usually = isOwn(context) ? 'you usually' : 'usually'
  const shown = definitions.flatMap((definition) => {
    const of = figures.measures.get(definition.id)
    return of?.value.known ? [{ definition, of, value: of.value.value }] : []
  })
  const lines = shown.map(({ definition, of, value }, index) => {
    const { unit, label, id } = definition
    const median = team.get(id)?.value
    return joined([
      line(`${label} `, bold(figure(value, unit, locale))),
      line(of.usual.known && !figures.isNew ? `${index === 0 ? usually : 'usually'} ${figure(of.usual.value, unit, locale)}` : ''),
      line(median?.known ? `team ${figure(median.value, unit, locale)}` : ''),
    ])
  })
  const inMessage = forMessage(shown.map(({ definition }) => definition))
  const main = lines.filter((_, index) => inMessage.has(index))
  const further = lines.filter((_, index) => !inMessage.has(index))
  const missing = definitions.filter(({ id }) => figures.measures.get(id)?.value.known === false)
  const targets = shown.flatMap(({ definition, of }) => targetLine(definition, of, locale) ?? [])
  const owner = isOwn(context) ? 'Your' : possessive(firstName(figures.person))
  return {
    parts: [{ type: 'text', line: sentences(main) }],
    thread: [
      ...(further.length > 0 ? [{ type: 'text' as const, line: joined(further, '\n') }] : []),
      ...changeLines(shown, report, owner, locale),
      ...targets,
      ...teamNote(report, shown[0]?.definition.id),
      ...(missing.length > 0
        ? [
            {
              type: 'note' as const,
              line: line(
                `Not shown: ${missing.map(({ id, label }) => `${inSentence(label)} (${why(figures.measures.get(id))})`).join(', ')}.`,
              ),
            },
          ]
        : []),
    ],
    shows: [figures.person.id],
    figures: Object.fromEntries(shown.map(({ definition, value }) => shownFigure(definition, value))),
  }
}

/** Why no team median stands beside the person's figures; nothing for whoever has no team. */
function teamNote({ team }: PersonReport, id: MeasureId | undefined): Part[] {
  const median = id === undefined ? undefined : team.get(id)?.value
  if (!median || median.known) return []
  return [{ type: 'note', line: line(`No team medians: ${missingWords(median.why)}.`) }]
}

/** Places of those meant for the message, and of the first others until there are two. */
function forMessage(shown: readonly MeasureDefinition[]): ReadonlySet<number> {
  const order = [...shown.keys()].toSorted(
    (a, b) => Number(shown[b]?.shownIn === 'message') - Number(shown[a]?.shownIn === 'message') || a - b,
  )
  const meant = shown.filter(({ shownIn }) => shownIn === 'message').length
  return new Set(order.slice(0, Math.max(2, meant)))
}

const sentences = (lines: readonly Line[]): Line => line(joined(lines, '. '), lines.length > 0 ? '.' : '')

const why = (of: PersonMeasure | undefined): string => (of && !of.value.known ? missingWords(of.value.why) : '')

function changeLines(
  shown: readonly { readonly definition: MeasureDefinition; readonly of: PersonMeasure; readonly value: number }[],
  report: PersonReport,
  owner: string,
  locale: string,
): Part[] {
  const changes = shown.flatMap(({ definition, of }) =>
    of.change.known ? [`${inSentence(definition.label)} ${changeWords(of.change.value, definition.unit, locale)}`] : [],
  )
  if (changes.length === 0 || report.figures.isNew) return []
  return [{ type: 'text', line: line(bold(`${owner} change on the period before: `), changes.join(', '), '.') }]
}

/** `Talk ratio is within 43 %–65 % (Gong Labs, 2016, redone 2025).` A target says where a figure lies, not whether it is good. */
function targetLine(definition: MeasureDefinition, of: PersonMeasure, locale: string): Part | undefined {
  if (!of.target) return undefined
  const { low, high, source } = of.target.range
  const from = low === undefined ? '' : bareFigure(low, definition.unit, locale)
  const to = high === undefined ? '' : figureWithUnit(high, definition.unit, locale)
  const range =
    low === undefined ? `up to ${to}` : high === undefined ? `from ${figureWithUnit(low, definition.unit, locale)}` : `${from}–${to}`
  return { type: 'note', line: line(`${definition.label}: ${of.target.position} ${range} (${source}).`) }
}
