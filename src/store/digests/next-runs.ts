// Moves the next run of subscriptions on. Whoever plans has read the rule a moment ago: what somebody saved since is not overwritten.
import { sql } from 'drizzle-orm'
import type { Subscription } from '../../domain/subscription.ts'
import { type Database, rowsOf } from '../database/database.ts'

/** What the next run was planned from. */
export type PlanRead = Pick<Subscription, 'nextAt' | 'recurrence'>

export interface NextRun {
  readonly read: PlanRead
  readonly at: Date
}

/** The ids of those that are active and still as they were read: only these have moved. At most one move per subscription. */
export async function moveNextRuns(db: Database, moves: readonly (NextRun & { readonly id: string })[]): Promise<ReadonlySet<string>> {
  if (moves.length === 0) return new Set()
  const given = JSON.stringify(moves.map(({ id, at, read }) => ({ id, at, from: read.nextAt ?? null, recurrence: read.recurrence })))
  const moved = await rowsOf<{ readonly id: string }>(
    db,
    sql`UPDATE subscriptions SET next_at = given.at
      FROM jsonb_to_recordset(${given}::jsonb) AS given(id text, at timestamptz, "from" timestamptz, recurrence jsonb)
      WHERE subscriptions.id = given.id AND subscriptions.status = 'active' AND subscriptions.recurrence = given.recurrence
        AND subscriptions.next_at IS NOT DISTINCT FROM given."from" RETURNING subscriptions.id`,
  )
  return new Set(moved.map(({ id }) => id))
}
