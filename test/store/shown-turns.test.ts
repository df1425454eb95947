// Whose turn it is where figures are shown without names, over two processes of one Postgres: people do not wait for each other, and a
// process that fell silent while it replaced figures keeps nobody waiting until they are sent away.
import { Client } from 'pg'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { asOneReading, hasWaited } from '../../src/one-reading.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { takeTurn } from '../../src/store/figures/as-shown.ts'
import { migratedDatabase } from '../kit/database.ts'
import { openOn } from '../kit/store.ts'

const group = { period: { from: '2026-11-16', to: '2026-11-23' }, personIds: ['1', '2', '3', '4', '5'] }
const lockOf = (kind: string) => `hashtext('shown without names: ${kind}')`

let store: OpenedStore
let other: Client
beforeEach(async () => {
  const databaseUrl = await migratedDatabase()
  store = await openOn(databaseUrl)
  other = new Client({ connectionString: databaseUrl })
  await other.connect()
  await other.query('BEGIN')
})
afterEach(async () => {
  await other.end()
  await store.close()
})

it('somebody sees figures while another process is about to show some', async () => {
  await other.query(`SELECT pg_advisory_xact_lock_shared(${lockOf('figures')})`)
  await store.reads.showing('figures', [group])
  const { rows } = await other.query("SELECT count(*)::integer AS count FROM shown_groups WHERE kind = 'figures'")
  expect(rows).toEqual([{ count: 1 }])
})

it('nobody is about to show any while another process replaces them', async () => {
  await other.query(`SELECT pg_advisory_xact_lock(${lockOf('figures')})`)
  let isDone = false
  const showing = store.reads.showing('figures', [group]).then(() => {
    isDone = true
  })
  const waiting = async () =>
    (await other.query("SELECT count(*)::integer AS count FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")).rows[0]?.count
  await expect.poll(waiting).toBe(1)
  expect(isDone).toBe(false)
  await other.query('COMMIT')
  await showing
})

it('whoever is about to show some first may have waited, and knows it; later nobody waits', async () => {
  // What takes a second counts as a wait.
  vi.useFakeTimers({ toFake: ['performance'] })
  const shownAfterAWait = () =>
    asOneReading(async () => {
      await store.reads.showing('figures', [group])
      return hasWaited()
    })
  expect([await shownAfterAWait(), await shownAfterAWait()]).toEqual([true, false])
  vi.useRealTimers()
})

it('whoever falls silent in its turn is ended by the server sooner than others give up waiting', async () => {
  const [silent, wait] = await store.database.transaction(async (tx) => {
    await takeTurn(tx, 'scorecards', 'to change')
    const setting = async (name: string) => {
      const { rows } = (await tx.execute(`SELECT setting::integer AS ms FROM pg_settings WHERE name = '${name}'`)) as {
        rows: { ms: number }[]
      }
      return rows[0]?.ms ?? Number.NaN
    }
    return [await setting('idle_in_transaction_session_timeout'), await setting('lock_timeout')]
  })
  expect(silent).toBeGreaterThan(0)
  expect(silent).toBeLessThan(wait ?? Number.NaN)
})
