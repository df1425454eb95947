// The embedded database in a thread of its own: it answers as the one in memory does, and leaves the event loop to whoever must be answered.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { movableClock } from '../../../src/clock.ts'
import { rowsOf } from '../../../src/store/database/database.ts'
import { openEmbedded } from '../../../src/store/database/embedded.ts'
import type { OpenedDatabase } from '../../../src/store/database/opened-database.ts'
import { emptyStore, layEmptyStore } from '../../kit/empty-store.ts'

const clock = movableClock(new Date('2026-11-23T08:00:00Z'))
let folder = ''
let inThread: OpenedDatabase
let inMemory: OpenedDatabase
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gong-digest-thread-'))
  await layEmptyStore(folder)
  inThread = await openEmbedded({ dataDir: folder, clock })
  inMemory = await openEmbedded({ dataDir: 'memory://', clock, embeddedTemplate: await emptyStore() })
})
afterAll(async () => {
  await inMemory?.close()
  await rm(folder, { recursive: true, force: true })
})

const insert = (key: string) => sql`INSERT INTO tenant_values (space, key, value) VALUES ('test', ${key}, 'kept')`
const keysOf = async ({ database }: OpenedDatabase) =>
  (await rowsOf<{ key: string }>(database, sql`SELECT key FROM tenant_values WHERE space = 'test' ORDER BY key`)).map(({ key }) => key)

it('lets the event loop turn while one statement follows the other', async () => {
  let turns = 0
  let watching = true
  const count = (): void => {
    turns += 1
    if (watching) setImmediate(count)
  }
  setImmediate(count)
  for (let nth = 0; nth < 50; nth += 1) await inThread.database.execute(sql`SELECT ${nth}::int`)
  watching = false
  expect(turns).toBeGreaterThan(50)
})

it('hands rows over as they are in memory, whatever their type', async () => {
  const question = sql`SELECT 1::int AS whole, 1.5::float8 AS part, 12345678901234567890::numeric AS large, 9007199254740993::int8 AS long, 'ö😀'::text AS words,
    NULL::text AS nothing, true AS yes, ${JSON.stringify({ a: [1, null] })}::jsonb AS json, '2026-11-23'::date AS day,
    '2026-11-23T08:00:00.123Z'::timestamptz AS moment, ARRAY['a', 'b'] AS list, ARRAY[1.5, 2.5]::numeric[] AS numbers, '\\x00ff'::bytea AS bytes`
  const [there] = await rowsOf(inThread.database, question)
  const [here] = await rowsOf(inMemory.database, question)
  expect(there).toEqual(here)
  expect(there).toMatchObject({ words: 'ö😀', nothing: null, json: { a: [1, null] } })
})

it('says with its code why a statement failed, and undoes the transaction it was in', async () => {
  await inThread.database.execute(insert('first'))
  for (const opened of [inThread, inMemory]) {
    const refused = opened.database.execute(sql`SELECT 1 / 0`)
    await expect(refused).rejects.toMatchObject({ cause: { code: '22012', message: expect.stringContaining('division by zero') } })
  }
  const undone = inThread.database.transaction(async (transaction) => {
    await transaction.execute(insert('undone'))
    await transaction.execute(insert('first'))
  })
  await expect(undone).rejects.toMatchObject({ cause: { code: '23505', constraint: expect.any(String) } })
  expect(await keysOf(inThread)).toEqual(['first'])
})

it('rolls back what its work throws, and lets others wait for a transaction that is open', async () => {
  const { promise: held, resolve: release } = Promise.withResolvers<void>()
  const order: string[] = []
  const first = inThread.database.transaction(async (transaction) => {
    await transaction.execute(insert('second'))
    await held
    order.push('in the transaction')
    throw new Error('on second thoughts')
  })
  const after = keysOf(inThread).then((keys) => {
    order.push('beside it')
    return keys
  })
  release()
  await expect(first).rejects.toThrow('on second thoughts')
  expect(await after).toEqual(['first'])
  expect(order).toEqual(['in the transaction', 'beside it'])
})

it('says that a transaction whose failure was swallowed was not kept', async () => {
  const swallowed = inThread.database.transaction(async (transaction) => {
    await transaction.execute(insert('third'))
    await transaction.execute(sql`SELECT 1 / 0`).catch(() => undefined)
  })
  await expect(swallowed).rejects.toThrow()
  expect(await keysOf(inThread)).toEqual(['first'])
})

it('refuses a statement after its end instead of never answering', async () => {
  await inThread.close()
  await expect(keysOf(inThread)).rejects.toMatchObject({ cause: { name: 'EmbeddedDatabaseEnded' } })
})
