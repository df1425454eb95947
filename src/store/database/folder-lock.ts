// Allows one process per embedded folder: two would silently lose each other's rows. It uses SQLite's own file lock, which the operating
// system drops when the process dies, so no stale lock ever needs clearing by hand.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ConfigError } from '../../errors.ts'

export interface FolderLock {
  release(): void
}

/** Takes the folder for this process, making it when it is missing. @throws ConfigError when another process has it or it cannot be written. */
export function lockFolder(dataDir: string): FolderLock {
  const folder = path.resolve(dataDir)
  let lock: DatabaseSync | undefined
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    lock = new DatabaseSync(path.join(folder, 'lock'), { timeout: 0 })
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock?.close()
    throw new ConfigError([problem(folder, cause)])
  }
  const held = lock
  return { release: () => held.close() }
}

const busy = 5

function problem(folder: string, cause: unknown): string {
  if ((cause as { errcode?: number }).errcode === busy) {
    return `DATA_DIR: another gong-digest is already running on ${folder}. Stop it first, give this one a folder of its own, or set DATABASE_URL to a Postgres server to run several`
  }
  const why = cause instanceof Error ? cause.message : 'unknown reason'
  return `DATA_DIR: ${folder} cannot be used (${why}). Give a folder this user may write to`
}
