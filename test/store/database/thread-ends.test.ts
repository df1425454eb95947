// The thread of the embedded database ends: a process that goes on without it would look alive and do nothing for ever.
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { systemClock } from '../../../src/clock.ts'
import { rowsOf } from '../../../src/store/database/database.ts'
import { openEmbedded } from '../../../src/store/database/embedded.ts'
import { layEmptyStore } from '../../kit/empty-store.ts'

it('ends the process with it, and the next start finds what was committed', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'gong-digest-ends-'))
  try {
    await layEmptyStore(dataDir)
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'ending-child.ts'), dataDir])
    const [code, err] = await Promise.all([new Promise((resolve) => child.once('exit', resolve)), text(child.stderr)])
    expect(err).toContain('EmbeddedDatabaseEnded')
    expect(code).toBe(1)
    await rm(path.join(dataDir, 'end-now'))
    const opened = await openEmbedded({ dataDir, clock: systemClock })
    const keys = await rowsOf<{ key: string }>(opened.database, sql`SELECT key FROM tenant_values WHERE space = 'test'`)
    await opened.close()
    expect(keys).toContainEqual({ key: 'before' })
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
})
