// Tables about people: Gong's list, what an admin corrected, who asked to be forgotten, and the Slack directory.
import { boolean, date, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

export const people = pgTable('people', {
  id: text().primaryKey(),
  name: text().notNull(),
  emails: jsonb().$type<readonly string[]>().notNull(),
  title: text(),
  managerId: text('manager_id'),
  active: boolean().notNull(),
  since: date({ mode: 'string' }),
  slackUserId: text('slack_user_id'),
})

/** An admin's link or move; laid over `people` when the chart is built. */
export const personCorrections = pgTable('person_corrections', {
  personId: text('person_id').primaryKey(),
  slackUserId: text('slack_user_id'),
  managerId: text('manager_id'),
})

/** A person's place in the tree up to a change, by `number` where several ended on one day; `manager_id` is the nearest active manager of then. */
export const pastPlaces = pgTable(
  'past_places',
  {
    personId: text('person_id').notNull(),
    until: date({ mode: 'string' }).notNull(),
    number: integer().notNull(),
    active: boolean().notNull(),
    managerId: text('manager_id'),
  },
  (table) => [primaryKey({ columns: [table.personId, table.until, table.number] })],
)

/** A name that a Gong person or Slack user had until then. */
export const formerNames = pgTable(
  'former_names',
  {
    id: text().notNull(),
    name: text().notNull(),
    until: date({ mode: 'string' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.id, table.name] })],
)

/** A keyed hash of each forgotten person's id: enough to leave them out, too little to know them. */
export const forgottenPeople = pgTable('forgotten_people', {
  hash: text().primaryKey(),
})

/** Where a forgotten person stood in a period shown without names; `manager_id` is empty where nobody was above. */
export const forgottenPlaces = pgTable(
  'forgotten_places',
  {
    periodFrom: date('period_from', { mode: 'string' }).notNull(),
    periodTo: date('period_to', { mode: 'string' }).notNull(),
    managerId: text('manager_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.periodFrom, table.periodTo, table.managerId] })],
)

/** Counts changes, so that replicas know whether what they hold is still right. */
export const versions = pgTable('versions', {
  name: text().primaryKey(),
  value: integer().notNull(),
  readAt: timestamp('read_at', { withTimezone: true, precision: 3 }),
})

export const slackMembers = pgTable(
  'slack_members',
  {
    slackUserId: text('slack_user_id').primaryKey(),
    name: text().notNull(),
    email: text(),
    zone: text(),
    locale: text(),
    isBot: boolean('is_bot').notNull(),
    isGuest: boolean('is_guest').notNull(),
    isOutside: boolean('is_outside').notNull(),
    isSlackAdmin: boolean('is_slack_admin').notNull(),
    deleted: boolean().notNull(),
    statusEmoji: text('status_emoji'),
    statusText: text('status_text'),
    updatedAtSeconds: doublePrecision('updated_at_seconds'),
    learnedAtMs: doublePrecision('learned_at_ms'),
  },
  (table) => [index('slack_members_email').on(table.email)],
)
