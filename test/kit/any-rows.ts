// Rows for every table there is, made from what the database itself says about its columns: so that no table is forgotten when a
// backup, an upgrade or a move is tested.
import { sql } from 'drizzle-orm'
import { type Database, rowsOf } from '../../src/store/database/database.ts'

interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
}

/** Different for every row and column; foreign marks, a long fraction and a quote included. */
const someValue: Readonly<Record<string, (n: number) => unknown>> = {
  text: (n) => `Zoë "${n}" <@U${n}> \\ 日本`,
  jsonb: (n) => ({ n, deep: [null, 0.1 + n, { 'a"b': `é${n}` }] }),
  boolean: (n) => n % 2 === 0,
  integer: (n) => n,
  bigint: (n) => n,
  'double precision': (n) => n + 1 / 3,
  date: (n) => `2026-11-${String((n % 28) + 1).padStart(2, '0')}`,
  'timestamp with time zone': (n) => new Date(Date.UTC(2026, 10, 1, 0, 0, 0, 120 + n)).toISOString(),
}

/** Tables of our own, in order of their names. */
async function tableNames(database: Pick<Database, 'execute'>): Promise<string[]> {
  const rows = await rowsOf<{ name: string }>(database, sql`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)
  return rows.map(({ name }) => name)
}

/** Adds `count` rows to every table; every second row has its optional columns empty. */
export async function fillEveryTable(database: Pick<Database, 'execute'>, count: number): Promise<void> {
  const columns = await rowsOf<Column & { optional: boolean; byItself: boolean }>(
    database,
    sql`SELECT table_name AS table, column_name AS name, data_type AS type, is_nullable = 'YES' AS optional, is_identity = 'YES' AS "byItself"
      FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`,
  )
  for (const [table, own] of Map.groupBy(columns, (column) => column.table)) {
    const rows = Array.from({ length: count }, (_, index) =>
      Object.fromEntries(
        own.map(({ name, type, optional }, place) => {
          const value = someValue[type]
          if (!value) throw new Error(`no value is known for ${type} of ${table}.${name}`)
          return [name, optional && index % 2 === 1 ? null : value(1000 + index * 100 + place)]
        }),
      ),
    )
    const names = sql.join(
      own.filter(({ byItself }) => !byItself).map(({ name }) => sql.identifier(name)),
      sql`, `,
    )
    await database.execute(
      sql`INSERT INTO ${sql.identifier(table)} (${names}) SELECT ${names} FROM jsonb_populate_recordset(NULL::${sql.identifier(table)}, ${JSON.stringify(rows)}::jsonb)`,
    )
  }
}

/** Every row of every table as text, sorted, so that two databases can be compared whole. */
export async function everyRow(database: Pick<Database, 'execute'>): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const table of await tableNames(database)) {
    // Instants in one zone, whichever zone a database took from the machine.
    const rows = await rowsOf<{ row: string }>(
      database,
      sql`WITH zone AS MATERIALIZED (SELECT set_config('TimeZone', 'UTC', true))
        SELECT to_jsonb(t)::text AS row FROM zone, ${sql.identifier(table)} AS t ORDER BY 1`,
    )
    found[table] = rows.map(({ row }) => row)
  }
  return found
}
