// Windows: one statistics answer over one exact period, replaced whole. A company window (`scope: 'all'`) covers everybody;
// a scoped read keeps one small window per person asked about. Readers never see half of one.
import type { ActivityCounters, CoachingCounts, InteractionFigures } from '../domain/gong-figures.ts'
import type { Period } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import type { WindowAnswer } from '../domain/reads.ts'

export type WindowKind = 'interaction' | 'activity' | 'coaching'

export interface WindowRows {
  readonly interaction: InteractionFigures
  readonly activity: ActivityCounters
  readonly coaching: CoachingCounts
}

export interface WindowState {
  readonly kind: WindowKind
  readonly period: Period
  readonly scope: 'all' | PersonId
  readonly readAt: Date
  /** Read more than 7 days after it ended: never read again. */
  readonly final: boolean
  readonly rows: number
  readonly quarantined: number
}

export interface WindowStore {
  /** Replaces a company window in one transaction. */
  replace<K extends WindowKind>(
    kind: K,
    period: Period,
    answer: { rows: readonly WindowRows[K][]; quarantinedIds: readonly PersonId[]; quarantined: number; readAt: Date; final: boolean },
  ): Promise<void>
  /** Replaces the one-person windows of everybody in `personIds` (people without a row were read and have none). */
  replaceFor<K extends WindowKind>(
    kind: K,
    period: Period,
    personIds: readonly PersonId[],
    answer: { rows: readonly WindowRows[K][]; quarantinedIds: readonly PersonId[]; quarantined: number; readAt: Date; final: boolean },
  ): Promise<void>
  /** A person's row comes from the company window when there is one that is not older, else from their own. */
  read<K extends Exclude<WindowKind, 'coaching'>>(
    kind: K,
    period: Period,
    personIds: readonly PersonId[],
  ): Promise<WindowAnswer<WindowRows[K]>>
  readCoaching(period: Period, managerIds: readonly PersonId[]): Promise<WindowAnswer<readonly CoachingCounts[]>>
  states(): Promise<readonly WindowState[]>
  state(kind: WindowKind, period: Period, scope: 'all' | PersonId): Promise<WindowState | undefined>
}
