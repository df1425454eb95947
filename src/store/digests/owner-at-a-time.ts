// Digests and programmes are counted before one more is saved: of one owner, or for one reader, that is done one at a time.
import { sql } from 'drizzle-orm'
import type { Database } from '../database/database.ts'

/** Whoever saves another one for the same owner, or to the same reader, waits, and finds this one. */
export const ownerAtATime = <T>(db: Database, who: string, work: (tx: Database) => Promise<T>): Promise<T> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext(${`digests of ${who}`}))`)
    return work(tx)
  })
