// Goals a manager coaches by, and what became of each person a reminder named. Plain shapes; whom to name is decided in
// stats/coaching/reminder-plan.ts, what was coached is decided by Gong's evidence.

import type { LocalDate } from './period.ts'
import type { PersonId } from './person.ts'

/** One scored or coached call per report every `everyWeeks` weeks. */
export interface CoachingGoal {
  /** Missing = company-wide; a manager's own goal wins. */
  readonly managerId?: PersonId
  readonly everyWeeks: number
  /** Missing for the default nobody has set. */
  readonly setBySlackId?: string
  readonly setAt?: Date
}

/** Used until somebody sets one. */
export const defaultGoal: CoachingGoal = { everyWeeks: 2 }

/** The goal in force for a manager: their own, else the company's, else the default. */
export const goalOf = (managerId: PersonId, goals: readonly CoachingGoal[]): CoachingGoal =>
  goals.find((goal) => goal.managerId === managerId) ?? goals.find((goal) => goal.managerId === undefined) ?? defaultGoal

/**
 * `done-said`: the manager pressed Done; Gong has not shown it. `closed-by-evidence`: Gong has. `named-again`: a later message names
 * the same report; what is pressed there counts.
 */
export type ReminderStatus = 'open' | 'done-said' | 'closed-by-evidence' | 'snoozed' | 'not-mine' | 'named-again'

/** One report named to one manager in one message, from that day until evidence, the manager or a later message closes it. */
export interface ReminderItem {
  /** `<delivery id>.<report id>`: the same message built twice opens it once. */
  readonly id: string
  /** The message that shows it. */
  readonly deliveryId: string
  readonly managerId: PersonId
  readonly reportId: PersonId
  readonly status: ReminderStatus
  /** The first date on which a snoozed item is named again. */
  readonly snoozedUntil?: LocalDate
  /** When this report was first named without an answer since: messages that repeat it keep the date. */
  readonly openedAt: Date
  /** When it was answered or closed. */
  readonly closedAt?: Date
  /** What closed it, when Gong did. */
  readonly evidence?: CoachingEvidence
}

/**
 * What Gong shows after a report was named. `scored`: a card from this manager, answered on `on`; `coached`: Gong's counts per report, in
 * the week from `on`.
 */
export interface CoachingEvidence {
  readonly type: 'scored' | 'coached'
  readonly on: LocalDate
}

export const reminderItemId = (deliveryId: string, reportId: PersonId): string => `${deliveryId}.${reportId}`

/** Waits for an answer or for Gong's evidence. */
export const isWaiting = ({ status }: Pick<ReminderItem, 'status'>): boolean =>
  status === 'open' || status === 'snoozed' || status === 'done-said'
