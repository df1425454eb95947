// Opens the embedded database, in its locked folder or in memory, and brings it to this version's tables.
import { readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import type { Clock } from '../../clock.ts'
import { ConfigError } from '../../errors.ts'
import { growSlowly, handBackMemory } from '../../memory.ts'
import type { Database } from './database.ts'
import { durableParams } from './durable-folder.ts'
import { type EmbeddedClient, startEmbedded } from './embedded-client.ts'
import { exclusivelyHere } from './exclusively.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { doubt, watchEmbedded } from './lost-rows.ts'
import { migrations, type OpenedDatabase } from './opened-database.ts'
import { diskFullProblem, embeddedProblem, isDiskFull } from './opening-problems.ts'
import { embeddedQueue } from './queue-connection.ts'
import { aloneHere } from './replicas.ts'
import { leaveRunningMark } from './running-mark.ts'
import { atThisVersion, type OlderTablesAre } from './tables-version.ts'

/** PGlite takes 160 MB for its cache by default; a tenth is enough, because the system caches its files too. */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB']

/** A segment of its log, which it makes before the one before is full. What is small is still written into what is there. */
const leastRoomBytes = 16 * 1024 ** 2

async function mustHaveRoom(dataDir: string): Promise<void> {
  const { bavail, bsize } = await statfs(dataDir)
  if (bavail * bsize < leastRoomBytes) throw Object.assign(new Error('too little room'), { code: 'ENOSPC' })
}

interface EmbeddedOptions {
  /** Its folder, or `memory://`. */
  readonly dataDir: string
  readonly clock: Clock
  /** A dump to begin with (in memory only). */
  readonly embeddedTemplate?: Blob | undefined
  /** A module whose `sync` replaces how files reach the disk (tests that lose the power). */
  readonly syncModule?: string | undefined
  readonly olderTables?: OlderTablesAre | undefined
}

/** @throws ConfigError when its files are no database, of another version, or damaged */
async function openFolder(dataDir: string, syncModule: string | undefined): Promise<EmbeddedClient> {
  const folder = path.join(path.resolve(dataDir), 'database')
  const version = versionIn(folder)
  try {
    return await startEmbedded({ folder, startParams: durableParams(startParams), syncModule })
  } catch (error) {
    if (isDiskFull(error)) throw error
    throw new ConfigError([embeddedProblem(folder, version)])
  }
}

/** Which Postgres made the files; undefined where there are none, or none of a database. */
function versionIn(folder: string): string | undefined {
  try {
    return readFileSync(path.join(folder, 'PG_VERSION'), 'utf8').trim().slice(0, 10)
  } catch {
    return undefined
  }
}

/**
 * A copy of what a folder that no process has open holds, whichever version's tables those are. Nothing is migrated or noted in them; what a
 * process that was cut off left to be found stays to be found.
 * @throws FolderTaken; ConfigError when its files are no database, or of another Postgres
 */
export async function copyOfFolder(dataDir: string): Promise<Blob> {
  const lock = lockFolder(dataDir)
  try {
    const mark = leaveRunningMark(dataDir)
    try {
      const client = await openFolder(dataDir, undefined)
      try {
        return await client.dumpDataDir('none')
      } finally {
        await client.close()
      }
    } finally {
      if (mark.wasClosed) mark.remove()
    }
  } catch (error) {
    if (isDiskFull(error)) throw new ConfigError([diskFullProblem])
    throw error
  } finally {
    lock.release()
  }
}

/** @throws ConfigError when another process has the folder, what it holds cannot be opened, or its tables will not do */
export async function openEmbedded({
  dataDir,
  clock,
  embeddedTemplate,
  syncModule,
  olderTables = 'brought up to date',
}: EmbeddedOptions): Promise<OpenedDatabase> {
  const inMemory = dataDir.startsWith('memory://')
  const lock: FolderLock | undefined = inMemory ? undefined : lockFolder(dataDir)
  if (!inMemory) {
    handBackMemory()
    growSlowly()
  }
  try {
    const mark = inMemory ? undefined : leaveRunningMark(dataDir)
    const client: EmbeddedClient = inMemory
      ? await PGlite.create('memory://', embeddedTemplate ? { startParams, loadDataDir: embeddedTemplate } : { startParams })
      : await openFolder(dataDir, syncModule)
    const driver = drizzle(client as PGlite)
    const database = driver as unknown as Database
    try {
      await atThisVersion(database, olderTables, () => migrate(driver, migrations))
    } catch (error) {
      await client.close()
      // Of a run that was cut off the mark stays: the next start is to look for what it lost.
      if (mark?.wasClosed) mark.remove()
      throw error
    }
    return {
      kind: 'embedded',
      database,
      joinReplicas: async () => aloneHere,
      lostRows: await watchEmbedded(database, clock, mark?.wasClosed ?? true),
      doubt: (span) => doubt(database, span),
      queue: embeddedQueue(client),
      exclusively: exclusivelyHere(),
      clockSkewMs: async () => undefined,
      isEncrypted: async () => undefined,
      mustHaveRoom: () => (inMemory ? Promise.resolve() : mustHaveRoom(dataDir)),
      dump: () => client.dumpDataDir('none'),
      async close() {
        await client.close()
        mark?.remove()
        lock?.release()
      },
    }
  } catch (error) {
    lock?.release()
    if (isDiskFull(error)) throw new ConfigError([diskFullProblem])
    throw error
  }
}
