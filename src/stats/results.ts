// What the stats service layer answers. Plain data for renderers: every figure is Measured, every group figure says how many
// people it rests on, every answer says how old it is. No words here.
import type { AnsweredScorecard, GongContract, ScoreRange } from '../domain/gong-figures.ts'
import type { Measured } from '../domain/measured.ts'
import type { LocalDate, Period } from '../domain/period.ts'
import type { Person, PersonId } from '../domain/person.ts'
import type { Subject } from '../domain/policy.ts'

/** One statistic. Interaction measures are Gong's means per person; counters are Gong's counts per person. */
export type MeasureId =
  | 'talk-ratio'
  | 'longest-monologue'
  | 'longest-customer-story'
  | 'interactivity'
  | 'patience'
  | 'question-rate'
  | 'calls-hosted'
  | 'calls-attended'
  | 'comments-given'
  | 'comments-received'
  | 'recordings-accessed'
  | 'calls-scored'
  | 'own-calls-listened-to'
  | 'others-calls-listened-to'

export type MeasureUnit = 'share' | 'seconds' | 'score' | 'per-call' | 'count' | 'none'

/** A target range from configuration or Gong's publication. Values in the measure's own unit. */
export interface TargetRange {
  readonly measure: MeasureId
  readonly low?: number
  readonly high?: number
  /** For example "Gong Labs, 2025". Shown with the target. */
  readonly source: string
}

/** What a measure is, told for the contract at hand. */
export interface MeasureDefinition {
  readonly id: MeasureId
  /** "Talk ratio". */
  readonly label: string
  readonly unit: MeasureUnit
  /** One sentence with Gong's definition under this contract, for *Definitions*. */
  readonly definition: string
  readonly group: 'conversation' | 'activity'
  /** How a team's figure is made: median over people with enough calls, or sum. `none`: no team figure (would count calls twice). */
  readonly ofTeam: 'median' | 'sum' | 'none'
}

/** A count held against the calls of its period: how a holiday or leave week is compared. */
export interface PerCall {
  readonly value: Measured
  readonly before: Measured
  readonly change: Measured
}

export interface PersonMeasure {
  readonly id: MeasureId
  readonly value: Measured
  readonly before: Measured
  /** value − before, when both rest on enough calls. */
  readonly change: Measured
  /** Median of the person's 8 weeks before this period that rest on enough calls (at least 3 such weeks). */
  readonly usual: Measured
  readonly changeFromUsual: Measured
  readonly target?: { readonly range: TargetRange; readonly position: 'below' | 'within' | 'above' }
  /** Counters of a short period (`isShort`) only: there `change` and `changeFromUsual` are `no-comparison`. */
  readonly perCall?: PerCall
}

/** n of a person's interaction figures. `exact`: Gong's callsCount; `in-period`: hosted + attended, live only. */
export interface CallCount {
  readonly calls: Measured
  readonly basis: 'exact' | 'in-period'
}

export interface PersonFigures {
  readonly person: Person
  readonly callCount: CallCount
  readonly callCountBefore: CallCount
  /** Enough calls for a figure to enter medians and comparisons. */
  readonly enoughCalls: boolean
  /** In their first 90 days: shown as new, never as low. */
  readonly isNew: boolean
  /** No calls at all in a period others had calls in: away or on leave, never red. */
  readonly quiet: boolean
  /** This period or the one before has less than half of the usual calls (holiday, leave): counts are compared per call. */
  readonly isShort?: true
  readonly measures: ReadonlyMap<MeasureId, PersonMeasure>
}

export interface TeamMeasure {
  readonly id: MeasureId
  /** Median or sum, by the measure's `ofTeam`; `too-few-people` where privacy forbids (see `minimumPeople`). */
  readonly value: Measured
  readonly before: Measured
  /** Of the same people, with enough calls in both periods. */
  readonly change: Measured
  /** People the value rests on. */
  readonly people: number
}

export interface TrendPoint {
  readonly period: Period
  readonly value: Measured
  readonly people: number
}

/** How old and how whole an answer is. */
export interface DataState {
  readonly contract: GongContract
  readonly zone: string
  /** The oldest reading it rests on. */
  readonly readAt?: Date
  /** The period ended less than 7 days before it was read: figures may still move. */
  readonly mayMove: boolean
  readonly quarantined: number
  /** People of the subject never read for this period. */
  readonly neverRead: number
}

export interface PersonReport {
  readonly figures: PersonFigures
  readonly period: Period
  readonly before: Period
  /** Figures of the person's team without names, by the rule of groups.ts (missing without a manager). */
  readonly team: ReadonlyMap<MeasureId, TeamMeasure>
  readonly trend: ReadonlyMap<MeasureId, readonly TrendPoint[]>
  readonly daily: readonly DailyTotals[]
  readonly state: DataState
}

export interface DailyTotals {
  readonly date: LocalDate
  readonly callsAsHost: Measured
  readonly callsAttended: Measured
  readonly commentsGiven: Measured
  readonly recordingsAccessed: Measured
}

/** How many of the members … Missing counts may not be shown without names. */
export interface TeamCounts {
  readonly members: number
  readonly neverRead: number
  readonly enoughCalls?: number
  readonly tooFewCalls?: number
  readonly noCalls?: number
}

export interface TeamReport {
  readonly subject: Subject
  /** The manager whose team it is; missing for the company. */
  readonly manager?: Person
  /** Who is in it now; without names who was in it when the period ended. */
  readonly members: readonly Person[]
  readonly period: Period
  readonly before: Period
  readonly measures: ReadonlyMap<MeasureId, TeamMeasure>
  /** By name, for those who may see them; renderers of group views must not touch it. Empty when `detail` is `medians`. */
  readonly people: readonly PersonFigures[]
  /** Weeks, oldest first, ending with the period's week. */
  readonly trend: ReadonlyMap<MeasureId, readonly TrendPoint[]>
  /** Sums over members by day; only of what adds up, and only by name (`not-whole` otherwise). */
  readonly daily: readonly DailyTotals[]
  readonly counts: TeamCounts
  /** Group figures are shown only when they rest on this many people (0 where the viewer may see everybody by name). */
  readonly minimumPeople: number
  /** Calls a person needs to enter a median. */
  readonly minimumCalls?: number
  /** This period or the one before has less than half of the other's calls (holiday): sums are not compared. */
  readonly isShort?: true
  readonly state: DataState
}

export interface ScoreAverage {
  /** Mean on the card's own scale, human and automatic apart. */
  readonly value: Measured
  readonly before: Measured
  readonly change: Measured
  /** Cards (or answers) it rests on. */
  readonly n: number
  /** The scale, when known: only then may "/5" be shown. */
  readonly range?: ScoreRange
  /** The value's place on its scale, 0–1, when the scale is known: the only way to hold scores of two scales beside each other. */
  readonly share?: number
}

export interface CardSummary {
  readonly scorecardId: string
  readonly name: string
  readonly method: 'human' | 'automatic'
  readonly average: ScoreAverage
  /** Answered cards, private ones included (they count as coaching done). */
  readonly answered: number
  /** Missing where it may not be shown. */
  readonly answeredBefore?: number
  /** In the card's own order; N/A left out of averages. */
  readonly questions: readonly {
    readonly questionId: string
    readonly text?: string
    readonly average: ScoreAverage
    /** Missing where it may not be shown. */
    readonly notApplicable?: number
  }[]
}

export interface ScorecardReport {
  readonly subject: Subject
  readonly period: Period
  readonly before: Period
  /** Cards answered by a person or machine for the subject's people. */
  readonly answered: number
  /** Missing where it may not be shown. */
  readonly answeredBefore?: number
  readonly cards: readonly CardSummary[]
  /** Over all cards with an overall score, one per method and scale; cards whose scale is unknown are in none of them. */
  readonly overall?: readonly { readonly method: 'human' | 'automatic'; readonly average: ScoreAverage }[]
  /** Set in a group view that may not be shown: counts are 0 and lists empty because of that. */
  readonly tooFewPeople?: true
  /** Why nothing is shown, beside `tooFewPeople`: a period that is no ended whole week, or somebody not read yet. */
  readonly withheld?: 'not-whole' | 'not-read'
  /** Some cards are left out of a group view, because too few people have them. */
  readonly leftOut?: true
  /** The single cards, newest first, cut down to what the viewer may see (policy applied); empty for group views. */
  readonly single: readonly AnsweredScorecard[]
  /** People with at least one card in the period. */
  readonly peopleReviewed: number
  readonly minimumPeople: number
  readonly state: DataState
}

export interface ReportCoverage {
  readonly report: Person
  /** The last human scorecard from this manager (or any coach of theirs), if any was read. */
  readonly lastScorecard?: AnsweredScorecard
  /** Whole weeks since; unknown when none is on record. */
  readonly weeksSince: Measured
  /** Live only: calls of this report listened to, commented on … in the period. */
  readonly counts?: { readonly callsListenedTo: Measured; readonly commentsGiven: Measured; readonly scorecardsFilled: Measured }
  readonly scorecardsInPeriod: number
  readonly isNew: boolean
  readonly callsInPeriod: Measured
  /** The last human scorecard somebody else gave this report. */
  readonly lastByOthers?: AnsweredScorecard
  /** Share (0–1) of this manager's scorecards of the last 4 weeks that went to this report; unknown when there are none. */
  readonly attention?: Measured
  /** The worst-scored recent card since the last coaching, to hear first. */
  readonly lowest?: { readonly card: AnsweredScorecard; readonly questionText?: string; readonly score: number }
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
  /** Reports with coaching on record in the last 14 and 28 days up to the period's end. */
  readonly coachedIn2Weeks: number
  readonly coachedIn4Weeks: number
  /** The same at the end of the period before; missing where Gong's older counts per report are not kept. */
  readonly coachedBefore?: CoachedCounts
  /** `scorecards`: Gong's totals do not say for whom, so coverage rests on answered scorecards. `per-report`: Gong says. */
  readonly basis: 'scorecards' | 'per-report'
  readonly state: DataState
}

/** Reports with coaching on record in the two and four weeks up to a day. */
export interface CoachedCounts {
  readonly in2Weeks: number
  readonly in4Weeks: number
}

/** Coaching of several managers, for leaders. */
export interface CoachingOverview {
  readonly subject: Subject
  readonly period: Period
  readonly managers: readonly {
    readonly manager: Person
    readonly reports: number
    readonly coachedIn2Weeks: number
    readonly coachedIn4Weeks: number
    /** At the end of the period before; missing where Gong's older counts per report are not kept. */
    readonly coachedBefore?: CoachedCounts
    readonly scorecardsFilled: Measured
  }[]
  readonly state: DataState
}

/** What a person received. */
export interface CoachingReceived {
  readonly person: Person
  readonly period: Period
  readonly cards: readonly AnsweredScorecard[]
  readonly commentsReceived: Measured
  readonly lastCard?: AnsweredScorecard
  readonly state: DataState
}

export interface StatsService {
  measures(): Promise<readonly MeasureDefinition[]>
  person(personId: PersonId, period: Period): Promise<PersonReport>
  /** `detail` from the policy: `medians` empties `people` and shows group figures by the rule of groups.ts. */
  team(subject: Subject, period: Period, detail: 'by-name' | 'medians'): Promise<TeamReport>
  /** `viewer`: whose eyes; decides which scores, answers and reviewer names survive. A channel is `{ type: 'group' }`. */
  scorecards(
    subject: Subject,
    period: Period,
    viewer: { readonly type: 'person'; readonly personId?: PersonId; readonly isAbove: boolean } | { readonly type: 'group' },
    cardName?: string,
  ): Promise<ScorecardReport>
  /** `reportIds`: other people than the direct reports, for dotted-line coaches and stand-ins. */
  coaching(managerId: PersonId, period: Period, reportIds?: readonly PersonId[]): Promise<CoachingReport>
  coachingOverview(subject: Subject, period: Period): Promise<CoachingOverview>
  coachingReceived(personId: PersonId, period: Period): Promise<CoachingReceived>
}
