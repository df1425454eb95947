// What readers of direct messages want no more of. A stop and a write that would send them more of the kind wait for each other, so that
// whichever comes second sees the first: no stop is lost to a digest that is set up, moved or started at the same moment.
import { and, eq, ne, sql } from 'drizzle-orm'
import type { DigestKind } from '../../domain/subscription.ts'
import type { Database } from '../database/database.ts'
import { optOuts, subscriptions } from '../schema/digests.ts'

/** Whose direct message a write makes it. */
export interface ReaderOf {
  readonly slackUserId: string
  readonly kind: DigestKind
  /** The reader asks for it: an earlier stop is taken back with the write. */
  readonly isAsking: boolean
}

export interface ReaderStops {
  /** A person's stop: survives re-enrolment by any programme of that kind. `ending`: the digest that ends with it. */
  optOut(slackUserId: string, kind: DigestKind, at: Date, ending?: string): Promise<void>
  /** The same, and ends every digest of the kind that comes to them. True where there was one. */
  stopAll(slackUserId: string, kind: DigestKind, at: Date): Promise<boolean>
  optedOut(kind: DigestKind): Promise<ReadonlySet<string>>
}

/** Writes nothing that names somebody who was forgotten while it was made. */
export type UnlessForgotten = (tx: Database, ids: readonly string[], write: (tx: Database) => Promise<unknown>) => Promise<void>

/** The lock is a statement of its own: the next one sees what was written while this one waited. */
const inTurn = (tx: Database, slackUserId: string) => tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext(${`stops of ${slackUserId}`}))`)

const theirStop = ({ slackUserId, kind }: ReaderOf) => and(eq(optOuts.kind, kind), eq(optOuts.slackUserId, slackUserId))

/** False where the reader's stop stands; until the transaction ends no stop comes either. */
export async function passesStop(tx: Database, reader: ReaderOf): Promise<boolean> {
  await inTurn(tx, reader.slackUserId)
  return reader.isAsking || (await tx.select({ at: optOuts.at }).from(optOuts).where(theirStop(reader))).length === 0
}

/** After the write that its reader asked for. */
export async function takeBackStop(tx: Database, reader: ReaderOf | undefined): Promise<void> {
  if (reader?.isAsking) await tx.delete(optOuts).where(theirStop(reader))
}

/** Not by the rule of a programme, which would take it back. */
const ended = { status: 'stopped', nextAt: null, pausedWhy: null } as const

export function createReaderStops(db: Database, unlessForgotten: UnlessForgotten): ReaderStops {
  async function optOut(tx: Database, slackUserId: string, kind: DigestKind, at: Date): Promise<void> {
    await inTurn(tx, slackUserId)
    await unlessForgotten(tx, [slackUserId], () => tx.insert(optOuts).values({ slackUserId, kind, at }).onConflictDoNothing())
  }
  return {
    optOut: (slackUserId, kind, at, ending) =>
      db.transaction(async (tx) => {
        await optOut(tx, slackUserId, kind, at)
        if (ending !== undefined) await tx.update(subscriptions).set(ended).where(eq(subscriptions.id, ending))
      }),
    stopAll: (slackUserId, kind, at) =>
      db.transaction(async (tx) => {
        await optOut(tx, slackUserId, kind, at)
        const running = and(
          eq(subscriptions.targetType, 'dm'),
          eq(subscriptions.targetId, slackUserId),
          eq(subscriptions.kind, kind),
          ne(subscriptions.status, 'stopped'),
        )
        const rows = await tx.update(subscriptions).set(ended).where(running).returning({ id: subscriptions.id })
        return rows.length > 0
      }),
    async optedOut(kind) {
      const rows = await db.select({ id: optOuts.slackUserId }).from(optOuts).where(eq(optOuts.kind, kind))
      return new Set(rows.map((row) => row.id))
    },
  }
}
