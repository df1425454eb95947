// The one place where pg-boss meets our database: a send inside our transaction must travel on that transaction's connection
// (on the embedded database a send beside it waits for the transaction for ever).
import type { Db } from 'pg-boss'

/** The connection pg-boss sends on: the transaction at hand, or the store's own. */
export type QueueConnection = Db
