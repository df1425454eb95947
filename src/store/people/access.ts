// Grants (roles) and the access log: who saw whose figures, who changed what.

import { desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { AccessRecord } from '../../domain/access-record.ts'
import type { PersonId } from '../../domain/person.ts'
import type { Grant } from '../../domain/policy.ts'
import { batched, batchedByKey } from '../database/batch.ts'
import { type Database, inChunks, present, rowsOf } from '../database/database.ts'
import { accessLog, grants } from '../schema/company.ts'

export interface AccessStore {
  record(entries: readonly AccessRecord[]): Promise<void>
  /** Who has seen this person's figures, newest first; looks of `exceptSlackId`, their own, are left out. */
  seenBy(personId: PersonId, limit: number, exceptSlackId?: string): Promise<readonly AccessRecord[]>
  changes(limit: number): Promise<readonly AccessRecord[]>
  grant(slackUserId: string, grant: Grant, bySlackId: string, at: Date): Promise<string>
  revoke(grantId: string): Promise<void>
  grantsOf(slackUserId: string): Promise<readonly Grant[]>
  allGrants(): Promise<
    readonly (Grant & { readonly id: string; readonly slackUserId: string; readonly bySlackId: string; readonly at: Date })[]
  >
  /** Deletes log rows older than `before`. */
  prune(before: Date): Promise<number>
}

const recordFrom = ({ id: _, ...row }: typeof accessLog.$inferSelect): AccessRecord => present(row)

function grantFrom(row: typeof grants.$inferSelect): Grant {
  const until = row.until === null ? {} : { until: row.until }
  return row.type === 'coach' ? { type: 'coach', personId: row.subjectId, ...until } : { type: 'viewer', orgOf: row.subjectId, ...until }
}

export function createAccessStore(db: Database): AccessStore {
  const list = async (where: SQL, limit: number) =>
    (await db.select().from(accessLog).where(where).orderBy(desc(accessLog.at), desc(accessLog.id)).limit(limit)).map(recordFrom)

  const grantsByUser = batchedByKey(async (slackUserIds) => {
    const rows = await db
      .select()
      .from(grants)
      .where(inArray(grants.slackUserId, [...slackUserIds]))
      .orderBy(grants.at, grants.id)
    return new Map([...Map.groupBy(rows, (row) => row.slackUserId)].map(([id, own]) => [id, own.map(grantFrom)]))
  })

  const recordAll = batched(async (lists: readonly (readonly AccessRecord[])[]) => {
    await inChunks(lists.flat(), (chunk) =>
      db.execute(sql`INSERT INTO access_log (at, what, by_slack_id, person_id, detail)
        SELECT at, what, "bySlackId", "personId", detail FROM jsonb_to_recordset(${JSON.stringify(chunk)}::jsonb)
          AS given(at timestamptz, what text, "bySlackId" text, "personId" text, detail text)`),
    )
    return lists.map(() => undefined)
  })

  return {
    record: recordAll,
    seenBy(personId, limit, exceptSlackId = '') {
      const seen = sql`${accessLog.personId} = ${personId} AND ${inArray(accessLog.what, ['view', 'delivery'])}`
      return list(sql`${seen} AND ${accessLog.bySlackId} <> ${exceptSlackId}`, limit)
    },
    changes: (limit) => list(inArray(accessLog.what, ['change', 'grant', 'link', 'move', 'forget']), limit),
    async grant(slackUserId, grant, bySlackId, at) {
      const id = crypto.randomUUID()
      const subjectId = grant.type === 'coach' ? grant.personId : grant.orgOf
      await db.insert(grants).values({ id, slackUserId, type: grant.type, subjectId, until: grant.until ?? null, bySlackId, at })
      return id
    },
    async revoke(grantId) {
      await db.delete(grants).where(eq(grants.id, grantId))
    },
    grantsOf: async (slackUserId) => (await grantsByUser(slackUserId)) ?? [],
    async allGrants() {
      const rows = await db.select().from(grants).orderBy(grants.at, grants.id)
      return rows.map((row) => ({ ...grantFrom(row), id: row.id, slackUserId: row.slackUserId, bySlackId: row.bySlackId, at: row.at }))
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
