// Stores for tests, each new and empty: real SQL. Close it in `afterEach` or `afterAll`. The clock stands at Wednesday 2026-11-25 noon in
// Berlin unless given.
import { inject } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { type OpenedStore, openStore, type StoreOptions } from '../../src/store/database/connect.ts'
import { migratedDatabase } from './database.ts'
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
  inject('usualDatabase') === 'embedded' ? memoryStore(options) : openOn(await migratedDatabase(), options)

/** On the embedded database, in memory. */
export const memoryStore = async (options: Options = {}): Promise<OpenedStore> =>
  openStore({ ...usual(), ...options, dataDir: 'memory://', embeddedTemplate: await emptyStore() })

/** On this Postgres database; two on the same one are replicas. */
export const openOn = (databaseUrl: string, options: Options = {}): Promise<OpenedStore> =>
  openStore({ ...usual(), ...options, dataDir: '', databaseUrl })

const usual = () => ({
  clock: movableClock(new Date('2026-11-25T11:00:00Z')),
  realTime: 'database' as const,
  log: keptLog().log,
  budget: { perSecond: 1000, perDay: 1_000_000 },
})
