// Goals a manager coaches by, and what became of each report a reminder named. Plain shapes; whom to name is decided in
// stats/reminder-plan.ts, what was coached is decided by Gong's evidence.

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

/** `done-said`: the manager pressed Done; Gong has not shown it. `closed-by-evidence`: Gong has. */
export type ReminderStatus = 'open' | 'done-said' | 'closed-by-evidence' | 'snoozed' | 'not-mine'

/** One report named to one manager, from the day it is named until evidence or the manager closes it. */
export interface ReminderItem {
  readonly id: string
  readonly managerId: PersonId
  readonly reportId: PersonId
  readonly status: ReminderStatus
  /** The first date on which a snoozed item is named again. */
  readonly snoozedUntil?: LocalDate
  readonly openedAt: Date
  readonly closedAt?: Date
  /** The message that shows it. */
  readonly channelId?: string
  readonly messageTs?: string
}
