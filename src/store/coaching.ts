// Coaching goals and reminders with what the manager pressed. What counts as coached is decided in stats; this remembers.

import type { LocalDate } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'

export interface CoachingGoal {
  /** Missing = company-wide. */
  readonly managerId?: PersonId
  /** One scored or coached call per report every `everyWeeks` weeks. */
  readonly everyWeeks: number
  readonly setBySlackId: string
  readonly setAt: Date
}

export type ReminderStatus = 'open' | 'done-said' | 'closed-by-evidence' | 'snoozed' | 'not-mine'

/** One report named to one manager, from the day it is named until evidence, the manager or *Not mine* closes it. */
export interface ReminderItem {
  readonly id: string
  readonly managerId: PersonId
  readonly reportId: PersonId
  readonly status: ReminderStatus
  readonly snoozedUntil?: LocalDate
  readonly openedAt: Date
  readonly closedAt?: Date
  /** The message that shows it. */
  readonly channelId?: string
  readonly messageTs?: string
}

/** Who gets the weekly reminder, when. Off until a manager or a programme turns it on. */
export interface ReminderSetting {
  readonly managerId: PersonId
  readonly slackUserId: string
  readonly on: boolean
  readonly zone: string
  /** Local wall time, default Monday 08:30. */
  readonly weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7
  readonly time: string
  readonly nextAt?: Date
  readonly lastSentAt?: Date
}

export interface CoachingStore {
  goals(): Promise<readonly CoachingGoal[]>
  setGoal(goal: CoachingGoal): Promise<void>
  settings(): Promise<readonly ReminderSetting[]>
  setting(managerId: PersonId): Promise<ReminderSetting | undefined>
  saveSetting(setting: ReminderSetting): Promise<void>
  dueSettings(now: Date, limit: number): Promise<readonly ReminderSetting[]>
  nextDueAfter(now: Date): Promise<Date | undefined>
  items(managerId: PersonId): Promise<readonly ReminderItem[]>
  item(id: string): Promise<ReminderItem | undefined>
  openItems(): Promise<readonly ReminderItem[]>
  saveItem(item: ReminderItem): Promise<void>
}
