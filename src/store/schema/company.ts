// Tables about the company as a whole: facts and settings, encrypted secrets, the request budget, locks, grants and the access log.
import { bigint, boolean, date, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import type { AccessRecord } from '../../domain/access-record.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** `space`: `fact` (about the tenant), `setting` (an admin's), `secret` (encrypted; null until first written), `own` (the store's). */
export const tenantValues = pgTable(
  'tenant_values',
  {
    space: text().$type<'fact' | 'setting' | 'secret' | 'own'>().notNull(),
    key: text().notNull(),
    value: text(),
  },
  (table) => [primaryKey({ columns: [table.space, table.key] })],
)

/**
 * One row, id 1. `nextSlotMs`: when the next request may start; `pausedUntilMs`: no request before, because Gong said 429; both in epoch
 * milliseconds of the database's clock. `pauseAskedMs`: how long Gong asked to wait; 0 = not known. `askers`: requests today by Slack id.
 */
export const requestBudget = pgTable('request_budget', {
  id: integer().primaryKey(),
  nextSlotMs: doublePrecision('next_slot_ms').notNull(),
  day: date({ mode: 'string' }).notNull(),
  used: integer().notNull(),
  askers: jsonb().$type<Readonly<Record<string, number>>>().notNull(),
  pausedUntilMs: doublePrecision('paused_until_ms').notNull().default(0),
  pauseAskedMs: doublePrecision('pause_asked_ms').notNull().default(0),
})

/** Work that one replica does at a time: who does it, and until when others leave it alone unless it is renewed. */
export const workLocks = pgTable('work_locks', {
  name: text().primaryKey(),
  holder: text().notNull(),
  heldUntil: instant('held_until').notNull(),
})

/** Submitted forms by person, view and hash, for a day; `done` once carried out. */
export const submissions = pgTable('submissions', {
  key: text().primaryKey(),
  at: instant('at').notNull(),
  done: boolean().notNull(),
})

export const accessLog = pgTable(
  'access_log',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant('at').notNull(),
    what: text().$type<AccessRecord['what']>().notNull(),
    bySlackId: text('by_slack_id').notNull(),
    personId: text('person_id'),
    detail: text().notNull(),
    /** Of what was posted in a channel: its name and the Slack ids of everybody who could read it then. */
    channelName: text('channel_name'),
    readerIds: jsonb('reader_ids').$type<readonly string[]>(),
  },
  (table) => [index('access_log_person').on(table.personId, table.at), index('access_log_at').on(table.at)],
)

/** `subjectId`: the coached person, or the manager of the org viewed. Versions before this one read every other type as a viewer. */
export const grants = pgTable(
  'grants',
  {
    id: text().primaryKey(),
    slackUserId: text('slack_user_id').notNull(),
    type: text().$type<'coach' | 'viewer'>().notNull(),
    subjectId: text('subject_id').notNull(),
    until: date({ mode: 'string' }),
    bySlackId: text('by_slack_id').notNull(),
    at: instant('at').notNull(),
  },
  (table) => [index('grants_user').on(table.slackUserId)],
)

/**
 * What a Slack user was until a day, and what gives no right: somebody in Gong (`was`), or an admin, who has no `personId` (empty); and what
 * they were shown of somebody (`shown`, `saw`).
 */
export const formerStandings = pgTable(
  'former_standings',
  {
    slackUserId: text('slack_user_id').notNull(),
    type: text().$type<'was' | 'admin' | 'shown' | 'saw'>().notNull(),
    personId: text('person_id').notNull(),
    until: date({ mode: 'string' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.slackUserId, table.type, table.personId] })],
)
