// Which version's tables a database holds. A start brings older ones to this version. A command of the terminal leaves them as they are:
// a service of the version that made them may be running. Newer ones are left alone by everything: rows of a meaning this version does not know
// could be read as something else.
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { ConfigError, OlderTables } from '../../errors.ts'
import { type Database, rowsOf } from './database.ts'
import { migrations } from './opened-database.ts'

/** What opening does with tables of an older version. A database without any gets this version's either way. */
export type OlderTablesAre = 'brought up to date' | 'left as they are'

/**
 * `migrate`: brings the tables to this version.
 * @throws OlderTables where they are older and left as they are; ConfigError where they are newer
 */
export async function atThisVersion(
  database: Pick<Database, 'execute'>,
  older: OlderTablesAre,
  migrate: () => Promise<void>,
): Promise<void> {
  const held = await lastMigration(database)
  if (held !== undefined) {
    const known = readMigrationFiles(migrations).at(-1)?.folderMillis ?? 0
    if (held > known) throw new ConfigError([newerTables])
    if (held < known && older === 'left as they are') throw new OlderTables()
  }
  // Of this version's tables it changes nothing, and fails where a start would.
  await migrate()
}

/** When the last of them was written; undefined in a database without any, and for a user who may not know: no migration gets far there. */
async function lastMigration(database: Pick<Database, 'execute'>): Promise<number | undefined> {
  const [list] = await rowsOf<{ readonly mayRead: boolean }>(
    database,
    sql`SELECT has_schema_privilege(list.relnamespace, 'USAGE') AND has_table_privilege(list.oid, 'SELECT') AS "mayRead"
      FROM pg_class AS list JOIN pg_namespace AS space ON space.oid = list.relnamespace
      WHERE space.nspname = 'drizzle' AND list.relname = '__drizzle_migrations'`,
  )
  if (!list?.mayRead) return undefined
  const [last] = await rowsOf<{ readonly ms: number | null }>(
    database,
    sql`SELECT max(created_at)::float8 AS ms FROM drizzle.__drizzle_migrations`,
  )
  return last?.ms ?? undefined
}

const newerTables =
  'The database is of a newer version of gong-digest. Use that version or a newer one, or restore the backup made before the upgrade'
