// Reserves a row unless its digest has as many of that kind already: counted where it is inserted, so that presses of one moment count each
// other.
import { and, count, eq, gt, like, sql } from 'drizzle-orm'
import type { Database } from '../database/database.ts'
import type { Forgotten } from '../people/forgotten.ts'
import { deliveries } from '../schema/digests.ts'
import { type Reservation, reserveAll } from './delivery-writes.ts'

export interface Few {
  /** What the occurrences counted begin with. */
  readonly prefix: string
  readonly since: Date
  readonly atMost: number
}

/** `there`: the occurrence had a row before. */
export const reserveIfFew = (
  db: Database,
  reservation: Reservation,
  { prefix, since, atMost }: Few,
  forgotten: Pick<Forgotten, 'gate'>,
): Promise<'reserved' | 'there' | 'too-many'> =>
  db.transaction(async (tx) => {
    const { id, subscriptionId } = reservation.row
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext(${`deliveries of ${subscriptionId}`}))`)
    const [row] = await tx.select({ id: deliveries.id }).from(deliveries).where(eq(deliveries.id, id))
    if (row) return 'there'
    const lately = and(
      eq(deliveries.subscriptionId, subscriptionId),
      like(deliveries.occurrence, `${prefix}%`),
      gt(deliveries.createdAt, since),
    )
    const [{ few } = { few: 0 }] = await tx.select({ few: count() }).from(deliveries).where(lately)
    if (few >= atMost) return 'too-many'
    await reserveAll(tx, [reservation], forgotten)
    return 'reserved'
  })
