// Makes an embedded database out of a dump of one. Only where there is none: nothing is ever written over. It is made in a folder beside and
// gets its name once it is whole and knows that it was restored, so that a restore that is cut off leaves no database.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { ConfigError } from '../../errors.ts'
import { lockFolder } from './folder-lock.ts'
import { diskFullProblem, isDiskFull } from './opening-problems.ts'
import { leaveRunningMark } from './running-mark.ts'

/**
 * `finish`: what is to be written into the restored database before it counts; it is given the folder to open it in.
 * @throws ConfigError when the folder is taken, holds a database already, or has no room, or the dump is none.
 */
export async function restoreEmbedded(dataDir: string, dump: Blob, finish: (beside: string) => Promise<void>): Promise<void> {
  const folder = path.join(path.resolve(dataDir), 'database')
  const beside = path.join(path.resolve(dataDir), 'restoring')
  const lock = lockFolder(dataDir)
  try {
    if (existsSync(folder)) throw new ConfigError([`DATA_DIR: there is a database in ${path.resolve(dataDir)} already. Move it away first`])
    // Of a restore that was cut off.
    rmSync(beside, { recursive: true, force: true })
    mkdirSync(beside, { mode: 0o700 })
    await unpack(dump, path.join(beside, 'database'))
    // What was written since the dump is not in it: whoever opens it doubts it as one after a power loss.
    leaveRunningMark(beside)
    await finish(beside)
    renameSync(path.join(beside, 'database'), folder)
  } finally {
    rmSync(beside, { recursive: true, force: true })
    lock.release()
  }
}

async function unpack(dump: Blob, folder: string): Promise<void> {
  try {
    const client = await PGlite.create(folder, { loadDataDir: dump })
    await client.query('SELECT 1 FROM versions LIMIT 1')
    await client.close()
  } catch (error) {
    throw new ConfigError([isDiskFull(error) ? diskFullProblem : 'The file holds no backup of gong-digest, or only a part of one'])
  }
}
