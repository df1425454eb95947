// The company's request allowance as one row that all replicas share: one UPDATE decides rate, pause, day and asker at once, so that two
// replicas can never both take the last request. Rate and pause run on the database's time; the day is UTC's, of the clock handed in.
// The last tenth of a day is kept for scheduled work. A mark further ahead than a right clock could have set it is not believed.
import { type SQL, sql } from 'drizzle-orm'
import type { Clock } from '../clock.ts'
import { longestPauseMs, type RequestBudget } from '../domain/gong-ports.ts'
import { openToAll } from '../domain/request-share.ts'
import { GongRateLimited } from '../errors.ts'
import { type Database, rowsOf } from './database/database.ts'
import { millisecondsOf, type RealTime } from './database/real-time.ts'
import { type Forgotten, forgottenPerson } from './people/forgotten.ts'

export interface BudgetLimits {
  readonly perSecond: number
  readonly perDay: number
  /** Requests one asker may cause in a day; a twentieth of the day unless given, at least 1. */
  readonly perAskerPerDay?: number
}

const dayMs = 86_400_000
/** Reserved slots lie closer than this; what lies further ahead stands for a pause. */
const longestQueueMs = 60_000

export function createBudget(
  db: Database,
  limits: BudgetLimits,
  clock: Clock,
  realTime: RealTime,
  forgotten: Pick<Forgotten, 'gate'>,
): RequestBudget {
  const { perSecond, perDay } = limits
  const perAsker = limits.perAskerPerDay ?? Math.max(1, Math.floor(perDay / 20))
  const unscheduled = openToAll(perDay)
  const gapMs = 1000 / perSecond
  const today = (): string => clock.now().toISOString().slice(0, 10)

  /** Askers who were forgotten are counted as one. */
  const countingAsker = <Answer>(
    asker: string | undefined,
    work: (on: Database, who: string | null) => Promise<Answer>,
  ): Promise<Answer> =>
    asker === undefined
      ? work(db, null)
      : db.transaction(async (tx) => work(tx, (await forgotten.gate(tx))(asker) ? forgottenPerson : asker))

  return {
    reserve: ({ endpoint, purpose, asker, longestWaitMs, isHeld }) =>
      countingAsker(purpose === 'asked' && !isHeld ? asker : undefined, async (on, who) => {
        const day = today()
        const real = millisecondsOf(realTime)
        const start = startOf(real)
        const isToday = countsFor(day)
        const most = purpose === 'scheduled' ? perDay : unscheduled
        const one = isHeld ? 0 : 1
        const ofAsker = sql`coalesce((askers ->> ${who}::text)::int, 0)`
        const isLeft = isHeld ? sql`true` : sql`(NOT ${isToday} OR (used < ${most}::int AND ${ofAsker} < ${perAsker}::int))`
        const [slot] = await rowsOf<{ readonly waitMs: number }>(
          on,
          sql`UPDATE request_budget SET
          next_slot_ms = ${start} + ${gapMs}::float8,
          day = CASE WHEN ${isToday} THEN day ELSE ${day}::date END,
          used = CASE WHEN ${isToday} THEN used + ${one}::int ELSE ${one}::int END,
          askers = CASE WHEN ${isToday} THEN askers ELSE '{}'::jsonb END
            || CASE WHEN ${who}::text IS NULL THEN '{}'::jsonb ELSE jsonb_build_object(${who}::text,
                 CASE WHEN ${isToday} THEN ${ofAsker} ELSE 0 END + 1) END
        WHERE id = 1 AND ${isLeft} AND ${start} - ${real} <= ${longestWaitMs}::float8
        RETURNING next_slot_ms - ${gapMs}::float8 - ${real} AS "waitMs"`,
        )
        if (slot) return { waitMs: Math.max(0, Math.ceil(slot.waitMs)) }
        const [why] = await rowsOf<{ readonly isLeft: boolean; readonly isAskers: boolean; readonly waitMs: number }>(
          on,
          sql`SELECT ${isLeft} AS "isLeft", ${ofAsker} >= ${perAsker}::int AS "isAskers", ${start} - ${real} AS "waitMs" FROM request_budget WHERE id = 1`,
        )
        if (!why?.isLeft) {
          const share = why?.isAskers ? ({ whose: 'asker', requests: perAsker } as const) : ({ whose: 'company', requests: most } as const)
          throw new GongRateLimited({ endpoint, retryAfterMs: dayMs - (clock.now().getTime() % dayMs), by: 'budget', share })
        }
        throw new GongRateLimited({ endpoint, retryAfterMs: Math.max(1, Math.ceil(why.waitMs)), by: 'gong' })
      }),
    async pauseFor(askedMs) {
      const real = millisecondsOf(realTime)
      const until = sql`${real} + ${Math.min(askedMs, longestPauseMs)}::float8`
      await db.execute(
        sql`UPDATE request_budget SET
          paused_until_ms = greatest(${believed(sql`paused_until_ms`, real)}, ${until}),
          pause_asked_ms = CASE WHEN ${believed(sql`paused_until_ms`, real)} > ${until} THEN pause_asked_ms ELSE ${Math.min(askedMs, Number.MAX_SAFE_INTEGER)}::float8 END
        WHERE id = 1`,
      )
    },
    async pause() {
      const real = millisecondsOf(realTime)
      const [row] = await rowsOf<{ readonly leftMs: number; readonly askedMs: number }>(
        db,
        sql`SELECT ${startOf(real)} - ${real} AS "leftMs", pause_asked_ms AS "askedMs" FROM request_budget
          WHERE id = 1 AND (${believed(sql`paused_until_ms`, real)} > ${real} OR ${believed(sql`next_slot_ms`, real)} > ${real} + ${longestQueueMs}::float8)`,
      )
      if (!row) return undefined
      return { leftMs: Math.max(1, Math.ceil(row.leftMs)), ...(row.askedMs > 0 && { askedMs: row.askedMs }) }
    },
    async pausedForMs() {
      const real = millisecondsOf(realTime)
      const [row] = await rowsOf<{ readonly leftMs: number }>(
        db,
        sql`SELECT greatest(0, ${believed(sql`paused_until_ms`, real)} - ${real}) AS "leftMs" FROM request_budget WHERE id = 1`,
      )
      return Math.ceil(row?.leftMs ?? 0)
    },
    async endPause() {
      const real = millisecondsOf(realTime)
      await db.execute(
        sql`UPDATE request_budget SET paused_until_ms = 0, pause_asked_ms = 0,
          next_slot_ms = CASE WHEN next_slot_ms > ${real} + ${longestQueueMs}::float8 THEN 0 ELSE next_slot_ms END
        WHERE id = 1`,
      )
    },
    async today() {
      const [row] = await rowsOf<{ readonly used: number }>(db, sql`SELECT used FROM request_budget WHERE id = 1 AND ${countsFor(today())}`)
      return { used: row?.used ?? 0, perDay, perSecond, perAsker }
    },
  }
}

/** When the next request may start. */
const startOf = (real: SQL): SQL => sql`greatest(${real}, ${believed(sql`next_slot_ms`, real)}, ${believed(sql`paused_until_ms`, real)})`

/** Forgotten when it lies further ahead than the longest pause: a clock that set it was wrong, or Gong's number was. */
const believed = (mark: SQL, real: SQL): SQL => sql`CASE WHEN ${mark} > ${real} + ${longestPauseMs}::float8 THEN 0 ELSE ${mark} END`

/**
 * Whether the row counts for this day. Around midnight another replica's clock may be in tomorrow already: both count on that day then,
 * instead of beginning anew in turns.
 */
const countsFor = (day: string): SQL => sql`(day = ${day}::date OR day = ${day}::date + 1)`
