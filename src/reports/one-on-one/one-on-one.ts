// `/gong-coaching @report`: one screen before a 1:1. The call to hear first, the last coaching, what changed against the person's own
// past, trend with best and worst week, questions that moved, and the latest cards. For those above the person; the policy was asked before.

import type { AnsweredScorecard, ScoreRange } from '../../domain/gong-figures.ts'
import { localDateOf } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import { selfOf } from '../../domain/policy.ts'
import type { Message, Part } from '../../render/message.ts'
import { dateShort, periodTitle, weeksWords } from '../../render/text/dates.ts'
import { capital, changeWords, measuredWords, plural, score } from '../../render/text/numbers.ts'
import { bold, joined, type Line, line } from '../../render/text/text.ts'
import type { CoachingReport, ReportCoverage } from '../../stats/coaching/results.ts'
import type { DataState } from '../../stats/data-state.ts'
import type { MeasureDefinition, PersonReport } from '../../stats/figures/results.ts'
import { lowestFirst } from '../../stats/scorecards/lowest.ts'
import { personNewsOf } from '../headlines/person-news.ts'
import type { ReportContext } from '../section.ts'
import { trend } from '../sections/trend.ts'
import { callLink } from '../wording/call-link.ts'
import { coverageWords, noneFurther, usualWeeksWords } from '../wording/coverage.ts'
import { readWords } from '../wording/data-read.ts'
import { figureFact, inUnit } from '../wording/measure.ts'
import { scalesOfReport, withoutScaleWords } from '../wording/scale.ts'
import { nameOf, possessive } from '../wording/subject.ts'
import { readerOf } from '../wording/viewpoint.ts'
import { questionPeriod, questionsLine, weeksLine } from './weeks.ts'

/** Changes named at most; the rest is under *Details* of `/gong-stats`. */
const changesAtMost = 3
const cardsAtMost = 3

export interface OneOnOne {
  readonly message: Message
  /** Whose own figures it shows: the person's, and what a manager who does not read it did as a coach. */
  readonly shows: readonly PersonId[]
}

/** The screen. `managerId`: whose coaching counts; the asker when they lead the person, else the person's own manager. */
export async function oneOnOne(personId: PersonId, managerId: PersonId | undefined, context: ReportContext): Promise<OneOnOne> {
  const { stats, period } = context
  const reader = context.audience.type === 'person' ? context.audience.viewer : undefined
  const ownId = reader?.person?.id
  const viewpoint = { type: 'person' as const, isAbove: true, ...(reader && selfOf(reader)) }
  const [report, measures, cards, coaching, weeksOfCards, picture] = await Promise.all([
    stats.person(personId, period, readerOf(context)),
    stats.measures(),
    stats.scorecards({ type: 'person', personId }, period, viewpoint),
    managerId === undefined ? undefined : stats.coaching(managerId, period, viewpoint, [personId]),
    stats.scorecards({ type: 'person', personId }, questionPeriod(period), viewpoint),
    trend.write(context),
  ])
  const coach = coaching && managerId !== ownId ? nameOf(context, coaching.manager) : undefined
  const moved = questionsLine(weeksOfCards, context.locale)
  const further = [weeksLine(report, measures, context.locale), moved].filter((each) => each !== undefined)
  const coverage = coaching?.reports.find(({ report: each }) => each.id === personId)
  const hear = coverage?.lowest ?? lowestOf(weeksOfCards.single)
  const scales = [
    ...(hear ? [rangeOf(hear)] : []),
    ...(moved ? scalesOfReport({ cards: weeksOfCards.cards, single: [] }) : []),
    ...cards.single.slice(0, cardsAtMost).flatMap(({ overallScore, overallRange }) => (overallScore === undefined ? [] : [overallRange])),
  ]
  const name = nameOf(context, report.figures.person)
  const days = { zone: report.state.zone, locale: context.locale }
  const changes = biggestChanges(report, measures, context)
  const calls = report.figures.callCount.calls
  const callsWords = calls.known ? plural(calls.value, 'call', context.locale) : 'calls unknown'
  const title = periodTitle(period, context.locale)
  const message: Message = {
    summary:
      `1:1 with ${name}, ${title}, ${callsWords}. ${changes[0] ? `${changes[0].plain}.` : 'A usual week against their own past.'} ${coverage && coaching ? coachedWords(coverage, coach, coaching.state, days) : ''}`.trim(),
    parts: [
      { type: 'heading', text: `1:1 with ${name} · ${title}` },
      ...(hear ? [hearFirst(hear, days, context)] : []),
      ...(coverage && coaching
        ? [{ type: 'text' as const, line: coachedLine(coachedWords(coverage, coach, coaching.state, days), coverage, context) }]
        : []),
      changes.length > 0
        ? { type: 'text', line: joined(changes, '\n') }
        : { type: 'text', line: line('A usual week against their own past.') },
      ...(picture?.parts ?? []),
      ...further.map((each): Part => ({ type: 'text', line: each })),
      ...cards.single.slice(0, cardsAtMost).map((card): Part => ({ type: 'text', line: cardLine(card, days, context) })),
      ...(cards.answered === 0 ? [{ type: 'text' as const, line: line(`No scorecards ${title}.`) }] : []),
      { type: 'note', line: footnote(report, coaching, coach, callsWords, withoutScaleWords(scales), context) },
    ],
  }
  return { message, shows: managerId === undefined || managerId === ownId ? [personId] : [personId, managerId] }
}

/** The person's news by the one rule of what is news: how people talk first, then what they did. */
function biggestChanges(report: PersonReport, measures: readonly MeasureDefinition[], { locale }: ReportContext): Line[] {
  const news = personNewsOf(report.figures, measures)
  return news
    .toSorted((a, b) => Number(b.definition.group === 'conversation') - Number(a.definition.group === 'conversation'))
    .slice(0, changesAtMost)
    .map(({ definition, of, value }) => {
      const usual = of.usualWeek.known ? inUnit(definition, of.usualWeek.value, locale) : ''
      const change = of.changeFromUsualWeek.known
        ? `, ${changeWords(of.changeFromUsualWeek.value, definition.unit, locale)} from the usual ${usual}`
        : ''
      return line(figureFact(definition, value, locale), change)
    })
}

/** Where no card waits for the coach: the lowest overall score of the last weeks. */
const lowestOf = (cards: readonly AnsweredScorecard[]): ReportCoverage['lowest'] =>
  lowestFirst(
    cards.flatMap((card) =>
      card.overallScore === undefined ? [] : [{ card, score: card.overallScore, ...(card.overallRange && { range: card.overallRange }) }],
    ),
  )[0]

/** Of a card's overall score, or of the one answer. */
const rangeOf = ({ card, questionText, range }: NonNullable<ReportCoverage['lowest']>): ScoreRange | undefined =>
  questionText === undefined ? card.overallRange : range

function hearFirst(lowest: NonNullable<ReportCoverage['lowest']>, days: Days, context: ReportContext): Part {
  const { card, questionText } = lowest
  return {
    type: 'text',
    line: line(
      bold('Hear first: '),
      card.scorecardName,
      `, ${dayOf(card.answeredAt, days)}, `,
      questionText === undefined ? '' : `"${questionText}" `,
      score(lowest.score, context.locale, rangeOf(lowest)),
      ' ',
      callLink(context.gongAppUrl, card.callId),
    ),
  }
}

function coachedLine(words: string, { lastScorecard }: ReportCoverage, context: ReportContext): Line {
  return line(words, ...(lastScorecard ? [' ', callLink(context.gongAppUrl, lastScorecard.callId)] : []))
}

/** `coach`: whoever coached, where it is not the reader. */
function coachedWords(coverage: ReportCoverage, coach: string | undefined, state: DataState, days: Days): string {
  const { lastScorecard, weeksSince, scorecardsInPeriod, isNew } = coverage
  if (!lastScorecard)
    return isNew ? 'New here; no scorecard yet.' : `No scorecard from ${coach ?? 'you'} ${noneFurther(state, days.locale)}.`
  const since = weeksSince.known && weeksSince.value > 0 ? `, ${weeksWords(weeksSince.value)} ago` : ''
  return `Last scored ${dayOf(lastScorecard.answeredAt, days)}${since}${scorecardsInPeriod === undefined ? '' : `; ${plural(scorecardsInPeriod, 'scorecard', days.locale)} in this period`}.`
}

const cardLine = (card: AnsweredScorecard, days: Days, context: ReportContext): Line =>
  line(
    `${dayOf(card.answeredAt, days)} · `,
    bold(card.scorecardName),
    card.overallScore === undefined ? '' : ` ${score(card.overallScore, context.locale, card.overallRange)}`,
    card.method === 'automatic' ? ' (automatic) ' : ' ',
    callLink(context.gongAppUrl, card.callId),
  )

function footnote(
  report: PersonReport,
  coaching: CoachingReport | undefined,
  coach: string | undefined,
  callsWords: string,
  scales: string,
  context: ReportContext,
): Line {
  const { state } = report
  const comments = coaching
    ? ` ${coach === undefined ? 'Your' : possessive(coach)} comments to all reports: ${measuredWords(coaching.totals.commentsGiven, 'count', context.locale)}.`
    : ''
  return line(
    `${capital(callsWords)}; usual is the median of ${state.weeksKnown ? usualWeeksWords(state, context.locale) : 'the 8 weeks before'}.${comments}${scales && ` ${scales}`} ${readWords(state, context)}${coaching ? coverageWords(coaching.state, context.locale) : ''} For coaching, not employment decisions.`,
  )
}

/** How dates are written: a card was filled on a day of the company's, wherever the reader is, as everywhere else it is named. */
interface Days {
  readonly zone: string
  readonly locale: string
}

const dayOf = (at: Date, { zone, locale }: Days): string => dateShort(localDateOf(at, zone), locale)
