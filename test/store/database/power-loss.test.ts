// The plug pulled from under the embedded database: of every file only what was synced to the disk is left. What was acknowledged must be
// among it, and the next start must know that the one before did not end well.
import { copyFileSync, cpSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { movableClock } from '../../../src/clock.ts'
import { openEmbedded } from '../../../src/store/database/embedded.ts'
import type { OpenedDatabase } from '../../../src/store/database/opened-database.ts'
import { createDeliveryStore } from '../../../src/store/digests/deliveries.ts'
import { createForgotten } from '../../../src/store/people/forgotten.ts'
import { migratedDatabase } from '../../kit/database.ts'
import { layEmptyStore } from '../../kit/empty-store.ts'
import { openOn } from '../../kit/store.ts'
import { diskOf, syncsOf } from './copying-sync.ts'

const clock = movableClock(new Date('2026-11-23T08:00:00Z'))
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gong-digest-power-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const deliveriesOf = ({ database }: OpenedDatabase) => createDeliveryStore(database, 'database', createForgotten(database, 'a key'))
const row = (id: string) => ({ id, subscriptionId: 's', occurrence: id, dueAt: clock.now(), createdAt: clock.now() })

it('keeps what was acknowledged, and the next start knows of it; a clean stop leaves no doubt', async () => {
  const dataDir = path.join(folder, 'pulled')
  const disk = diskOf(dataDir)
  await layEmptyStore(dataDir)
  const first = await openEmbedded({ dataDir, clock })
  expect(await first.lostRows()).toBeUndefined()
  await first.close()
  // A machine that ran for a while has written the empty database out.
  cpSync(dataDir, disk, { recursive: true })

  const synced = (): number => readFileSync(syncsOf(dataDir), 'utf8').length
  const running = await openEmbedded({ dataDir, clock, syncModule: import.meta.resolve('./copying-sync.ts') })
  expect(await running.lostRows()).toBeUndefined()
  const deliveries = deliveriesOf(running)
  await deliveries.reserve(row('monday'), {})
  const before = synced()
  await deliveries.update('monday', { status: 'sent', messageTs: '1.1', sentAt: clock.now() })
  expect(synced()).toBeGreaterThan(before)
  // The power goes. Nothing is closed, and the mark of a running process was synced when it was left.
  copyFileSync(path.join(dataDir, 'running'), path.join(disk, 'running'))

  clock.moveTo(new Date('2026-11-23T08:05:00Z'))
  const after = await openEmbedded({ dataDir: disk, clock })
  expect(await deliveriesOf(after).find('monday')).toMatchObject({ status: 'sent', messageTs: '1.1' })
  expect(await after.lostRows()).toEqual({ from: clock.now(), to: clock.now() })
  await after.close()
  // A start that follows a clean stop goes on to doubt what was in doubt, as of then.
  clock.moveTo(new Date('2026-11-23T08:06:00Z'))
  const again = await openEmbedded({ dataDir: disk, clock })
  const then = new Date('2026-11-23T08:05:00Z')
  expect(await again.lostRows()).toEqual({ from: then, to: then })
  await again.close()
  await running.close()
})

it('is suspected on Postgres after every start of the server that was not seen before', async () => {
  const databaseUrl = await migratedDatabase()
  const [store, replica] = [await openOn(databaseUrl, { clock }), await openOn(databaseUrl, { clock })]
  expect(await store.lostRows()).toBeUndefined()
  expect(await store.lostRows()).toBeUndefined()
  // As if what is known had been written under an earlier start.
  await store.database.execute(sql`UPDATE tenant_values SET value = '{"start":"1"}' WHERE key = 'database-start'`)
  const doubted = { from: clock.now(), to: clock.now() }
  expect(await store.lostRows()).toEqual(doubted)
  clock.moveTo(new Date(clock.now().getTime() + 60_000))
  expect([await store.lostRows(), await replica.lostRows()]).toEqual([doubted, doubted])
  await store.close()
  await replica.close()
})

it('is known from where on, also when a start soon after doubts less', async () => {
  const store = await openOn(await migratedDatabase())
  const [friday, monday] = [new Date('2026-11-20T02:00:00Z'), new Date('2026-11-23T10:00:00Z')]
  expect(await store.lostRows()).toBeUndefined()
  await store.doubt({ from: friday, to: monday })
  expect(await store.lostRows()).toEqual({ from: friday, to: monday })
  const soon = new Date('2026-11-23T10:10:00Z')
  await store.doubt({ from: monday, to: soon })
  expect(await store.lostRows()).toEqual({ from: friday, to: soon })
  // What was in doubt more than a day before was given up meanwhile.
  const wednesday = new Date('2026-11-25T10:10:00Z')
  await store.doubt({ from: soon, to: wednesday })
  expect(await store.lostRows()).toEqual({ from: soon, to: wednesday })
  await store.close()
})
