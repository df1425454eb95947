// Deletes figures older than the retention, and earlier those nobody asks for again: parts of weeks and windows fetched for a few
// people. What is deleted counts as never fetched, so what a group without names was shown stays: fetched anew it could differ by one person.
// With the figures goes what protects groups (who was where, who was forgotten, what was shown), so the date is kept: no earlier period is
// shown without names again, whatever Gong still has of it.
import { sql } from 'drizzle-orm'
import type { Clock } from '../../clock.ts'
import type { LocalDate } from '../../domain/period.ts'
import { type Database, rowsOf } from '../database/database.ts'
import { pruneLeavers } from '../people/prune-leavers.ts'

/**
 * `before`: everything that ended earlier goes. `passingBefore`: part-week and few-people windows that ended earlier go. Returns rows
 * deleted, not counting the figures of windows.
 */
export type Prune = (before: LocalDate, passingBefore: LocalDate) => Promise<number>

export const createPrune =
  (db: Database, clock: Clock): Prune =>
  async (before, passingBefore) => {
    const [gone] = await rowsOf<{ readonly rows: number }>(
      db,
      sql`WITH old_windows AS (
          DELETE FROM windows WHERE period_to <= ${before}::date
            OR (period_to <= ${passingBefore}::date AND (scope <> 'all' OR period_to - period_from < 7)
              AND NOT EXISTS (SELECT 1 FROM shown_groups AS shown WHERE shown.kind = 'figures'
                AND shown.period_from = windows.period_from AND shown.period_to = windows.period_to)) RETURNING id),
        interaction AS (DELETE FROM interaction_rows WHERE window_id IN (SELECT id FROM old_windows)),
        activity AS (DELETE FROM activity_rows WHERE window_id IN (SELECT id FROM old_windows)),
        coaching AS (DELETE FROM coaching_rows WHERE window_id IN (SELECT id FROM old_windows)),
        ranges AS (DELETE FROM record_ranges WHERE period_from < ${before}::date RETURNING 1),
        days AS (DELETE FROM daily_activity WHERE date < ${before}::date RETURNING 1),
        shown AS (DELETE FROM shown_groups WHERE period_to <= ${before}::date),
        held AS (DELETE FROM held_figures WHERE period_to <= ${before}::date),
        forgotten AS (DELETE FROM forgotten_places WHERE period_to <= ${before}::date RETURNING 1),
        replaced AS (DELETE FROM replaced_figures WHERE period_to <= ${before}::date),
        cards AS (DELETE FROM scorecards WHERE answered_at < ${before}::date RETURNING 1),
        names AS (DELETE FROM former_names WHERE until < ${before}::date),
        places AS (DELETE FROM past_places WHERE until < ${before}::date RETURNING 1),
        kept_from AS (INSERT INTO tenant_values AS kept (space, key, value) VALUES ('fact', 'kept-from', ${before})
          ON CONFLICT (space, key) DO UPDATE SET value = greatest(kept.value, excluded.value)),
        -- Whoever made a chart of them makes a new one.
        chart AS (UPDATE versions SET value = value + 1 WHERE name = 'people'
          AND (EXISTS (SELECT 1 FROM places) OR EXISTS (SELECT 1 FROM forgotten))),
        reminders AS (DELETE FROM reminder_items WHERE opened_at < ${before}::date RETURNING 1),
        digests AS (DELETE FROM deliveries WHERE created_at < ${before}::date RETURNING 1)
      SELECT ((SELECT count(*) FROM old_windows) + (SELECT count(*) FROM ranges) + (SELECT count(*) FROM days)
        + (SELECT count(*) FROM cards) + (SELECT count(*) FROM digests))::int AS rows`,
    )
    return (gone?.rows ?? 0) + (await pruneLeavers(db, clock))
  }
