// People as Gong lists them. Slack users are matched to them in the directory, never here.
import type { LocalDate } from './period.ts'

/** A Gong user id: digits, up to 20 of them, always text (a number would lose digits). */
export type PersonId = string

export interface Person {
  readonly id: PersonId
  /** First and last name as Gong has them; untrusted text until a renderer escapes it. Falls back to the e-mail, then the id. */
  readonly name: string
  /** Lower-cased addresses, the main one first, aliases after; empty when Gong gives none. */
  readonly emails: readonly string[]
  readonly title?: string | undefined
  /** The direct manager; missing for the top of the tree, or when the manager is unknown to Gong. */
  readonly managerId?: PersonId
  /** False for leavers: history is kept, tables leave them out. */
  readonly active: boolean
  /** When this person was first seen in Gong with a creation date or in our store; new people read "new" for 90 days. */
  readonly since?: LocalDate
  /** Where they were before, by `until` ascending; missing when nothing changed since they were first read. */
  readonly pastPlaces?: readonly PastPlace[]
  /** Set by `PEOPLE_FILE` or an admin's link; wins over matching by e-mail. */
  readonly slackUserId?: string
}

/** Somebody's place in the tree up to a change: it holds for every period that had ended by `until`. */
export interface PastPlace {
  readonly until: LocalDate
  readonly active: boolean
  /** Whose team it was (the nearest active manager); missing for none. */
  readonly managerId?: PersonId
}
