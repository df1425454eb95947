// A file in the embedded database's folder while a process has it open: found at a start, the process before did not close it.
import { closeSync, existsSync, fsyncSync, openSync, rmSync } from 'node:fs'
import path from 'node:path'

export interface RunningMark {
  /** Whether whoever had the folder before closed it, or nobody had. */
  readonly wasClosed: boolean
  /** At the very end of a clean stop. */
  remove(): void
}

export function leaveRunningMark(dataDir: string): RunningMark {
  const file = path.join(path.resolve(dataDir), 'running')
  const wasClosed = !existsSync(file)
  const mark = openSync(file, 'w', 0o600)
  fsyncSync(mark)
  closeSync(mark)
  return { wasClosed, remove: () => rmSync(file, { force: true }) }
}
