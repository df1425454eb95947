// Writes many delivery rows at once: what the workers of one burst write in the same turn becomes one statement. Each row keeps its own
// conditions, and each caller gets the outcome of its own write.
import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { Delivery } from '../../domain/subscription.ts'
import { type Database, rowsOf } from '../database/database.ts'
import { type QueueConnection, queueInside } from '../database/queue-connection.ts'
import { deliveries, subscriptions } from '../schema/digests.ts'

export type DeliveryRow = typeof deliveries.$inferSelect

/** Fields to write; `null` clears an optional one, an absent one stays as it is. */
export type DeliveryChange = {
  readonly [Field in Exclude<keyof Delivery, 'id' | 'subscriptionId' | 'occurrence' | 'createdAt'>]?: undefined extends Delivery[Field]
    ? Delivery[Field] | null
    : Delivery[Field]
}

export interface Reservation {
  readonly row: Omit<Delivery, 'status' | 'attempts' | 'looks'> & { readonly status?: 'reserved' | 'skipped' }
  readonly nextAt?: Date | null
  readonly wake?: Wake
}

/** Wakes workers for these rows on the connection at hand; seen when its transaction commits, never when it does not. */
export type Wake = (queue: QueueConnection, deliveryIds: readonly string[]) => Promise<unknown>

/** In one transaction. For each reservation whether its row is new. */
export function reserveAll(db: Database, reservations: readonly Reservation[]): Promise<readonly boolean[]> {
  return db.transaction(async (tx) => {
    const rows = reservations.map(({ row }) => ({ id: row.id, ...byColumn({ status: 'reserved', attempts: 0, looks: 0, ...row }) }))
    const inserted = await rowsOf<{ readonly id: string }>(
      tx,
      sql`INSERT INTO deliveries SELECT * FROM jsonb_populate_recordset(null::deliveries, ${JSON.stringify(rows)}::jsonb)
        ON CONFLICT (subscription_id, occurrence) DO NOTHING RETURNING id`,
    )
    const isNew = new Set(inserted.map(({ id }) => id))
    const moves = new Map(reservations.flatMap(({ row, nextAt }) => (nextAt === undefined ? [] : [[row.subscriptionId, nextAt] as const])))
    if (moves.size > 0) {
      const given = JSON.stringify([...moves].map(([id, nextAt]) => ({ id, nextAt })))
      // A pause that came between reading the subscription and this must not be undone by a new instant.
      await tx.execute(sql`UPDATE ${subscriptions} SET next_at = given."nextAt" FROM jsonb_to_recordset(${given}::jsonb) AS given(id text, "nextAt" timestamptz)
        WHERE subscriptions.id = given.id AND (given."nextAt" IS NULL OR subscriptions.status = 'active')`)
    }
    const wanted = reservations.flatMap(({ row, wake }) => (wake && isNew.has(row.id) ? [{ id: row.id, wake }] : []))
    for (const [wake, rows] of Map.groupBy(wanted, (one) => one.wake)) {
      await wake(
        queueInside(tx),
        rows.map(({ id }) => id),
      )
    }
    return reservations.map(({ row }) => isNew.has(row.id))
  })
}

export interface Taking {
  readonly id: string
  readonly now: Date
  readonly leaseUntil: Date
}

/** For each the row, when this one got it. `takeable`: the condition on a row, given the instant `given.now`. */
export async function takeAll(
  db: Database,
  takings: readonly Taking[],
  takeable: SQL | undefined,
): Promise<readonly (DeliveryRow | undefined)[]> {
  const first = new Map(takings.toReversed().map((taking) => [taking.id, taking]))
  const rows = await db
    .update(deliveries)
    .set({ leaseUntil: sql`given."leaseUntil"` })
    .from(
      sql`jsonb_to_recordset(${JSON.stringify([...first.values()])}::jsonb) AS given(id text, now timestamptz, "leaseUntil" timestamptz)`,
    )
    .where(and(eq(deliveries.id, sql`given.id`), takeable))
    .returning(getTableColumns(deliveries))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return takings.map((taking) => (first.get(taking.id) === taking ? byId.get(taking.id) : undefined))
}

export interface Write {
  readonly id: string
  /** The lease the row must still carry; missing: whoever holds it. */
  readonly held?: Date
  readonly change: DeliveryChange
}

const columns = Object.entries(getTableColumns(deliveries)).filter(([field]) => field !== 'id')
const columnList = (alias: SQL): SQL =>
  sql.join(
    columns.map(([, { name }]) => sql`${alias}${sql.identifier(name)}`),
    sql`, `,
  )

/** Only the fields that are there, under the names of their columns. */
const byColumn = (fields: DeliveryChange): Readonly<Record<string, unknown>> =>
  Object.fromEntries(columns.flatMap(([field, { name }]) => (field in fields ? [[name, fields[field as keyof DeliveryChange]]] : [])))

/** For each whether it was written. */
export async function writeAll(db: Database, writes: readonly Write[]): Promise<readonly boolean[]> {
  const written = new Set<Write>()
  // A statement changes a row once: a second change of the same row waits for the next statement.
  for (let rest = writes; rest.length > 0; ) {
    const now = new Map(rest.toReversed().map((write) => [write.id, write]))
    const ids = await writeEach(db, [...now.values()])
    for (const [id, write] of now) if (ids.has(id)) written.add(write)
    rest = rest.filter((write) => now.get(write.id) !== write)
  }
  return writes.map((write) => written.has(write))
}

async function writeEach(db: Database, writes: readonly Write[]): Promise<ReadonlySet<string>> {
  const given = writes.map(({ id, held, change }) => ({
    id,
    held,
    change: byColumn(change),
  }))
  const rows = await rowsOf<{ readonly id: string }>(
    db,
    sql`UPDATE deliveries AS d SET (${columnList(sql``)}) = (SELECT ${columnList(sql`changed.`)} FROM jsonb_populate_record(d, given.change) AS changed)
      FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS given(id text, held timestamptz, change jsonb)
      WHERE d.id = given.id AND (given.held IS NULL OR d.lease_until = given.held) RETURNING d.id`,
  )
  return new Set(rows.map(({ id }) => id))
}
