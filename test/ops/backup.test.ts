// Backup and restore of the embedded database, as the README describes: stop, copy the folder, start on the copy.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { createLog } from '../../src/log.ts'
import { openStore } from '../../src/store/connect.ts'

const clock = movableClock(new Date('2026-11-23T09:00:00Z'))
const options = { clock, log: createLog('silent'), budget: { perSecond: 2, perDay: 4000 } }

it('a copy of the stopped folder opens as the database it was', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'backup-'))
  try {
    const store = await openStore({ ...options, dataDir: path.join(folder, 'data') })
    const ana = { id: '7', name: 'Ana Diaz', emails: ['ana@x.example'], active: true }
    await store.people.replaceAll([ana], { readAt: clock.now(), seenOn: '2026-11-23' })
    await store.close()
    cpSync(path.join(folder, 'data'), path.join(folder, 'backup'), { recursive: true })
    const restored = await openStore({ ...options, dataDir: path.join(folder, 'backup') })
    expect((await restored.people.chart()).people.get('7')?.name).toBe('Ana Diaz')
    await restored.close()
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 30_000)
