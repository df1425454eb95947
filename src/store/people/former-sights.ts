// What readers were shown of others by name and no role or place of theirs says: by a digest in a channel, and in private as an admin. Statistics
// count it as seen. Kept beside the access log, which is read by person and deleted sooner than figures are.
import { type SQL, sql } from 'drizzle-orm'
import type { KnownPeople } from '../../domain/onlookers.ts'
import type { CompanyFactsNow } from '../company-facts.ts'
import { batchedByKey, type JoinedQueries } from '../database/batch.ts'
import { type Database, rowsOf } from '../database/database.ts'
import { forgottenPerson } from './forgotten.ts'

const keepLater = sql`ON CONFLICT (slack_user_id, type, person_id) DO UPDATE SET until = excluded.until WHERE kept.until < excluded.until`

/** In Kiritimati, where it is latest: a day too long hides no sight. */
const dayOf = sql`(at AT TIME ZONE 'UTC' + interval '14 hours')::date`

/**
 * Parts of a statement that has log rows as `given`. Two replicas write them in one order, so that neither waits for the other. What anybody
 * else sees in private they see by a role or a place, which are kept as such.
 */
export const sightsOfGiven: SQL = sql`shown AS (INSERT INTO former_standings AS kept (slack_user_id, type, person_id, until)
      SELECT reader, 'shown', "personId", max("shownUntil") FROM given, jsonb_array_elements_text("readerIds") AS reader
      WHERE "shownUntil" IS NOT NULL AND "personId" IS NOT NULL AND reader <> ${forgottenPerson} GROUP BY 1, 3 ORDER BY 1, 3
      ${keepLater} RETURNING 1),
    saw AS (INSERT INTO former_standings AS kept (slack_user_id, type, person_id, until)
      SELECT "bySlackId", 'saw', "personId", max(${dayOf}) FROM given
      WHERE what IN ('view', 'delivery') AND "personId" IS NOT NULL AND "readerIds" IS NULL AND EXISTS (SELECT 1 FROM former_standings AS admin
        WHERE admin.slack_user_id = "bySlackId" AND admin.type = 'admin' AND admin.until >= ${dayOf} - 1)
      GROUP BY 1, 3 ORDER BY 1, 3 ${keepLater}),
    counted AS (UPDATE versions SET value = value + 1 WHERE name = 'sights' AND EXISTS (SELECT 1 FROM shown))`

export interface FormerSights {
  /** Those of them who were ever shown others in a channel. */
  shownAmong(slackUserIds: readonly string[]): Promise<ReadonlySet<string>>
  /** What was shown to each reader of a channel, each set once. The same one until it changes. */
  shown(): Promise<readonly KnownPeople[]>
}

export function createFormerSights(db: Database, queries: JoinedQueries, facts: CompanyFactsNow): FormerSights {
  const wasShown = batchedByKey(async (slackUserIds) => {
    const rows = await queries.for(slackUserIds.length)<{ readonly id: string }>(
      sql`SELECT DISTINCT slack_user_id AS id FROM former_standings WHERE type = 'shown' AND slack_user_id = ANY(${sql.param(slackUserIds)}::text[])`,
    )
    return new Map(rows.map(({ id }) => [id, true]))
  })
  let known: { readonly version: string; readonly sets: Promise<readonly KnownPeople[]> } | undefined
  return {
    async shownAmong(slackUserIds) {
      const found = await Promise.all(slackUserIds.map(wasShown))
      return new Set(slackUserIds.filter((_id, at) => found[at]))
    },
    async shown() {
      // Whoever is forgotten is left out of it: the people are counted as changed then.
      const { versions } = await facts()
      const version = [versions.get('sights')?.value, versions.get('people')?.value].join(' ')
      if (known?.version === version) return known.sets
      const sets = readShown(db)
      known = { version, sets }
      sets.catch(() => {
        known = undefined
      })
      return sets
    },
  }
}

/** Those who read one channel were shown the same. */
async function readShown(db: Database): Promise<readonly KnownPeople[]> {
  const rows = await rowsOf<{ readonly people: Readonly<Record<string, string>> }>(
    db,
    sql`SELECT DISTINCT jsonb_object_agg(person_id, to_char(until, 'YYYY-MM-DD')) AS people
      FROM former_standings WHERE type = 'shown' GROUP BY slack_user_id`,
  )
  return rows.map(({ people }) => new Map(Object.entries(people)))
}
