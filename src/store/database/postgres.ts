// Opens Postgres and brings it to this version's tables. Replicas that start together queue here: without the lock, concurrent
// migrations fail on each other's half-made tables.
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { Client, Pool } from 'pg'
import type { Clock } from '../../clock.ts'
import { ConfigError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { Database } from './database.ts'
import { exclusivelyOnPostgres } from './exclusively.ts'
import { migrations, type OpenedDatabase } from './opened-database.ts'
import { postgresProblem } from './opening-problems.ts'
import { postgresQueue } from './queue-connection.ts'

/** Any number all replicas agree on; it only must not be used by somebody else in this database. */
const lockKey = 7_466_401

/** @throws ConfigError when it cannot be reached; the words say what to do */
export async function openPostgres(
  databaseUrl: string,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<OpenedDatabase> {
  try {
    await migrated(databaseUrl)
  } catch (cause) {
    const code = (cause as { code?: unknown }).code
    log.error({ err: cause, code }, 'The database could not be opened')
    throw new ConfigError([postgresProblem(cause)])
  }
  const pool = new Pool({ connectionString: databaseUrl, max: 12, application_name: 'gong-digest' })
  // A connection that breaks while idle is replaced by the pool; unheard it would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'A database connection was lost'))
  return {
    kind: 'postgres',
    database: drizzle(pool) as unknown as Database,
    queue: postgresQueue(pool),
    exclusively: exclusivelyOnPostgres(pool),
    async clockSkewMs() {
      const askedMs = clock.now().getTime()
      const { rows } = await pool.query<{ ms: number }>('SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms')
      const answeredMs = clock.now().getTime()
      return rows[0] && Math.round(rows[0].ms - (askedMs + answeredMs) / 2)
    },
    async isEncrypted() {
      const { rows } = await pool.query<{ ssl: boolean }>('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')
      return rows[0]?.ssl ?? false
    },
    dump: async () => undefined,
    close: () => pool.end(),
  }
}

/** Runs on a connection of its own, because the lock belongs to the session that took it. */
async function migrated(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey])
    await migrate(drizzle(client), migrations)
  } finally {
    await client.end()
  }
}
