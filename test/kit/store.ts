// Stores for tests, each new and empty: real SQL. Close it in `afterEach` or `afterAll`. The clock stands at Wednesday 2026-11-25 noon in
// Berlin unless given.
import { sql } from 'drizzle-orm'
import { inject } from 'vitest'
import { type Clock, movableClock } from '../../src/clock.ts'
import { type OpenedStore, openStore, type StoreOptions, storeOver } from '../../src/store/database/connect.ts'
import { rowsOf } from '../../src/store/database/database.ts'
import { openEmbedded } from '../../src/store/database/embedded.ts'
import type { OpenedDatabase } from '../../src/store/database/opened-database.ts'
import { openConnections, usualLimits } from '../../src/store/database/pool.ts'
import { postgresOver } from '../../src/store/database/postgres.ts'
import { migratedDatabase } from './database.ts'
import { type Empty, emptyingLike } from './emptied.ts'
import { emptyStore } from './empty-store.ts'
import { keptLog } from './quiet-log.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** What tests of other rooms run on: Postgres, which takes a tenth of the time, and in `npm run test:full` the embedded database. */
    readonly usualDatabase: 'postgres' | 'embedded'
  }
}

type Options = Partial<StoreOptions>

/** For tests of other rooms, which say the same of either database. */
export const usualStore = async (options: Options = {}): Promise<OpenedStore> =>
  inject('usualDatabase') === 'embedded' ? memoryStore(options) : reusedPostgresStore(options)

/** The same for an app that is started from its environment. */
export const usualDatabaseSetting = async (): Promise<{ readonly DATABASE_URL?: string }> =>
  inject('usualDatabase') === 'embedded' ? {} : { DATABASE_URL: await migratedDatabase() }

/** On the embedded database, in memory. */
export const memoryStore = async (options: Options = {}): Promise<OpenedStore> =>
  openStore({ ...usual(), ...options, dataDir: 'memory://', embeddedTemplate: await emptyStore() })

/** On this Postgres database; two on the same one are replicas. */
export const openOn = (databaseUrl: string, options: Options = {}): Promise<OpenedStore> =>
  openStore({ ...usual(), ...options, dataDir: '', databaseUrl })

/**
 * The same, over one embedded database for all tests of a process, emptied when the store is closed: opening one takes longer than most
 * tests. Whoever wants a second one meanwhile gets one of its own.
 */
export const reusedMemoryStore = (options: Options = {}): Promise<OpenedStore> => reused(spare.embedded, emptiableMemory, options)

/**
 * The same over Postgres, connections included: to make one takes as long as thirty questions. With limits of its own a store has its own
 * connections to a database of its own.
 */
export const reusedPostgresStore = async (options: Options = {}): Promise<OpenedStore> =>
  options.limits ? openOn(await migratedDatabase(), options) : reused(spare.postgres, emptiablePostgres, options)

/** A database whose rows a test may leave. */
interface Emptiable {
  opened(clock: Clock): OpenedDatabase
  /** False where it is good for nothing any more. */
  readonly empty: Empty
}

const spare: { readonly [kind in 'embedded' | 'postgres']: Emptiable[] } = { embedded: [], postgres: [] }

async function reused(spares: Emptiable[], make: () => Promise<Emptiable>, options: Options): Promise<OpenedStore> {
  const emptiable = spares.pop() ?? (await make())
  const given = { ...usual(), ...options }
  const store = await storeOver(emptiable.opened(given.clock), given)
  let isClosed = false
  return {
    ...store,
    async close() {
      // Closed a second time it is somebody else's already.
      if (isClosed) return
      isClosed = true
      if (await emptiable.empty(store.database)) spares.push(emptiable)
      else await store.close()
    },
  }
}

async function emptiableMemory(): Promise<Emptiable> {
  const opened = await openEmbedded({ dataDir: 'memory://', clock: usual().clock, embeddedTemplate: await emptyStore() })
  return { opened: () => opened, empty: await emptyingLike(opened.database) }
}

let emptyPostgres: Promise<Empty> | undefined

async function emptiablePostgres(): Promise<Emptiable> {
  const connections = openConnections(await migratedDatabase(), keptLog().log, usualLimits)
  // Learned of the first one, which is new.
  emptyPostgres ??= emptyingLike(connections.database)
  const likeNew = await emptyPostgres
  const atWork = sql`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()`
  const isAtRest = async (): Promise<boolean> => (await rowsOf(connections.database, atWork)).length === 0
  return {
    opened: (clock) => postgresOver(connections, clock),
    empty: async (database) => (await isAtRest()) && likeNew(database),
  }
}

const usual = () => ({
  clock: movableClock(new Date('2026-11-25T11:00:00Z')),
  realTime: 'database' as const,
  log: keptLog().log,
  budget: { perSecond: 1000, perDay: 1_000_000 },
})
