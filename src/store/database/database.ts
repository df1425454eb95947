// What both drivers have in common, so that no other file asks which one it uses. Raw queries must not return bigint or bare
// timestamps: the drivers parse those differently (instants travel as epoch milliseconds or through a table's columns).
import { getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT, PgTable } from 'drizzle-orm/pg-core'
import { nextTurn } from '../../yielding.ts'

/** Our tables on either driver; a transaction is one too. */
export type Database = Pick<PgDatabase<PgQueryResultHKT>, 'select' | 'insert' | 'update' | 'delete' | 'execute' | 'transaction'>

/** Rows of a raw query. `T` is the caller's promise about the columns it named. */
export async function rowsOf<T>(db: Pick<Database, 'execute'>, query: SQL): Promise<readonly T[]> {
  const result = (await db.execute(query)) as { readonly rows: readonly T[] }
  return result.rows
}

/** The columns of a table under the names of its fields, for a raw query. As one text: a query is put together anew each time it is asked. */
export const columnsOf = (table: PgTable): SQL =>
  sql.raw(
    Object.entries(getTableColumns(table))
      .map(([field, { name }]) => `"${name}" AS "${field}"`)
      .join(', '),
  )

export type Present<Row> = { [Key in keyof Row as null extends Row[Key] ? never : Key]: Row[Key] } & {
  [Key in keyof Row as null extends Row[Key] ? Key : never]?: Exclude<Row[Key], null>
}

/** A row without its nulls: in the domain a missing fact is a missing field. */
export function present<Row extends object>(row: Row): Present<Row> {
  const kept: Partial<Row> = {}
  for (const name of Object.keys(row) as (keyof Row)[]) if (row[name] !== null) kept[name] = row[name]
  return kept as unknown as Present<Row>
}

/** Writing a JSON text of this length takes a turn of the event loop around a millisecond. */
const chunkLength = 64 * 1024

/** Writes so many rows. `json`: the list of them. */
export type WriteRows<T> = (json: string, rows: readonly T[]) => Promise<unknown>

/** Hands `rows` on in chunks of about that length and lets other work run between two of them. */
export async function inChunks<T>(rows: readonly T[], write: WriteRows<T>): Promise<void> {
  let from = 0
  let texts: string[] = []
  let length = 0
  for (const [at, row] of rows.entries()) {
    const text = JSON.stringify(row)
    texts.push(text)
    length += text.length
    if (length < chunkLength && at + 1 < rows.length) continue
    if (from > 0) await nextTurn()
    await write(`[${texts.join()}]`, rows.slice(from, at + 1))
    from = at + 1
    texts = []
    length = 0
  }
}
