// Locks as rows: they end by themselves with whoever held them, and nothing of them stays with a session, which a pooler may share.
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { rowsOf } from '../../../src/store/database/database.ts'
import { exclusivelyOnPostgres } from '../../../src/store/database/exclusively.ts'
import { migratedDatabase } from '../../kit/database.ts'
import { openOn } from '../../kit/store.ts'

let store: OpenedStore
beforeEach(async () => {
  store = await openOn(await migratedDatabase())
})
afterEach(() => store?.close())

const done = async () => 'done'
/** As another process left it, that died. */
const left = (heldUntil: string) =>
  store.database.execute(sql`INSERT INTO work_locks VALUES ('work', 'somebody', clock_timestamp() + ${heldUntil}::interval)`)

it('leaves work alone that another process has, and takes it once its lease is over or cannot be true', async () => {
  await left('1 minute')
  expect(await store.exclusively('work', done)).toBeUndefined()
  expect(await store.exclusively('other work', done)).toBe('done')
  await store.database.execute(sql`UPDATE work_locks SET held_until = clock_timestamp() - interval '1 second'`)
  expect(await store.exclusively('work', done)).toBe('done')
  // A clock that went wrong wrote this one.
  await left('1 year')
  expect(await store.exclusively('work', done)).toBe('done')
  expect(await rowsOf(store.database, sql`SELECT * FROM work_locks`)).toEqual([])
})

it('renews the lease while the work goes on', async () => {
  const leaseMs = 600
  const [mine, theirs] = [exclusivelyOnPostgres(store.database, leaseMs), exclusivelyOnPostgres(store.database, leaseMs)]
  const untilOf = async () =>
    (await rowsOf<{ ms: number }>(store.database, sql`SELECT extract(epoch FROM held_until)::float8 AS ms FROM work_locks`))[0]?.ms
  const outcome = await mine('work', async () => {
    const first = await untilOf()
    await expect.poll(untilOf).not.toBe(first)
    await expect.poll(untilOf).toBeGreaterThan((first ?? 0) + leaseMs / 1000)
    return theirs('work', done)
  })
  expect(outcome).toBeUndefined()
})

it('keeps nothing with a session: no advisory lock, no setting, while work runs and after a transaction', async () => {
  await store.exclusively('work', async () => {
    const locks = await rowsOf(
      store.database,
      sql`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    )
    expect(locks).toEqual([])
  })
  await store.database.transaction((tx) => tx.execute(sql`SELECT 1`))
  const [settings] = await rowsOf<{ timeout: string }>(store.database, sql`SELECT current_setting('statement_timeout') AS timeout`)
  expect(settings).toEqual({ timeout: '0' })
})
