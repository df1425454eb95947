// What a transaction on Postgres begins with: its settings hold from the first statement, whichever that is, and a lock goes with them.
import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { type Database, rowsOf } from '../../../src/store/database/database.ts'
import { reusedPostgresStore } from '../../kit/store.ts'

let store: OpenedStore
beforeAll(async () => {
  store = await reusedPostgresStore()
})
afterAll(() => store?.close())

const inTransaction = <T>(...[work, config]: Parameters<typeof store.database.transaction<T>>): Promise<T> =>
  store.database.transaction(work, config)
const oneValue = async (tx: Database, query: SQL) => Object.values((await rowsOf<object>(tx, query))[0] ?? {})[0]
const setting = (name: string) => sql`SELECT current_setting(${name})`
/** The last text that the server got on this connection. */
const lastText = async (pid: unknown) => oneValue(store.database, sql`SELECT query FROM pg_stat_activity WHERE pid = ${pid}`)
const lock = sql`SELECT pg_advisory_xact_lock_shared(hashtext('a lock'))`
const ownDatabase = sql`(SELECT oid FROM pg_database WHERE datname = current_database())`
const leftOpen = sql`SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`

describe('a transaction', () => {
  it('has its settings from a first statement with values and from one without', async () => {
    const first = await inTransaction((tx) => oneValue(tx, setting('lock_timeout')))
    const afterLock = await inTransaction(async (tx) => {
      await tx.execute(lock)
      return Promise.all([oneValue(tx, setting('lock_timeout')), oneValue(tx, setting('statement_timeout'))])
    })
    expect([first, ...afterLock]).toEqual(['10s', '10s', '20s'])
    expect(await oneValue(store.database, setting('lock_timeout'))).toBe('0')
  })

  it('sends a first statement without values as one text with its beginning, and gets its rows', async () => {
    const { pid, text } = await inTransaction(async (tx) => {
      const own = await oneValue(tx, sql`SELECT pg_backend_pid() AS pid`)
      return { pid: own, text: await lastText(own) }
    })
    expect(typeof pid).toBe('number')
    expect(text).toMatch(/^begin; SET LOCAL .*; SELECT pg_backend_pid\(\) AS pid$/)
  })

  it('sees after a lock what was written while it waited for it', async () => {
    let taken = (): void => undefined
    const isTaken = new Promise<void>((resolve) => {
      taken = resolve
    })
    const writes = inTransaction(async (tx) => {
      await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext('a lock'))`)
      taken()
      await expect
        .poll(() =>
          oneValue(
            store.database,
            sql`SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = ${ownDatabase}`,
          ),
        )
        .toBe(1)
      await tx.execute(sql`INSERT INTO tenant_values (space, key, value) VALUES ('setting', 'mark', 'written')`)
    })
    await isTaken
    const seen = await inTransaction(async (tx) => {
      await tx.execute(lock)
      return oneValue(tx, sql`SELECT value FROM tenant_values WHERE key = 'mark'`)
    })
    await writes
    expect(seen).toBe('written')
  })

  it.each([
    ['with values', sql`SELECT 1 / ${0}::int`],
    ['without values', sql`SELECT 1 / 0`],
  ])('is undone where its first statement fails, %s, and its connection goes on', async (_, failing) => {
    await expect(
      inTransaction(async (tx) => {
        await tx.execute(failing)
      }),
    ).rejects.toThrow()
    expect(await oneValue(store.database, leftOpen)).toBe(0)
  })

  it('keeps its isolation level, and ends where nothing was asked in it', async () => {
    const level = await inTransaction(
      async (tx) => {
        await tx.execute(lock)
        return oneValue(tx, sql`SELECT current_setting('transaction_isolation')`)
      },
      { isolationLevel: 'repeatable read' },
    )
    expect(level).toBe('repeatable read')
    expect(await inTransaction(async () => 'nothing')).toBe('nothing')
    expect(await oneValue(store.database, leftOpen)).toBe(0)
  })
})
