// What the figures rest on, for the one line of small print: how many people, the period compared with, zone, when they were fetched, what is
// missing and why; the definitions under details. Every report of figures ends with it.

import type { Part } from '../../render/message.ts'
import { periodTitle } from '../../render/text/dates.ts'
import { capital, listWords, missingWords, oneOrMany, people, plural, sentence } from '../../render/text/numbers.ts'
import { bold, joined, line } from '../../render/text/text.ts'
import type { DataState } from '../../stats/data-state.ts'
import type { MeasureDefinition, PersonReport, TeamReport } from '../../stats/figures/results.ts'
import { defineSection, foldTitle, type ReportContext } from '../section.ts'
import { usualWeeksWords, withCalls } from '../wording/coverage.ts'
import { readWords } from '../wording/data-read.ts'
import { namesAmong } from '../wording/subject.ts'
import { figuresOf, isOwn, seesNames } from '../wording/viewpoint.ts'

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
    const rests = figures.type === 'person' ? personRests(figures.report, context) : teamRests(figures.report, definitions, context)
    const before = periodTitle(report.before, context.locale, Number(context.today.slice(0, 4)))
    const compared = hasComparison(report) ? ` ${sentence(`Compared with ${before}`)}` : ''
    return {
      parts: [],
      smallPrint: `${rests}${compared} ${readWords(report.state, context)}`,
      thread: definitionParts(
        definitions.filter(({ id }) => measures.get(id)?.value.known === true),
        report.state,
      ),
    }
  },
})

const hasComparison = (report: TeamReport | PersonReport): boolean =>
  'figures' in report
    ? report.figures.enoughCalls && !report.figures.isNew && [...report.figures.measures.values()].some(({ before }) => before.known)
    : [...report.measures.values()].some(({ before }) => before.known)

/**
 * `6 of 8 people with 3+ calls; 1 without calls, 1 with too few. Noor is new and not counted in changes.` Without names the message does
 * not say how the others divide.
 */
function teamRests(report: TeamReport, definitions: readonly MeasureDefinition[], context: ReportContext): string {
  const { counts, minimumCalls, measures, state } = report
  const { locale } = context
  const isMedian = definitions.some(({ id, ofTeam }) => ofTeam === 'median' && measures.get(id)?.value.known)
  const enough =
    minimumCalls === undefined ? 'with enough calls' : isMedian ? withCalls(state, minimumCalls) : `with ${minimumCalls}+ calls`
  const { noCalls = 0, tooFewCalls = 0, neverRead } = counts
  const others = [
    noCalls > 0 ? `${noCalls} without calls` : '',
    tooFewCalls > 0 ? `${tooFewCalls} with too few` : '',
    neverRead > 0 ? `${neverRead} not yet fetched` : '',
  ].filter(Boolean)
  const all = people(counts.members, locale)
  const of = counts.enoughCalls === undefined ? all : `${counts.enoughCalls} of ${all} ${enough}`
  const rests = `${isMedian ? `Medians of ${of}` : capital(of)}${others.length > 0 ? `; ${others.join(', ')}` : ''}.`
  return `${rests}${newWords(report, context)}`
}

const namedAtMost = 3

/** People still new are in the medians, and left out of changes: said by name to those who may see names. */
function newWords({ people: rows, members }: TeamReport, context: ReportContext): string {
  if (!seesNames(context) || context.audience.type !== 'person') return ''
  const fresh = rows.filter(({ isNew }) => isNew)
  if (fresh.length === 0) return ''
  const called = namesAmong(context, members)
  const who = fresh.length > namedAtMost ? people(fresh.length, context.locale) : listWords(fresh.map(({ person }) => called(person)))
  return ` ${who} ${oneOrMany(fresh.length, 'is', 'are')} new and not counted in changes.`
}

function personRests({ figures, state }: PersonReport, context: ReportContext): string {
  const { calls } = figures.callCount
  const n = calls.known
    ? `${plural(calls.value, 'call', context.locale)}${figures.callCount.basis === 'in-period' ? ' in period, hosted and attended' : ''}`
    : `number of calls: ${missingWords(calls.why)}`
  const basis =
    figures.isNew || !figures.enoughCalls || ![...figures.measures.values()].some(({ usualWeek }) => usualWeek.known)
      ? ''
      : `; usual is the median of ${state.weeksKnown ? '' : isOwn(context) ? 'your ' : 'the '}${usualWeeksWords(state, context.locale)}`
  return `${capital(n)}${basis}.`
}

function definitionParts(definitions: readonly MeasureDefinition[], state: DataState): Part[] {
  if (definitions.length === 0) return []
  const asGongAnswers = state.contract === 'live' ? [line('As Gong answers today:')] : []
  const lines = definitions.map(({ label, definition }) => line(bold(label), `: ${definition}`))
  return [{ type: 'note', line: joined([...asGongAnswers, ...lines], '\n'), foldedUnder: foldTitle }]
}
