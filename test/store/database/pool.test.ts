// Connections to a real Postgres that break, fall silent or are refused: what fails, how soon, and that it works again by itself.
import { sql } from 'drizzle-orm'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { databaseFailureOf } from '../../../src/database-failure.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { rowsOf } from '../../../src/store/database/database.ts'
import { migratedDatabase } from '../../kit/database.ts'
import { type FaultyNetwork, faultyNetwork } from '../../kit/faulty-network.ts'
import { openOn } from '../../kit/store.ts'

/** Short, so that nobody waits for a dead connection; rested connections are checked at once. */
const limits = { connectMs: 1_000, answerMs: 4_000, trustedMs: 0, signMs: 500 }

let databaseUrl: string
let network: FaultyNetwork
let store: OpenedStore
beforeEach(async () => {
  databaseUrl = await migratedDatabase()
  network = await faultyNetwork(databaseUrl)
  store = await openOn(network.url, { limits })
})
afterEach(async () => {
  network?.restore()
  await store?.close()
  await network?.close()
})

/** On a connection of its own, past the network. */
async function onServer<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
const endBackends = () =>
  onServer((client) =>
    client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'),
  )
const failureOf = (work: Promise<unknown>) => work.then(() => 'done', databaseFailureOf)
const write = (value: string) => store.tenant.saveSetting('mark', value)
/** As many connections as the pool has, all in use at once. */
const fillPool = () => Promise.all(Array.from({ length: 12 }, () => store.database.execute(sql`SELECT pg_sleep(0.05)`)))

describe('a process that could not listen for longer than an answer may take', () => {
  it('hears what arrived meanwhile, and loses no connection', async () => {
    const frozen = await openOn(databaseUrl, { limits: { ...limits, answerMs: 1_000, trustedMs: 60_000 } })
    const backend = async () => {
      const [row] = await rowsOf<{ pid: number }>(frozen.database, sql`SELECT pg_backend_pid() AS pid`)
      return row?.pid
    }
    const before = await backend()
    const asked = backend()
    // Sent by then; nothing of this process runs until it wakes, as after a pause of the machine.
    await new Promise((resolve) => setImmediate(resolve))
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500)
    expect(await asked).toBe(before)
    await frozen.close()
  })
})

describe('a connection that is ended by the server', () => {
  it('fails its transaction, undone as a whole, and nothing else: the process lives and the next one works', async () => {
    const failed = store.database.transaction(async (tx) => {
      await tx.execute(sql`INSERT INTO tenant_values (space, key, value) VALUES ('setting', 'half', 'x')`)
      await endBackends()
      // The end arrives between two statements, while nobody waits for an answer.
      await new Promise((resolve) => setTimeout(resolve, 50))
      await tx.execute(sql`SELECT 1`)
    })
    expect(await failureOf(failed)).toBe('away')
    expect(await store.tenant.setting('half')).toBeUndefined()
    await write('after')
    expect(await store.tenant.setting('mark')).toBe('after')
  })

  it('fails no more than what was under way, in a statement, under a lock, and in the queue', async () => {
    const sleeping = store.database.execute(sql`SELECT pg_sleep(30)`)
    const queued = store.queue.executeSql('SELECT pg_sleep(30)')
    const outcome = store.exclusively('work', async () => {
      await Promise.all([expect(failureOf(sleeping)).resolves.toBe('away'), expect(failureOf(queued)).resolves.toBe('away'), endBackends()])
      return 'the work goes on'
    })
    expect(await outcome).toBe('the work goes on')
    expect(await store.exclusively('work', async () => 'free again')).toBe('free again')
  })

  it('is replaced where it rested, also when all of them are cut at once', async () => {
    await fillPool()
    network.cut()
    expect(await Promise.all(Array.from({ length: 20 }, (_, nth) => failureOf(write(`${nth}`))))).not.toContain('away')
  })
})

describe('connections that fall silent', () => {
  it('cost the first question a sign of life, once, and not the time of a dead query', async () => {
    const patient = await openOn(network.url, { limits: { ...limits, answerMs: 600_000 } })
    await Promise.all(Array.from({ length: 12 }, () => patient.database.execute(sql`SELECT pg_sleep(0.05)`)))
    network.silenceStanding()
    // A query on one of the twelve would be waited for longer than this test runs.
    await patient.tenant.saveSetting('mark', 'soon')
    expect(await patient.tenant.setting('mark')).toBe('soon')
    await patient.close()
  })

  it('end the transaction on them, and the server frees its locks without being asked', async () => {
    const failed = store.database.transaction(async (tx) => {
      await tx.execute(sql`LOCK TABLE tenant_values IN ACCESS EXCLUSIVE MODE`)
      const [settings] = await rowsOf<{ idle: string; lock: string }>(
        tx,
        sql`SELECT current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('lock_timeout') AS lock`,
      )
      expect(settings).toEqual({ idle: '1min', lock: '2s' })
      network.silenceStanding()
      await tx.execute(sql`SELECT 1`)
    })
    expect(await failureOf(failed)).toBe('away')
    // As the server would have after a minute.
    await endBackends()
    await write('free')
    expect(await store.tenant.setting('mark')).toBe('free')
  })

  it('give up instead of waiting while nothing comes through, and work again when it does', async () => {
    network.silence()
    expect(await failureOf(write('lost'))).toBe('away')
    network.restore()
    await write('back')
    expect(await store.tenant.setting('mark')).toBe('back')
  })
})

describe('a database that refuses', () => {
  it('while it restarts and while it is read-only: each by its name, and works again by itself', async () => {
    network.cut()
    network.refuse()
    expect(await failureOf(write('refused'))).toBe('away')
    network.restore()

    const name = new URL(databaseUrl).pathname.slice(1)
    await onServer((client) => client.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`))
    await endBackends()
    expect(await failureOf(write('read-only'))).toBe('read-only')
    expect(await failureOf(store.database.transaction((tx) => tx.execute(sql`DELETE FROM people`)))).toBe('read-only')
    await onServer(async (client) => {
      await client.query('SET default_transaction_read_only = off')
      await client.query(`ALTER DATABASE ${name} RESET default_transaction_read_only`)
    })
    await endBackends()
    await write('writable')
    expect(await store.tenant.setting('mark')).toBe('writable')
  })

  it('a statement is our mistake, not its trouble, and its connection goes on', async () => {
    expect(await failureOf(store.database.execute(sql`SELECT no_such_column FROM people`))).toBeUndefined()
    expect(await failureOf(store.database.transaction((tx) => tx.execute(sql`SELECT 1/0`)))).toBeUndefined()
    expect(network.open()).toBeLessThanOrEqual(2)
  })
})
