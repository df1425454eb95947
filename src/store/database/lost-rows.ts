// Whether rows that were acknowledged may be gone: after a power loss, a failover to a copy that lagged, a restored backup. Such a row
// looks as if nothing had been posted. Knows when to doubt; what is done about it is the delivery's business.
import { and, eq, sql } from 'drizzle-orm'
import type { Clock } from '../../clock.ts'
import { tenantValues } from '../schema/company.ts'
import { batched } from './batch.ts'
import { type Database, rowsOf } from './database.ts'

/** When the database last began anew without its former end being known to be clean; undefined when it never did. */
export type LostRows = () => Promise<Date | undefined>

interface Kept {
  /** Which start of the server this is; empty for the embedded database, which begins with this process. */
  readonly start: string
  /** By the clock handed in, as an ISO instant. */
  readonly doubtedAt?: string
}

const key = 'database-start'

/** Postgres: every start of a server other than the one seen before counts, because nobody says whether it lost anything. */
export function watchServerStarts(db: Database, clock: Clock): LostRows {
  const start = sql<string>`(extract(epoch FROM pg_postmaster_start_time()) * 1000)::bigint::text`
  return inOneGo(async () => {
    const [row] = await rowsOf<{ readonly start: string; readonly value: string | null }>(
      db,
      sql`SELECT ${start} AS start, (SELECT value FROM tenant_values WHERE space = 'own' AND key = ${key}) AS value`,
    )
    const kept = row?.value ? (JSON.parse(row.value) as Kept) : undefined
    if (!row || kept?.start === row.start) return doubtedAt(kept)
    // Of a database never seen before nothing is known to be lost.
    const now: Kept = kept ? { start: row.start, doubtedAt: clock.now().toISOString() } : { start: row.start }
    await keep(db, now)
    return doubtedAt(now)
  })
}

/** Embedded: the process before this one did not close it. */
export async function watchEmbedded(db: Database, clock: Clock, wasClosed: boolean): Promise<LostRows> {
  if (!wasClosed) await keep(db, { start: '', doubtedAt: clock.now().toISOString() })
  return inOneGo(async () => {
    const [row] = await db
      .select({ value: tenantValues.value })
      .from(tenantValues)
      .where(and(eq(tenantValues.space, 'own'), eq(tenantValues.key, key)))
    return doubtedAt(row?.value ? (JSON.parse(row.value) as Kept) : undefined)
  })
}

const doubtedAt = (kept: Kept | undefined): Date | undefined => (kept?.doubtedAt === undefined ? undefined : new Date(kept.doubtedAt))

async function keep(db: Database, kept: Kept): Promise<void> {
  const value = JSON.stringify(kept)
  await db
    .insert(tenantValues)
    .values({ space: 'own', key, value })
    .onConflictDoUpdate({ target: [tenantValues.space, tenantValues.key], set: { value } })
}

/** Asked by every delivery of a burst: once for all that ask in the same turn. */
function inOneGo(look: LostRows): LostRows {
  const ask = batched(async (asked: readonly true[]) => {
    const answer = await look()
    return asked.map(() => answer)
  })
  return () => ask(true)
}
