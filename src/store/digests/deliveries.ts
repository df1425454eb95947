// Delivery rows decide: reserve → post → confirm. One row per subscription and occurrence; leases and retries are columns
// compared with the clock handed in, never the database's own.

import { and, asc, count, desc, eq, gt, gte, inArray, isNotNull, isNull, lte, min, or, type SQL, sql } from 'drizzle-orm'
import type { Delivery, DeliveryStatus } from '../../domain/subscription.ts'
import { batched } from '../database/batch.ts'
import { type Database, present } from '../database/database.ts'
import { deliveries } from '../schema/digests.ts'
import { type DeliveryChange, type Reservation, reserveAll, type Taking, takeAll, type Write, writeAll } from './delivery-writes.ts'

/** `subscriptionId` is no foreign key: notices outlive their subscription. */
export interface DeliveryStore {
  /**
   * In one transaction: inserts the row unless the occurrence has one, moves the subscription's `nextAt`, and wakes a worker.
   * Returns false when the occurrence already had a row (nothing is woken). `status: 'skipped'` inserts a row that is already
   * over (a missed run, a skipped day), for the history; `wake` is then left out. `nextAt: null` clears it.
   */
  reserve(row: Reservation['row'], then: Omit<Reservation, 'row'>): Promise<boolean>
  find(id: string): Promise<Delivery | undefined>
  /** Takes the row for this worker when it is open, due and unleased; undefined when somebody else has it or it is done. */
  take(id: string, worker: { readonly now: Date; readonly leaseUntil: Date }): Promise<Delivery | undefined>
  update(id: string, change: DeliveryChange): Promise<void>
  /**
   * Writes only while the row still carries the lease `take` gave (or the one this last wrote); false when it ran out and another
   * worker took the row: the caller must stop at once. `null` clears a column.
   */
  updateHeld(id: string, leaseUntil: Date, change: DeliveryChange): Promise<boolean>
  /** Open rows (reserved, posting, doubtful) whose lease ran out and whose retry is due. */
  wakeable(now: Date, limit: number): Promise<readonly Delivery[]>
  /** Open rows whose time has come, whoever works on them, and since when the longest of them waits (missing for none). */
  waiting(now: Date): Promise<{ readonly count: number; readonly oldestDueAt?: Date }>
  /** The earliest instant after `now` at which an open row wants attention. */
  nextWakeAfter(now: Date): Promise<Date | undefined>
  history(subscriptionId: string, limit: number): Promise<readonly Delivery[]>
  /** Sent rows of the last `since`, for late corrections. */
  sentSince(since: Date): Promise<readonly Delivery[]>
  byStatus(status: DeliveryStatus, limit: number): Promise<readonly Delivery[]>
  /** At an embedded start every lease is void: the process that held it is gone. */
  voidLeases(): Promise<void>
}

const open: DeliveryStatus[] = ['reserved', 'posting', 'doubtful']

const deliveryOf = (row: typeof deliveries.$inferSelect): Delivery => present(row)

/** Open, due, its retry due, and nobody's. */
const takeable = (now: Date | SQL): SQL | undefined =>
  and(
    inArray(deliveries.status, open),
    lte(deliveries.dueAt, now),
    or(isNull(deliveries.leaseUntil), lte(deliveries.leaseUntil, now)),
    or(isNull(deliveries.retryAt), lte(deliveries.retryAt, now)),
  )

export function createDeliveryStore(db: Database): DeliveryStore {
  const list = async (where: SQL | undefined, order: SQL, limit?: number): Promise<readonly Delivery[]> => {
    const query = db.select().from(deliveries).where(where).orderBy(order, deliveries.id).$dynamic()
    return (await (limit === undefined ? query : query.limit(limit))).map(deliveryOf)
  }

  const reserve = batched((reservations: readonly Reservation[]) => reserveAll(db, reservations))
  const take = batched((takings: readonly Taking[]) => takeAll(db, takings, takeable(sql`given.now`)))
  const write = batched((writes: readonly Write[]) => writeAll(db, writes))

  return {
    reserve: (row, then) => reserve({ row, ...then }),
    async find(id) {
      const [row] = await db.select().from(deliveries).where(eq(deliveries.id, id))
      return row && deliveryOf(row)
    },
    async take(id, worker) {
      const row = await take({ id, ...worker })
      return row && deliveryOf(row)
    },
    async update(id, change) {
      if (Object.keys(change).length > 0) await write({ id, change })
    },
    updateHeld: (id, held, change) => write({ id, held, change: { leaseUntil: held, ...change } }),
    wakeable: (now, limit) => list(takeable(now), asc(deliveries.dueAt), limit),
    async waiting(now) {
      const [row] = await db
        .select({ count: count(), oldest: min(deliveries.dueAt) })
        .from(deliveries)
        .where(and(inArray(deliveries.status, open), lte(deliveries.dueAt, now)))
      return { count: row?.count ?? 0, ...(row?.oldest && { oldestDueAt: row.oldest }) }
    },
    async nextWakeAfter(now) {
      const [row] = await db
        .select({
          at: sql`greatest(${deliveries.dueAt}, ${deliveries.leaseUntil}, ${deliveries.retryAt})`.mapWith(deliveries.dueAt).as('at'),
        })
        .from(deliveries)
        .where(
          and(inArray(deliveries.status, open), or(gt(deliveries.dueAt, now), gt(deliveries.leaseUntil, now), gt(deliveries.retryAt, now))),
        )
        .orderBy(sql`1`)
        .limit(1)
      return row?.at
    },
    history: (subscriptionId, limit) => list(eq(deliveries.subscriptionId, subscriptionId), desc(deliveries.dueAt), limit),
    sentSince: (since) => list(and(eq(deliveries.status, 'sent'), gte(deliveries.sentAt, since)), asc(deliveries.sentAt)),
    byStatus: (status, limit) => list(eq(deliveries.status, status), desc(deliveries.dueAt), limit),
    async voidLeases() {
      await db.update(deliveries).set({ leaseUntil: null }).where(isNotNull(deliveries.leaseUntil))
    },
  }
}
