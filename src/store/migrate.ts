// Brings the database to this version's tables. Replicas that start together queue here: without the lock, concurrent
// migrations fail on each other's half-made tables.
import path from 'node:path'
import type { PGlite } from '@electric-sql/pglite'
import { drizzle as drizzlePg } from 'drizzle-orm/node-postgres'
import { migrate as migratePg } from 'drizzle-orm/node-postgres/migrator'
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite'
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator'
import { Client } from 'pg'

const migrations = { migrationsFolder: path.join(import.meta.dirname, 'migrations') }

/** Any number all replicas agree on; it only must not be used by somebody else in this database. */
const lockKey = 7_466_401

export async function migrateEmbedded(client: PGlite): Promise<void> {
  await migratePglite(drizzlePglite(client), migrations)
}

/** Runs on a connection of its own, because the lock belongs to the session that took it. */
export async function migratePostgres(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey])
    await migratePg(drizzlePg(client), migrations)
  } finally {
    await client.end()
  }
}
