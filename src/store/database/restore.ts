// Makes an embedded database out of a dump of one. Only where there is none: nothing is ever written over.
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { ConfigError } from '../../errors.ts'
import { lockFolder } from './folder-lock.ts'
import { diskFullProblem, isDiskFull } from './opening-problems.ts'
import { leaveRunningMark } from './running-mark.ts'

/** @throws ConfigError when the folder is taken, holds a database already, or has no room, or the dump is none. */
export async function restoreEmbedded(dataDir: string, dump: Blob): Promise<void> {
  const folder = path.join(path.resolve(dataDir), 'database')
  const lock = lockFolder(dataDir)
  try {
    if (existsSync(folder)) throw new ConfigError([`DATA_DIR: there is a database in ${path.resolve(dataDir)} already. Move it away first`])
    try {
      const client = await PGlite.create(folder, { loadDataDir: dump })
      await client.query('SELECT 1 FROM versions LIMIT 1')
      await client.close()
      // What was written since the dump is not in it: the next start doubts it as one after a power loss does.
      leaveRunningMark(dataDir)
    } catch (error) {
      rmSync(folder, { recursive: true, force: true })
      throw new ConfigError([isDiskFull(error) ? diskFullProblem : 'The file holds no backup of gong-digest, or only a part of one'])
    }
  } finally {
    lock.release()
  }
}
