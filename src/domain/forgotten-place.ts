// Where somebody who asked to be forgotten stood in a period of which figures had been shown without names, theirs among them. It does not
// say who it was.
import type { Period } from './period.ts'
import type { PersonId } from './person.ts'

export interface ForgottenPlace {
  readonly period: Period
  /** Whose team it was; missing where nobody was above. */
  readonly managerId?: PersonId
}
