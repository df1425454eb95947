// Opens the embedded database, in its locked folder or in memory, and brings it to this version's tables.
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { ConfigError } from '../../errors.ts'
import { handBackMemory } from '../../memory.ts'
import type { Database } from './database.ts'
import { exclusivelyHere } from './exclusively.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { migrations, type OpenedDatabase } from './opened-database.ts'
import { diskFullProblem, isDiskFull } from './opening-problems.ts'
import { embeddedQueue } from './queue-connection.ts'

/** PGlite takes 160 MB for its cache by default; a tenth is enough, because the system caches its files too. */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB']

/** @throws ConfigError when another process has the folder */
export async function openEmbedded(options: {
  /** Its folder, or `memory://`. */
  readonly dataDir: string
  /** A dump to begin with (in memory only). */
  readonly embeddedTemplate?: Blob | undefined
}): Promise<OpenedDatabase> {
  const { dataDir, embeddedTemplate } = options
  const inMemory = dataDir.startsWith('memory://')
  const lock: FolderLock | undefined = inMemory ? undefined : lockFolder(dataDir)
  if (!inMemory) handBackMemory()
  try {
    const client = inMemory
      ? await PGlite.create('memory://', embeddedTemplate ? { startParams, loadDataDir: embeddedTemplate } : { startParams })
      : await PGlite.create(path.join(path.resolve(dataDir), 'database'), { startParams })
    await migrate(drizzle(client), migrations)
    return {
      kind: 'embedded',
      database: drizzle(client) as unknown as Database,
      queue: embeddedQueue(client),
      exclusively: exclusivelyHere(),
      clockSkewMs: async () => undefined,
      isEncrypted: async () => undefined,
      dump: () => client.dumpDataDir('none'),
      async close() {
        await client.close()
        lock?.release()
      },
    }
  } catch (error) {
    lock?.release()
    if (isDiskFull(error)) throw new ConfigError([diskFullProblem])
    throw error
  }
}
