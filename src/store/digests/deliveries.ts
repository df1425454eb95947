// Delivery rows decide: reserve → post → confirm. One row per subscription and occurrence. What is due and when to retry are columns
// compared with the clock handed in; a lease runs on real time, which replicas must agree on whatever their own clocks say.

import { and, asc, count, desc, eq, gte, inArray, isNotNull, isNull, like, lte, max, min, or, type SQL, sql } from 'drizzle-orm'
import type { Delivery, DeliveryStatus } from '../../domain/subscription.ts'
import { SomebodyForgotten } from '../../errors.ts'
import { batched, batchedByKey } from '../database/batch.ts'
import { type Database, present } from '../database/database.ts'
import { instantOf, type RealTime } from '../database/real-time.ts'
import type { Forgotten } from '../people/forgotten.ts'
import { deliveries } from '../schema/digests.ts'
import { withdrawFuture } from './after-wrong-clock.ts'
import {
  type DeliveryChange,
  type DeliveryRow,
  deliveryColumns,
  type Reservation,
  reserveAll,
  type Taking,
  takeAll,
  type Write,
  writeAll,
} from './delivery-writes.ts'
import { gatherNotices } from './gather.ts'
import { type Few, reserveIfFew } from './reserve-if-few.ts'

/** `subscriptionId` is no foreign key: notices outlive their subscription. */
export interface DeliveryStore {
  /**
   * In one transaction: inserts the row unless the occurrence has one, moves the subscription's next run on while it is as it was read, and
   * wakes a worker.
   * Returns false when the occurrence already had a row (nothing is woken). `status: 'skipped'` inserts a row that is already
   * over (a missed run, a skipped day), for the history; `wake` is then left out. Where somebody was forgotten
   * since `forgettings`, or stands in the body by id, the row is inserted without its body; one that goes to somebody forgotten is not inserted.
   */
  reserve(row: Reservation['row'], then: Omit<Reservation, 'row'>): Promise<boolean>
  /** The same where its digest has fewer such rows than `few.atMost`; of several at one moment no more than that are reserved. */
  reserveIfFew(row: Reservation['row'], then: Omit<Reservation, 'row'>, few: Few): ReturnType<typeof reserveIfFew>
  find(id: string): Promise<Delivery | undefined>
  /** Takes the row for `leaseMs` when it is open, due and unleased; undefined when somebody else has it or it is done. */
  take(id: string, worker: { readonly now: Date; readonly leaseMs: number }): Promise<Delivery | undefined>
  /**
   * Writes what a person decided about a row that nobody has, while it still stands as it was read; false where it was posted, is being
   * posted or was decided meanwhile. `below`: what belongs into its thread, reserved in the same transaction.
   */
  decide(
    read: Pick<Delivery, 'id' | 'status' | 'attempts' | 'reason'>,
    change: Pick<DeliveryChange, 'status' | 'retryAt' | 'looks' | 'reason' | 'sentAt'>,
    below?: Omit<Reservation, 'next'>,
  ): Promise<boolean>
  /** @throws SomebodyForgotten since `forgettings`, as the next two: then nothing is written. */
  update(id: string, change: DeliveryChange): Promise<void>
  /**
   * Writes only while the row still carries the lease `take` gave (or the one this last gave), and renews it for `leaseMs`; returns
   * the new lease. Undefined when the old one ran out and another worker took the row: the caller must stop at once.
   */
  renew(id: string, lease: Date, change: DeliveryChange, leaseMs: number): Promise<Date | undefined>
  /** The same, and gives the row back, to be taken after `restMs` of real time; false when another worker has it. */
  giveBack(id: string, lease: Date, change: DeliveryChange, restMs: number): Promise<boolean>
  /** Whether a worker has the row now, or it rests. */
  isHeld(id: string): Promise<boolean>
  /** Open rows (reserved, posting, doubtful) whose lease ran out and whose retry is due. */
  wakeable(now: Date, limit: number): Promise<readonly Delivery[]>
  /**
   * Open rows whose time has come, whoever works on them, and since when the longest of them waits (missing for none). One that a person
   * was asked about does not wait for us.
   */
  waiting(now: Date): Promise<{ readonly count: number; readonly oldestDueAt?: Date }>
  /** The earliest instant after `now` at which an open row wants attention; a lease counts as running on as real time does. */
  nextWakeAfter(now: Date): Promise<Date | undefined>
  history(subscriptionId: string, limit: number): Promise<readonly Delivery[]>
  /** Sent rows of the last `since`, for late corrections. */
  sentSince(since: Date): Promise<readonly Delivery[]>
  /** Those of them that were posted without some kinds of figures. */
  lackingSince(since: Date): Promise<readonly Pick<Delivery, 'id' | 'occurrence' | 'dueAt' | 'lacks'>[]>
  /** When anything, or any direct message, was last sent before `now`: a mark of a clock that went ahead is not believed. */
  lastSentAt(of: 'anything' | 'direct-messages', now: Date): Promise<Date | undefined>
  /** Withdraws what a clock planned that was ahead of `now` by far, see `withdrawFuture`. Returns how many rows that were. */
  withdrawFuture(now: Date): Promise<number>
  /** Makes the waiting notices of one kind to one person one, see `gatherNotices`. */
  gather(row: Pick<Delivery, 'id' | 'channelId'>, kind: string, merge: (bodies: readonly string[]) => string): Promise<string | undefined>
  byStatus(status: DeliveryStatus, limit: number): Promise<readonly Delivery[]>
  /** At an embedded start every lease is void: the process that held it is gone. */
  voidLeases(): Promise<void>
}

const open: DeliveryStatus[] = ['reserved', 'posting', 'doubtful']

const deliveryOf = (row: DeliveryRow): Delivery => present(row)

/** No worker takes a row for so long: a lease that lies further ahead was written by a clock that went wrong. */
const longestLease = sql`interval '1 hour'`

export function createDeliveryStore(db: Database, realTime: RealTime, forgotten: Pick<Forgotten, 'gate'>): DeliveryStore {
  /** A worker has the row. */
  const isHeld = (): SQL => {
    const real = instantOf(realTime)
    return sql`(${deliveries.leaseUntil} IS NOT NULL AND ${deliveries.leaseUntil} > ${real} AND ${deliveries.leaseUntil} <= ${real} + ${longestLease})`
  }
  /** Open, due, its retry due, and nobody's. */
  const takeable = (now: Date | SQL): SQL | undefined =>
    and(
      inArray(deliveries.status, open),
      lte(deliveries.dueAt, now),
      sql`NOT ${isHeld()}`,
      or(isNull(deliveries.retryAt), lte(deliveries.retryAt, now)),
    )
  const list = async (where: SQL | undefined, order: SQL, limit?: number): Promise<readonly Delivery[]> => {
    const query = db.select(deliveryColumns).from(deliveries).where(where).orderBy(order, deliveries.id).$dynamic()
    return (await (limit === undefined ? query : query.limit(limit))).map(deliveryOf)
  }

  const reserve = batched((reservations: readonly Reservation[]) => reserveAll(db, reservations, forgotten))
  const take = batched((takings: readonly Taking[]) =>
    takeAll(db, takings, { takeable: takeable(sql`given.now`), real: instantOf(realTime) }),
  )
  const writing = batched((writes: readonly Write[]) => writeAll(db, writes, () => instantOf(realTime)))
  const write = async (one: Write) => {
    const written = await writing(one)
    if (written?.isOutdated) throw new SomebodyForgotten()
    return written
  }

  return {
    reserve: (row, then) => reserve({ row, ...then }),
    reserveIfFew: (row, then, few) => reserveIfFew(db, { row, ...then }, few, forgotten),
    find: batchedByKey(async (ids) => {
      const rows = await db
        .select(deliveryColumns)
        .from(deliveries)
        .where(inArray(deliveries.id, [...ids]))
      return new Map(rows.map((row) => [row.id, deliveryOf(row)]))
    }),
    async take(id, worker) {
      const row = await take({ id, ...worker })
      return row && deliveryOf(row)
    },
    async decide({ id, status, attempts, reason }, change, below) {
      const asRead = and(
        eq(deliveries.id, id),
        eq(deliveries.status, status),
        eq(deliveries.attempts, attempts),
        sql`${deliveries.reason} IS NOT DISTINCT FROM ${reason ?? null}`,
        sql`NOT ${isHeld()}`,
      )
      return db.transaction(async (tx) => {
        const decided = await tx.update(deliveries).set(change).where(asRead).returning({ id: deliveries.id })
        if (decided.length > 0 && below) await reserveAll(tx, [below], forgotten)
        return decided.length > 0
      })
    },
    async update(id, change) {
      if (Object.keys(change).length > 0) await write({ id, change })
    },
    renew: async (id, held, change, leaseMs) => (await write({ id, held, leaseMs, change }))?.leaseUntil,
    async giveBack(id, held, change, restMs) {
      const written = restMs > 0 ? { id, held, leaseMs: restMs, change } : { id, held, change: { ...change, leaseUntil: null } }
      return (await write(written)) !== undefined
    },
    async isHeld(id) {
      const [row] = await db
        .select({ isHeld: sql<boolean>`${isHeld()}` })
        .from(deliveries)
        .where(eq(deliveries.id, id))
      return row?.isHeld === true
    },
    wakeable: (now, limit) => list(takeable(now), asc(deliveries.dueAt), limit),
    async waiting(now) {
      const [row] = await db
        .select({ count: count(), oldest: min(deliveries.dueAt) })
        .from(deliveries)
        .where(and(inArray(deliveries.status, open), lte(deliveries.dueAt, now), sql`${deliveries.reason} IS DISTINCT FROM 'asked'`))
      return { count: row?.count ?? 0, ...(row?.oldest && { oldestDueAt: row.oldest }) }
    },
    async nextWakeAfter(now) {
      const given = sql`${now.toISOString()}::timestamptz`
      const leaseEnds = sql`CASE WHEN ${isHeld()} THEN ${given} + (${deliveries.leaseUntil} - ${instantOf(realTime)}) END`
      const at = sql`greatest(${deliveries.dueAt}, ${deliveries.retryAt}, ${leaseEnds})`.mapWith(deliveries.dueAt)
      const [row] = await db
        .select({ at })
        .from(deliveries)
        .where(and(inArray(deliveries.status, open), sql`${at} > ${given}`))
        .orderBy(sql`1`)
        .limit(1)
      return row?.at
    },
    history: (subscriptionId, limit) => list(eq(deliveries.subscriptionId, subscriptionId), desc(deliveries.dueAt), limit),
    sentSince: (since) => list(and(eq(deliveries.status, 'sent'), gte(deliveries.sentAt, since)), asc(deliveries.sentAt)),
    async lackingSince(since) {
      const { id, occurrence, dueAt, lacks } = deliveries
      const rows = await db
        .select({ id, occurrence, dueAt, lacks })
        .from(deliveries)
        .where(and(eq(deliveries.status, 'sent'), gte(deliveries.sentAt, since), isNotNull(lacks)))
      return rows.map(present)
    },
    async lastSentAt(of, now) {
      const isSent = and(eq(deliveries.status, 'sent'), lte(deliveries.sentAt, now))
      const [row] = await db
        .select({ at: max(deliveries.sentAt) })
        .from(deliveries)
        .where(of === 'anything' ? isSent : and(isSent, like(deliveries.channelId, 'D%')))
      return row?.at ?? undefined
    },
    withdrawFuture: (now) => withdrawFuture(db, now, isHeld()),
    gather: (row, kind, merge) => gatherNotices(db, row, kind, merge),
    byStatus: (status, limit) => list(eq(deliveries.status, status), desc(deliveries.dueAt), limit),
    async voidLeases() {
      await db.update(deliveries).set({ leaseUntil: null }).where(isNotNull(deliveries.leaseUntil))
    },
  }
}
