// Connections to Postgres that notice when they are dead. A firewall or a pooler can drop a connection without a word, and a query on
// it would wait for ever: every question has a time limit, a connection that rested is asked for a sign of life before it is used, and
// one that failed is never given out again. Nothing outlives a transaction, so that a pooler may share sessions between transactions.
import { drizzle } from 'drizzle-orm/node-postgres'
import { Client, type ClientConfig, DatabaseError, Pool, type PoolClient, type QueryConfig, type QueryResult } from 'pg'
import { DatabaseUnreachable } from '../../database-failure.ts'
import type { Log } from '../../log.ts'
import { nextTurn } from '../../yielding.ts'
import type { Database } from './database.ts'
import { heardWithin } from './heard-within.ts'

export interface PoolLimits {
  /** Until a new connection must stand. */
  readonly connectMs: number
  /** Until a statement must be answered: what is silent for longer is dead. */
  readonly answerMs: number
  /** A connection that was heard within this time is used as it is; any other is asked first and must answer within `signMs`. */
  readonly trustedMs: number
  readonly signMs: number
}

export const usualLimits: PoolLimits = { connectMs: 5_000, answerMs: 20_000, trustedMs: 2_000, signMs: 3_000 }

/** A transaction whose process fell silent holds its locks no longer than this; long enough for one that asks Gong for a token meanwhile. */
const silentTransactionMs = 60_000

export const keptAlive = { application_name: 'gong-digest', keepAlive: true, keepAliveInitialDelayMillis: 10_000 } as const

/** A query on a checked connection. @throws DatabaseUnreachable when no answer came; the server's own error when it refused. */
export type Ask = (query: string | QueryConfig, values?: unknown[]) => Promise<QueryResult>

export interface Connections {
  readonly database: Database
  /** One statement, or several as one text without values. */
  readonly ask: Ask
  close(): Promise<void>
}

export function openConnections(databaseUrl: string, log: Log, limits: PoolLimits): Connections {
  const { answerMs, trustedMs, signMs } = limits
  class PatientClient extends Client {
    constructor(config?: string | ClientConfig) {
      super({ ...Object(config), connectionTimeoutMillis: limits.connectMs })
    }
  }
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 12,
    ...keptAlive,
    Client: PatientClient,
    // For a free connection, where all are in use.
    connectionTimeoutMillis: answerMs,
  })
  const heardAt = new WeakMap<PoolClient, number>()
  /** When a connection gave no sign of life: whatever dropped it has dropped all that rested then. */
  let silenceAt = Number.NEGATIVE_INFINITY
  pool.on('connect', (client) => {
    heardAt.set(client, performance.now())
    // One that breaks while in use fails its query, which is where it is handled; unheard, the event would end the process.
    client.on('error', () => undefined)
  })
  pool.on('error', (error) => log.warn({ err: new DatabaseUnreachable(error) }, 'A database connection was lost'))

  const askOn = async (client: PoolClient, query: string | QueryConfig, values?: unknown[], withinMs = answerMs): Promise<QueryResult> => {
    try {
      const result = await heardWithin(client.query(query, values), withinMs)
      heardAt.set(client, performance.now())
      return result
    } catch (error) {
      if (error instanceof DatabaseError) throw error
      // Ended at once: a ROLLBACK sent after it would wait as long again.
      void (client as unknown as Client).end()
      throw new DatabaseUnreachable(error)
    }
  }

  async function checkedOut(): Promise<PoolClient> {
    for (;;) {
      const client = await pool.connect().catch((error: unknown) => {
        throw error instanceof DatabaseError ? error : new DatabaseUnreachable(error)
      })
      const lastHeardAt = heardAt.get(client) ?? 0
      const isNew = performance.now() - lastHeardAt < trustedMs
      if (lastHeardAt > silenceAt) {
        if (isNew) return client
        const answered = await askOn(client, 'SELECT 1', undefined, signMs).then(
          () => true,
          () => false,
        )
        if (answered) return client
        silenceAt = performance.now()
      }
      client.release(true)
    }
  }

  /** Gives the connection back only when it is fit for the next one. */
  async function use<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
    const client = await checkedOut()
    let isFit = false
    try {
      const result = await work((query, values) => askOn(client, query, values))
      isFit = true
      return result
    } catch (error) {
      isFit = error instanceof DatabaseError && (await isOutOfTransactions(client))
      throw error
    } finally {
      client.release(!isFit)
    }
  }

  /** An error arrives before the state that it leaves the session in; the answer to a further question comes after both. */
  const isOutOfTransactions = (client: PoolClient): Promise<boolean> =>
    askOn(client, 'SELECT 1').then(
      () => client.getTransactionStatus() === 'I',
      () => false,
    )

  /** Many answers can arrive in one turn of the event loop; what begins with each waits for its own. */
  const ask: Ask = (query, values) => use((askHere) => askHere(query, values)).finally(nextTurn)
  const database = drizzle({ client: { query: ask } as unknown as Pool })
  const transaction: Database['transaction'] = (work, config) =>
    use((askHere) => drizzle({ client: { query: begunWithFirst(askHere, inTransaction) } as unknown as Pool }).transaction(work, config))
  const inTransaction = [
    `SET LOCAL statement_timeout = ${answerMs}`,
    `SET LOCAL lock_timeout = ${Math.ceil(answerMs / 2)}`,
    `SET LOCAL idle_in_transaction_session_timeout = ${silentTransactionMs}`,
  ].join('; ')
  return { database: Object.assign(database, { transaction }) as unknown as Database, ask, close: () => pool.end() }
}

const nothing = { rows: [] } as unknown as QueryResult

/**
 * Asks within one transaction, which drizzle begins and ends. BEGIN and the settings travel with its first statement, as one text, where that
 * has no values, such as a lock: a transaction waits for the database often enough. Before any other they go by themselves.
 */
function begunWithFirst(ask: Ask, settings: string): Ask {
  let unsent: string | undefined
  return async (query, values) => {
    const text = typeof query === 'string' ? query : query.text
    if (/^begin\b/i.test(text)) {
      unsent = `${text}; ${settings}`
      return nothing
    }
    const opening = unsent
    unsent = undefined
    if (opening === undefined) return ask(query, values)
    // Nothing was asked in it.
    if (/^(commit|rollback)$/i.test(text)) return nothing
    if (values?.length) {
      await ask(opening)
      return ask(query, values)
    }
    const together = `${opening}; ${text}`
    // Of several statements there are as many results.
    const results = (await ask(typeof query === 'string' ? together : { ...query, text: together })) as unknown as QueryResult[]
    return results.at(-1) ?? nothing
  }
}
