// What is answered about conversation and activity, of a person or a team. Plain data for renderers: every figure is Measured, every
// group figure says how many people it rests on. No words here.
import type { Measured } from '../../domain/measured.ts'
import type { LocalDate, Period } from '../../domain/period.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import type { Subject } from '../../domain/policy.ts'
import type { DataState } from '../data-state.ts'
import type { MeasureId } from '../measures/index.ts'
import type { DefinitionOf } from '../measures/measure.ts'
import type { News } from './news.ts'
import type { Moved } from './own-changes.ts'
import type { UsualRange } from './usual-range.ts'

/** A target range from configuration or Gong's publication. Values in the measure's own unit. */
export interface TargetRange {
  readonly measure: MeasureId
  readonly low?: number
  readonly high?: number
  /** For example "Gong Labs, 2025". Shown with the target. */
  readonly source: string
}

/** What a statistic is, in the words of the contract at hand. */
export type MeasureDefinition = DefinitionOf<MeasureId>

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
  /** value − before as printed, when both rest on enough calls. */
  readonly change: Measured
  /** Median of the person's 8 weeks before this period that rest on enough calls (at least 3 such weeks). */
  readonly usualWeek: Measured
  /** value − usualWeek as printed. */
  readonly changeFromUsualWeek: Measured
  /** Between which figures those weeks lay; undefined with fewer than 5. */
  readonly usualRange?: UsualRange | undefined
  /** Undefined in a usual week, and of somebody still new. */
  readonly news?: News | undefined
  readonly target?: { readonly range: TargetRange; readonly position: 'below' | 'within' | 'above' } | undefined
  /** Counters of a short period (`isShort`) only: there `change` and `changeFromUsualWeek` are `no-comparison`. */
  readonly perCall?: PerCall | undefined
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
  /** No calls at all in a period others had calls in: away or on leave, never red. Of a person among others by name only. */
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
  /**
   * Median of the own changes (of a sum: the change of it) of people with enough calls in both periods; of a median without people still
   * new.
   */
  readonly change: Measured
  /** People the value rests on. */
  readonly people: number
  /** Whose own figures are in each; by name only. */
  readonly of?: ContributorsOfMeasure | undefined
  readonly target?: PersonMeasure['target']
  /** How many people moved which way; missing without names, and of sums. */
  readonly moved?: Moved
  /** More than half moved the way the median did: what a median says by itself of an odd number of people. */
  readonly didMostMove?: true
  /** Between which figures the last 8 weeks lay; undefined with fewer than 5. Of medians only. */
  readonly usualRange?: UsualRange | undefined
  /** Undefined in a usual week. Of medians only. */
  readonly news?: News | undefined
}

/** Of a median those with enough calls; of a sum who has something to add, which may be fewer than those it is summed over. */
export type Contributors = readonly PersonId[]

export interface ContributorsOfMeasure {
  readonly value: Contributors
  readonly before: Contributors
  readonly change: Contributors
}

export interface TrendPoint {
  readonly period: Period
  readonly value: Measured
  readonly people: number
  /** Whose own figures are in it; by name only. */
  readonly of?: Contributors
}

export interface PersonReport {
  readonly figures: PersonFigures
  readonly period: Period
  readonly before: Period
  /** Figures of the person's team without names, by the rule of groups.ts (empty without a manager, and for who may not ask for it). */
  readonly team: ReadonlyMap<MeasureId, TeamMeasure>
  readonly trend: ReadonlyMap<MeasureId, readonly TrendPoint[]>
  readonly daily: readonly DailyTotals[]
  readonly state: DataState
}

export interface DailyTotals {
  readonly date: LocalDate
  readonly callsAsHost: Measured
  /** Whose calls are among those, of a team. */
  readonly hosts?: Contributors
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
  readonly manager?: Person | undefined
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
  /** The reader of a group without names sees some of it by name: those are not among the `minimumPeople`. */
  readonly seesSome?: true
  /** Calls a person needs to enter a median. */
  readonly minimumCalls?: number
  /** This period or the one before has less than half of the other's calls (holiday): sums are not compared. */
  readonly isShort?: true
  readonly state: DataState
}
