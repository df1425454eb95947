// Stores for tests, each new and empty: real SQL. Close it in `afterEach` or `afterAll`. The clock stands at Wednesday 2026-11-25 noon in
// Berlin unless given.
import { sql } from 'drizzle-orm'
import { inject } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { type OpenedStore, openStore, type StoreOptions, storeOver } from '../../src/store/database/connect.ts'
import { rowsOf } from '../../src/store/database/database.ts'
import { openEmbedded } from '../../src/store/database/embedded.ts'
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
      await embedded.empty()
      spare.push(embedded)
    },
  }
}

const spare: Awaited<ReturnType<typeof emptiable>>[] = []

async function emptiable() {
  const opened = await openEmbedded({ dataDir: 'memory://', clock: usual().clock, embeddedTemplate: await emptyStore() })
  const { database } = opened
  const tables = async () =>
    (await rowsOf<{ name: string }>(database, sql`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`)).map(
      ({ name }) => name,
    )
  const ours = await tables()
  /** What the migrations put there. */
  const first = await Promise.all(
    ours.map(async (name) => {
      const [row] = await rowsOf<{ rows: unknown }>(database, sql`SELECT json_agg(each) AS rows FROM ${sql.identifier(name)} each`)
      return { name, rows: JSON.stringify(row?.rows ?? []) }
    }),
  )
  return {
    opened,
    async empty() {
      const strange = (await tables()).filter((name) => !ours.includes(name))
      for (const name of strange) await database.execute(sql`DROP TABLE ${sql.identifier(name)}`)
      await database.execute(sql`DROP SCHEMA IF EXISTS gong_digest_queue CASCADE`)
      await database.execute(
        sql`TRUNCATE ${sql.join(
          ours.map((name) => sql.identifier(name)),
          sql`, `,
        )} RESTART IDENTITY`,
      )
      for (const { name, rows } of first)
        if (rows !== '[]') {
          const table = sql.identifier(name)
          await database.execute(sql`INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, ${rows}::json)`)
        }
    },
  }
}

const usual = () => ({
  clock: movableClock(new Date('2026-11-25T11:00:00Z')),
  realTime: 'database' as const,
  log: keptLog().log,
  budget: { perSecond: 1000, perDay: 1_000_000 },
})
