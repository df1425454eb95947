// Keeps a database's outage to one line a minute: everything that needs it fails then, several times a second, for the same reason.
import { type DatabaseFailure, databaseFailureOf } from './database-failure.ts'

export interface Line {
  readonly facts: object
  readonly message: string
}

const minuteMs = 60_000

/**
 * Decides about each line: as it is, as the minute's line about the database, which says so, or undefined for none. `nowMs`: of any clock
 * that runs.
 */
export function createTroubleLines(nowMs: () => number): (facts: object, message: string) => Line | undefined {
  const last = new Map<DatabaseFailure, { atMs: number; left: number }>()
  return (facts, message) => {
    const { err } = facts as { readonly err?: unknown }
    const failure = databaseFailureOf(err)
    if (!failure) return { facts, message }
    const before = last.get(failure)
    if (before && nowMs() - before.atMs < minuteMs) {
      before.left += 1
      return undefined
    }
    last.set(failure, { atMs: nowMs(), left: 0 })
    const alike = before?.left ? { linesLeftOut: before.left } : {}
    return { facts: { ...facts, database: failure, ...alike }, message }
  }
}
