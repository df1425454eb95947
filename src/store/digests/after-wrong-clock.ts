// Rows that a clock wrote which was far ahead and has been set right: runs it left out or reserved long before their time, and waits that
// would last until its day comes. What was sent stays.
import { sql } from 'drizzle-orm'
import { type Database, rowsOf } from '../database/database.ts'

/** Replicas' clocks may differ by this much without anything being wrong. */
const usualSkew = sql`interval '10 minutes'`
/** No retry is planned further ahead: a day where its owner is asked, an hour else. What is tried early waits again. */
const longestWait = sql`(CASE WHEN reason = 'asked' THEN interval '2 days' ELSE interval '70 minutes' END)`

/** `isHeld`: a worker has the row. Returns how many rows are not believed any more. */
export async function withdrawFuture(db: Database, at: Date, isHeld: ReturnType<typeof sql>): Promise<number> {
  const now = sql`${at.toISOString()}::timestamptz`
  const isFromFuture = sql`created_at > ${now} + ${usualSkew} AND NOT ${isHeld}`
  const isPlanned = sql`occurrence NOT LIKE 'notice:%' AND occurrence NOT LIKE 'thread:%' AND occurrence NOT LIKE 'manual:%'`
  const isUntouched = sql`(status = 'reserved' AND attempts = 0 OR status = 'skipped' AND reason IS DISTINCT FROM 'skipped-by-hand')`
  return db.transaction(async (tx) => {
    const withdrawn = await rowsOf<{ id: string }>(
      tx,
      sql`DELETE FROM deliveries WHERE ${isFromFuture} AND ${isPlanned} AND ${isUntouched} RETURNING id`,
    )
    const hastened = await rowsOf<{ id: string }>(
      tx,
      sql`UPDATE deliveries SET due_at = least(due_at, ${now}), retry_at = NULL
        WHERE status IN ('reserved', 'posting', 'doubtful') AND NOT ${isHeld}
          AND (created_at > ${now} + ${usualSkew} AND due_at > ${now} OR retry_at > ${now} + ${longestWait}) RETURNING id`,
    )
    return withdrawn.length + hastened.length
  })
}
