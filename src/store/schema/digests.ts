// Tables of what is sent: subscriptions, programmes, opt-outs, deliveries, and coaching reminders with their goals.
import { boolean, date, index, integer, jsonb, pgTable, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core'
import type { CoachingEvidence, ReminderStatus } from '../../domain/coaching.ts'
import type { FigureKind } from '../../domain/figure-gap.ts'
import type { LocalDate } from '../../domain/period.ts'
import type { Programme } from '../../domain/programme.ts'
import type { DeliveryStatus, DigestKind, Recurrence, SubscriptionStatus } from '../../domain/subscription.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })
const localDate = (name: string) => date(name, { mode: 'string' })

export const subscriptions = pgTable(
  'subscriptions',
  {
    id: text().primaryKey(),
    kind: text().$type<DigestKind>().notNull(),
    subjectId: text('subject_id'),
    name: text(),
    targetType: text('target_type').$type<'channel' | 'dm'>().notNull(),
    targetId: text('target_id').notNull(),
    recurrence: jsonb().$type<Recurrence>().notNull(),
    whenEmpty: text('when_empty').$type<'skip' | 'say'>().notNull(),
    skipDates: jsonb('skip_dates').$type<readonly LocalDate[]>().notNull(),
    showNames: boolean('show_names').notNull(),
    ownerSlackId: text('owner_slack_id').notNull(),
    isExtra: boolean('is_extra'),
    programmeId: text('programme_id'),
    isOwnTime: boolean('is_own_time'),
    isOwnWhenEmpty: boolean('is_own_when_empty'),
    status: text().$type<SubscriptionStatus>().notNull(),
    pausedUntil: localDate('paused_until'),
    pausedWhy: text('paused_why'),
    nextAt: instant('next_at'),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    index('subscriptions_next').on(table.status, table.nextAt),
    index('subscriptions_target').on(table.targetId),
    index('subscriptions_owner').on(table.ownerSlackId),
    index('subscriptions_programme').on(table.programmeId),
  ],
)

export const programmes = pgTable('programmes', {
  id: text().primaryKey(),
  kind: text().$type<Programme['kind']>().notNull(),
  orgOf: text('org_of'),
  recurrence: jsonb().$type<Recurrence>().notNull(),
  stage: text().$type<Programme['stage']>().notNull(),
  pilotTeams: jsonb('pilot_teams').$type<readonly string[]>().notNull(),
  whenEmpty: text('when_empty').$type<'skip' | 'say'>().notNull(),
  ownerSlackId: text('owner_slack_id').notNull(),
  status: text().$type<Programme['status']>().notNull(),
  createdAt: instant('created_at').notNull(),
})

export const optOuts = pgTable(
  'opt_outs',
  {
    slackUserId: text('slack_user_id').notNull(),
    kind: text().$type<DigestKind>().notNull(),
    at: instant('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.slackUserId] })],
)

/** `subscriptionId` is no foreign key: notices outlive their subscription. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: text().primaryKey(),
    subscriptionId: text('subscription_id').notNull(),
    occurrence: text().notNull(),
    dueAt: instant('due_at').notNull(),
    status: text().$type<DeliveryStatus>().notNull(),
    attempts: integer().notNull(),
    leaseUntil: instant('lease_until'),
    retryAt: instant('retry_at'),
    postedAttemptAt: instant('posted_attempt_at'),
    looks: integer().notNull(),
    channelId: text('channel_id'),
    messageTs: text('message_ts'),
    body: text(),
    lacks: jsonb().$type<readonly FigureKind[]>(),
    reason: text(),
    sentBy: text('sent_by'),
    createdAt: instant('created_at').notNull(),
    sentAt: instant('sent_at'),
  },
  (table) => [
    unique('deliveries_occurrence').on(table.subscriptionId, table.occurrence),
    index('deliveries_open').on(table.status, table.dueAt),
    index('deliveries_sent').on(table.sentAt),
  ],
)

/** `managerId` is empty text for the company's goal: a key may not be null. */
export const coachingGoals = pgTable('coaching_goals', {
  managerId: text('manager_id').primaryKey(),
  everyWeeks: integer('every_weeks').notNull(),
  setBySlackId: text('set_by_slack_id').notNull(),
  setAt: instant('set_at').notNull(),
})

export const reminderItems = pgTable(
  'reminder_items',
  {
    id: text().primaryKey(),
    deliveryId: text('delivery_id').notNull(),
    managerId: text('manager_id').notNull(),
    reportId: text('report_id').notNull(),
    status: text().$type<ReminderStatus>().notNull(),
    snoozedUntil: localDate('snoozed_until'),
    openedAt: instant('opened_at').notNull(),
    closedAt: instant('closed_at'),
    evidence: jsonb().$type<CoachingEvidence>(),
  },
  (table) => [index('reminder_items_manager').on(table.managerId), index('reminder_items_delivery').on(table.deliveryId)],
)
