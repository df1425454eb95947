// A copy of the embedded database in one file, while the service runs (it is asked for one) or not. Knows no terminal.
import { createReadStream, createWriteStream, existsSync, openSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { latestDate, withholdEarlier } from '../../domain/group-settings.ts'
import { AskError, ConfigError, FolderTaken } from '../../errors.ts'
import { askLocally } from '../../health/local-socket.ts'
import { openStore } from '../../store/database/connect.ts'
import { copyOfFolder } from '../../store/database/embedded.ts'
import { restoreEmbedded } from '../../store/database/restore.ts'
import type { Surroundings } from '../workbench.ts'

interface Place {
  readonly dataDir: string
  readonly databaseUrl?: string | undefined
}

/**
 * Writes a compressed copy that only this user can read. Returns whether the running service gave it.
 * @throws AskError, ConfigError with what to do: Postgres, a file that exists, no database, a service that does not answer.
 */
export async function backUp({ dataDir, databaseUrl }: Place, file: string): Promise<'service' | 'folder'> {
  onlyEmbedded(databaseUrl)
  if (existsSync(file)) throw new AskError(existsAlready(file))
  if (existsSync(unfinishedOf(file))) throw new AskError(existsUnfinished(file))
  if (!existsSync(path.join(dataDir, 'database')))
    throw new ConfigError([`DATA_DIR: there is no embedded database in ${path.resolve(dataDir)}`])
  const answer = await askLocally(dataDir, '/backup', 60_000)
  if (answer?.status === 200) {
    await write(answer.body, file)
    return 'service'
  }
  answer?.body.resume()
  try {
    const dump = await copyOfFolder(dataDir)
    await write(dump.stream() as unknown as AsyncIterable<Uint8Array>, file)
    return 'folder'
  } catch (error) {
    if (error instanceof FolderTaken)
      throw new AskError('The running service holds the database and does not answer. Stop it, then run this again.')
    throw error
  }
}

/** It is unpacked in memory. */
const unpackedAtMostGb = 4

/**
 * Makes the embedded database out of a backup. Of Postgres, which its own tools restore, it is remembered that this was done, so without a file.
 * @throws AskError, ConfigError with what to do: Postgres and a file, no such file, one that is no backup, a database that is there already.
 */
export async function restore(
  place: Place,
  file: string | undefined,
  around: Surroundings,
  unpackedAtMost = unpackedAtMostGb * 1024 ** 3,
): Promise<void> {
  if (place.databaseUrl !== undefined) {
    if (file !== undefined) throw new AskError(ofPostgres)
    return withhold(place, around)
  }
  const dump = await unpack(file, unpackedAtMost)
  await restoreEmbedded(place.dataDir, dump, (dataDir) => withhold({ dataDir }, around))
}

/** What groups were shown since the backup is not in it. */
async function withhold(place: Place, around: Surroundings): Promise<void> {
  const store = await openStore({ ...around, ...place, realTime: 'database', budget: { perSecond: 1, perDay: 1 } })
  try {
    await withholdEarlier(store.tenant, latestDate(around.clock.now()))
  } finally {
    await store.close()
  }
}

async function unpack(file: string | undefined, unpackedAtMost: number): Promise<Blob> {
  if (file === undefined) throw new AskError('Say from what: npm run restore -- gong-digest-backup.tar.gz')
  if (!existsSync(file)) throw new AskError(`There is no file ${file}.`)
  const unpacked: Buffer[] = []
  let size = 0
  await pipeline(createReadStream(file), createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > unpackedAtMost) throw new Error('it goes on for too long')
      unpacked.push(chunk)
    }
  }).catch(() => {
    const why = size > unpackedAtMost ? `: it unpacks to more than ${unpackedAtMostGb} GB` : ', or only a part of one'
    throw new ConfigError([`The file holds no backup of gong-digest${why}`])
  })
  return new Blob(unpacked as BlobPart[], { type: 'application/x-tar' })
}

function onlyEmbedded(databaseUrl: string | undefined): void {
  if (databaseUrl !== undefined) throw new AskError(ofPostgres)
}

const ofPostgres =
  'DATABASE_URL is set, so the data lies in Postgres: use pg_dump, also while the service runs, and pg_restore while none does; after that, npm run restore without a file.'

const existsAlready = (file: string): string => `${file} exists already. Give another name, or move it away.`

const unfinishedOf = (file: string): string => `${file}.part`
const existsUnfinished = (file: string): string =>
  `${unfinishedOf(file)} exists: another backup is writing it, or was cut off. Wait until it is gone, or delete it.`

/** @throws AskError where another backup began it a moment before: that one goes on. */
function begin(file: string): number {
  try {
    return openSync(unfinishedOf(file), 'wx', 0o600)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new AskError(existsUnfinished(file))
  }
}

/** Under its name only once it is whole. */
async function write(dump: AsyncIterable<Uint8Array>, file: string): Promise<void> {
  const unfinished = unfinishedOf(file)
  const fd = begin(file)
  try {
    await pipeline(dump, createGzip(), createWriteStream(unfinished, { fd }))
    // Another one may have ended meanwhile.
    if (existsSync(file)) throw new AskError(existsAlready(file))
    renameSync(unfinished, file)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
}
