// Copies everything from the embedded folder into an empty Postgres database, or nothing: one transaction, every table counted on both
// sides. The queue's own tables stay behind on purpose: a job is only a wake-up, and our rows say what is due.
import { getTableName, sql } from 'drizzle-orm'
import { ConfigError } from '../../errors.ts'
import { tables } from '../schema.ts'
import { type Database, rowsOf } from './database.ts'

/** What a database holds before anybody has used it: rows that migrations and the first start write. */
const writtenByItself = new Set(['versions', 'request_budget', 'tenant_values'])

const chunkRows = 1000

/**
 * Rows copied, by table. Ids, secrets and the numbers of the next rows are the same afterwards.
 * @throws ConfigError when somebody has used the other database already; nothing is written then.
 */
export async function moveRows(from: Database, to: Database): Promise<ReadonlyMap<string, number>> {
  const names = Object.values(tables).map((table) => getTableName(table))
  return to.transaction(async (target) => {
    await target.execute(sql`LOCK TABLE ${sql.join(names.map(sql.identifier), sql`, `)} IN ACCESS EXCLUSIVE MODE`)
    await refuseUsed(target, names)
    const copied = new Map<string, number>()
    for (const name of names) {
      await target.execute(sql`DELETE FROM ${sql.identifier(name)}`)
      copied.set(name, await copyTable(name, from, target))
      await continueNumbers(name, target)
      const [wanted, there] = [await countOf(name, from), await countOf(name, target)]
      if (wanted !== there) throw new Error(`${name} has ${wanted} rows and ${there} of them arrived`)
    }
    return copied
  })
}

async function refuseUsed(target: Database, names: readonly string[]): Promise<void> {
  const used: string[] = []
  for (const name of names) if (!writtenByItself.has(name) && (await countOf(name, target)) > 0) used.push(name)
  const kept = await rowsOf(target, sql`SELECT 1 FROM tenant_values WHERE space <> 'own' LIMIT 1`)
  if (used.length > 0 || kept.length > 0)
    throw new ConfigError([
      `DATABASE_URL: this database is in use already (${[...used, ...(kept.length > 0 ? ['tenant_values'] : [])].join(', ')}). Give an empty one`,
    ])
}

/** In the order the rows lie in; nobody else writes to the source. Values travel as JSON, which keeps every number and instant as it is. */
async function copyTable(name: string, from: Database, target: Database): Promise<number> {
  const table = sql.identifier(name)
  let copied = 0
  for (let last = '(0,0)'; ; ) {
    const rows = await rowsOf<{ place: string; row: object }>(
      from,
      sql`SELECT ctid::text AS place, to_jsonb(source) AS row FROM ${table} AS source WHERE ctid > ${last}::tid ORDER BY ctid LIMIT ${chunkRows}`,
    )
    const end = rows.at(-1)
    if (!end) return copied
    const values = JSON.stringify(rows.map(({ row }) => row))
    await target.execute(
      sql`INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_recordset(NULL::${table}, ${values}::jsonb)`,
    )
    copied += rows.length
    last = end.place
  }
}

/** Numbers given by the database go on after the highest that was copied. */
async function continueNumbers(name: string, target: Database): Promise<void> {
  const numbered = await rowsOf<{ column: string }>(
    target,
    sql`SELECT attname AS column FROM pg_attribute WHERE attrelid = ${name}::regclass AND attidentity <> ''`,
  )
  for (const { column } of numbered)
    await target.execute(
      sql`SELECT setval(pg_get_serial_sequence(${name}, ${column}), coalesce((SELECT max(${sql.identifier(column)}) FROM ${sql.identifier(name)}), 0) + 1, false)`,
    )
}

async function countOf(name: string, database: Database): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(database, sql`SELECT count(*)::integer AS count FROM ${sql.identifier(name)}`)
  return row?.count ?? 0
}
