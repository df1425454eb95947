// What an answer looks at beside its period: the past it is held against. Stats says what that is, sync fetches it.
import type { LocalDate, Period } from './period.ts'

export interface LookBack {
  /** Scorecards are looked at from this date on. */
  readonly cardsFrom?: LocalDate | undefined
  /** Past weeks of conversation and activity. */
  readonly weeks?: readonly Period[] | undefined
  /** Weeks of the managers' coaching, where Gong counts it per report. */
  readonly coachingWeeks?: readonly Period[] | undefined
}
