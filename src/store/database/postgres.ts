// Opens Postgres and brings it to this version's tables. Replicas that start together queue here: without the lock, concurrent
// migrations fail on each other's half-made tables.
import { setTimeout as wait } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { Client } from 'pg'
import type { Clock } from '../../clock.ts'
import { ConfigError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { Database } from './database.ts'
import { exclusivelyOnPostgres } from './exclusively.ts'
import { doubt, watchServerStarts } from './lost-rows.ts'
import { migrations, type OpenedDatabase } from './opened-database.ts'
import { isPassing, isWordless, noPostgresProblem, postgresProblem, saysItStarts } from './opening-problems.ts'
import { type Connections, keptAlive, openConnections, type PoolLimits, usualLimits } from './pool.ts'
import { addressOf, mayBePostgres } from './postgres-address.ts'
import { postgresQueue } from './queue-connection.ts'
import { joinReplicas } from './replicas.ts'
import { atThisVersion, type OlderTablesAre } from './tables-version.ts'

/** Any number all replicas agree on; it only must not be used by somebody else in this database. */
const lockKey = 7_466_401
const lookAgainMs = 250
const worthSayingAfterLooks = 20

/** A server that starts is ready within half a minute. */
const usualAttempts = 15
const betweenAttemptsMs = 2_000
/** One that is there answers in less. */
const worthSayingAfterMs = 1_000

/** @throws ConfigError when it cannot be reached or its tables will not do; the words say what to do */
export async function openPostgres(
  databaseUrl: string,
  {
    clock,
    log,
    limits = usualLimits,
    openingAttempts = usualAttempts,
    olderTables = 'brought up to date',
  }: {
    readonly clock: Clock
    readonly log: Log
    readonly limits?: PoolLimits | undefined
    readonly openingAttempts?: number | undefined
    readonly olderTables?: OlderTablesAre | undefined
  },
): Promise<OpenedDatabase> {
  try {
    await onceReady(() => migrated(databaseUrl, olderTables, log, limits), databaseUrl, { openingAttempts, log, limits })
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause
    const code = (cause as { code?: unknown }).code
    log.error({ err: cause, code }, 'The database could not be opened')
    throw new ConfigError([postgresProblem(cause)])
  }
  return postgresOver(openConnections(databaseUrl, log, limits), clock)
}

/** A database that has this version's tables. */
export function postgresOver({ database, ask, close }: Connections, clock: Clock): OpenedDatabase {
  return {
    kind: 'postgres',
    database,
    queue: postgresQueue(ask),
    exclusively: exclusivelyOnPostgres(database),
    joinReplicas: () => joinReplicas(database),
    lostRows: watchServerStarts(database, clock),
    doubt: (span) => doubt(database, span),
    async clockSkewMs() {
      const askedMs = clock.now().getTime()
      const { rows } = await ask('SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms')
      const answeredMs = clock.now().getTime()
      return rows[0] && Math.round(rows[0].ms - (askedMs + answeredMs) / 2)
    },
    async isEncrypted() {
      const { rows } = await ask('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')
      return rows[0]?.ssl ?? false
    },
    mustHaveRoom: async () => undefined,
    dump: async () => undefined,
    close,
  }
}

/**
 * A server that starts, stops or hands over to another ends what is begun, and soon another attempt succeeds. Whoever looks on reads at once that,
 * and where, a database is waited for.
 */
async function onceReady(
  attempt: () => Promise<void>,
  databaseUrl: string,
  { openingAttempts, log, limits }: { readonly openingAttempts: number; readonly log: Log; readonly limits: PoolLimits },
): Promise<void> {
  const address = addressOf(databaseUrl)
  const slow = setTimeout(() => log.info(address, 'Waiting for the database to answer'), worthSayingAfterMs)
  try {
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await attempt()
      } catch (cause) {
        clearTimeout(slow)
        if (isWordless(cause) && !(await mayBePostgres(databaseUrl, limits.signMs))) throw new ConfigError([noPostgresProblem])
        if (attempts === openingAttempts || !isPassing(cause)) throw cause
        log.warn({ ...address, err: cause }, saysItStarts(cause) ? itStarts : itEnds)
        await wait(betweenAttemptsMs)
      }
    }
  } finally {
    clearTimeout(slow)
  }
}

const itStarts = 'Waiting for the database, which is starting up or shutting down'
const itEnds =
  'Waiting for the database, which ended the connection as it does while it starts; if this goes on, check that Postgres runs at the host and port of DATABASE_URL'

/** Lock and migrations are one transaction: a pooler that shares sessions between transactions cannot part them. */
async function migrated(databaseUrl: string, older: OlderTablesAre, log: Log, { connectMs }: PoolLimits): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, ...keptAlive, connectionTimeoutMillis: connectMs })
  // Why the connection broke is said here alone; a query after it is only told that it broke. Unheard, the event would end the process.
  let broken: unknown
  client.on('error', (cause) => {
    broken ??= cause
  })
  await client.connect()
  try {
    await client.query('BEGIN')
    for (let looks = 1; !(await isLocked(client)); looks += 1) {
      await client.query('ROLLBACK')
      if (looks === worthSayingAfterLooks) log.info('Waiting for another start to bring the database to its version')
      await wait(lookAgainMs)
      await client.query('BEGIN')
    }
    // Its own BEGIN and COMMIT are those of this transaction.
    const database = drizzle(client)
    await atThisVersion(database as unknown as Database, older, () => migrate(database, migrations))
  } catch (cause) {
    throw broken ?? cause
  } finally {
    await client.end()
  }
}

async function isLocked(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS locked', [lockKey])
  return rows[0]?.locked === true
}
