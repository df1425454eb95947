// Work that takes longer than a stop may: the store is closed under it, which is no error, and the next process takes it up.
import { expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { createQueue } from '../../src/schedule/queue.ts'
import { migratedDatabase } from '../kit/database.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { openOn } from '../kit/store.ts'

it('is left to the next start without an error in the log', async () => {
  const { log, lines } = keptLog('info')
  const store = await openOn(await migratedDatabase(), { clock: movableClock(new Date('2026-11-23T09:00:00Z')) })
  const queue = createQueue({ connection: store.queue, kind: 'postgres', log })
  const [begun, goesOn, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const run = async (): Promise<void> => {
    begun.resolve()
    await goesOn.promise
    await store.tenant.setting('anything').finally(() => over.resolve())
  }
  await queue.start([{ name: 'long', concurrency: 1, expireSeconds: 60, run }])
  await queue.enqueue(store.queue, { name: 'long', keys: ['long'] })
  queue.nudge('long')
  await begun.promise
  await queue.stop(100)
  await store.close()
  goesOn.resolve()
  await over.promise.catch(() => undefined)
  await expect.poll(() => lines.map((line) => JSON.parse(line).msg)).toContain('A job outlasted the stop; the next start takes it up')
  expect(lines.map((line) => JSON.parse(line)).filter(({ level, job }) => level >= 50 && job !== undefined)).toEqual([])
})

it.each([
  ['55P03', 40, 'A job waits for the database; its next turn tries again'],
  ['40P01', 40, 'A job waits for the database; its next turn tries again'],
  ['23505', 50, 'A job failed unexpectedly'],
])('that fails with %s of the database is a line of level %d', async (code, level, msg) => {
  const { log, lines } = keptLog('info')
  const store = await openOn(await migratedDatabase(), { clock: movableClock(new Date('2026-11-23T09:00:00Z')) })
  const queue = createQueue({ connection: store.queue, kind: 'postgres', log })
  const run = async (): Promise<void> => {
    throw new Error('Failed query', { cause: Object.assign(new Error('x'), { code }) })
  }
  await queue.start([{ name: 'fails', concurrency: 1, expireSeconds: 60, run }])
  await queue.enqueue(store.queue, { name: 'fails', keys: ['one'] })
  queue.nudge('fails')
  await expect.poll(() => lines.map((line) => JSON.parse(line)).filter(({ job }) => job === 'fails')).toMatchObject([{ level, msg }])
  await queue.stop(1000)
  await store.close()
})
