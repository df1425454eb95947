// Tables of what Gong answered: windows with their rows, and records with the ranges read. Figures are double precision: JSON
// numbers come back exactly as they were. Rows carry no foreign key to their window: both are written in one transaction only,
// and a check per row would cost more than the insert.
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core'
import type { AnsweredScorecard } from '../../domain/gong-figures.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })
const localDate = (name: string) => date(name, { mode: 'string' })

/** One answer over one exact period. `scope` is `all` or one person's id; `onlyPeople`: an `all` that was restricted to these. */
export const windows = pgTable(
  'windows',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text().notNull(),
    periodFrom: localDate('period_from').notNull(),
    periodTo: localDate('period_to').notNull(),
    scope: text().notNull(),
    readAt: instant('read_at').notNull(),
    final: boolean().notNull(),
    rows: integer().notNull(),
    quarantined: integer().notNull(),
    quarantinedIds: jsonb('quarantined_ids').$type<readonly string[]>().notNull(),
    onlyPeople: jsonb('only_people').$type<readonly string[]>(),
  },
  (table) => [unique('windows_kind_period_scope').on(table.kind, table.periodFrom, table.periodTo, table.scope)],
)

const windowId = () => bigint('window_id', { mode: 'number' }).notNull()
const personId = () => text('person_id').notNull()

export const interactionRows = pgTable(
  'interaction_rows',
  {
    windowId: windowId(),
    personId: personId(),
    callsCount: doublePrecision('calls_count'),
    talkShare: doublePrecision('talk_share'),
    longestMonologueSeconds: doublePrecision('longest_monologue_seconds'),
    longestCustomerStorySeconds: doublePrecision('longest_customer_story_seconds'),
    interactivity: doublePrecision(),
    patience: doublePrecision(),
    questionRate: doublePrecision('question_rate'),
  },
  (table) => [primaryKey({ columns: [table.windowId, table.personId] })],
)

export const activityRows = pgTable(
  'activity_rows',
  {
    windowId: windowId(),
    personId: personId(),
    callsAsHost: doublePrecision('calls_as_host'),
    callsAttended: doublePrecision('calls_attended'),
    callsGaveComments: doublePrecision('calls_gave_comments'),
    callsReceivedComments: doublePrecision('calls_received_comments'),
    callsAccessedRecording: doublePrecision('calls_accessed_recording'),
    callsScored: doublePrecision('calls_scored'),
    ownCallsListenedTo: doublePrecision('own_calls_listened_to'),
    othersCallsListenedTo: doublePrecision('others_calls_listened_to'),
    callsRequestedFeedback: doublePrecision('calls_requested_feedback'),
    callsReceivedFeedback: doublePrecision('calls_received_feedback'),
    callsGaveFeedback: doublePrecision('calls_gave_feedback'),
  },
  (table) => [primaryKey({ columns: [table.windowId, table.personId] })],
)

/** `reportId` is missing on a manager's totals row. */
export const coachingRows = pgTable(
  'coaching_rows',
  {
    windowId: windowId(),
    managerId: text('manager_id').notNull(),
    reportId: text('report_id'),
    callsListenedTo: doublePrecision('calls_listened_to'),
    commentsGiven: doublePrecision('comments_given'),
    scorecardsFilled: doublePrecision('scorecards_filled'),
    callsAttended: doublePrecision('calls_attended'),
    callsWithFeedback: doublePrecision('calls_with_feedback'),
  },
  (table) => [index('coaching_rows_window_manager').on(table.windowId, table.managerId)],
)

/** Date ranges of records that were read. `scope` and `onlyPeople` as in `windows`; `onlyCards`: of these scorecards alone. */
export const recordRanges = pgTable(
  'record_ranges',
  {
    kind: text().notNull(),
    periodFrom: localDate('period_from').notNull(),
    periodTo: localDate('period_to').notNull(),
    scope: text().notNull(),
    readAt: instant('read_at').notNull(),
    final: boolean().notNull(),
    quarantined: integer().notNull(),
    quarantinedIds: jsonb('quarantined_ids').$type<readonly string[]>().notNull(),
    onlyPeople: jsonb('only_people').$type<readonly string[]>(),
    onlyCards: jsonb('only_cards').$type<readonly string[]>(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.scope, table.periodFrom, table.periodTo] })],
)

/** The card whole; the columns beside it are what it is searched by. */
export const scorecards = pgTable(
  'scorecards',
  {
    id: text().primaryKey(),
    reviewedId: text('reviewed_id').notNull(),
    reviewerId: text('reviewer_id'),
    answeredAt: instant('answered_at').notNull(),
    card: jsonb().$type<Omit<AnsweredScorecard, 'answeredAt'>>().notNull(),
  },
  (table) => [
    index('scorecards_reviewed').on(table.reviewedId, table.answeredAt),
    index('scorecards_reviewer').on(table.reviewerId, table.answeredAt),
    index('scorecards_answered').on(table.answeredAt),
  ],
)

export const dailyActivity = pgTable(
  'daily_activity',
  {
    personId: personId(),
    date: localDate('date').notNull(),
    callsAsHost: doublePrecision('calls_as_host'),
    callsAttended: doublePrecision('calls_attended'),
    callsGaveComments: doublePrecision('calls_gave_comments'),
    callsAccessedRecording: doublePrecision('calls_accessed_recording'),
    callId: text('call_id'),
  },
  (table) => [primaryKey({ columns: [table.personId, table.date] }), index('daily_activity_date').on(table.date)],
)

/** Whose figures of a period were shown together without names. `peopleKey` is a hash of who. */
export const shownGroups = pgTable(
  'shown_groups',
  {
    kind: text().notNull(),
    periodFrom: localDate('period_from').notNull(),
    periodTo: localDate('period_to').notNull(),
    peopleKey: text('people_key').notNull(),
    people: jsonb().$type<readonly string[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.periodFrom, table.periodTo, table.peopleKey] })],
)

/** A person's figures as they were shown without names, while newer ones are held back. */
export const heldFigures = pgTable(
  'held_figures',
  {
    kind: text().notNull(),
    periodFrom: localDate('period_from').notNull(),
    periodTo: localDate('period_to').notNull(),
    personId: personId(),
    figures: jsonb().notNull(),
  },
  (table) => [primaryKey({ columns: [table.periodFrom, table.periodTo, table.kind, table.personId] })],
)

/** A person's figures as they were shown without names until a release, which is counted by kind and period from 0. */
export const replacedFigures = pgTable(
  'replaced_figures',
  {
    kind: text().notNull(),
    periodFrom: localDate('period_from').notNull(),
    periodTo: localDate('period_to').notNull(),
    personId: personId(),
    release: integer().notNull(),
    figures: jsonb().notNull(),
  },
  (table) => [primaryKey({ columns: [table.periodFrom, table.periodTo, table.kind, table.personId, table.release] })],
)
