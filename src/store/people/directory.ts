// The Slack directory: every member of the workspace, refreshed daily and by events, so that a send never needs a look-up per person.

import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../../clock.ts'
import { claimsIn } from '../../domain/slack-claims.ts'
import type { SlackMember } from '../../domain/slack-member.ts'
import { readAnew } from '../../one-reading.ts'
import { forEachYielding } from '../../yielding.ts'
import { type CompanyFactsNow, valueKey } from '../company-facts.ts'
import { withAcceptedRows } from '../database/accepted-rows.ts'
import { allRows } from '../database/all-rows.ts'
import { batchedByKey, type JoinedQueries } from '../database/batch.ts'
import { columnsOf, type Database, present } from '../database/database.ts'
import { slackMembers, versions } from '../schema/people.ts'
import { writeSetting } from '../tenant.ts'
import type { Forgotten } from './forgotten.ts'
import {
  type AboutMatches,
  changedMatches,
  isAnother,
  keepMatchesOfMembers,
  type Matched,
  matchedIn,
  matchedOne,
} from './former-matches.ts'
import { keepFormerNames } from './former-names.ts'
import { dayAnywhere, readChart } from './read-chart.ts'
import { storeWith } from './stored-with.ts'

export interface DirectoryStore {
  /**
   * Replaces the whole directory. Returns the Slack ids of members the database refused: they keep their last row. `about` is stored with the
   * matches it changes, or nothing is.
   */
  replaceAll(members: readonly SlackMember[], readAt: Date, about?: AboutMatches): Promise<readonly string[]>
  /** Returns the state that holds: the stored one where that is later. */
  upsert(member: SlackMember, about?: AboutMatches): Promise<SlackMember>
  find(slackUserId: string): Promise<SlackMember | undefined>
  findMany(slackUserIds: readonly string[]): Promise<ReadonlyMap<string, SlackMember>>
  /** A full member by lower-cased e-mail; several with one address: none. Guests, bots and people of other companies do not count. */
  findByEmail(email: string): Promise<SlackMember | undefined>
  all(): Promise<readonly SlackMember[]>
  readAt(): Promise<Date | undefined>
  /** What was learned of Slack before may be out of date; undefined while nobody wanted it anew. */
  wantedSince(): Promise<Date | undefined>
  want(since: Date): Promise<void>
}

export const wantedDirectorySetting = 'directory-wanted'

const memberColumns = columnsOf(slackMembers)

const memberOf = (row: typeof slackMembers.$inferSelect): SlackMember => present(row)

const everybody = (from: Database): Promise<readonly SlackMember[]> => allRows(from, slackMembers, (member) => member)

const listenersIn = async (tx: Database, { listeners: { names, slackAdmins } }: AboutMatches): Promise<readonly SlackMember[]> => {
  const named = sql`${sql.param(names)}::text[]`
  const rows = await tx
    .select()
    .from(slackMembers)
    .where(sql`lower(slack_user_id) = ANY(${named}) OR email = ANY(${named}) OR (is_slack_admin AND ${slackAdmins})`)
  return rows.map(memberOf)
}

const dayMs = 86_400_000

/**
 * Events may arrive out of order, and a list or an answer that was asked for before one be stored after it. An instant that lies ahead is not
 * believed: it would keep a member as they are for good.
 */
const isNotOlder = (now: Date): SQL => sql`CASE
  WHEN slack_members.updated_at_seconds > extract(epoch FROM now()) + 86400 THEN true
  WHEN excluded.updated_at_seconds <> slack_members.updated_at_seconds THEN excluded.updated_at_seconds > slack_members.updated_at_seconds
  ELSE slack_members.learned_at_ms IS NULL OR excluded.learned_at_ms IS NULL OR excluded.learned_at_ms >= slack_members.learned_at_ms
    OR slack_members.learned_at_ms > ${now.getTime() + dayMs} END`

/** Slack, asked then, knew nothing later of these members than what is stored. */
const confirm = (ids: readonly string[], learnedAtMs: number): SQL =>
  sql`UPDATE slack_members SET learned_at_ms = ${learnedAtMs}
    WHERE slack_user_id = ANY(${sql.param(ids)}::text[]) AND (coalesce(learned_at_ms, 0) < ${learnedAtMs} OR learned_at_ms > ${learnedAtMs + dayMs})`

/** Forgotten people are left out: the bot looks them up at Slack each time it meets them, and keeps nothing. */
export function createDirectoryStore(
  db: Database,
  forgotten: Forgotten,
  facts: CompanyFactsNow,
  queries: JoinedQueries,
  clock: Clock,
): DirectoryStore {
  /** Two members of one address are nobody: a guess could be the wrong one. */
  const findByEmail = batchedByKey<SlackMember>(async (emails) => {
    const rows = await db
      .select()
      .from(slackMembers)
      .where(
        and(
          inArray(slackMembers.email, [...emails]),
          eq(slackMembers.deleted, false),
          eq(slackMembers.isGuest, false),
          eq(slackMembers.isOutside, false),
          eq(slackMembers.isBot, false),
        ),
      )
    const byEmail = Map.groupBy(rows, ({ email }) => email ?? '')
    return new Map(
      [...byEmail].flatMap(([email, [member, ...others]]) => (member && others.length === 0 ? [[email, memberOf(member)]] : [])),
    )
  })
  const rowOf = (member: SlackMember): typeof slackMembers.$inferInsert => ({
    email: null,
    zone: null,
    locale: null,
    statusEmoji: null,
    statusText: null,
    updatedAtSeconds: null,
    learnedAtMs: null,
    ...member,
    ...(member.email !== undefined && { email: member.email.toLowerCase() }),
  })

  async function findMany(slackUserIds: readonly string[]): Promise<ReadonlyMap<string, SlackMember>> {
    const ask = queries.for(slackUserIds.length)
    const rows = await ask<typeof slackMembers.$inferSelect>(
      sql`SELECT ${memberColumns} FROM slack_members WHERE slack_user_id = ANY(${sql.param(slackUserIds)}::text[])`,
    )
    return new Map(rows.map((row) => [row.slackUserId, memberOf(row)]))
  }

  /** Of those alone whom something made somebody else. */
  async function keepMatches(tx: Database, before: readonly Matched[], after: readonly Matched[], about?: AboutMatches): Promise<void> {
    const now = new Map(after.map((member) => [member.slackUserId, member]))
    const changed = before.filter((was) => isAnother(was, now.get(was.slackUserId)))
    if (changed.length === 0) return
    const { people } = await readChart(tx)
    const claims = claimsIn(people.values())
    await keepMatchesOfMembers(tx, changed, now, claims, dayAnywhere(clock))
    const others = about ? changedMatches(changed, now, claims) : []
    if (about && others.length > 0) await storeWith(tx, about.tell(others, { people, listeners: await listenersIn(tx, about) }), forgotten)
  }

  return {
    async replaceAll(members, readAt, about) {
      const learnedAtMs = readAt.getTime()
      const prepared = await forgotten.prepared(async (leftOut) => {
        const byId = new Map<string, ReturnType<typeof rowOf>>()
        await forEachYielding(members, (member) => {
          if (!leftOut(member.slackUserId)) byId.set(member.slackUserId, rowOf({ ...member, learnedAtMs }))
        })
        return [...byId.values()]
      })
      readAnew()
      return withAcceptedRows(db, async (tx, writeAccepted) => {
        await tx
          .update(versions)
          .set({ value: sql`${versions.value} + 1`, readAt })
          .where(eq(versions.name, 'directory'))
        const rows = await prepared(tx)
        const before = await matchedIn(tx)
        const ids = rows.map(({ slackUserId }) => slackUserId)
        // Whom the list lacks and something newer names has joined since it was asked for.
        await tx.execute(sql`WITH gone AS (DELETE FROM slack_members WHERE slack_user_id <> ALL(${sql.param(ids)}::text[])
            AND (learned_at_ms IS NULL OR learned_at_ms <= ${learnedAtMs} OR learned_at_ms > ${clock.now().getTime() + dayMs})
          RETURNING slack_user_id, name) ${keepFormerNames(sql`SELECT slack_user_id, name FROM gone`, readAt)}`)
        const refused = await writeAccepted(rows, (inside, json) =>
          inside.execute(sql`WITH given AS (SELECT * FROM jsonb_to_recordset(${json}::jsonb) AS given("slackUserId" text, name text, email text,
              zone text, locale text, "isBot" boolean, "isGuest" boolean, "isOutside" boolean, "isSlackAdmin" boolean, deleted boolean,
              "statusEmoji" text, "statusText" text, "updatedAtSeconds" float8, "learnedAtMs" float8)),
            former AS (${keepFormerNames(
              sql`SELECT known.slack_user_id, known.name FROM slack_members AS known JOIN given ON given."slackUserId" = known.slack_user_id
                WHERE known.name <> given.name`,
              readAt,
            )})
            INSERT INTO slack_members (slack_user_id, name, email, zone, locale, is_bot, is_guest, is_outside, is_slack_admin,
              deleted, status_emoji, status_text, updated_at_seconds, learned_at_ms)
            SELECT "slackUserId", name, email, zone, locale, "isBot", "isGuest", "isOutside", "isSlackAdmin", deleted, "statusEmoji", "statusText",
              "updatedAtSeconds", "learnedAtMs" FROM given
            ON CONFLICT (slack_user_id) DO UPDATE SET name = excluded.name, email = excluded.email, zone = excluded.zone, locale = excluded.locale,
              is_bot = excluded.is_bot, is_guest = excluded.is_guest, is_outside = excluded.is_outside, is_slack_admin = excluded.is_slack_admin,
              deleted = excluded.deleted, status_emoji = excluded.status_emoji, status_text = excluded.status_text,
              updated_at_seconds = excluded.updated_at_seconds, learned_at_ms = excluded.learned_at_ms
            WHERE ${isNotOlder(clock.now())}`),
        )
        const refusedIds = new Set(refused.map(({ slackUserId }) => slackUserId))
        await tx.execute(
          confirm(
            ids.filter((id) => !refusedIds.has(id)),
            learnedAtMs,
          ),
        )
        await keepMatches(tx, before, await matchedIn(tx), about)
        return [...refusedIds]
      })
    },
    async upsert(member, about) {
      const row = rowOf(member)
      const { slackUserId, name, learnedAtMs } = member
      return db.transaction(async (tx) => {
        if ((await forgotten.gate(tx))(slackUserId)) return member
        await tx.execute(
          keepFormerNames(
            sql`SELECT slack_user_id, name FROM slack_members WHERE slack_user_id = ${slackUserId} AND name <> ${name}`,
            clock.now(),
          ),
        )
        const was = await matchedOne(tx, slackUserId)
        const [written] = await tx
          .insert(slackMembers)
          .values(row)
          .onConflictDoUpdate({ target: slackMembers.slackUserId, set: row, setWhere: isNotOlder(clock.now()) })
          .returning()
        if (!written && learnedAtMs !== undefined) await tx.execute(confirm([slackUserId], learnedAtMs))
        const [stored] = written ? [written] : await tx.select().from(slackMembers).where(eq(slackMembers.slackUserId, slackUserId))
        const is = stored ? memberOf(stored) : member
        if (was && isAnother(was, is)) await keepMatches(tx, [was], [is], about)
        return is
      })
    },
    find: batchedByKey(findMany),
    findMany,
    findByEmail: (email) => findByEmail(email.toLowerCase()),
    all: () => everybody(db),
    readAt: async () => (await facts()).versions.get('directory')?.readAt,
    async wantedSince() {
      const wanted = (await facts()).values.get(valueKey({ space: 'setting', key: wantedDirectorySetting }))
      return wanted === undefined ? undefined : new Date(wanted)
    },
    want: (since) => writeSetting(db, wantedDirectorySetting, since.toISOString()),
  }
}
