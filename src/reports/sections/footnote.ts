// What the figures rest on: n, the period compared with, zone, when they were read, what is missing and why; the definitions under
// details. Every report ends with it.

import type { Part } from '../../render/message.ts'
import { periodTitle } from '../../render/text/dates.ts'
import { missingWords, people, plural, sentence } from '../../render/text/numbers.ts'
import { bold, joined, line } from '../../render/text/text.ts'
import type { DataState } from '../../stats/data-state.ts'
import type { MeasureDefinition, PersonReport, TeamReport } from '../../stats/figures/results.ts'
import type { MeasureId } from '../../stats/measures/index.ts'
import { defineSection, type ReportContext } from '../section.ts'
import { usualWeeksWords, whichCalls } from '../wording/coverage.ts'
import { readWords } from '../wording/data-read.ts'
import { figuresOf, isOwn } from '../wording/viewpoint.ts'

export const footnote = defineSection({
  id: 'footnote',
  title: 'What these figures rest on',
  speaksAlways: true,
  async gather(context) {
    const [figures, definitions] = await Promise.all([figuresOf(context), context.stats.measures()])
    return figures && { figures, definitions }
  },
  render({ figures, definitions }, context) {
    const { report } = figures
    const measures = figures.type === 'person' ? figures.report.figures.measures : figures.report.measures
    const isShown = (id: MeasureId): boolean => measures.get(id)?.value.known === true
    const rests = figures.type === 'person' ? personRests(figures.report, context) : teamRests(figures.report, definitions, context)
    const before = periodTitle(report.before, context.locale, Number(context.today.slice(0, 4)))
    const compared = hasComparison(report) ? ` ${sentence(`In brackets: ${before}`)}` : ''
    return {
      parts: [{ type: 'note', line: line(`${rests}${figures.type === 'team' ? compared : ''} ${readWords(report.state, context)}`) }],
      thread: definitionParts(
        definitions.filter(({ id }) => isShown(id)),
        report.state,
      ),
      // A person's number of calls is in the headline, unless it is unknown.
      ...((figures.type === 'team' || !figures.report.figures.callCount.calls.known) && { summary: rests }),
    }
  },
})

const hasComparison = (report: TeamReport | PersonReport): boolean =>
  'figures' in report || [...report.measures.values()].some(({ before }) => before.known)

/** `Medians of 6 of 8 people (3+ calls each); 1 away, 1 had too few calls.` Without names the message does not say how the others divide. */
function teamRests(
  { counts, minimumCalls, measures, state }: TeamReport,
  definitions: readonly MeasureDefinition[],
  { locale }: ReportContext,
): string {
  const isMedian = definitions.some(({ id, ofTeam }) => ofTeam === 'median' && measures.get(id)?.value.known)
  const enough =
    minimumCalls === undefined
      ? 'with enough calls'
      : isMedian
        ? `${minimumCalls}+ calls each${whichCalls(state)}`
        : `with ${minimumCalls}+ calls`
  const { noCalls = 0, tooFewCalls = 0, neverRead } = counts
  const others = [
    noCalls > 0 ? `${noCalls} without calls` : '',
    tooFewCalls > 0 ? `${tooFewCalls} with too few` : '',
    neverRead > 0 ? `${neverRead} not read yet` : '',
  ].filter(Boolean)
  const all = people(counts.members, locale)
  const of = counts.enoughCalls === undefined ? all : `${counts.enoughCalls} of ${all}`
  const rests = isMedian ? `Medians of ${of} (${enough})` : counts.enoughCalls === undefined ? all : `${of} ${enough}`
  return `${rests}${others.length > 0 ? `; ${others.join(', ')}` : ''}.`
}

function personRests({ figures, state }: PersonReport, context: ReportContext): string {
  const { calls } = figures.callCount
  const n = calls.known
    ? `${plural(calls.value, 'call', context.locale)}${figures.callCount.basis === 'in-period' ? ' in period, hosted and attended' : ''}`
    : `number of calls: ${missingWords(calls.why)}`
  const basis =
    figures.isNew || !figures.enoughCalls
      ? ''
      : ` this time; usually: the median of ${state.weeksKnown ? '' : isOwn(context) ? 'your ' : 'the '}${usualWeeksWords(state, context.locale)}`
  return `${n.slice(0, 1).toUpperCase()}${n.slice(1)}${basis}.`
}

function definitionParts(definitions: readonly MeasureDefinition[], state: DataState): Part[] {
  if (definitions.length === 0) return []
  const lines = definitions.map(({ label, definition }) => line(bold(label), `: ${definition}`))
  return [
    {
      type: 'note',
      line: joined([line(bold('Definitions'), state.contract === 'live' ? ', as Gong answers today' : ''), ...lines], '\n'),
    },
  ]
}
