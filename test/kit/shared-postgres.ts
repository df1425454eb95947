// Starts the one Postgres server of a test run, before the first project that may need it, and stops it after the last. Runs in vitest's
// own process; the tests get databases on it from database.ts.
import type { TestProject } from 'vitest/node'
import { type PostgresServer, startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the server of this run listens; its database `postgres`. */
    readonly postgresUrl: string
  }
}

interface Shared {
  readonly server: Promise<PostgresServer>
  users: number
}

// Each project loads this file for itself; what they share lies on the process.
const place = Symbol.for('gong-digest: the Postgres of this run')
const kept = globalThis as { [place]?: Shared | undefined }

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  kept[place] ??= { server: startPostgres({ inMemory: true }), users: 0 }
  const shared = kept[place]
  shared.users += 1
  project.provide('postgresUrl', (await shared.server).url)
  return async () => {
    shared.users -= 1
    if (shared.users > 0) return
    kept[place] = undefined
    await (await shared.server).stop()
  }
}
