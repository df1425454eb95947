// What statistics may read from the store. Every answer carries its age and the people it does not cover, so that a figure can say
// so too. The store implements this; nothing here knows how.
import type { ClosedWorkspaces } from './closed-workspaces.ts'
import type { FigureGap } from './figure-gap.ts'
import type {
  ActivityCounters,
  AnsweredScorecard,
  CoachingCounts,
  DailyActivity,
  GongContract,
  InteractionFigures,
} from './gong-figures.ts'
import type { SetSince } from './group-settings.ts'
import type { LocalDate, Period } from './period.ts'
import type { PersonId } from './person.ts'
import type { OrgChart } from './team.ts'

export interface ReadState {
  /** The oldest reading the answer rests on; missing when nothing of it was ever read. */
  readonly readAt?: Date | undefined
  /** People asked about whose figures for this period were never read. */
  readonly neverRead: ReadonlySet<PersonId>
  /** Records of this answer that Gong gave with impossible values and that were set aside. */
  readonly quarantined: number
  /** People whose own record was set aside. */
  readonly quarantinedPeople: ReadonlySet<PersonId>
}

export interface WindowAnswer<T> extends ReadState {
  /** Rows by person. A person who was read but has no row had no activity Gong reports. */
  readonly rows: ReadonlyMap<PersonId, T>
}

export interface RecordAnswer<T> extends ReadState {
  readonly records: readonly T[]
  /** The last unbroken stretch of the dates asked for that was fetched for everybody asked about; missing when no date was. */
  readonly whole?: Period | undefined
}

/** What is known of the tenant and shapes labels. */
export interface TenantFacts {
  readonly contract: GongContract
  /** IANA zone in which Gong counts days. */
  readonly zone: string
  /** What a row of the coaching answer is about. `totals`: one row per coach; `per-report`: one per report. */
  readonly coachingRows: 'totals' | 'per-report'
  /** Names of the scorecards that count, where not all do. Untrusted text. */
  readonly cardsThatCount?: readonly string[] | undefined
  /** Kinds of figures that cannot be fetched now. */
  readonly gaps?: readonly FigureGap[] | undefined
  /** Workspaces whose coaching Gong does not give. */
  readonly workspaces?: ClosedWorkspaces | undefined
  /** How cards without a visibility mark are counted in groups, and since when. */
  readonly unmarkedCards?: SetSince | undefined
  /** What every figure of a group rests on, and since when. */
  readonly groupRule?: SetSince | undefined
  /** From which day on everything is kept: what ended before, the retention deleted. Missing before it first did. */
  readonly keptFrom?: LocalDate | undefined
  /** When other cards were chosen to count, after groups had been shown some. */
  readonly cardsChangedOn?: LocalDate | undefined
  /** When Gong's list of people was last fetched: who may see whom rests on it. */
  readonly peopleReadAt?: Date | undefined
}

/** Of these reviewed people and/or by these reviewers: either matches. */
export interface CardsWanted {
  readonly reviewedIds?: readonly PersonId[]
  readonly reviewerIds?: readonly PersonId[]
  /** Cards of this reviewer, or everybody's, come without their questions (an empty list): nine tenths of what a long look back weighs. */
  readonly withoutQuestionsOf?: PersonId | 'everybody'
}

/** What is shown together without names: conversation and activity, or scorecards. */
export type ShownKind = 'figures' | 'scorecards'

/** A person's record of one period; without a row Gong reported nothing. */
export interface HeldRow<T> {
  readonly row?: T
  readonly quarantined?: true
}

/** Figures of a period as they were shown without names, of people whose newer ones are held back. Cards come without their reviewer. */
export interface HeldBack {
  readonly interaction: ReadonlyMap<PersonId, HeldRow<InteractionFigures>>
  readonly activity: ReadonlyMap<PersonId, HeldRow<ActivityCounters>>
  readonly scorecards: ReadonlyMap<PersonId, readonly AnsweredScorecard[]>
}

/** What is to be shown in place of what, and how many releases before it was judged by. */
export interface JudgedFigures {
  readonly shown: HeldBack
  readonly now: HeldBack
  readonly releasesBefore: number
}

/** People whose figures of a period are shown without names, together. */
export interface ShownGroup {
  readonly period: Period
  readonly personIds: readonly PersonId[]
}

export interface Reads {
  tenant(): Promise<TenantFacts>
  /** The current tree, leavers and local corrections included. Cached by the store until people change. */
  chart(): Promise<OrgChart>
  interaction(period: Period, personIds: readonly PersonId[]): Promise<WindowAnswer<InteractionFigures>>
  activity(period: Period, personIds: readonly PersonId[]): Promise<WindowAnswer<ActivityCounters>>
  /** Rows of these managers; `rows` is keyed by manager, each with the totals row and/or one row per report. */
  coaching(period: Period, managerIds: readonly PersonId[]): Promise<WindowAnswer<readonly CoachingCounts[]>>
  dailyActivity(period: Period, personIds: readonly PersonId[]): Promise<RecordAnswer<DailyActivity>>
  /** Cards that count, answered in the period (by local date of `answeredAt`). */
  scorecards(period: Period, of: CardsWanted): Promise<RecordAnswer<AnsweredScorecard>>
  /** Called before figures are read to be shown without names: from then on the store keeps them beside newer ones, until `release`. */
  showing(kind: ShownKind, groups: readonly ShownGroup[]): Promise<void>
  /**
   * Ask after the figures themselves: what is stored meanwhile is then held back already. @throws PeopleChanged where people are not those
   * of `peopleVersion` any more: somebody may have been forgotten, and their figures be missing among those just read.
   */
  heldBack(kind: ShownKind, period: Period, peopleVersion: number): Promise<HeldBack>
  /**
   * From now on `now` is shown in place of `shown`. Nothing is changed, and false returned, where either is not what is kept any more: newer
   * figures came since they were read, or somebody else released some.
   */
  release(kind: ShownKind, period: Period, judged: JudgedFigures): Promise<boolean>
  /** What each release replaced, oldest first: readers keep it too. */
  replacedBefore(kind: ShownKind, period: Period): Promise<readonly HeldBack[]>
}
