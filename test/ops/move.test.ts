// From the embedded folder to Postgres, as the README describes: everything arrives, or nothing does.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { moveToPostgres, movingInWords } from '../../src/cli/move-to-postgres/move-to-postgres.ts'
import { movableClock } from '../../src/clock.ts'
import { createLog } from '../../src/log.ts'
import { type OpenedStore, openStore } from '../../src/store/database/connect.ts'
import { rowsOf } from '../../src/store/database/database.ts'
import { lockFolder } from '../../src/store/database/folder-lock.ts'
import { moveRows } from '../../src/store/database/move.ts'
import { everyRow, fillEveryTable } from '../kit/any-rows.ts'
import { emptyDatabase, migratedDatabase } from '../kit/database.ts'
import { layEmptyStore } from '../kit/empty-store.ts'

const around = { clock: movableClock(new Date('2026-11-23T09:00:00Z')), log: createLog('silent') }
const options = { ...around, realTime: 'database', budget: { perSecond: 2, perDay: 4000 } } as const
const folder = mkdtempSync(path.join(tmpdir(), 'move-'))
const dataDir = path.join(folder, 'data')

describe('npm run move-to-postgres', () => {
  let before: Record<string, string[]>
  beforeAll(async () => {
    await layEmptyStore(dataDir)
    const store = await openStore({ ...options, dataDir })
    await fillEveryTable(store.database, 7)
    await store.tenant.secret('gong-oauth', async () => ({ value: 'encrypted words', result: undefined }))
    before = await everyRow(store.database)
    await store.close()
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  const openOn = (databaseUrl: string): Promise<OpenedStore> => openStore({ ...options, dataDir: '', databaseUrl })

  it('carries every row of every table over: subscriptions, deliveries, secrets, who has seen whom', async () => {
    const databaseUrl = await emptyDatabase()
    const rows = await moveToPostgres({ dataDir, databaseUrl }, around)
    for (const table of ['subscriptions', 'deliveries', 'reminder_items', 'access_log', 'grants']) expect(rows.get(table)).toBe(7)
    expect(movingInWords(rows)).toMatch(/subscriptions +7/)
    const moved = await openOn(databaseUrl)
    expect(await everyRow(moved.database)).toEqual(before)
    expect(await moved.tenant.secret('gong-oauth', async (current) => ({ result: current }))).toBe('encrypted words')
    await moved.access.record([{ at: around.clock.now(), what: 'view', bySlackId: 'U1', personId: '7', detail: '/gong-stats' }])
    const ids = await rowsOf<{ id: number }>(moved.database, sql`SELECT id::integer FROM access_log ORDER BY id`)
    expect(new Set(ids.map(({ id }) => id)).size).toBe(8)
    await moved.close()
  })

  it('refuses a database in use, and leaves it as it was', async () => {
    const databaseUrl = await emptyDatabase()
    const used = await openOn(databaseUrl)
    const ada = { id: '1', name: 'Ada', emails: [], active: true }
    await used.people.replaceAll([ada], { readAt: around.clock.now(), seenOn: '2026-11-23' })
    const there = await everyRow(used.database)
    await expect(moveToPostgres({ dataDir, databaseUrl }, around)).rejects.toThrow(/in use already \(.*people.*\)\. Give an empty one/)
    expect(await everyRow(used.database)).toEqual(there)
    await used.close()
  })

  it('writes nothing when it cannot finish', async () => {
    const target = await openOn(await migratedDatabase())
    const source = await openStore({ ...options, dataDir })
    const empty = await everyRow(target.database)
    let asked = 0
    const breaking = new Proxy(source.database, {
      get: (database, name) =>
        name === 'execute'
          ? (query: Parameters<OpenedStore['database']['execute']>[0]) => {
              asked += 1
              if (asked > 20) throw new Error('the disk is gone')
              return database.execute(query)
            }
          : Reflect.get(database, name),
    })
    await expect(moveRows(breaking, target.database)).rejects.toThrow('the disk is gone')
    expect(await everyRow(target.database)).toEqual(empty)
    await source.close()
    await target.close()
  })

  it('refuses a folder the service runs on, and one without a database', async () => {
    const databaseUrl = await emptyDatabase()
    const lock = lockFolder(dataDir)
    await expect(moveToPostgres({ dataDir, databaseUrl }, around)).rejects.toThrow('already running')
    lock.release()
    await expect(moveToPostgres({ dataDir: path.join(folder, 'elsewhere'), databaseUrl }, around)).rejects.toThrow(
      'there is no embedded database',
    )
  })
})
