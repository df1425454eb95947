// A pause after a 429 holds requests that had their turn already, on every replica; answers may be compressed, and begin with a byte-order
// mark; `Retry-After` may be an instant.
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import nock from 'nock'
import { expect, it } from 'vitest'
import { GongRateLimited, GongSurprise } from '../../src/errors.ts'
import { openGong } from '../../src/gong/open.ts'
import { answerWithNock } from '../kit/nock.ts'
import { base, fakeBudget, options, week } from './fakes.ts'

answerWithNock()

const page = {
  requestId: 'r1',
  records: { totalRecords: 1, currentPageSize: 1 },
  usersAggregatedActivity: [{ userId: '7', callsAsHost: 3 }],
}
const activity = (headers: Record<string, string> = {}) => nock(base, { reqheaders: headers }).post('/v2/stats/activity/aggregated')

async function read(setup = options()) {
  const gong = await openGong(setup.all)
  try {
    return await gong.source.fetchActivity(week, { purpose: 'background' })
  } finally {
    await gong.close()
  }
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

it('a request that waits for its turn waits longer when somebody is asked to pause meanwhile, and counts once', async () => {
  const asked: unknown[] = []
  const left = [900, 0]
  const setup = options({
    budget: {
      ...fakeBudget(),
      async reserve(ask) {
        asked.push(ask.isHeld)
        return { waitMs: ask.isHeld ? 900 : 300 }
      },
      pausedForMs: async () => left.shift() ?? 0,
    },
  })
  activity().reply(200, page)
  await read(setup)
  expect(setup.pauses).toEqual([300, 900])
  expect(asked).toEqual([undefined, true])
})

it('a pause longer than a request waits puts it off', async () => {
  const setup = options({
    budget: {
      ...fakeBudget(),
      async reserve({ endpoint, isHeld }) {
        if (isHeld) throw new GongRateLimited({ endpoint, retryAfterMs: 7_200_000, by: 'gong' })
        return { waitMs: 300 }
      },
      pausedForMs: async () => 7_200_000,
    },
  })
  expect(await failureOf(read(setup))).toMatchObject({ by: 'gong', retryAfterMs: 7_200_000 })
})

it.each([
  ['seconds since 1970', '1795435205', 5000],
  ['milliseconds since 1970', '1795435205500', 5500],
  ['an instant that is over', '1795435100', 0],
])('understands a Retry-After of %s', async (_form, header, waitMs) => {
  const setup = options()
  activity().reply(429, { requestId: 'e', errors: [] }, { 'retry-after': header })
  activity().reply(200, page)
  await read(setup)
  expect(setup.budget.held).toEqual([waitMs])
})

const text = JSON.stringify(page)
it.each([
  ['gzip', gzipSync(text)],
  ['br', brotliCompressSync(text)],
  ['deflate', deflateSync(text)],
  ['GZIP', gzipSync(text)],
  ['gzip, br', brotliCompressSync(gzipSync(text))],
  ['identity', Buffer.from(text)],
])('asks for compressed answers and reads %s', async (encoding, body) => {
  activity({ 'accept-encoding': 'gzip, br' }).reply(200, body, { 'content-type': 'application/json', 'content-encoding': encoding })
  expect((await read()).records).toEqual([{ personId: '7', callsAsHost: 3 }])
})

it('reads an answer that begins with a byte-order mark, compressed or not', async () => {
  const marked = `\uFEFF${text}`
  activity().reply(200, marked, { 'content-type': 'application/json' })
  expect((await read()).records).toHaveLength(1)
  activity().reply(200, gzipSync(marked), { 'content-type': 'application/json', 'content-encoding': 'gzip' })
  expect((await read()).records).toHaveLength(1)
})

it('a small body that becomes a large one, or a deep one, is given up', async () => {
  const large = gzipSync(Buffer.alloc(32 * 1024 * 1024, ' '))
  expect(large.length).toBeLessThan(64 * 1024)
  activity().reply(200, large, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
  expect(await failureOf(read())).toMatchObject({ message: expect.stringContaining('longer than 16777216 bytes') })
  activity().reply(200, gzipSync('['.repeat(100_000)), { 'content-type': 'application/json', 'content-encoding': 'gzip' })
  expect(await failureOf(read())).toMatchObject({ message: expect.stringContaining('nested deeper') })
})

it('a body that is not what it says is asked for again, then is a surprise in words', async () => {
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
  activity().reply(200, gzipSync(text).subarray(0, 30), headers)
  activity().reply(200, gzipSync(text), headers)
  expect((await read()).requests).toBe(2)
  activity()
    .times(6)
    .reply(200, text, { ...headers, 'content-encoding': 'compress' })
  const error = await failureOf(read())
  expect(error).toBeInstanceOf(GongSurprise)
  expect(error).toMatchObject({ message: expect.stringContaining('encoded as compress, which was not asked for') })
})

it('replicas that start together ask once which contract answers', async () => {
  const { memory } = options()
  const locks = new Set<string>()
  const exclusively = async <T>(name: string, work: () => Promise<T>): Promise<T | undefined> => {
    if (locks.has(name)) return undefined
    locks.add(name)
    return work().finally(() => locks.delete(name))
  }
  nock(base)
    .post('/v2/stats/activity/aggregated')
    .once()
    .reply(200, { ...page, usersAggregatedActivity: [] })
  const open = () => {
    const setup = options({ api: 'auto', memory, exclusively })
    return openGong(setup.all).then(async (gong) => {
      await gong.close()
      return [gong.source.contract, setup.budget.reserved.length]
    })
  }
  expect((await Promise.all([open(), open(), open()])).toSorted()).toEqual([
    ['documented', 0],
    ['documented', 0],
    ['documented', 1],
  ])
})
