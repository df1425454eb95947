// Deletes figures older than the retention, and earlier those nobody asks for again: parts of weeks and windows fetched for a few
// people. What is deleted counts as never fetched.
import { sql } from 'drizzle-orm'
import type { LocalDate } from '../../domain/period.ts'
import { type Database, rowsOf } from '../database/database.ts'

/** `before`: everything that ended earlier goes. `passingBefore`: part-week and few-people windows that ended earlier go. Returns rows deleted, not counting the figures of windows. */
export type Prune = (before: LocalDate, passingBefore: LocalDate) => Promise<number>

export const createPrune =
  (db: Database): Prune =>
  async (before, passingBefore) => {
    const [gone] = await rowsOf<{ readonly rows: number }>(
      db,
      sql`WITH old_windows AS (
          DELETE FROM windows WHERE period_to <= ${before}::date
            OR (period_to <= ${passingBefore}::date AND (scope <> 'all' OR period_to - period_from < 7)) RETURNING id),
        interaction AS (DELETE FROM interaction_rows WHERE window_id IN (SELECT id FROM old_windows)),
        activity AS (DELETE FROM activity_rows WHERE window_id IN (SELECT id FROM old_windows)),
        coaching AS (DELETE FROM coaching_rows WHERE window_id IN (SELECT id FROM old_windows)),
        ranges AS (DELETE FROM record_ranges WHERE period_from < ${before}::date RETURNING 1),
        days AS (DELETE FROM daily_activity WHERE date < ${before}::date RETURNING 1),
        cards AS (DELETE FROM scorecards WHERE answered_at < ${before}::date RETURNING 1),
        places AS (DELETE FROM past_places WHERE until < ${before}::date),
        digests AS (DELETE FROM deliveries WHERE created_at < ${before}::date RETURNING 1)
      SELECT ((SELECT count(*) FROM old_windows) + (SELECT count(*) FROM ranges) + (SELECT count(*) FROM days)
        + (SELECT count(*) FROM cards) + (SELECT count(*) FROM digests))::int AS rows`,
    )
    return gone?.rows ?? 0
  }
