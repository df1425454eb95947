// How the talking went, as a grid: talk ratio, monologue, interactivity, patience, questions. A team's medians with the change of its people;
// a person's own beside what is usual for them and the team's median.

import type { Part } from '../../render/message.ts'
import { changeWords, listWords, missingWords, signedWithUnit } from '../../render/text/numbers.ts'
import { bold, joined, type Line, line } from '../../render/text/text.ts'
import type { MeasureDefinition, PersonMeasure, PersonReport, TeamMeasure, TeamReport } from '../../stats/figures/results.ts'
import type { MeasureId } from '../../stats/measures/index.ts'
import { movedAsCounted } from '../headlines/team-news.ts'
import { defineSection, type ReportContext, type SectionOutput } from '../section.ts'
import { figureFact, inSentence, inUnit, shownFigure, targetWords } from '../wording/measure.ts'
import { firstName, possessive } from '../wording/subject.ts'
import { contributorsIn, figuresOf, isOwn, soleContributors } from '../wording/viewpoint.ts'

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
    return of?.value.known ? [{ definition, of, value: of.value.value }] : []
  })
  return {
    parts: [
      { type: 'facts', facts: shown.map(({ definition, of, value }) => teamFact(definition, of, value, locale)) },
      ...missingNote(report, definitions),
    ],
    shows: [
      ...new Set([
        ...movedAsCounted(
          shown.filter(({ of }) => countsHeads(of)),
          report,
          context,
        ),
        ...soleContributors(
          shown.flatMap(({ of }) => contributorsIn(of, 'change')),
          context,
        ),
      ]),
    ],
    figures: Object.fromEntries(shown.map(({ definition, value }) => shownFigure(definition, value))),
  }
}

/** `Talk ratio **51 %** · −2 points · 5 of 6 down`: a change is of the people, so no figure before stands beside it. */
function teamFact(definition: MeasureDefinition, { change, moved }: TeamMeasure, value: number, locale: string): Line {
  return joined([
    figureFact(definition, value, locale),
    line(change.known ? signedWithUnit(change.value, definition.unit, locale) : ''),
    line(change.known && moved && countsHeads({ change, moved }) ? headsWords(moved, change.value) : ''),
  ])
}

/** Beside a change it is said how many people moved that way, where people may be counted. */
const countsHeads = ({ change, moved }: Pick<TeamMeasure, 'change' | 'moved'>): boolean =>
  change.known && change.value !== 0 && moved !== undefined

/** `5 of 6 down` */
function headsWords(moved: NonNullable<TeamMeasure['moved']>, change: number): string {
  const all = moved.up + moved.down + moved.unchanged
  return change < 0 ? `${moved.down} of ${all} down` : `${moved.up} of ${all} up`
}

/** Which figures are missing and why, together: silence would read as zero. */
function missingNote(report: TeamReport, definitions: readonly MeasureDefinition[]): Part[] {
  const missing = definitions.flatMap(({ id, label }) => {
    const value = report.measures.get(id)?.value
    return value && !value.known ? [{ label: inSentence(label), why: missingWords(value.why, report.minimumPeople) }] : []
  })
  if (missing.length === 0) return []
  const byReason = [...Map.groupBy(missing, ({ why }) => why)]
  return [
    {
      type: 'note',
      line: line(byReason.map(([why, labels]) => `Not shown: ${listWords(labels.map(({ label }) => label))} (${why})`).join('. '), '.'),
    },
  ]
}

function ofPerson(report: PersonReport, definitions: readonly MeasureDefinition[], context: ReportContext): SectionOutput {
  const { locale } = context
  const { figures } = report
  const shown = definitions.flatMap((definition) => {
    const of = figures.measures.get(definition.id)
    return of?.value.known ? [{ definition, of, value: of.value.value }] : []
  })
  const facts = shown.map(({ definition, of, value }) => personFact(definition, of, value, report, locale))
  const inMessage = forMessage(shown.map(({ definition }) => definition))
  const further = facts.filter((_, index) => !inMessage.has(index))
  const missing = definitions.filter(({ id }) => figures.measures.get(id)?.value.known === false)
  const targets = shown.flatMap(({ definition, of }) =>
    of.target ? [{ type: 'note' as const, line: line(`${definition.label}: ${targetWords(definition, of.target, locale)}.`) }] : [],
  )
  const owner = isOwn(context) ? 'Your' : possessive(firstName(context, figures.person))
  return {
    parts: [{ type: 'facts', facts: facts.filter((_, index) => inMessage.has(index)) }],
    thread: [
      ...(further.length > 0 ? [{ type: 'facts' as const, facts: further }] : []),
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

/** `Talk ratio **48 %** (usually 54 %, team 51 %)` */
function personFact(definition: MeasureDefinition, of: PersonMeasure, value: number, report: PersonReport, locale: string): Line {
  const median = report.team.get(definition.id)?.value
  const beside = [
    of.usualWeek.known && !report.figures.isNew ? `usually ${inUnit(definition, of.usualWeek.value, locale)}` : '',
    median?.known ? `team ${inUnit(definition, median.value, locale)}` : '',
  ].filter(Boolean)
  return line(figureFact(definition, value, locale), beside.length > 0 ? ` (${beside.join(', ')})` : '')
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

const why = (of: PersonMeasure | undefined): string => (of && !of.value.known ? missingWords(of.value.why) : '')

/** `Your change on the period before: talk ratio 50 → 48 %, down 2 points`: now, before and change, which add up as printed. */
function changeLines(
  shown: readonly { readonly definition: MeasureDefinition; readonly of: PersonMeasure; readonly value: number }[],
  report: PersonReport,
  owner: string,
  locale: string,
): Part[] {
  if (report.figures.isNew) return []
  const changes = shown.flatMap(({ definition, of, value }) => {
    if (!of.change.known || !of.before.known) return []
    const from = inUnit(definition, of.before.value, locale)
    return [
      `${inSentence(definition.label)} ${from} → ${inUnit(definition, value, locale)}, ${changeWords(of.change.value, definition.unit, locale)}`,
    ]
  })
  if (changes.length === 0) return []
  return [{ type: 'text', line: line(bold(`${owner} change on the period before: `), changes.join('; '), '.') }]
}
