// Grants (roles) and the access log: who saw whose figures, who changed what.

import { and, desc, eq, inArray, lt, type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../../clock.ts'
import { type AccessRecord, inItsThread, type SeenInWeek } from '../../domain/access-record.ts'
import type { LocalDate } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { FormerAdmin, FormerMatch, FormerSight, Grant, Viewer } from '../../domain/policy.ts'
import type { CompanyFactsNow } from '../company-facts.ts'
import { batched, batchedByKey, type JoinedQueries } from '../database/batch.ts'
import { type Database, present, rowsOf } from '../database/database.ts'
import { accessLog, formerStandings, grants } from '../schema/company.ts'
import { type Forgotten, forgottenPerson } from './forgotten.ts'
import { createFormerSights, type FormerSights } from './former-sights.ts'
import { dayAnywhere } from './read-chart.ts'
import { recordInsertion, recordsToKeep, type StoredWith, storeWith } from './stored-with.ts'

export interface AccessStore extends FormerSights {
  record(entries: readonly AccessRecord[]): Promise<void>
  /** Deletes the latest view of each of these people that is such a one. */
  takeBackViews(bySlackId: string, personIds: readonly PersonId[], detail: string): Promise<void>
  /**
   * Who has seen the figures of somebody, who may have several users in Gong, by reader, way and week, newest first. Their own views
   * (`exceptSlackId`) are left out; what was posted in a channel counts whoever owns it. `total`: rows without the limit.
   */
  seenBy(
    personIds: readonly PersonId[],
    page: { readonly limit: number; readonly offset?: number; readonly exceptSlackId?: string | undefined },
  ): Promise<{ readonly total: number; readonly rows: readonly SeenInWeek[] }>
  changes(limit: number): Promise<readonly AccessRecord[]>
  /** In the place of the same role given before, with the end of the new one. Returns its id. `also` is stored with it, or neither is. */
  grant(slackUserId: string, grant: Grant, bySlackId: string, at: Date, also?: (id: string) => StoredWith): Promise<string>
  /** From that day on, with the same role given twice. It is kept as ended: who had it has seen figures by it. */
  revoke(grantId: string, on: LocalDate, also?: StoredWith): Promise<void>
  /** That somebody asks as an admin today; written once a day. */
  keepAdmin(slackUserId: string): Promise<void>
  /** Roles, ended ones included, former matches, and when they were an admin last. */
  grantsOf(slackUserId: string): Promise<Viewer['grants']>
  /** Slack ids of everybody with any of those; without those who were shown others in a channel and have none else. */
  roleHolders(): Promise<ReadonlySet<string>>
  allGrants(): Promise<
    readonly (Grant & { readonly id: string; readonly slackUserId: string; readonly bySlackId: string; readonly at: Date })[]
  >
  /** Deletes log rows older than `before`. */
  prune(before: Date): Promise<number>
  /** Deletes roles and the like that ended before: of the time they ran no figure is left. */
  pruneRoles(before: LocalDate): Promise<void>
}

const recordFrom = ({ id: _, ...row }: typeof accessLog.$inferSelect): AccessRecord => present(row)

type RoleRow = Pick<typeof grants.$inferSelect, 'slackUserId' | 'type' | 'subjectId' | 'until'>
type FormerRow = typeof formerStandings.$inferSelect

const formerFrom = ({ type, personId, until }: FormerRow): FormerMatch | FormerSight | FormerAdmin =>
  type === 'admin' ? { type, until } : { type, personId, until }

/** Undefined of a type that another version knows: it gives no right. */
function roleFrom({ type, subjectId, until }: RoleRow): Grant | undefined {
  if (type !== 'coach' && type !== 'viewer') return undefined
  return { ...(type === 'coach' ? { type, personId: subjectId } : { type, orgOf: subjectId }), ...(until !== null && { until }) }
}

const sameRole = ({ slackUserId, type, subjectId }: Pick<RoleRow, 'slackUserId' | 'type' | 'subjectId'>) =>
  and(eq(grants.slackUserId, slackUserId), eq(grants.type, type), eq(grants.subjectId, subjectId))

/** A longer text is written in chunks. */
const longestAtOnce = 64 * 1024

/** A transaction takes five statements, and every answer is recorded. False: nothing was written, and one is needed. */
async function writtenAtOnce(db: Database, forgotten: Forgotten, lists: readonly (readonly AccessRecord[])[]): Promise<boolean> {
  const last = forgotten.asLastRead()
  if (!last) return false
  const entries = recordsToKeep(lists.flat(), last.leftOut)
  if (entries.length === 0) return true
  const json = JSON.stringify(entries)
  if (json.length > longestAtOnce) return false
  const insert = recordInsertion(json, sql` CROSS JOIN ${last.unlessSince} AS held`)
  return (await rowsOf(db, sql`${insert} RETURNING 1`)).length > 0
}

interface SeenRow extends Omit<SeenInWeek, 'at' | 'readerIds'> {
  /** Newest first. */
  readonly readersOfEach: readonly (readonly string[])[] | null
  readonly atMs: number
  readonly total: number
}

export function createAccessStore(
  db: Database,
  forgotten: Forgotten,
  queries: JoinedQueries,
  facts: CompanyFactsNow,
  clock: Clock,
): AccessStore {
  const keptAdmins = new Map<string, LocalDate>()
  const list = async (where: SQL, limit: number) =>
    (await db.select().from(accessLog).where(where).orderBy(desc(accessLog.at), desc(accessLog.id)).limit(limit)).map(recordFrom)

  // Many ask at one moment: every digest of a Monday for a channel.
  const holdersNow = batchedByKey(async () => {
    const rows = await rowsOf<Pick<RoleRow, 'slackUserId'>>(
      db,
      sql`SELECT slack_user_id AS "slackUserId" FROM grants UNION SELECT slack_user_id FROM former_standings WHERE type <> 'shown' ORDER BY 1`,
    )
    return new Map([['now', new Set(rows.map(({ slackUserId }) => slackUserId))]])
  })
  const grantsByUser = batchedByKey(async (slackUserIds) => {
    const ask = queries.for(slackUserIds.length)
    const ids = sql`ANY(${sql.param(slackUserIds)}::text[])`
    // One statement: of two, a change in between could be missed by both.
    const rows = await ask<(RoleRow & { readonly personId: null }) | (FormerRow & { readonly subjectId: null })>(
      sql`SELECT slack_user_id AS "slackUserId", type, subject_id AS "subjectId", person_id AS "personId", to_char(until, 'YYYY-MM-DD') AS until
        FROM (
          SELECT slack_user_id, type, subject_id, NULL AS person_id, until, at, id FROM grants WHERE slack_user_id = ${ids}
          UNION ALL SELECT slack_user_id, type, NULL, person_id, until, NULL, type || person_id FROM former_standings WHERE slack_user_id = ${ids}
        ) AS kept ORDER BY at, id`,
    )
    const from = (row: (typeof rows)[number]) => (row.subjectId === null ? formerFrom(row) : roleFrom(row))
    return new Map([...Map.groupBy(rows, (row) => row.slackUserId)].map(([id, own]) => [id, own.flatMap((row) => from(row) ?? [])]))
  })

  const recordAll = batched(async (lists: readonly (readonly AccessRecord[])[]) => {
    if (!(await writtenAtOnce(db, forgotten, lists))) await db.transaction((tx) => storeWith(tx, { records: lists.flat() }, forgotten))
    return lists.map(() => undefined)
  })

  return {
    ...createFormerSights(db, queries, facts),
    async record(entries) {
      if (entries.length > 0) await recordAll(entries)
    },
    async takeBackViews(bySlackId, personIds, detail) {
      await db.execute(sql`DELETE FROM access_log WHERE id IN (SELECT max(id) FROM access_log
        WHERE person_id = ANY(${sql.param(personIds)}::text[]) AND what = 'view' AND by_slack_id = ${bySlackId} AND detail = ${detail}
        GROUP BY person_id)`)
    },
    async seenBy(personIds, { limit, offset = 0, exceptSlackId = '' }) {
      const found = await rowsOf<SeenRow>(
        db,
        sql`SELECT to_char(date_trunc('week', at AT TIME ZONE 'UTC'), 'YYYY-MM-DD') AS week, what, by_slack_id AS "bySlackId", replace(detail, ${inItsThread}, '') AS detail,
            channel_name AS "channelName", jsonb_agg(reader_ids ORDER BY at DESC) FILTER (WHERE reader_ids IS NOT NULL) AS "readersOfEach",
            greatest(count(*) FILTER (WHERE right(detail, ${inItsThread.length}) <> ${inItsThread}), 1)::int AS times, (extract(epoch FROM max(at)) * 1000)::float8 AS "atMs", (count(*) OVER ())::int AS total
          FROM access_log WHERE person_id = ANY(${sql.param(personIds)}::text[]) AND what IN ('view', 'delivery')
            AND (by_slack_id <> ${exceptSlackId} OR reader_ids IS NOT NULL)
          GROUP BY 1, 2, 3, 4, 5 ORDER BY "atMs" DESC, 1, 2, 3, 4 LIMIT ${limit} OFFSET ${offset}`,
      )
      return {
        total: found[0]?.total ?? 0,
        rows: found.map(
          ({ atMs, total: _total, readersOfEach, ...row }): SeenInWeek => ({
            ...present(row),
            ...(readersOfEach && { readerIds: [...new Set(readersOfEach.flat())] }),
            at: new Date(atMs),
          }),
        ),
      }
    },
    changes: (limit) => list(inArray(accessLog.what, ['change', 'grant', 'link', 'move', 'forget']), limit),
    async grant(slackUserId, grant, bySlackId, at, also) {
      const id = crypto.randomUUID()
      const subjectId = grant.type === 'coach' ? grant.personId : grant.orgOf
      await db.transaction(async (tx) => {
        const leftOut = await forgotten.gate(tx)
        if (leftOut(slackUserId) || leftOut(subjectId)) return
        const by = leftOut(bySlackId) ? forgottenPerson : bySlackId
        // A former one ended earlier: whoever saw figures by it is counted as seeing them for as long as this one runs.
        await tx.delete(grants).where(sameRole({ slackUserId, type: grant.type, subjectId }))
        await tx.insert(grants).values({ id, slackUserId, type: grant.type, subjectId, until: grant.until ?? null, bySlackId: by, at })
        if (also) await storeWith(tx, also(id), forgotten)
      })
      return id
    },
    async revoke(grantId, on, also) {
      await db.transaction(async (tx) => {
        await tx.execute(sql`UPDATE grants SET until = ${on} FROM grants AS ended
        WHERE ended.id = ${grantId} AND grants.slack_user_id = ended.slack_user_id AND grants.type = ended.type
          AND grants.subject_id = ended.subject_id AND (grants.until IS NULL OR grants.until > ${on})`)
        if (also) await storeWith(tx, also, forgotten)
      })
    },
    async keepAdmin(slackUserId) {
      const on = dayAnywhere(clock)
      if (keptAdmins.get(slackUserId) === on) return
      await db.transaction(async (tx) => {
        if ((await forgotten.gate(tx))(slackUserId)) return
        await tx.execute(sql`INSERT INTO former_standings AS kept (slack_user_id, type, person_id, until)
          VALUES (${slackUserId}, 'admin', '', ${on}::date)
          ON CONFLICT (slack_user_id, type, person_id) DO UPDATE SET until = greatest(kept.until, excluded.until)`)
      })
      keptAdmins.set(slackUserId, on)
    },
    roleHolders: async () => (await holdersNow('now')) ?? new Set<string>(),
    grantsOf: async (slackUserId) => (await grantsByUser(slackUserId)) ?? [],
    async allGrants() {
      const rows = await db.select().from(grants).orderBy(grants.at, grants.id)
      return rows.flatMap((row) => {
        const role = roleFrom(row)
        return role ? [{ ...role, id: row.id, slackUserId: row.slackUserId, bySlackId: row.bySlackId, at: row.at }] : []
      })
    },
    async pruneRoles(before) {
      await db.delete(grants).where(lt(grants.until, before))
      await db.delete(formerStandings).where(lt(formerStandings.until, before))
    },
    async prune(before) {
      const gone = await rowsOf(
        db,
        sql`WITH gone AS (DELETE FROM access_log WHERE at < ${before.toISOString()}::timestamptz RETURNING 1) SELECT count(*)::int AS rows FROM gone`,
      )
      return (gone[0] as { rows: number }).rows
    },
  }
}
