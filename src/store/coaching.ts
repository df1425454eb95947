// Coaching goals and reminders with what the manager pressed. What counts as coached is decided in stats; this remembers.

import { and, eq, gt, inArray, lte, type SQL } from 'drizzle-orm'
import type { LocalDate } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import { type Database, present } from './database.ts'
import { coachingGoals, reminderItems, reminderSettings } from './schema/digests.ts'

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

type GoalRow = typeof coachingGoals.$inferSelect

const goalFrom = ({ managerId, ...goal }: GoalRow): CoachingGoal => (managerId === '' ? goal : { managerId, ...goal })

const settingFrom = (row: typeof reminderSettings.$inferSelect): ReminderSetting => present(row)

const itemFrom = (row: typeof reminderItems.$inferSelect): ReminderItem => present(row)

export function createCoachingStore(db: Database): CoachingStore {
  const items = async (where: SQL | undefined) =>
    (await db.select().from(reminderItems).where(where).orderBy(reminderItems.openedAt, reminderItems.id)).map(itemFrom)
  const settings = async (where?: SQL) =>
    (await db.select().from(reminderSettings).where(where).orderBy(reminderSettings.managerId)).map(settingFrom)

  return {
    async goals() {
      return (await db.select().from(coachingGoals)).map(goalFrom)
    },
    async setGoal(goal) {
      const row = { ...goal, managerId: goal.managerId ?? '' }
      await db.insert(coachingGoals).values(row).onConflictDoUpdate({ target: coachingGoals.managerId, set: row })
    },
    settings: () => settings(),
    async setting(managerId) {
      return (await settings(eq(reminderSettings.managerId, managerId)))[0]
    },
    async saveSetting(setting) {
      const row = { nextAt: null, lastSentAt: null, ...setting }
      await db.insert(reminderSettings).values(row).onConflictDoUpdate({ target: reminderSettings.managerId, set: row })
    },
    async dueSettings(now, limit) {
      const rows = await db
        .select()
        .from(reminderSettings)
        .where(and(eq(reminderSettings.on, true), lte(reminderSettings.nextAt, now)))
        .orderBy(reminderSettings.nextAt, reminderSettings.managerId)
        .limit(limit)
      return rows.map(settingFrom)
    },
    async nextDueAfter(now) {
      const [row] = await db
        .select({ nextAt: reminderSettings.nextAt })
        .from(reminderSettings)
        .where(and(eq(reminderSettings.on, true), gt(reminderSettings.nextAt, now)))
        .orderBy(reminderSettings.nextAt)
        .limit(1)
      return row?.nextAt ?? undefined
    },
    items: (managerId) => items(eq(reminderItems.managerId, managerId)),
    async item(id) {
      return (await items(eq(reminderItems.id, id)))[0]
    },
    openItems: () => items(inArray(reminderItems.status, ['open', 'snoozed', 'done-said'])),
    async saveItem(item) {
      const row = { snoozedUntil: null, closedAt: null, channelId: null, messageTs: null, ...item }
      await db.insert(reminderItems).values(row).onConflictDoUpdate({ target: reminderItems.id, set: row })
    },
  }
}
