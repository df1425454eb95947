// Opens the store: Postgres when there is a URL, else the embedded database in its locked folder, or in memory for tests. The
// only file that knows which; everything behind it speaks to one dialect.
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle as drizzlePg } from 'drizzle-orm/node-postgres'
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite'
import { Pool } from 'pg'
import type { Clock } from '../clock.ts'
import { ConfigError } from '../errors.ts'
import type { Log } from '../log.ts'
import { handBackMemory } from '../memory.ts'
import { createAccessStore } from './access.ts'
import { type BudgetLimits, createBudget } from './budget.ts'
import { createCoachingStore } from './coaching.ts'
import { createCountedCards } from './counted-cards.ts'
import type { Database } from './database.ts'
import { createDeliveryStore } from './deliveries.ts'
import { createDirectoryStore } from './directory.ts'
import { type Exclusively, exclusivelyHere, exclusivelyOnPostgres } from './exclusively.ts'
import { createForgotten } from './forgotten.ts'
import { type FolderLock, lockFolder } from './lock.ts'
import { migrateEmbedded, migratePostgres } from './migrate.ts'
import { createPeopleStore } from './people.ts'
import { createPrune } from './prune.ts'
import { embeddedQueue, postgresQueue, type QueueConnection } from './queue-connection.ts'
import { createReads } from './reads.ts'
import { createRecordStore } from './records.ts'
import type { Store } from './store.ts'
import { createSubscriptionStore } from './subscriptions.ts'
import { createTenantStore, settleValue } from './tenant.ts'
import { createWindowStore } from './windows.ts'

export interface StoreOptions {
  /** A Postgres URL; without it the embedded database is used. */
  readonly databaseUrl?: string | undefined
  /** The embedded database's folder, or `memory://`. */
  readonly dataDir: string
  readonly clock: Clock
  readonly log: Log
  readonly budget: BudgetLimits
  /** Real time for the request rate unless a test moves it. */
  readonly rateClock?: Clock | undefined
  /** Key of the hashes that keep forgotten people out; one is made and kept in the database when missing. */
  readonly retentionKey?: string | undefined
  /** A dump of an embedded database to begin with (in memory only). */
  readonly embeddedTemplate?: Blob | undefined
}

/** The database behind a store, for whoever must reach under it: tests, and the benchmarks. */
export interface OpenedStore extends Store {
  readonly database: Database
  /** A copy of the embedded database's files; undefined on Postgres. */
  dump(): Promise<Blob | undefined>
}

/** @throws ConfigError when the folder is taken or the database cannot be reached; the words say what to do. */
export async function openStore(options: StoreOptions): Promise<OpenedStore> {
  const opened = options.databaseUrl ? await openPostgres(options.databaseUrl, options.log) : await openEmbedded(options)
  const { database, kind } = opened
  try {
    const ownKey = options.retentionKey ?? (await settleValue(database, 'own', 'forgotten-key', randomBytes(32).toString('base64url')))
    const forgotten = createForgotten(ownKey)
    const people = createPeopleStore(database, forgotten, options.clock)
    const windows = createWindowStore(database, forgotten)
    const tenant = createTenantStore(database, kind)
    const cards = createCountedCards(database, tenant)
    const cardsThatCount = async () => (await cards.counted()).map(({ id }) => id)
    const records = createRecordStore(database, forgotten, () => tenant.get('zone'), cardsThatCount)
    return {
      ...opened,
      people,
      windows,
      records,
      cards,
      tenant,
      coaching: createCoachingStore(database),
      directory: createDirectoryStore(database),
      subscriptions: createSubscriptionStore(database),
      deliveries: createDeliveryStore(database),
      access: createAccessStore(database),
      prune: createPrune(database),
      budget: createBudget(database, options.budget, options.clock, options.rateClock),
      reads: createReads({ people, windows, records, cards, tenant }),
    }
  } catch (error) {
    await opened.close()
    throw error
  }
}

interface Opened {
  readonly kind: 'embedded' | 'postgres'
  readonly database: Database
  readonly queue: QueueConnection
  readonly exclusively: Exclusively
  dump(): Promise<Blob | undefined>
  close(): Promise<void>
}

/** The embedded database takes 160 MB for its cache unless told; a tenth is enough, for the files lie in the system's cache too. */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB']

async function openEmbedded({ dataDir, embeddedTemplate }: StoreOptions): Promise<Opened> {
  const inMemory = dataDir.startsWith('memory://')
  const lock: FolderLock | undefined = inMemory ? undefined : lockFolder(dataDir)
  if (!inMemory) handBackMemory()
  try {
    const client = inMemory
      ? await PGlite.create('memory://', embeddedTemplate ? { startParams, loadDataDir: embeddedTemplate } : { startParams })
      : await PGlite.create(path.join(path.resolve(dataDir), 'database'), { startParams })
    await migrateEmbedded(client)
    return {
      kind: 'embedded',
      database: drizzlePglite(client) as unknown as Database,
      queue: embeddedQueue(client),
      exclusively: exclusivelyHere(),
      dump: () => client.dumpDataDir('none'),
      async close() {
        await client.close()
        lock?.release()
      },
    }
  } catch (error) {
    lock?.release()
    throw error
  }
}

async function openPostgres(databaseUrl: string, log: Log): Promise<Opened> {
  try {
    await migratePostgres(databaseUrl)
  } catch (cause) {
    const code = (cause as { code?: unknown }).code
    log.error({ err: cause, code }, 'The database could not be opened')
    throw new ConfigError([
      `DATABASE_URL: the database could not be opened (${String(code ?? 'unknown reason')}). Check that the server runs, and the user, password and database name`,
    ])
  }
  const pool = new Pool({ connectionString: databaseUrl, max: 12, application_name: 'gong-digest' })
  // A connection that breaks while idle is replaced by the pool; unheard it would end the process.
  pool.on('error', (error) => log.warn({ err: error }, 'A database connection was lost'))
  return {
    kind: 'postgres',
    database: drizzlePg(pool) as unknown as Database,
    queue: postgresQueue(pool),
    exclusively: exclusivelyOnPostgres(pool),
    dump: async () => undefined,
    close: () => pool.end(),
  }
}
