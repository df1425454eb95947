// Answers of the database that arrive in one turn of the event loop: what begins with each gets a turn of its own, so that whoever waits for
// an acknowledgement waits for one piece of work, not for ten.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { movableClock } from '../../../src/clock.ts'
import { batched } from '../../../src/store/database/batch.ts'
import { openEmbedded } from '../../../src/store/database/embedded.ts'
import { openConnections } from '../../../src/store/database/pool.ts'
import { migratedDatabase } from '../../kit/database.ts'
import { layEmptyStore } from '../../kit/empty-store.ts'
import { keptLog } from '../../kit/quiet-log.ts'
import { busyMs, turnsOfTen } from '../../kit/turns-of-loop.ts'

/** As many as the pool has, so that none of them waits for another's connection. */
const limits = { connectMs: 10_000, answerMs: 20_000, trustedMs: 20_000, signMs: 3_000 }
/** All ten are answered meanwhile. */
const busyUntilAnswered = (): void => busyMs(300)

it('on Postgres', async () => {
  const connections = openConnections(await migratedDatabase(), keptLog().log, limits)
  try {
    await Promise.all(Array.from({ length: 10 }, () => connections.ask('SELECT pg_sleep(0.05)')))
    let asked = 0
    const turns = await turnsOfTen(async () => {
      const answered = connections.ask('SELECT 1')
      asked += 1
      // The statements leave once their connections are given out; then this process hears nothing until all are answered.
      if (asked === 10) void wait(0).then(busyUntilAnswered)
      return answered
    })
    expect(turns).toBe(10)
  } finally {
    await connections.close()
  }
})

it('in the thread of the embedded database', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'gong-digest-turns-'))
  await layEmptyStore(folder)
  const opened = await openEmbedded({ dataDir: folder, clock: movableClock(new Date('2026-11-23T08:00:00Z')) })
  try {
    expect(await turnsOfTen((nth) => opened.database.execute(sql`SELECT ${nth}::int`), busyUntilAnswered)).toBe(10)
  } finally {
    await opened.close()
    await rm(folder, { recursive: true, force: true })
  }
})

it('to ten questions of one statement', async () => {
  const ask = batched(async (numbers: readonly number[]) => numbers)
  expect(await turnsOfTen(ask)).toBe(10)
})
