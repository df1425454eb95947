// Writes many delivery rows at once: what the workers of one burst write in the same turn becomes one statement. Each row keeps its own
// conditions, and each caller gets the outcome of its own write.
import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { Delivery } from '../../domain/subscription.ts'
import { nextTurn } from '../../yielding.ts'
import { type Database, rowsOf } from '../database/database.ts'
import { type QueueConnection, queueInside } from '../database/queue-connection.ts'
import { forgettingsHeld, forgettingsNow } from '../people/forgettings.ts'
import type { Forgotten } from '../people/forgotten.ts'
import { deliveries } from '../schema/digests.ts'
import { moveNextRuns, type NextRun } from './next-runs.ts'
import { namesSomebody, withoutForgotten } from './without-forgotten.ts'

export type DeliveryRow = typeof deliveries.$inferSelect & { readonly forgettings: number | null }

/** What is read of a row. */
export const deliveryColumns = { ...getTableColumns(deliveries), forgettings: forgettingsNow }

/**
 * Fields to write; `null` clears an optional one, an absent or undefined one stays as it is. A lease can only be ended here. `forgettings`
 * is not written: where somebody was forgotten since, nothing is.
 */
export type DeliveryChange = {
  readonly [Field in Exclude<keyof Delivery, 'id' | 'subscriptionId' | 'occurrence' | 'createdAt' | 'leaseUntil'>]?:
    | (undefined extends Delivery[Field] ? Delivery[Field] | null : Delivery[Field])
    | undefined
} & { readonly leaseUntil?: null }

export interface Reservation {
  readonly row: Omit<Delivery, 'status' | 'attempts' | 'looks' | 'leaseUntil'> & { readonly status?: 'reserved' | 'skipped' }
  /** `isNeeded`: where the subscription is not as it was read any more, the row is not reserved either. */
  readonly next?: NextRun & { readonly isNeeded?: true }
  readonly wake?: Wake
}

/** Wakes workers for these rows on the connection at hand; seen when its transaction commits, never when it does not. */
export type Wake = (queue: QueueConnection, deliveryIds: readonly string[]) => Promise<unknown>

/** All or none. For each reservation whether its row is new. */
export async function reserveAll(
  db: Database,
  reservations: readonly Reservation[],
  forgotten: Pick<Forgotten, 'gate'>,
): Promise<readonly boolean[]> {
  const isRowAlone =
    reservations.length <= rowsAtOnce &&
    reservations.every((one) => one.next === undefined && one.wake === undefined && !namesSomebody(one))
  const isNew = isRowAlone ? await insertAll(db, reservations) : await reserveInTransaction(db, reservations, forgotten)
  return reservations.map(({ row }) => isNew.has(row.id))
}

/** One statement writes so many; more need a transaction to be written all or none. */
const rowsAtOnce = 500

/** The ids of those that are new. However many they are, no statement is long, and other work runs between two of them. */
async function insertAll(db: Database, reservations: readonly Reservation[]): Promise<ReadonlySet<string>> {
  const isNew = new Set<string>()
  for (let from = 0; from < reservations.length; from += rowsAtOnce) {
    if (from > 0) await nextTurn()
    for (const id of await insertChunk(db, reservations.slice(from, from + rowsAtOnce))) isNew.add(id)
  }
  return isNew
}

async function insertChunk(db: Database, reservations: readonly Reservation[]): Promise<readonly string[]> {
  const rows = reservations.map(({ row }) => ({
    row: { id: row.id, ...byColumn({ status: 'reserved', attempts: 0, looks: 0, ...row }) },
    forgettings: row.forgettings,
  }))
  const inserted = await rowsOf<{ readonly id: string }>(
    db,
    sql`INSERT INTO deliveries SELECT made.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given("row" jsonb, forgettings int)
      CROSS JOIN ${forgettingsHeld(rows.some(({ forgettings }) => forgettings !== undefined))} AS held
      CROSS JOIN LATERAL jsonb_populate_record(null::deliveries,
        CASE WHEN given.forgettings <> held.value THEN given."row" - 'body' ELSE given."row" END) AS made
      ON CONFLICT DO NOTHING RETURNING id`,
  )
  return inserted.map(({ id }) => id)
}

function reserveInTransaction(
  db: Database,
  given: readonly Reservation[],
  forgotten: Pick<Forgotten, 'gate'>,
): Promise<ReadonlySet<string>> {
  return db.transaction(async (tx) => {
    const reservations = given.some(namesSomebody) ? withoutForgotten(given, await forgotten.gate(tx)) : given
    if (reservations.length === 0) return new Set<string>()
    const moves = new Map(
      reservations.flatMap(({ row, next }) => (next ? [[row.subscriptionId, { ...next, id: row.subscriptionId }]] : [])),
    )
    const moved = await moveNextRuns(tx, [...moves.values()])
    const wantedRows = reservations.filter(({ row, next }) => !next?.isNeeded || moved.has(row.subscriptionId))
    const isNew = await insertAll(tx, wantedRows)
    const wanted = wantedRows.flatMap(({ row, wake }) => (wake && isNew.has(row.id) ? [{ id: row.id, wake }] : []))
    for (const [wake, rows] of Map.groupBy(wanted, (one) => one.wake)) {
      await wake(
        queueInside(tx),
        rows.map(({ id }) => id),
      )
    }
    return isNew
  })
}

export interface Taking {
  readonly id: string
  readonly now: Date
  readonly leaseMs: number
}

/** For each the row, when this one got it. `takeable`: the condition on a row, given the instant `given.now`. `real`: real time now. */
export async function takeAll(
  db: Database,
  takings: readonly Taking[],
  { takeable, real }: { readonly takeable: SQL | undefined; readonly real: SQL },
): Promise<readonly (DeliveryRow | undefined)[]> {
  const first = new Map(takings.toReversed().map((taking) => [taking.id, taking]))
  const rows = await db
    .update(deliveries)
    .set({ leaseUntil: leaseOf(real) })
    .from(sql`jsonb_to_recordset(${JSON.stringify([...first.values()])}::jsonb) AS given(id text, now timestamptz, "leaseMs" float8)`)
    .where(and(eq(deliveries.id, sql`given.id`), takeable))
    .returning(deliveryColumns)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return takings.map((taking) => (first.get(taking.id) === taking ? byId.get(taking.id) : undefined))
}

/** The end of a lease that begins now and lasts `given."leaseMs"`. */
const leaseOf = (real: SQL): SQL => sql`${real} + given."leaseMs" * interval '1 millisecond'`

export interface Write {
  readonly id: string
  /** The lease the row must still carry; missing: whoever holds it. */
  readonly held?: Date
  /** Renews the lease for so long; missing: it stays as it is, or as the change says. */
  readonly leaseMs?: number
  readonly change: DeliveryChange
}

export interface Written {
  readonly leaseUntil?: Date
  /** Nothing was written: somebody was forgotten since. */
  readonly isOutdated: boolean
}

const columns = Object.entries(getTableColumns(deliveries)).filter(([field]) => field !== 'id')
const columnList = (write: (name: string) => SQL): SQL =>
  sql.join(
    columns.map(([, { name }]) => write(name)),
    sql`, `,
  )

/** Only the fields that are there, under the names of their columns. */
const byColumn = (fields: DeliveryChange): Readonly<Record<string, unknown>> =>
  Object.fromEntries(columns.flatMap(([field, { name }]) => (field in fields ? [[name, fields[field as keyof DeliveryChange]]] : [])))

/** For each what it left in the row; undefined when it was not written. `real`: real time now. */
export async function writeAll(db: Database, writes: readonly Write[], real: () => SQL): Promise<readonly (Written | undefined)[]> {
  const written = new Map<Write, Written>()
  // A statement changes a row once: a second change of the same row waits for the next statement.
  for (let rest = writes; rest.length > 0; ) {
    const now = new Map(rest.toReversed().map((write) => [write.id, write]))
    const rows = await writeEach(db, [...now.values()], real())
    for (const { id, leaseUntilMs, isOutdated } of rows)
      written.set(now.get(id) as Write, { isOutdated, ...(leaseUntilMs !== null && { leaseUntil: new Date(leaseUntilMs) }) })
    rest = rest.filter((write) => now.get(write.id) !== write)
  }
  return writes.map((write) => written.get(write))
}

function writeEach(
  db: Database,
  writes: readonly Write[],
  real: SQL,
): Promise<readonly { readonly id: string; readonly leaseUntilMs: number | null; readonly isOutdated: boolean }[]> {
  const given = writes.map(({ change, ...write }) => ({ ...write, forgettings: change.forgettings, change: byColumn(change) }))
  const isOutdated = sql`coalesce(given.forgettings <> held.value, false)`
  const values = columnList((name) => {
    const changed = sql`changed.${sql.identifier(name)}`
    return name === 'lease_until'
      ? sql`CASE WHEN given."leaseMs" IS NULL OR ${isOutdated} THEN ${changed} ELSE ${leaseOf(real)} END`
      : changed
  })
  return rowsOf(
    db,
    sql`UPDATE deliveries AS d SET (${columnList((name) => sql`${sql.identifier(name)}`)}) = (SELECT ${values}
        FROM jsonb_populate_record(d, CASE WHEN ${isOutdated} THEN '{}' ELSE given.change END) AS changed)
      FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS given(id text, held timestamptz, "leaseMs" float8, forgettings int, change jsonb)
        CROSS JOIN ${forgettingsHeld(given.some(({ forgettings }) => forgettings !== undefined))} AS held
      WHERE d.id = given.id AND (given.held IS NULL OR d.lease_until = given.held)
      RETURNING d.id, (extract(epoch FROM d.lease_until) * 1000)::float8 AS "leaseUntilMs", ${isOutdated} AS "isOutdated"`,
  )
}
