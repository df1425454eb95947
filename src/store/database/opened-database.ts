// What the embedded database and Postgres have in common once they are open and migrated.
import path from 'node:path'
import type { Database } from './database.ts'
import type { Exclusively } from './exclusively.ts'
import type { LostRows, LostSpan } from './lost-rows.ts'
import type { QueueConnection } from './queue-connection.ts'
import type { Replicas } from './replicas.ts'

export interface OpenedDatabase {
  readonly kind: 'embedded' | 'postgres'
  readonly database: Database
  readonly queue: QueueConnection
  readonly exclusively: Exclusively
  /** Counts this process among those that serve, until it leaves. */
  joinReplicas(): Promise<Replicas>
  /** Between which instants rows that were acknowledged may last have been lost. */
  readonly lostRows: LostRows
  /** From now on those written in that time are in doubt. */
  doubt(span: LostSpan): Promise<void>
  /** The database's clock minus this machine's, by one question's middle; undefined where both are one. */
  clockSkewMs(): Promise<number | undefined>
  /** Whether what travels to the database is encrypted; undefined where nothing travels. */
  isEncrypted(): Promise<boolean | undefined>
  /** @throws Error with code ENOSPC where the embedded database's disk has too little room for it to go on; Postgres says so itself */
  mustHaveRoom(): Promise<void>
  /** A copy of the embedded database's files; undefined on Postgres. */
  dump(): Promise<Blob | undefined>
  close(): Promise<void>
}

export const migrations = { migrationsFolder: path.join(import.meta.dirname, '../migrations') }
