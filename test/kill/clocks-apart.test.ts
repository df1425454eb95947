// Two replicas whose machines' clocks are ten minutes apart, on one Postgres: what they share in real time is timed by the database, so
// neither waits for the other's minutes nor takes what the other one has.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { type SimulatedGong, startSimulatedGong } from '../../src/sandbox/gong/simulated-gong.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { migratedDatabase } from '../kit/database.ts'
import { openOn } from '../kit/store.ts'
import type { Answer, ClockChildOptions, Order } from './clocks-apart-child.ts'

const tenMinutesMs = 600_000
const requestsPerSecond = 10

let gong: SimulatedGong
let store: OpenedStore
let databaseUrl = ''
/** The one ahead and the one behind; one that was killed is followed by another of its kind. */
const children: ChildProcess[] = []
/** Requests of the tests before. */
let asked = 0

beforeAll(async () => {
  databaseUrl = await migratedDatabase()
  store = await openOn(databaseUrl, { clock: systemClock })
  const limits = { requestsPerSecond: Number.POSITIVE_INFINITY, requestsPerDay: Number.POSITIVE_INFINITY }
  gong = await startSimulatedGong({ clock: systemClock, realClock: systemClock, people: 14, ...limits })
})
beforeEach(async () => {
  await Promise.all([tenMinutesMs, 0].map(async (aheadMs, index) => (children[index] = await alive(children[index], aheadMs))))
  asked = gong.log.count()
})
afterAll(async () => {
  const connected = children.filter((child) => child.connected)
  const exits = connected.map((child) => once(child, 'exit'))
  for (const child of connected) child.disconnect()
  await Promise.all(exits)
  await gong?.stop()
  await store?.close()
})

async function alive(before: ChildProcess | undefined, aheadMs: number): Promise<ChildProcess> {
  if (before?.connected) return before
  const { baseUrl, credentials, zone } = gong
  const options: ClockChildOptions = { databaseUrl, gong: { baseUrl, ...credentials, zone }, requestsPerSecond, aheadMs }
  const child = fork(path.join(import.meta.dirname, 'clocks-apart-child.ts'), [JSON.stringify(options)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  return child
}

const requests = () => gong.log.all().slice(asked)

async function say(child: ChildProcess, order: Order): Promise<Answer> {
  const answered = once(child, 'message')
  child.send(order)
  return (await answered)[0] as Answer
}

const done = { done: true }
/** A lease that lasts as long as the test. */
const longMs = 60_000

describe('two replicas with clocks ten minutes apart', () => {
  it('share the request rate: nobody is put off, and no request leaves before its turn', async () => {
    const startedMs = systemClock.now().getTime()
    const order: Order = { type: 'ask', times: 20 }
    expect(await Promise.all(children.map((child) => say(child, order)))).toEqual([done, done])
    const arrivals = requests().map(({ at }) => at.getTime())
    expect(arrivals).toHaveLength(40)
    // Ten a second, the first at once: request n may leave n × 100 ms after the start. Timers end up to a millisecond early.
    const early = arrivals.filter((at, index) => at < startedMs + index * (1000 / requestsPerSecond) - 2)
    expect(early).toEqual([])
  })

  for (const [first, name] of [
    [0, 'ahead'],
    [1, 'behind'],
  ] as const) {
    it(`wait out together what Gong asked the one ${name} to wait, and no longer`, async () => {
      const [one, other] = first === 0 ? children : children.toReversed()
      if (!one || !other) throw new Error('two are needed')
      gong.faults.add({ type: 'rate-limited', retryAfterSeconds: 5 }, { times: 1 })
      let isAnswered = false
      const asking = say(one, { type: 'ask', times: 2 }).finally(() => {
        isAnswered = true
      })
      await expect.poll(async () => isAnswered || (await store.budget.pause()) !== undefined).toBe(true)
      expect(await Promise.all([asking, say(other, { type: 'ask', times: 1 })])).toEqual([done, done])
      const [refused, ...after] = requests()
      expect([refused, ...after].map((request) => request?.status)).toEqual([429, 200, 200, 200])
      const untilMs = (refused?.at.getTime() ?? 0) + 5000
      expect(after.filter(({ at }) => at.getTime() < untilMs - 2)).toEqual([])
    })

    it(`leave a delivery to the one ${name} while it is worked on, and take it once that one has died`, async () => {
      const [one, other] = first === 0 ? children : children.toReversed()
      if (!one || !other) throw new Error('two are needed')
      const now = systemClock.now()
      const row = (id: string) => ({
        id,
        subscriptionId: 's1',
        occurrence: id,
        dueAt: new Date(now.getTime() - tenMinutesMs),
        createdAt: now,
      })
      const [kept, left, doubted] = [`kept ${name}`, `left ${name}`, `doubted ${name}`]
      for (const id of [kept, left, doubted]) await store.deliveries.reserve(row(id), {})
      expect(await say(one, { type: 'take', id: kept, leaseMs: longMs })).toEqual(done)
      expect(await say(other, { type: 'take', id: kept, leaseMs: longMs })).toEqual({ done: false })
      expect(await say(one, { type: 'release' })).toEqual(done)
      expect((await store.deliveries.find(kept))?.status).toBe('sent')

      // A post without an answer may still land: nobody looks for it, and posts again, before that long has passed.
      const lookAfterMs = 2000
      expect(await say(one, { type: 'take', id: doubted, leaseMs: longMs })).toEqual(done)
      const doubtedMs = systemClock.now().getTime()
      expect(await say(one, { type: 'doubt', lookAfterMs })).toEqual(done)
      if (first === 1) {
        await expect.poll(() => say(other, { type: 'take', id: doubted, leaseMs: longMs })).toEqual(done)
        expect(systemClock.now().getTime() - doubtedMs).toBeGreaterThanOrEqual(lookAfterMs - 2)
      }

      expect(await say(one, { type: 'take', id: left, leaseMs: 1000 })).toEqual(done)
      const exit = once(one, 'exit')
      one.kill('SIGKILL')
      await exit
      await expect.poll(() => say(other, { type: 'take', id: left, leaseMs: longMs })).toEqual(done)
      expect(await say(other, { type: 'release' })).toEqual(done)
    })
  }
})
