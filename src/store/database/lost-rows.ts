// Whether rows that were acknowledged may be gone: after a power loss, a failover to a copy that lagged, a restored backup. Such a row
// looks as if nothing had been posted. Knows when to doubt; what is done about it is the delivery's business.
import { and, eq, sql } from 'drizzle-orm'
import type { Clock } from '../../clock.ts'
import { tenantValues } from '../schema/company.ts'
import { batched } from './batch.ts'
import { type Database, rowsOf } from './database.ts'

/** What may be missing was written between these instants, by the clock handed in. */
export interface LostSpan {
  readonly from: Date
  readonly to: Date
}

/** Undefined when no rows are known to be in doubt. */
export type LostRows = () => Promise<LostSpan | undefined>

interface Kept {
  /** Which start of the server this is; empty for the embedded database, which begins with this process. */
  readonly start: string
  /** When the database last began anew without its former end being known to be clean. By the clock handed in, as an ISO instant. */
  readonly doubtedAt?: string
  /** Since when rows may be missing; where it is not there, some moments before. */
  readonly doubtedFrom?: string
}

const key = 'database-start'

/** A delivery is given up after a day: what was in doubt longer ago is of no matter. */
const mattersForMs = 24 * 3_600_000

/** Postgres: every start of a server other than the one seen before counts, because nobody says whether it lost anything. */
export function watchServerStarts(db: Database, clock: Clock): LostRows {
  const start = sql<string>`(extract(epoch FROM pg_postmaster_start_time()) * 1000)::bigint::text`
  return inOneGo(async () => {
    const [row] = await rowsOf<{ readonly start: string; readonly value: string | null }>(
      db,
      sql`SELECT ${start} AS start, (SELECT value FROM tenant_values WHERE space = 'own' AND key = ${key}) AS value`,
    )
    const kept = row?.value ? (JSON.parse(row.value) as Kept) : undefined
    if (!row || kept?.start === row.start) return spanOf(kept)
    // Of a database never seen before nothing is known to be lost.
    const now: Kept = kept ? doubting({ ...kept, start: row.start }, justNow(clock)) : { start: row.start }
    await keep(db, now)
    return spanOf(now)
  })
}

/** Embedded: the process before this one did not close it, or it was made from a backup. */
export async function watchEmbedded(db: Database, clock: Clock, wasClosed: boolean): Promise<LostRows> {
  if (!wasClosed) await doubt(db, justNow(clock))
  return inOneGo(async () => spanOf(await keptIn(db)))
}

/** From now on rows written in that time are in doubt. */
export async function doubt(db: Database, span: LostSpan): Promise<void> {
  await keep(db, doubting((await keptIn(db)) ?? { start: '' }, span))
}

/** Nobody says how much is missing. */
const justNow = (clock: Clock): LostSpan => ({ from: clock.now(), to: clock.now() })

/** With what was in doubt within the day before: a second start must not make the first one forgotten. */
function doubting(kept: Kept, { from, to }: LostSpan): Kept {
  const before = spanOf(kept)
  const isRecent = before && before.to <= to && to.getTime() - before.to.getTime() < mattersForMs
  const since = isRecent && before.from < from ? before.from : from
  return { start: kept.start, doubtedAt: to.toISOString(), doubtedFrom: since.toISOString() }
}

async function keptIn(db: Database): Promise<Kept | undefined> {
  const [row] = await db
    .select({ value: tenantValues.value })
    .from(tenantValues)
    .where(and(eq(tenantValues.space, 'own'), eq(tenantValues.key, key)))
  return row?.value ? (JSON.parse(row.value) as Kept) : undefined
}

const spanOf = (kept: Kept | undefined): LostSpan | undefined =>
  kept?.doubtedAt === undefined ? undefined : { from: new Date(kept.doubtedFrom ?? kept.doubtedAt), to: new Date(kept.doubtedAt) }

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
