// A manager's coaching totals, and the coverage of each coachee, because totals hide who is left out. Computed from answered scorecards,
// and from Gong's counts per coachee where the contract gives them. Pure.
import type { ActivityCounters, AnsweredScorecard, CoachingCounts } from '../../domain/gong-figures.ts'
import { known, type Measured, measuredOr, noData } from '../../domain/measured.ts'
import { addDays, daysBetween, type LocalDate, localDateOf, type Period } from '../../domain/period.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import type { WindowAnswer } from '../../domain/reads.ts'
import { lowestFirst } from '../scorecards/lowest.ts'
import { asFact, cardFor, mayAverage, type Viewpoint } from '../scorecards/visibility.ts'
import type { CoachedCounts, CoachingReport, ReportCoverage } from './results.ts'

/** Weeks searched for the last scorecard, up to the period's end. An older one counts as none on record. */
export const lookBackWeeks = 13

/** What of it lies before a period of a week. Of a longer period the coverage at its start needs as much before it. */
const weeksBeforePeriod = lookBackWeeks - 1

/** The dates whose scorecards a coaching answer looks at: all of the period, and twelve weeks before it. */
export function coachingLookBack({ from, to }: Period): Period {
  const [beforeStart, beforeEnd] = [addDays(from, -7 * weeksBeforePeriod), addDays(to, -7 * lookBackWeeks)]
  return { from: beforeStart < beforeEnd ? beforeStart : beforeEnd, to }
}

/** A coach's attention is computed over this many weeks: one week holds too few cards. */
const attentionWeeks = 4

type Counter = 'callsListenedTo' | 'commentsGiven' | 'scorecardsFilled'

/** A counter over all rows of a manager: the totals row when Gong gives one, else the sum over reports. */
export function coachingTotal(answer: WindowAnswer<readonly CoachingCounts[]>, managerId: PersonId, counter: Counter): Measured {
  const rows = answer.rows.get(managerId)
  if (!rows || rows.length === 0) return noData(answer.neverRead.has(managerId) ? 'not-read' : 'no-calls')
  const totals = rows.find((row) => row.reportId === undefined)
  if (totals) return measuredOr(totals[counter], 'not-given')
  const counts = rows.flatMap((row) => row[counter] ?? [])
  return counts.length === 0 ? noData('not-given') : known(counts.reduce((sum, count) => sum + count, 0))
}

export function coachingTotals(
  coaching: WindowAnswer<readonly CoachingCounts[]>,
  activity: WindowAnswer<ActivityCounters>,
  managerId: PersonId,
): CoachingReport['totals'] {
  const own = activity.rows.get(managerId)
  const missing = activity.neverRead.has(managerId) ? 'not-read' : 'no-calls'
  const counted = (count: number | undefined): Measured => (own ? measuredOr(count, 'not-given') : noData(missing))
  return {
    callsListenedTo: coachingTotal(coaching, managerId, 'callsListenedTo'),
    commentsGiven: coachingTotal(coaching, managerId, 'commentsGiven'),
    scorecardsFilled: coachingTotal(coaching, managerId, 'scorecardsFilled'),
    callsScored: counted(own?.callsScored),
    othersCallsListenedTo: counted(own?.othersCallsListenedTo),
  }
}

/** What coverage is worked out from. `cards`: all of the reports within the look-back, any reviewer. */
export interface CoverageFacts {
  readonly coachId: PersonId
  readonly zone: string
  /** The period's half-open end: nothing later counts. */
  readonly from: LocalDate
  readonly to: LocalDate
  readonly cards: readonly AnsweredScorecard[]
  /** Whether all cards from this date on are among them. */
  readonly knownSince: (from: LocalDate) => boolean
  /** Whether all cards that are looked back at are. */
  readonly isWhole: boolean
  readonly unmarked: 'show' | 'hide'
  /** Gong's rows per report in the period; empty where it gives totals only. */
  readonly rows: readonly CoachingCounts[]
  /** The same of the last weeks. */
  readonly weeks: readonly CountedWeek[]
}

/** Gong's rows per report over a week, or what there is of one, that begins on `from`. */
export interface CountedWeek {
  readonly from: LocalDate
  /** Whether Gong was asked. */
  readonly isRead: boolean
  readonly rows: readonly CoachingCounts[]
}

/** A human review of somebody else. */
export const isCoaching = (card: AnsweredScorecard): boolean =>
  card.method === 'human' && card.reviewerId !== undefined && card.reviewerId !== card.reviewedId

/** The coverage of each coachee. What is the same for all of them is computed once. */
export function coverageFrom(facts: CoverageFacts): (report: Person, isNew: boolean, callsInPeriod: Measured) => ReportCoverage {
  const cardsOf = Map.groupBy(
    facts.cards.toSorted((a, b) => b.answeredAt.getTime() - a.answeredAt.getTime()),
    (card) => card.reviewedId,
  )
  const attentionOf = attentionFrom(facts)
  return (report, isNew, callsInPeriod) => ({
    ...coverageOf(report, cardsOf.get(report.id) ?? [], facts),
    isNew,
    callsInPeriod,
    attention: attentionOf(report.id),
  })
}

/** `cards`: of this report, newest first. */
function coverageOf(
  report: Person,
  cards: readonly AnsweredScorecard[],
  facts: CoverageFacts,
): Omit<ReportCoverage, 'isNew' | 'callsInPeriod' | 'attention'> {
  const viewpoint: Viewpoint = { type: 'person', personId: facts.coachId, isAbove: true }
  const seen = (card: AnsweredScorecard) => cardFor(card, viewpoint, facts.unmarked) ?? asFact(card)
  const coached = cards.filter(isCoaching)
  const last = coached.find((card) => card.reviewerId === facts.coachId)
  const others = coached.find((card) => card.reviewerId !== facts.coachId)
  const since = last && localDateOf(last.answeredAt, facts.zone)
  const row = facts.rows.find((candidate) => candidate.reportId === report.id)
  const coachedWeeks = [{ from: facts.from, rows: facts.rows }, ...facts.weeks]
    .filter(({ rows }) => rows.some((each) => each.reportId === report.id && isCoached(each)))
    .map(({ from }) => from)
  const lowest = lowestAnswer(
    cards.filter((card) => card.reviewerId !== facts.coachId && (!last || card.answeredAt > last.answeredAt)),
    viewpoint,
    facts.unmarked,
  )
  return {
    report,
    ...(last && { lastScorecard: seen(last) }),
    weeksSince:
      since === undefined ? noData(facts.isWhole ? 'no-comparison' : 'not-read') : known(Math.floor(daysBetween(since, facts.to) / 7)),
    ...(row && {
      counts: {
        callsListenedTo: measuredOr(row.callsListenedTo, 'not-given'),
        commentsGiven: measuredOr(row.commentsGiven, 'not-given'),
        scorecardsFilled: measuredOr(row.scorecardsFilled, 'not-given'),
      },
    }),
    ...(coachedWeeks.length > 0 && { coachedWeeks: [...new Set(coachedWeeks)].toSorted() }),
    ...(facts.knownSince(facts.from) && {
      scorecardsInPeriod: coached.filter(
        (card) => card.reviewerId === facts.coachId && localDateOf(card.answeredAt, facts.zone) >= facts.from,
      ).length,
    }),
    ...(others && { lastByOthers: seen(others) }),
    ...(lowest && { lowest }),
  }
}

/** A report's share of the coach's cards of the last four weeks. */
function attentionFrom(facts: CoverageFacts): (reportId: PersonId) => Measured {
  const since = addDays(facts.to, -7 * attentionWeeks)
  if (!facts.knownSince(since)) return () => noData('not-read')
  const given = facts.cards.filter(
    (card) => isCoaching(card) && card.reviewerId === facts.coachId && localDateOf(card.answeredAt, facts.zone) >= since,
  )
  if (given.length === 0) return () => noData('no-comparison')
  const cardsOf = Map.groupBy(given, (card) => card.reviewedId)
  return (reportId) => known((cardsOf.get(reportId)?.length ?? 0) / given.length)
}

/** The lowest answer among the cards the coach may read. */
function lowestAnswer(cards: readonly AnsweredScorecard[], viewpoint: Viewpoint, unmarked: 'show' | 'hide'): ReportCoverage['lowest'] {
  const answers = cards
    .filter((card) => mayAverage(card, viewpoint, unmarked))
    .flatMap((card) =>
      card.questions.flatMap(({ text, score, range, notApplicable }) =>
        notApplicable || score === undefined ? [] : [{ card, questionText: text, score, range }],
      ),
    )
  const [first] = lowestFirst(answers)
  if (!first) return undefined
  const { card, questionText, score, range } = first
  return { card, score, ...(questionText !== undefined && { questionText }), ...(range && { range }) }
}

type CardFacts = Pick<CoverageFacts, 'coachId' | 'zone' | 'to' | 'cards' | 'knownSince'>

/**
 * Reports with coaching on record in the `days` before `to`: a card from the coach, or counts Gong gives per report. Undefined where
 * neither is known for all of these days.
 */
export function coachedWithin(
  days: number,
  reportIds: readonly PersonId[],
  facts: CardFacts,
  windows: readonly CountedWeek[],
): readonly PersonId[] | undefined {
  const since = addDays(facts.to, -days)
  const within = windows.filter(({ from }) => from >= since)
  const isCounted = within.length > 0 && within.every(({ isRead }) => isRead)
  if (!facts.knownSince(since) && !isCounted) return undefined
  const coached = new Set<PersonId>()
  for (const card of facts.cards) {
    if (!isCoaching(card) || card.reviewerId !== facts.coachId) continue
    const on = localDateOf(card.answeredAt, facts.zone)
    if (on >= since && on < facts.to) coached.add(card.reviewedId)
  }
  for (const window of within) {
    for (const row of window.rows) if (row.reportId !== undefined && isCoached(row)) coached.add(row.reportId)
  }
  return reportIds.filter((id) => coached.has(id))
}

/** Two and four weeks up to `facts.to`, by cards alone. */
export const coachedByCards = (reportIds: readonly PersonId[], facts: CardFacts): CoachedCounts => ({
  in2Weeks: coachedWithin(14, reportIds, facts, [])?.length,
  in4Weeks: coachedWithin(28, reportIds, facts, [])?.length,
})

/** Gong counts something for this report that is coaching. */
export const isCoached = (row: CoachingCounts): boolean =>
  [row.callsListenedTo, row.commentsGiven, row.scorecardsFilled, row.callsWithFeedback].some((count) => (count ?? 0) > 0)

/**
 * Adds the coaching of the days after a full week to its report: the newest cards, and the counts of both. Calls stay those of the full
 * week.
 */
export function broughtUpToDate(week: CoachingReport, since: CoachingReport): CoachingReport {
  const later = new Map(since.reports.map((coverage) => [coverage.report.id, coverage]))
  return {
    ...week,
    reports: week.reports.map((coverage) => {
      const now = later.get(coverage.report.id)
      if (!now) return coverage
      const { lowest, counts, ...before } = coverage
      const both = counts && now.counts ? addedUp(counts, now.counts) : (now.counts ?? counts)
      return {
        ...before,
        ...(now.lastScorecard && { lastScorecard: now.lastScorecard }),
        weeksSince: now.weeksSince,
        ...(now.lastByOthers && { lastByOthers: now.lastByOthers }),
        ...(now.lowest && { lowest: now.lowest }),
        ...(now.latestCall && { latestCall: now.latestCall }),
        ...(both && { counts: both }),
        ...((coverage.coachedWeeks ?? now.coachedWeeks) && {
          coachedWeeks: [...new Set([...(coverage.coachedWeeks ?? []), ...(now.coachedWeeks ?? [])])].toSorted(),
        }),
      }
    }),
  }
}

type PerReport = NonNullable<ReportCoverage['counts']>

const addedUp = (a: PerReport, b: PerReport): PerReport => ({
  callsListenedTo: sumOf(a.callsListenedTo, b.callsListenedTo),
  commentsGiven: sumOf(a.commentsGiven, b.commentsGiven),
  scorecardsFilled: sumOf(a.scorecardsFilled, b.scorecardsFilled),
})

const sumOf = (a: Measured, b: Measured): Measured => (a.known && b.known ? known(a.value + b.value) : a.known ? a : b)
