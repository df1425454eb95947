// Makes several waiting notices to one person one: a row takes the others' contents into its own body and ends them, in one transaction, so
// that each is read once whatever dies in between. Knows nothing of what a body says.
import { and, asc, eq, inArray, like, sql } from 'drizzle-orm'
import type { Delivery } from '../../domain/subscription.ts'
import { type Database, present } from '../database/database.ts'
import { deliveries } from '../schema/digests.ts'

/**
 * `merge` gets the bodies of the waiting notices of this kind to the same person, the row's own first, and returns the row's new one.
 * Undefined when the row itself was taken into another one. A worker that has one of the others loses its lease.
 */
export async function gatherNotices(
  db: Database,
  row: Pick<Delivery, 'id' | 'channelId'>,
  kind: string,
  merge: (bodies: readonly string[]) => string,
): Promise<string | undefined> {
  return db.transaction(async (tx) => {
    // In one order for everybody, so that two rows that gather each other do not wait for each other for ever.
    const waiting = await tx
      .select()
      .from(deliveries)
      .where(
        and(
          eq(deliveries.status, 'reserved'),
          eq(deliveries.channelId, row.channelId ?? ''),
          like(deliveries.occurrence, `notice:${kind}:%`),
        ),
      )
      .orderBy(asc(deliveries.id))
      .for('update')
    const rows = waiting.map((each): Delivery => present(each))
    const own = rows.find(({ id }) => id === row.id)
    if (own?.body === undefined) return undefined
    const others = rows.filter(({ id }) => id !== row.id).toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
    if (others.length === 0) return own.body
    const body = merge([own, ...others].flatMap((each) => each.body ?? []))
    await tx
      .update(deliveries)
      .set({ body: sql`${body}` })
      .where(eq(deliveries.id, row.id))
    await tx
      .update(deliveries)
      .set({ status: 'skipped', reason: `gathered into ${row.id}`, leaseUntil: null, retryAt: null })
      .where(
        inArray(
          deliveries.id,
          others.map(({ id }) => id),
        ),
      )
    return body
  })
}
