// Opens the store: Postgres when there is a URL, else the embedded database in its locked folder, or in memory for tests. The only
// file that chooses; everything behind it uses one dialect.
import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Clock } from '../../clock.ts'
import { closedWorkspacesFact } from '../../domain/closed-workspaces.ts'
import type { Log } from '../../log.ts'
import { type BudgetLimits, createBudget } from '../budget.ts'
import { createCompanyFacts, type ValuePlace } from '../company-facts.ts'
import { createCoachingStore } from '../digests/coaching.ts'
import { createDeliveryStore } from '../digests/deliveries.ts'
import { createSubscriptionStore } from '../digests/subscriptions.ts'
import { createShownStore } from '../figures/as-shown.ts'
import { countedCardsSetting, createCountedCards } from '../figures/counted-cards.ts'
import { createGapStore, gapSettings } from '../figures/gaps.ts'
import { createPrune } from '../figures/prune.ts'
import { createReads } from '../figures/reads.ts'
import { createRecordReads } from '../figures/record-reads.ts'
import { createRecordStore } from '../figures/records.ts'
import { createRelease } from '../figures/release.ts'
import { createWindowStore } from '../figures/windows.ts'
import { endFutureDates } from '../future-dates.ts'
import { createAccessStore } from '../people/access.ts'
import { createDirectoryStore, wantedDirectorySetting } from '../people/directory.ts'
import { createForgotten, keyedHash, withoutIds } from '../people/forgotten.ts'
import { createListWatch } from '../people/list-watch.ts'
import { createPeopleStore, fetchedWithSetting } from '../people/people.ts'
import { storeWith } from '../people/stored-with.ts'
import type { Store } from '../store.ts'
import { createSubmissionStore } from '../submissions.ts'
import { createTenantStore, readSetting, settleValue } from '../tenant.ts'
import { joinedQueries } from './batch.ts'
import { type Database, rowsOf } from './database.ts'
import type { OpenedDatabase } from './opened-database.ts'
import type { PoolLimits } from './pool.ts'
import { millisecondsOf, type RealTime } from './real-time.ts'
import type { OlderTablesAre } from './tables-version.ts'

export interface StoreOptions {
  /** A Postgres URL; without it the embedded database is used. */
  readonly databaseUrl?: string | undefined
  /** The embedded database's folder, or `memory://`. */
  readonly dataDir: string
  readonly clock: Clock
  readonly log: Log
  readonly budget: BudgetLimits
  /** What the request rate and leases run on: `database`, unless a test moves time. Replicas of one database must be given the same. */
  readonly realTime: RealTime
  /** Key of the hashes that keep forgotten people out; one is made and kept in the database when missing. */
  readonly retentionKey?: string | undefined
  /** Time limits of connections to Postgres; the usual ones unless a test is short of time. */
  readonly limits?: PoolLimits | undefined
  /** How often a Postgres that ends each connection is asked before it counts as closed; for half a minute unless a test is short of time. */
  readonly openingAttempts?: number | undefined
  /** What is done with tables of an older version: brought up to date, as a start does, unless given. */
  readonly olderTables?: OlderTablesAre | undefined
  /** A dump of an embedded database to begin with (in memory only). */
  readonly embeddedTemplate?: Blob | undefined
}

/** The database behind a store, for whoever must reach under it: tests, and the benchmarks. */
export interface OpenedStore extends Store {
  readonly database: Database
  /** A copy of the embedded database's files; undefined on Postgres. */
  dump(): Promise<Blob | undefined>
}

/** @throws ConfigError when the folder is taken, or the database cannot be reached or will not do; the words say what to do. */
export async function openStore(options: StoreOptions): Promise<OpenedStore> {
  const opened = await openDatabase(options)
  try {
    return await storeOver(opened, options)
  } catch (error) {
    await opened.close()
    throw error
  }
}

/** Nearly every answer asks for these. */
const usualValues: readonly ValuePlace[] = [
  ...['contract', 'zone', 'coaching-rows', closedWorkspacesFact, 'unmarked-cards', 'group-rule', 'kept-from'].map(
    (key) => ({ space: 'fact', key }) as const,
  ),
  ...[countedCardsSetting, wantedDirectorySetting, fetchedWithSetting, ...gapSettings].map((key) => ({ space: 'setting', key }) as const),
]

/** The store over a database that is open and has this version's tables. */
export async function storeOver(opened: OpenedDatabase, options: Omit<StoreOptions, 'dataDir' | 'databaseUrl'>): Promise<OpenedStore> {
  const { database, kind } = opened
  const ownKey = options.retentionKey ?? (await settleValue(database, 'own', 'forgotten-key', randomBytes(32).toString('base64url')))
  const forgotten = createForgotten(database, ownKey)
  const keyed = keyedHash(ownKey)
  const queries = joinedQueries(database)
  const facts = createCompanyFacts(queries, usualValues)
  const people = createPeopleStore(database, forgotten, options.clock, facts)
  const windows = createWindowStore(database, forgotten, queries)
  const tenant = createTenantStore(database, kind, { usual: usualValues, facts }, forgotten)
  const cards = createCountedCards(database, tenant, forgotten)
  const gaps = createGapStore(database, tenant, forgotten)
  const cardsThatCount = async () => (await cards.counted()).map(({ id }) => id)
  const zone = () => tenant.get('zone')
  const records = createRecordStore(database, forgotten, queries, zone, cardsThatCount)
  // In a transaction the embedded database's one connection answers nobody else: what the cards are read by is asked before.
  const release = createRelease(database, async () => {
    const [zoneNow, counted] = await Promise.all([zone(), cardsThatCount()])
    return (tx) =>
      createRecordReads(
        { for: () => (query) => rowsOf(tx, query) },
        async () => zoneNow,
        async () => counted,
      )
  })
  return {
    ...opened,
    recorded: (write, recordsOf) =>
      database.transaction(async (tx) => {
        const settings = { setting: (key: string) => readSetting(tx, key) }
        // Before any row, as whoever forgets does: the other way round each would wait for the other.
        await forgotten.gate(tx)
        const written = await write({
          subscriptions: createSubscriptionStore(tx, facts, forgotten),
          deliveries: createDeliveryStore(tx, options.realTime, forgotten),
          coaching: createCoachingStore(tx, forgotten),
          cards: createCountedCards(tx, settings, forgotten),
          listWatch: createListWatch(tx, settings, forgotten),
        })
        const records = recordsOf(written)
        if (records.length > 0) await storeWith(tx, { records }, forgotten)
        return written
      }),
    exclusively: (name, work) => opened.exclusively(withoutIds(name, ownKey), work),
    people,
    windows,
    records,
    cards,
    gaps,
    listWatch: createListWatch(database, tenant, forgotten),
    tenant,
    coaching: createCoachingStore(database, forgotten),
    directory: createDirectoryStore(database, forgotten, facts, queries, options.clock),
    subscriptions: createSubscriptionStore(database, facts, forgotten),
    deliveries: createDeliveryStore(database, options.realTime, forgotten),
    submissions: createSubmissionStore(database, options.realTime, keyed),
    keyedHash: keyed,
    access: createAccessStore(database, forgotten, queries, facts, options.clock),
    prune: createPrune(database, options.clock),
    endFutureDates: (today) => endFutureDates(database, today),
    async realNow() {
      const [row] = await rowsOf<{ readonly ms: number }>(database, sql`SELECT ${millisecondsOf(options.realTime)} AS ms`)
      return row ? new Date(row.ms) : options.clock.now()
    },
    budget: createBudget(database, options.budget, options.clock, options.realTime, forgotten),
    reads: createReads({
      people,
      windows,
      records,
      cards,
      gaps,
      shown: { ...createShownStore(database, forgotten, queries), ...release },
      tenant,
    }),
  }
}

/** Either database's driver is loaded only where it is used: the embedded one alone takes tens of megabytes. */
async function openDatabase({ databaseUrl, ...options }: StoreOptions): Promise<OpenedDatabase> {
  if (databaseUrl) return (await import('./postgres.ts')).openPostgres(databaseUrl, options)
  return (await import('./embedded.ts')).openEmbedded(options)
}
