// Stores for tests, each new and empty: real SQL. Close it in `afterEach` or `afterAll`. The clock stands at Wednesday 2026-11-25 noon in
// Berlin unless given.
import { inject } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { type OpenedStore, openStore, type StoreOptions, storeOver } from '../../src/store/database/connect.ts'
import { openEmbedded } from '../../src/store/database/embedded.ts'
import { emptiedDatabase, migratedDatabase, usedDatabase } from './database.ts'
import { emptyingLike } from './emptied.ts'
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
export async function reusedMemoryStore(options: Options = {}): Promise<OpenedStore> {
  const embedded = spare.pop() ?? (await emptiable())
  const store = await storeOver(embedded.opened, { ...usual(), ...options })
  return {
    ...store,
    async close() {
      if (await embedded.empty(store.database)) spare.push(embedded)
      else await store.close()
    },
  }
}

const spare: Awaited<ReturnType<typeof emptiable>>[] = []

async function emptiable() {
  const opened = await openEmbedded({ dataDir: 'memory://', clock: usual().clock, embeddedTemplate: await emptyStore() })
  return { opened, empty: await emptyingLike(opened.database) }
}

/** The same over Postgres, where what a test used is emptied for the next one of the process. */
export async function reusedPostgresStore(options: Options = {}): Promise<OpenedStore> {
  const databaseUrl = await emptiedDatabase()
  const store = await openOn(databaseUrl, options)
  return {
    ...store,
    async close() {
      await store.close()
      usedDatabase(databaseUrl)
    },
  }
}

const usual = () => ({
  clock: movableClock(new Date('2026-11-25T11:00:00Z')),
  realTime: 'database' as const,
  log: keptLog().log,
  budget: { perSecond: 1000, perDay: 1_000_000 },
})
