// Allows one process per embedded folder: two would silently lose each other's rows. It uses SQLite's own file lock, which the operating
// system drops when the process dies, so no stale lock ever needs clearing by hand.
import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ConfigError, FolderTaken } from '../../errors.ts'
import { diskFullProblem, isDiskFull } from './opening-problems.ts'

export interface FolderLock {
  release(): void
}

/**
 * Takes the folder for this process, making it when it is missing. @throws FolderTaken when another process has it, ConfigError when it
 * cannot be written.
 */
export function lockFolder(dataDir: string): FolderLock {
  const folder = path.resolve(dataDir)
  let lock: DatabaseSync | undefined
  try {
    makeFolder(folder)
    lock = new DatabaseSync(path.join(folder, 'lock'), { timeout: 0 })
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock?.close()
    throw failure(folder, cause)
  }
  const held = lock
  return { release: () => held.close() }
}

/**
 * Each missing parent first. `recursive` of Node never ends where the system makes no folder and says that the parent is missing, as in
 * /proc.
 */
function makeFolder(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found?.isDirectory()) return
  if (found) throw new Error('it is a file, not a folder')
  makeFolder(path.dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Another process that starts made it a moment before.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error
  }
}

const busy = 5

function failure(folder: string, cause: unknown): ConfigError {
  if ((cause as { errcode?: number }).errcode === busy) {
    return new FolderTaken([
      `DATA_DIR: another gong-digest is already running on ${folder}. Stop it first, give this one a folder of its own, or set DATABASE_URL to a Postgres server to run several`,
    ])
  }
  if (isDiskFull(cause)) return new ConfigError([diskFullProblem])
  const why = cause instanceof Error ? cause.message : 'unknown reason'
  return new ConfigError([`DATA_DIR: ${folder} cannot be used (${why}). Give a folder this user may write to`])
}
