// The company's request allowance as one row that all replicas share: one UPDATE decides rate, day and asker at once, so that
// two replicas can never both take the last request. The rate runs on real time, because waiting does, and on the database's,
// because replicas share it; the day is UTC's, of the clock handed in. The last tenth of a day is kept for scheduled work.
import { sql } from 'drizzle-orm'
import type { Clock } from '../clock.ts'
import type { RequestBudget } from '../domain/gong-ports.ts'
import { openToAll } from '../domain/request-share.ts'
import { GongRateLimited } from '../errors.ts'
import { type Database, rowsOf } from './database/database.ts'
import { millisecondsOf, type RealTime } from './database/real-time.ts'

export interface BudgetLimits {
  readonly perSecond: number
  readonly perDay: number
  /** Requests one asker may cause in a day; a twentieth of the day unless given, at least 1. */
  readonly perAskerPerDay?: number
}

const dayMs = 86_400_000

export function createBudget(db: Database, limits: BudgetLimits, clock: Clock, realTime: RealTime): RequestBudget {
  const { perSecond, perDay } = limits
  const perAsker = limits.perAskerPerDay ?? Math.max(1, Math.floor(perDay / 20))
  const unscheduled = openToAll(perDay)
  const gapMs = 1000 / perSecond

  return {
    async reserve({ endpoint, purpose, asker }) {
      const now = clock.now()
      const day = now.toISOString().slice(0, 10)
      const realMs = millisecondsOf(realTime)
      const most = purpose === 'scheduled' ? perDay : unscheduled
      const who = purpose === 'asked' ? (asker ?? null) : null
      const [slot] = await rowsOf<{ readonly waitMs: number }>(
        db,
        sql`UPDATE request_budget SET
          next_slot_ms = greatest(next_slot_ms, ${realMs}) + ${gapMs}::float8,
          day = ${day}::date,
          used = CASE WHEN day = ${day}::date THEN used + 1 ELSE 1 END,
          askers = CASE WHEN day = ${day}::date THEN askers ELSE '{}'::jsonb END
            || CASE WHEN ${who}::text IS NULL THEN '{}'::jsonb ELSE jsonb_build_object(${who}::text,
                 CASE WHEN day = ${day}::date THEN coalesce((askers ->> ${who}::text)::int, 0) ELSE 0 END + 1) END
        WHERE id = 1 AND (day <> ${day}::date OR (used < ${most}::int AND coalesce((askers ->> ${who}::text)::int, 0) < ${perAsker}::int))
        RETURNING next_slot_ms - ${gapMs}::float8 - ${realMs} AS "waitMs"`,
      )
      if (!slot) throw new GongRateLimited({ endpoint, retryAfterMs: dayMs - (now.getTime() % dayMs), by: 'budget' })
      return { waitMs: Math.max(0, Math.ceil(slot.waitMs)) }
    },
    async holdFor(retryAfterMs) {
      const untilMs = sql`${millisecondsOf(realTime)} + ${retryAfterMs}::float8`
      await db.execute(sql`UPDATE request_budget SET next_slot_ms = greatest(next_slot_ms, ${untilMs}) WHERE id = 1`)
    },
    async today() {
      const day = clock.now().toISOString().slice(0, 10)
      const [row] = await rowsOf<{ readonly used: number }>(db, sql`SELECT used FROM request_budget WHERE id = 1 AND day = ${day}::date`)
      return { used: row?.used ?? 0, perDay, perSecond }
    },
  }
}
