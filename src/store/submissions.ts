// Submitted forms by view and hash, for a day: the same one sent again, because its answer did not reach Slack, is carried out once, over
// replicas too. A key names who submitted, so that a keyed hash of it alone is kept.
import { sql } from 'drizzle-orm'
import { batched } from './database/batch.ts'
import { type Database, rowsOf } from './database/database.ts'
import { instantOf, type RealTime } from './database/real-time.ts'
import type { KeyedHash } from './people/forgotten.ts'

export interface SubmissionStore {
  /**
   * `mine`: carry it out, then settle it. `done`: it was carried out before. `busy`: somebody is at it. `endsAfterMs`: whoever has not
   * settled it by then has died; half a minute, unless the work can last longer.
   */
  claim(key: string, endsAfterMs?: number): Promise<'mine' | 'done' | 'busy'>
  /** `done`: false gives it back, to be submitted again. */
  settle(key: string, done: boolean): Promise<void>
  /** Takes `done` back: it was settled before it was carried out, which surely failed. */
  withdraw(key: string): Promise<void>
}

const usualClaimMs = 30_000
/** A form that is open for so long is not submitted twice by mistake. */
const keptFor = sql`interval '1 day'`

export function createSubmissionStore(db: Database, realTime: RealTime, hashOf: KeyedHash): SubmissionStore {
  // Calls of tools end at one moment, and each settles what it claimed.
  const settleDone = batched(async (keys: readonly string[]) => {
    await db.execute(sql`WITH kept AS (UPDATE submissions SET done = true WHERE key = ANY(${sql.param(keys)}::text[]) RETURNING key)
      DELETE FROM submissions WHERE at < ${instantOf(realTime)} - ${keptFor} AND key NOT IN (SELECT key FROM kept)`)
    return keys.map(() => undefined)
  })
  return {
    async claim(given, endsAfterMs = usualClaimMs) {
      const key = hashOf(given)
      const claimEnds = sql`${endsAfterMs}::float8 * interval '1 millisecond'`
      const now = instantOf(realTime)
      const taken = await rowsOf(
        db,
        sql`INSERT INTO submissions AS held (key, at, done) VALUES (${key}, ${now}, false)
          ON CONFLICT (key) DO UPDATE SET at = excluded.at WHERE NOT held.done AND (held.at <= ${now} - ${claimEnds} OR held.at > ${now} + ${claimEnds}) RETURNING key`,
      )
      if (taken.length > 0) return 'mine'
      const [row] = await rowsOf<{ readonly done: boolean }>(db, sql`SELECT done FROM submissions WHERE key = ${key}`)
      return row?.done ? 'done' : 'busy'
    },
    async settle(given, done) {
      const key = hashOf(given)
      if (done) await settleDone(key)
      else await db.execute(sql`DELETE FROM submissions WHERE key = ${key} AND NOT done`)
    },
    async withdraw(given) {
      await db.execute(sql`DELETE FROM submissions WHERE key = ${hashOf(given)}`)
    },
  }
}
