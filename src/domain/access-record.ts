// One line of the access log: who saw whose figures, or who changed what. Never a figure.
import type { PersonId } from './person.ts'

export interface AccessRecord {
  readonly at: Date
  /** `view`: figures shown; `delivery`: a digest; `change`: a setting; `grant`, `link`, `move`, `forget`. */
  readonly what: 'view' | 'delivery' | 'change' | 'grant' | 'link' | 'move' | 'forget'
  /** The Slack user who did or saw it. */
  readonly bySlackId: string
  /** Whose figures; missing for changes. */
  readonly personId?: PersonId | undefined
  /** A short fixed text such as `/gong-stats` or `digest team`; never figures. */
  readonly detail: string
}
