// Each status, header and malformed answer of Gong and the failure or retry it leads to.
import nock from 'nock'
import { expect, it } from 'vitest'
import { GongRateLimited, GongRefused, GongSurprise, GongUnavailable } from '../../src/errors.ts'
import { openGong } from '../../src/gong/open.ts'
import { answerWithNock } from '../kit/nock.ts'
import { base, fakeBudget, options, week } from './fakes.ts'

const background = { purpose: 'background' } as const
const onePage = {
  requestId: 'r1',
  records: { totalRecords: 1, currentPageSize: 1 },
  usersAggregatedActivity: [{ userId: '7', callsAsHost: 3 }],
}

answerWithNock()

const activity = () => nock(base).post('/v2/stats/activity/aggregated')

async function read(setup = options()) {
  const gong = await openGong(setup.all)
  try {
    return await gong.source.fetchActivity(week, background)
  } finally {
    await gong.close()
  }
}

async function failure<T extends Error>(kind: new (...args: never[]) => T, setup = options()): Promise<T> {
  const error = await read(setup).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(kind)
  return error as T
}

it('sends the access key as Basic and the week as instants of local midnight', async () => {
  nock(base, { reqheaders: { authorization: 'Basic a2V5OnNlY3JldA==', 'content-type': 'application/json' } }) // key:secret
    .post('/v2/stats/activity/aggregated', { filter: { fromDateTime: '2026-11-15T23:00:00.000Z', toDateTime: '2026-11-22T23:00:00.000Z' } })
    .reply(200, onePage)
  expect(await read()).toEqual({ records: [{ personId: '7', callsAsHost: 3 }], quarantined: [], requests: 1 })
})

it('takes base addresses with and without /v2 and sends a fixed token as Bearer', async () => {
  for (const baseUrl of [base, `${base}/`, `${base}/v2`, `${base}/v2/`]) {
    nock(base, { reqheaders: { authorization: 'Bearer t' } })
      .post('/v2/stats/activity/aggregated')
      .reply(200, onePage)
    await read(options({ baseUrl, credentials: { type: 'bearer', accessToken: 't' } }))
  }
})

it('asks again after 408, 500, 502, 503 and 504, reserving every attempt, with growing pauses', async () => {
  const setup = options()
  for (const status of [408, 500, 502, 503]) activity().reply(status, { requestId: 'e', errors: ['later'] })
  activity().reply(200, onePage)
  expect((await read(setup)).requests).toBe(5)
  expect(setup.budget.reserved).toHaveLength(5)
  // 500 ms doubled each time, times 0.5 to 1.5.
  for (const [index, pause] of setup.pauses.entries()) {
    expect(pause).toBeGreaterThanOrEqual(250 * 2 ** index)
    expect(pause).toBeLessThanOrEqual(750 * 2 ** index)
  }
  expect(setup.pauses).toHaveLength(4)
})

it('gives up after six attempts with the status and request id', async () => {
  activity()
    .times(6)
    .reply(504, { requestId: 'e9', errors: ['timeout'] })
  const error = await failure(GongUnavailable)
  expect(error).toMatchObject({ status: 504, requestId: 'e9', endpoint: 'POST /stats/activity/aggregated' })
})

it.each([
  ['seconds', '7', 7000],
  ['an HTTP date', 'Mon, 23 Nov 2026 12:00:09 GMT', 9000], // the clock stands at 12:00:00
])('waits inside when Retry-After is short, given as %s, and holds everybody else', async (_form, header, waitMs) => {
  const setup = options()
  activity().reply(429, { requestId: 'e', errors: ['slow down'] }, { 'retry-after': header })
  activity().reply(200, onePage)
  await read(setup)
  expect(setup.budget.held).toEqual([waitMs])
  expect(setup.pauses).toEqual([waitMs])
})

it('puts the job off when Retry-After is longer than a minute, without a second attempt', async () => {
  const setup = options()
  activity().reply(429, { requestId: 'e4', errors: ['Daily limit'] }, { 'retry-after': '7200' })
  const error = await failure(GongRateLimited, setup)
  expect(error).toMatchObject({ retryAfterMs: 7_200_000, by: 'gong', requestId: 'e4' })
  expect(setup.budget.held).toEqual([7_200_000])
  expect(setup.budget.reserved).toHaveLength(1)
})

it.each([
  ['years of seconds', '99999999', 99_999_999_000],
  // 7,973 years with 1,933 leap days, 38 days and 11:59:59 lie between: 2,912,116 × 86,400 s + 43,199 s.
  ['a date in 9999', 'Fri, 31 Dec 9999 23:59:59 GMT', 251_606_865_599_000],
  ['more digits than a number holds', '9'.repeat(400), Number.POSITIVE_INFINITY],
])('waits for a day at most when Retry-After says %s, and passes on what was said', async (_form, header, askedMs) => {
  const setup = options()
  activity().reply(429, { requestId: 'e5', errors: [] }, { 'retry-after': header })
  expect(await failure(GongRateLimited, setup)).toMatchObject({ retryAfterMs: 86_400_000, by: 'gong', requestId: 'e5' })
  expect(setup.budget.held).toEqual([askedMs])
  expect(setup.budget.reserved).toHaveLength(1)
})

it.each(['-5', '+5', '1e3', '7,5', 'soon'])(
  'a Retry-After of "%s" says nothing: the request is tried again with pauses',
  async (header) => {
    const setup = options()
    activity().reply(429, { requestId: 'e', errors: [] }, { 'retry-after': header })
    activity().reply(200, onePage)
    await read(setup)
    // Half to one and a half of the first pause of 500 ms.
    expect(setup.budget.held).toHaveLength(1)
    expect(setup.budget.held[0]).toBeGreaterThanOrEqual(250)
    expect(setup.budget.held[0]).toBeLessThanOrEqual(750)
  },
)

it("counts a Retry-After date from the answer's own Date, whatever our clock says", async () => {
  const setup = options()
  const headers = { date: 'Tue, 01 Dec 2026 08:00:00 GMT', 'retry-after': 'Tue, 01 Dec 2026 08:00:05 GMT' }
  activity().reply(429, { requestId: 'e', errors: [] }, headers)
  activity().reply(200, onePage)
  await read(setup)
  expect(setup.pauses).toEqual([5000])
})

it('is put off, not slept through, while everybody is held for longer than a minute', async () => {
  const setup = options({ budget: fakeBudget(7_200_000) })
  expect(await failure(GongRateLimited, setup)).toMatchObject({ by: 'gong', retryAfterMs: 7_200_000 })
  expect(setup.pauses).toEqual([])
})

it('a 429 that names no time is retried with pauses and ends as a wait of a minute', async () => {
  activity().times(6).reply(429, { requestId: 'e', errors: [] })
  expect(await failure(GongRateLimited)).toMatchObject({ retryAfterMs: 60_000, by: 'gong' })
})

it('stops where our own budget ends, before anything is sent', async () => {
  const setup = options({
    budget: {
      ...fakeBudget(),
      reserve: async ({ endpoint }) => {
        throw new GongRateLimited({ endpoint, retryAfterMs: 3_600_000, by: 'budget' })
      },
    },
  })
  expect(await failure(GongRateLimited, setup)).toMatchObject({ by: 'budget', retryAfterMs: 3_600_000 })
})

it("a budget that fails is our failure, not Gong's: thrown as it is, once", async () => {
  let asked = 0
  const setup = options({
    budget: {
      ...fakeBudget(),
      reserve: async () => {
        asked += 1
        throw new TypeError('no such column')
      },
    },
  })
  await failure(TypeError, setup)
  expect(asked).toBe(1)
})

it('waits as long as the budget says before it sends', async () => {
  const setup = options({ budget: fakeBudget(500) })
  activity().reply(200, onePage)
  await read(setup)
  expect(setup.pauses).toEqual([500])
})

it.each([400, 401, 403, 404, 422])('does not repeat a %i and keeps its request id and words', async (status) => {
  activity().reply(status, { requestId: 'e5', errors: ['Because.'] })
  expect(await failure(GongRefused)).toMatchObject({ status, requestId: 'e5', errors: ['Because.'], missingScope: undefined })
})

it('reads the missing scope from a 401', async () => {
  activity().reply(401, { requestId: 'e', errors: ["You don't have permission to use 'api:stats:user-actions' in your app."] })
  expect((await failure(GongRefused)).missingScope).toBe('api:stats:user-actions')
})

it('does not follow a redirect', async () => {
  activity().reply(302, '', { location: 'https://login.example.test/x?secret=1' })
  expect((await failure(GongSurprise)).message).toContain('login.example.test')
})

it('does not believe an HTML page with status 200', async () => {
  activity().reply(200, '<html>Sign in</html>', { 'content-type': 'text/html; charset=utf-8' })
  expect((await failure(GongSurprise)).message).toContain('text/html')
})

it.each([
  ['cut-off JSON', '{"requestId":"r","usersAggregatedActivity":[{"userId"'],
  ['no JSON', 'ok'],
])('asks again after %s and then says it cannot be trusted', async (_what, body) => {
  activity().times(6).reply(200, body, { 'content-type': 'application/json' })
  expect((await failure(GongSurprise)).message).toContain('cut off or no JSON')
})

it.each([
  ['a list where an object belongs', []],
  ['an answer without its list', { requestId: 'r', records: {} }],
  ['a list that is none', { requestId: 'r', usersAggregatedActivity: {} }],
])('does not believe %s', async (_what, body) => {
  activity().reply(200, body)
  await failure(GongSurprise)
})

it('takes a lost connection for unavailable after six attempts', async () => {
  activity()
    .times(6)
    .replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }))
  expect((await failure(GongUnavailable)).message).toContain('connection failed')
})

it('ends with the reason of the signal when cancelled during a pause', async () => {
  const stop = new AbortController()
  const setup = options({
    sleep: async (ms, signal) => {
      if (ms === 0) return
      stop.abort(new Error('shutting down'))
      signal.throwIfAborted()
    },
  })
  activity().reply(503, {})
  const gong = await openGong(setup.all)
  await expect(gong.source.fetchActivity(week, { ...background, signal: stop.signal })).rejects.toThrow('shutting down')
  await gong.close()
})

it('tells the budget what each request is for and who asks', async () => {
  const setup = options()
  activity().reply(200, onePage)
  const gong = await openGong(setup.all)
  await gong.source.fetchActivity(week, { purpose: 'asked', asker: 'U1' })
  await gong.close()
  expect(setup.budget.reserved).toEqual([
    { endpoint: 'POST /stats/activity/aggregated', purpose: 'asked', asker: 'U1', longestWaitMs: 60_000 },
  ])
})
