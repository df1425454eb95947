// Date ranges of records fetched from Gong: for whom, when, and whether for good. Plain shapes; coverage.ts keeps them.
import type { Period } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'

export type RecordKind = 'scorecards' | 'daily-activity'

export interface RangeState {
  readonly kind: RecordKind
  readonly period: Period
  readonly scope: 'all' | PersonId
  readonly readAt: Date
  readonly final: boolean
  readonly quarantined: number
  /** Whom an `all` covers; missing = everybody. */
  readonly onlyPeople?: readonly PersonId[]
  /** Scorecards it was restricted to; missing = all. */
  readonly onlyCards?: readonly string[]
}

export interface FetchedRange {
  readonly period: Period
  /** Everybody, or only these people. */
  readonly scope: 'all' | readonly PersonId[]
  readonly readAt: Date
  readonly final: boolean
  readonly quarantined: number
  readonly quarantinedIds: readonly PersonId[]
  /** Whom an `all` was restricted to. */
  readonly onlyPeople?: readonly PersonId[]
  /** Scorecards the reading was restricted to. */
  readonly onlyCards?: readonly string[]
}
