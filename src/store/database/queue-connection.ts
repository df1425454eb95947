// The one place where pg-boss meets our database. A send inside our transaction must use that transaction's connection: on the embedded
// database a send beside it would wait for the transaction for ever.
import type { PGlite } from '@electric-sql/pglite'
import { sql } from 'drizzle-orm'
import type { Pool } from 'pg'
import { type Db, type DrizzleTransactionLike, fromDrizzle, fromPglite } from 'pg-boss'
import type { Database } from './database.ts'

/** The connection pg-boss sends on: the transaction at hand, or the store's own. */
export type QueueConnection = Db

/** Sends on it become visible when the transaction commits, and never when it does not. */
export const queueInside = (transaction: Database): QueueConnection => fromDrizzle(transaction as DrizzleTransactionLike, sql)

export const embeddedQueue = (client: PGlite): QueueConnection => fromPglite(client)

/** pg-boss on our pool. A failed block may leave a connection inside its broken transaction: such a connection is thrown away. */
export const postgresQueue = (pool: Pool): QueueConnection => ({
  async executeSql(text, values) {
    const client = await pool.connect()
    let broken: Error | undefined
    const onError = (error: Error) => {
      broken = error
    }
    client.on('error', onError)
    try {
      const result: unknown = await client.query(text, values)
      return Array.isArray(result) ? { rows: result.flatMap((each) => each.rows) } : (result as { rows: unknown[] })
    } catch (error) {
      if (!values?.length) broken = error as Error
      throw error
    } finally {
      client.off('error', onError)
      client.release(broken)
    }
  },
})
