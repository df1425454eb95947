// The one place where pg-boss meets our database. A send inside our transaction must use that transaction's connection: on the embedded
// database a send beside it would wait for the transaction for ever.
import { sql } from 'drizzle-orm'
import { type Db, type DrizzleTransactionLike, fromDrizzle, fromPglite } from 'pg-boss'
import type { Database } from './database.ts'
import type { EmbeddedClient } from './embedded-client.ts'
import type { Ask } from './pool.ts'

/** The connection pg-boss sends on: the transaction at hand, or the store's own. */
export type QueueConnection = Db

/** Sends on it become visible when the transaction commits, and never when it does not. */
export const queueInside = (transaction: Database): QueueConnection => fromDrizzle(transaction as DrizzleTransactionLike, sql)

export const embeddedQueue = (client: Pick<EmbeddedClient, 'query' | 'exec'>): QueueConnection => fromPglite(client)

/** pg-boss on our pool. */
export const postgresQueue = (ask: Ask): QueueConnection => ({
  async executeSql(text, values) {
    const result: unknown = await ask(text, values)
    return Array.isArray(result) ? { rows: result.flatMap((each) => each.rows) } : (result as { rows: unknown[] })
  },
})
