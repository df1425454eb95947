// One line of the access log: who saw whose figures, or who changed what. Never a figure.
import type { LocalDate } from './period.ts'
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
  /** Of what was posted in a channel: its name then (untrusted text), and the Slack ids of everybody who could read it. */
  readonly channelName?: string | undefined
  readonly readerIds?: readonly string[] | undefined
  /** Of the same: the last day of what these readers know of the person by it, and by the next one like it. Not kept in the log itself. */
  readonly shownUntil?: LocalDate | undefined
}

/** How long it is kept. */
export const accessKeptMonths = 12

/** Ends the detail of what a message's thread goes on to show: it is no further look. */
export const inItsThread = ', in its thread'

/**
 * Views of one person's figures by one reader in one way within one week, or posts by name in one channel with whoever could read one of
 * them.
 */
export interface SeenInWeek extends Pick<AccessRecord, 'what' | 'bySlackId' | 'detail' | 'channelName' | 'readerIds'> {
  /** Monday of the week, in UTC. */
  readonly week: LocalDate
  readonly times: number
  /** The latest of them. */
  readonly at: Date
}
