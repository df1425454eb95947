// The whole database as text, for tests that look for what may be nowhere in it.
import type { Store } from '../../src/store/store.ts'

/** Every row of every table as text. */
export async function wholeDatabase({ queue }: Pick<Store, 'queue'>): Promise<string> {
  const { rows } = await queue.executeSql(
    "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')",
    [],
  )
  const texts: string[] = []
  for (const { table_schema: schema, table_name: name } of rows as { table_schema: string; table_name: string }[]) {
    const { rows: all } = await queue.executeSql(`SELECT t::text AS row FROM "${schema}"."${name}" AS t`, [])
    texts.push(...(all as { row: string }[]).map(({ row }) => `${name} ${row}`))
  }
  return texts.join('\n')
}
