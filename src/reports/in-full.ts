// Every figure of a report as one whole sentence: unit, period, number of calls or people, comparison, definition; and what does not follow
// from the figures. For readers who will pass it on in words of their own. It shows nothing the report may not show.

import type { Measured } from '../domain/measured.ts'
import { lastDate, type Period } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import { periodTitle } from '../render/text/dates.ts'
import type { InFull } from '../render/text/for-a-model.ts'
import { changeWords, decimal, missingWords, people, plural, score } from '../render/text/numbers.ts'
import { clip } from '../render/text/text.ts'
import type { DataState } from '../stats/data-state.ts'
import type { MeasureDefinition, PersonReport, TeamReport } from '../stats/figures/results.ts'
import type { ScorecardReport } from '../stats/scorecards/results.ts'
import type { ReportContext } from './section.ts'
import { heldBackWords } from './wording/data-read.ts'
import { inSentence, inUnit } from './wording/measure.ts'
import {
  cardViewpoint,
  contributorsIn,
  figuresOf,
  personOf,
  reviewedCounted,
  reviewedIn,
  seesNames,
  soleContributors,
} from './wording/viewpoint.ts'

/** `shows`: whose own figures stand among those of a group, for the access log. */
export interface InFullShowing extends InFull {
  readonly shows: readonly PersonId[]
}

/** What the figures of a report are; `cards`: scorecards alone; `coaching`: a 1:1 rests on the person's figures, coverage says its own. */
export async function figuresInFull(context: ReportContext, about: 'figures' | 'cards' | 'coaching'): Promise<InFullShowing> {
  const cards = about === 'coaching' ? undefined : await cardsOf(context)
  const figures = about === 'figures' ? await figuresOf(context) : undefined
  const limits = [...(figures ? limitsOf(figures.report, context) : []), ...(cards ? cardLimits(cards, context.locale) : []), ...always]
  const ofCards = cards ? cardSentences(cards, context) : []
  const period = periodSentence(figures?.report ?? cards, context)
  const reviewed = cards ? soleContributors(reviewedSaid(cards), context) : []
  if (!figures) return { figures: [period, ...ofCards], limits, shows: reviewed }
  const definitions = await context.stats.measures()
  const { report } = figures
  const sentences = definitions.flatMap((definition) =>
    figures.type === 'person' ? personSentence(definition, figures.report, context) : teamSentence(definition, figures.report, context),
  )
  const measures = 'figures' in report ? report.figures.measures : report.measures
  return {
    figures: [period, ...sentences, ...missing(definitions, measures, periodTitle(report.period, context.locale)), ...ofCards],
    limits,
    shows: [...reviewed, ...(figures.type === 'team' ? contributorsSaid(definitions, figures.report, context) : [])],
  }
}

function contributorsSaid(
  definitions: readonly MeasureDefinition[],
  { measures }: TeamReport,
  context: ReportContext,
): readonly PersonId[] {
  const said = definitions.flatMap(({ id }) => measures.get(id) ?? []).filter(({ value }) => value.known)
  return soleContributors(
    said.flatMap((of) => contributorsIn(of, 'before', 'change')),
    context,
  )
}

/** What does not follow from coaching that is or is not seen. */
export const coachingLimit =
  'Coaching is seen by answered scorecards and listening in Gong alone. Coaching given elsewhere is not in it, so do not say that nobody coached a person.'

const always = [
  'A figure says what was counted or measured in recorded calls of this period, not why it changed.',
  'It is no judgement of a person and no ranking: for coaching, not employment decisions.',
]

/** `No figure, 16–22 Nov: comments given, calls scored (Gong gives none).` */
function missing(
  definitions: readonly MeasureDefinition[],
  measures: ReadonlyMap<MeasureDefinition['id'], { readonly value: Measured }>,
  when: string,
): string[] {
  const lacking = definitions.flatMap(({ id, label }) => {
    const value = measures.get(id)?.value
    return value && !value.known ? [{ label: inSentence(label), why: missingWords(value.why) }] : []
  })
  return [...Map.groupBy(lacking, ({ why }) => why)].map(
    ([why, of]) => `No figure, ${when}: ${of.map(({ label }) => label).join(', ')} (${why}).`,
  )
}

const dates = ({ from, to }: Period): string => `${from} to ${lastDate({ from, to })}`

function periodSentence(
  report: { readonly before: Period; readonly state: { readonly zone: string; readonly mayMove: boolean } } | undefined,
  { period }: ReportContext,
): string {
  const compared = report ? `; the period before is ${dates(report.before)}; days of ${report.state.zone}` : ''
  return `Period: ${dates(period)}, whole days${compared}.`
}

async function cardsOf(context: ReportContext): Promise<ScorecardReport | undefined> {
  if (context.subject.type === 'person' && personOf(context) === undefined) return undefined
  const report = await context.stats.scorecards(context.subject, context.period, cardViewpoint(context), context.card)
  return report.tooFewPeople ? undefined : report
}

const units: Readonly<Record<MeasureDefinition['unit'], string>> = {
  share: '',
  seconds: ' (minutes and seconds)',
  score: " (a score of Gong's without a unit)",
  none: ' (without a unit)',
  'per-call': '',
  count: '',
}

/** Short times are written in seconds with their unit. */
const unitOf = (value: number, unit: MeasureDefinition['unit']): string => (unit === 'seconds' && Math.abs(value) < 10 ? '' : units[unit])

/** `Talk ratio: 48 %, 16–22 Nov, over 12 calls; usual 54 % (median of the 8 weeks before), down 6 points; …` */
function personSentence(
  definition: MeasureDefinition,
  { figures, period, before, team }: PersonReport,
  { locale }: ReportContext,
): string[] {
  const of = figures.measures.get(definition.id)
  if (!of?.value.known) return []
  const { unit, label } = definition
  const written = (value: number): string => inUnit(definition, value, locale)
  const when = periodTitle(period, locale)
  const { calls, basis } = figures.callCount
  const n = calls.known
    ? `over ${plural(calls.value, 'call', locale)}${basis === 'in-period' ? ' hosted and attended' : ''}`
    : `number of calls: ${missingWords(calls.why)}`
  const compares = figures.enoughCalls && !figures.isNew
  const usual =
    compares && of.usualWeek.known
      ? `usual ${written(of.usualWeek.value)} (median of the 8 weeks before)${of.changeFromUsualWeek.known ? `, so ${changeWords(of.changeFromUsualWeek.value, unit, locale)}` : ''}`
      : ''
  const was =
    compares && of.before.known
      ? `${periodTitle(before, locale)} ${written(of.before.value)}${of.change.known ? `, so ${changeWords(of.change.value, unit, locale)}` : ''}`
      : 'not compared with another period'
  const median = team.get(definition.id)?.value
  const beside = compares && median?.known ? `team median ${written(median.value)}` : ''
  const facts = [
    `${written(of.value.value)}${unitOf(of.value.value, unit)}, ${when}${definition.group === 'conversation' ? `, ${n}` : ''}`,
    usual,
    was,
    beside,
  ]
    .filter(Boolean)
    .join('; ')
  return [`${label}: ${facts}. Means: ${definition.definition}`]
}

/** Without names how many people a figure rests on is not said beyond what the report says. */
function teamSentence(definition: MeasureDefinition, report: TeamReport, context: ReportContext): string[] {
  const of = report.measures.get(definition.id)
  if (!of?.value.known || definition.ofTeam === 'none') return []
  const { locale } = context
  const { unit, label } = definition
  const written = (value: number): string => inUnit(definition, value, locale)
  const when = periodTitle(report.period, locale)
  const enough = report.minimumCalls === undefined ? 'enough calls' : `${report.minimumCalls} or more calls`
  const rests = seesNames(context) ? people(of.people, locale) : 'the people'
  const made =
    definition.ofTeam === 'median' ? `median of ${rests} with ${enough}` : `sum over ${rests === 'the people' ? 'the group' : rests}`
  const was = of.before.known ? `${periodTitle(report.before, locale)} ${written(of.before.value)}` : 'not compared with another period'
  const change = of.change.known ? `change of the same people ${changeWords(of.change.value, unit, locale)}` : ''
  const facts = [`${written(of.value.value)}${unitOf(of.value.value, unit)}, ${when}, ${made}`, was, change].filter(Boolean).join('; ')
  return [`${label}: ${facts}. Means: ${definition.definition}`]
}

function limitsOf(report: PersonReport | TeamReport, context: ReportContext): string[] {
  const { locale } = context
  const moves = report.state.mayMove ? ['The figures of this period may still change: say "so far".'] : []
  if ('figures' in report) {
    const { callCount, enoughCalls, isNew, isShort } = report.figures
    const { calls } = callCount
    return [
      ...(calls.known && calls.value === 0 ? ['No calls says nothing about how somebody works: they may have been away.'] : []),
      ...(!enoughCalls && calls.known && calls.value > 0
        ? [`${capital(plural(calls.value, 'call', locale))}: too few to compare with another period, another person or the team.`]
        : []),
      ...(!calls.known ? ['The number of calls is unknown, so nothing can be compared.'] : []),
      ...(isNew ? ['The person is new: these are first figures, too early to compare.'] : []),
      ...(isShort ? ['One of the periods is short (holiday or leave): counts of the two are not to be compared.'] : []),
      ...moves,
    ]
  }
  return [
    ...(seesNames(context)
      ? ['People stand in alphabetical order. They are not ranked.']
      : ['These are figures of a group. Nothing about one person follows from them, and they cannot be added or subtracted.']),
    ...heldBackSentence(report.state, locale, 'figures'),
    ...(report.isShort ? ['One of the periods is short (holiday): sums of the two are not to be compared.'] : []),
    ...moves,
  ]
}

const longestCard = 60

/** `Scorecard "Discovery": average 3.8 over 7 scores, 16–22 Nov; 9–15 Nov 3.6.` */
function cardSentences(report: ScorecardReport, { locale, period }: ReportContext): string[] {
  const when = periodTitle(period, locale)
  const head = `Scorecards answered, ${when}: ${decimal(report.answered, locale)}${report.answeredBefore === undefined ? '' : `; ${periodTitle(report.before, locale)}: ${decimal(report.answeredBefore, locale)}`}.`
  const cards = report.cards.map(({ name, method, average, answered }) => {
    const by = method === 'automatic' ? ', filled automatically' : ''
    const cardIs = `Scorecard "${clip(name.trim(), longestCard) || 'unnamed'}"${by}`
    if (!average.value.known)
      return `${cardIs}, ${when}: no average (${missingWords(average.value.why)}), ${plural(answered, 'card', locale)}.`
    const was = average.before.known ? `; ${periodTitle(report.before, locale)} ${score(average.before.value, locale)}` : ''
    const scale = average.range ? '' : ' on a scale Gong does not give'
    return `${cardIs}: average ${score(average.value.value, locale, average.range)}${scale} over ${plural(average.n, 'score', locale)}, ${when}${was}.`
  })
  return [head, ...cards]
}

const reviewedSaid = (report: ScorecardReport): Parameters<typeof soleContributors>[0] => [
  ...reviewedCounted(report),
  ...report.cards.flatMap(({ average, of }) => (average.value.known ? reviewedIn(average) : [of?.value])),
]

const heldBackSentence = (state: DataState, locale: string, what: 'figures' | 'scorecards'): string[] =>
  state.heldBack === undefined ? [] : [heldBackWords(state, locale, what).trim()]

const cardLimits = ({ answered, state }: ScorecardReport, locale: string): string[] => [
  ...heldBackSentence(state, locale, 'scorecards'),
  ...(answered > 0
    ? ['Averages of different cards have different questions and scales: they are not to be compared with each other.']
    : []),
  ...(state.mayMove ? ['Cards of these days may still be filled.'] : []),
]

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
