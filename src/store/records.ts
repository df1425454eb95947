// Records: answered scorecards and day-by-day activity. Each date range is read once and stored by identity, so that reading
// a range again changes nothing; sums are made locally.
import type { AnsweredScorecard, DailyActivity } from '../domain/gong-figures.ts'
import type { Period } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import type { RecordAnswer } from '../domain/reads.ts'

export type RecordKind = 'scorecards' | 'daily-activity'

export interface RangeState {
  readonly kind: RecordKind
  readonly period: Period
  readonly scope: 'all' | PersonId
  readonly readAt: Date
  readonly final: boolean
  readonly quarantined: number
}

export interface ReadRange {
  readonly period: Period
  /** Everybody, or only these people. */
  readonly scope: 'all' | readonly PersonId[]
  readonly readAt: Date
  readonly final: boolean
  readonly quarantined: number
  readonly quarantinedIds: readonly PersonId[]
}

export interface RecordStore {
  /** Replaces all records of the range in scope with these, and remembers the range as read, in one transaction. */
  keepScorecards(range: ReadRange, cards: readonly AnsweredScorecard[]): Promise<void>
  keepDailyActivity(range: ReadRange, days: readonly DailyActivity[]): Promise<void>
  readScorecards(
    period: Period,
    of: { readonly reviewedIds?: readonly PersonId[]; readonly reviewerIds?: readonly PersonId[] },
  ): Promise<RecordAnswer<AnsweredScorecard>>
  readDailyActivity(period: Period, personIds: readonly PersonId[]): Promise<RecordAnswer<DailyActivity>>
  ranges(kind: RecordKind): Promise<readonly RangeState[]>
}
