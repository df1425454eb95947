// What is answered about coaching: a manager's totals and coverage per report, several managers for a leader, what a person received.
import type { AnsweredScorecard, ScoreRange } from '../../domain/gong-figures.ts'
import type { Measured } from '../../domain/measured.ts'
import type { LocalDate, Period } from '../../domain/period.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import type { Subject } from '../../domain/policy.ts'
import type { DataState } from '../data-state.ts'

export interface ReportCoverage {
  readonly report: Person
  /** The last human scorecard from this manager (or any coach of theirs), if any was read. */
  readonly lastScorecard?: AnsweredScorecard
  /** Whole weeks since; `no-comparison` when none is on record, `not-read` when an older one may not have been fetched. */
  readonly weeksSince: Measured
  /** Live only: calls of this report listened to, commented on … in the period. */
  readonly counts?: { readonly callsListenedTo: Measured; readonly commentsGiven: Measured; readonly scorecardsFilled: Measured }
  /** Live only: first days of the weeks, of the last four and the period itself, in which Gong counts coaching of this report. */
  readonly coachedWeeks?: readonly LocalDate[]
  /** Missing where not all of the period's cards were fetched. */
  readonly scorecardsInPeriod?: number | undefined
  readonly isNew: boolean
  readonly callsInPeriod: Measured
  /** The last human scorecard somebody else gave this report. */
  readonly lastByOthers?: AnsweredScorecard
  /** Share (0–1) of this manager's scorecards of the last 4 weeks that went to this report; unknown when there are none. */
  readonly attention?: Measured
  /** Live only: a call of the last day of the period on which they had one. */
  readonly latestCall?: { readonly callId: string; readonly on: LocalDate } | undefined
  /** The worst-scored recent card since the last coaching, to hear first. */
  readonly lowest?: {
    readonly card: AnsweredScorecard
    readonly questionText?: string
    readonly score: number
    /** The question's scale, when known. */
    readonly range?: ScoreRange
  }
}

export interface CoachingReport {
  readonly manager: Person
  readonly period: Period
  readonly before: Period
  readonly totals: {
    readonly callsListenedTo: Measured
    readonly commentsGiven: Measured
    readonly scorecardsFilled: Measured
    readonly callsScored: Measured
    readonly othersCallsListenedTo: Measured
  }
  readonly totalsBefore: {
    readonly callsListenedTo: Measured
    readonly commentsGiven: Measured
    readonly scorecardsFilled: Measured
    readonly callsScored: Measured
    readonly othersCallsListenedTo: Measured
  }
  readonly reports: readonly ReportCoverage[]
  /** Reports with coaching on record in the last 14 and 28 days up to the period's end; missing where not all of it was fetched. */
  readonly coachedIn2Weeks?: number | undefined
  readonly coachedIn4Weeks?: number | undefined
  /** The same at the end of the period before; missing where Gong's older counts per report are not kept. */
  readonly coachedBefore?: CoachedCounts
  /** `scorecards`: Gong's totals do not say for whom, so coverage rests on answered scorecards. `per-report`: Gong says. */
  readonly basis: 'scorecards' | 'per-report'
  readonly state: DataState
}

/** Reports with coaching on record in the two and four weeks up to a day; missing where not all of it was fetched. */
export interface CoachedCounts {
  readonly in2Weeks?: number | undefined
  readonly in4Weeks?: number | undefined
}

/** A manager's reports, and which of them were coached; each missing where not all of it was fetched. */
export interface Coachees {
  readonly all: readonly PersonId[]
  readonly in2Weeks?: readonly PersonId[] | undefined
  readonly in4Weeks?: readonly PersonId[] | undefined
  /** In four weeks up to the end of the period before. */
  readonly in4WeeksBefore?: readonly PersonId[] | undefined
}

/** Coaching of several managers, for leaders. */
export interface CoachingOverview {
  readonly subject: Subject
  readonly period: Period
  readonly managers: readonly {
    readonly manager: Person
    readonly reports: number
    /** Missing where not all of it was fetched. */
    readonly coachedIn2Weeks?: number | undefined
    readonly coachedIn4Weeks?: number | undefined
    /** At the end of the period before; missing where Gong's older counts per report are not kept. */
    readonly coachedBefore?: CoachedCounts
    /** Whom these counts are of; missing in an answer that does not say. */
    readonly coachees?: Coachees | undefined
    readonly scorecardsFilled: Measured
  }[]
  readonly state: DataState
}

/** What became of the question each person was coached on. */
export interface QuestionsSince {
  readonly rose: readonly PersonId[]
  readonly unchanged: readonly PersonId[]
  readonly fell: readonly PersonId[]
  /** Coached on a question that no card of the last four weeks scores. */
  readonly notScoredSince: readonly PersonId[]
}

/** Of the people coached on a scorecard question five to eight weeks before the period's end. */
export interface CoachingEffect {
  readonly subject: Subject
  readonly period: Period
  /** Missing where not all cards of the eight weeks were fetched, or the subject has more people than are looked at. */
  readonly since?: QuestionsSince | undefined
}

/** What a person received. */
export interface CoachingReceived {
  readonly person: Person
  readonly period: Period
  /** In the period; where not all of it was fetched, those of the stretch that was (`state.cardsKnown`). */
  readonly cards: readonly AnsweredScorecard[]
  readonly commentsReceived: Measured
  readonly lastCard?: AnsweredScorecard | undefined
  readonly state: DataState
}
