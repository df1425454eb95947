// Where somebody who asked to be forgotten stood in a period of which figures had been shown without names, theirs among them, or in every
// period until they led no team any more. It does not say who it was.
import type { LocalDate, Period } from './period.ts'
import type { PersonId } from './person.ts'

/** A place that begins here is one in every period that had ended when it ends. */
export const everyPeriodFrom: LocalDate = '0001-01-01'

export interface ForgottenPlace {
  readonly period: Period
  /** Whose team it was; missing where nobody was above. */
  readonly managerId?: PersonId
}
