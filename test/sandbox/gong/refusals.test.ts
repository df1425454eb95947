// What the simulated Gong says when it says no, and how it is when it is down: judged by the contract file, and seen by the client.
import { afterEach, describe, expect, it } from 'vitest'
import { type MovableClock, movableClock, systemClock } from '../../../src/clock.ts'
import { GongRateLimited, GongRefused, GongUnavailable } from '../../../src/errors.ts'
import { type SimulatedGong, type SimulatedGongOptions, startSimulatedGong } from '../../../src/sandbox/gong/simulated-gong.ts'
import { contractCheck, documentOf } from '../../contract/contract-check.ts'
import { ask, type Joined, join, lastWeek } from './kit.ts'

const week = { fromDateTime: '2026-11-15T23:00:00Z', toDateTime: '2026-11-22T23:00:00Z' }
const asking = { purpose: 'background' } as const
const check = contractCheck(documentOf('../contract/gong-documented.openapi.yml'))
const posts = ['/stats/interaction', '/stats/activity/aggregated', '/stats/activity/day-by-day', '/stats/scorecards']

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function simulated(given: Partial<SimulatedGongOptions> = {}): Promise<SimulatedGong & { readonly clock: MovableClock }> {
  // 18:30 in UTC: five and a half hours before the day's allowance begins again.
  const clock = movableClock(new Date('2026-11-23T18:30:00Z'))
  const gong = await startSimulatedGong({ clock, realClock: systemClock, requestsPerSecond: 1_000_000, ...given })
  closers.push(() => gong.stop())
  return { ...gong, clock }
}

async function joined(given: Partial<SimulatedGongOptions> = {}): Promise<Joined> {
  const made = await join(given)
  closers.push(made.stop)
  return made
}

/** Every operation of the contract, asked once; what departs from the file, and every status there was. */
async function judged(gong: SimulatedGong, authorization?: string): Promise<{ problems: string[]; statuses: number[]; bodies: unknown[] }> {
  const query = new URLSearchParams({ from: week.fromDateTime, to: week.toDateTime })
  const exchanges = [
    ...posts.map((path) => ({ method: 'POST', path, query: new URLSearchParams(), requestBody: { filter: week } })),
    { method: 'GET', path: '/coaching/metrics', query, requestBody: undefined },
    { method: 'GET', path: '/users', query: new URLSearchParams(), requestBody: undefined },
  ]
  const problems: string[] = []
  const statuses: number[] = []
  const bodies: unknown[] = []
  for (const exchange of exchanges) {
    const { path, requestBody } = exchange
    const url = exchange.query.size > 0 ? `${path}?${exchange.query}` : path
    const { status, json } = await ask(gong, url, requestBody, authorization)
    statuses.push(status)
    bodies.push(json)
    problems.push(...check({ ...exchange, status, answerBody: json }))
  }
  return { problems, statuses, bodies }
}

describe('every operation', () => {
  it('answers 401 as the contract file says, to wrong credentials and to none', async () => {
    const gong = await simulated()
    for (const authorization of ['Basic bm9ib2R5OndvcmQ=', 'Bearer ended', '']) {
      const { problems, statuses, bodies } = await judged(gong, authorization)
      expect([problems, new Set(statuses)]).toEqual([[], new Set([401])])
      expect(bodies[0]).toMatchObject({ requestId: expect.stringMatching(/^sim-/), errors: [expect.any(String)] })
    }
  })

  it('answers 401 as the contract file says to a key without the scope', async () => {
    const gong = await simulated({
      missingScopes: [
        'api:stats:interaction',
        'api:stats:user-actions',
        'api:stats:user-actions:detailed',
        'api:stats:scorecards',
        'api:coaching:read',
        'api:users:read',
      ],
    })
    const { problems, statuses, bodies } = await judged(gong)
    expect([problems, new Set(statuses)]).toEqual([[], new Set([401])])
    expect(JSON.stringify(bodies[0])).toContain("You don't have permission to use 'api:stats:interaction' in your app.")
  })

  it('answers 429 as the contract file says, for the second and for the day', async () => {
    const second = await simulated({ requestsPerSecond: 0 })
    const day = await simulated({ requestsPerDay: 0 })
    for (const gong of [second, day]) {
      const { problems, statuses } = await judged(gong)
      expect([problems, new Set(statuses)]).toEqual([[], new Set([429])])
    }
  })

  it('answers 400 as the contract file says', async () => {
    const gong = await simulated()
    const problems: string[] = []
    for (const path of posts) {
      const { status, json } = await ask(gong, path, { filter: { ...week, userIds: [] } })
      expect(status).toBe(400)
      problems.push(
        ...check({ method: 'POST', path, query: new URLSearchParams(), requestBody: { filter: week }, status, answerBody: json }),
      )
    }
    expect(problems).toEqual([])
  })
})

describe("a day's allowance that is spent", () => {
  it('tells to wait until the day is over, in seconds, and is there again the next day', async () => {
    const gong = await simulated({ requestsPerDay: 3 })
    const statuses = []
    for (let nth = 0; nth < 4; nth += 1) statuses.push((await ask(gong, '/users')).status)
    expect(statuses).toEqual([200, 200, 200, 429])
    const refused = await ask(gong, '/users')
    // 18:30 to midnight: five and a half hours.
    expect(refused.headers.get('retry-after')).toBe(String(5.5 * 3600))
    gong.clock.moveTo(new Date('2026-11-24T00:00:01Z'))
    expect((await ask(gong, '/users')).status).toBe(200)
  })

  it('tells the same as a date, counted from the answer', async () => {
    const at = new Date('2026-11-23T18:30:00Z')
    const gong = await simulated({ requestsPerDay: 0, retryAfter: 'date', realClock: { now: () => at } })
    const { status, headers } = await ask(gong, '/users')
    expect([status, headers.get('date'), headers.get('retry-after')]).toEqual([
      429,
      'Mon, 23 Nov 2026 18:30:00 GMT',
      'Tue, 24 Nov 2026 00:00:00 GMT',
    ])
  })

  it.each(['seconds', 'date'] as const)(
    'puts the client off until then when the wait is given in %s, without asking again',
    async (retryAfter) => {
      // Monday noon in Berlin, 11:00 in UTC: 13 hours are left of the day.
      const { gong, client } = await joined({ requestsPerDay: 0, retryAfter })
      const error = await client.source.fetchPeople(asking).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(GongRateLimited)
      expect((error as GongRateLimited).retryAfterMs).toBe(13 * 3_600_000)
      expect((error as GongRateLimited).requestId).toMatch(/^sim-/)
      expect(gong.log.count()).toBe(1)
    },
  )
})

describe('Gong down', () => {
  it.each(['documented', 'live'] as const)('over the %s contract breaks every connection until it is back', async (contract) => {
    const { gong, client } = await joined({ contract })
    const mend = gong.faults.add({ type: 'down' })
    await expect(client.source.fetchInteraction(lastWeek, asking)).rejects.toBeInstanceOf(GongUnavailable)
    // Six attempts and no more.
    expect(gong.log.all().map(({ status }) => status)).toEqual([0, 0, 0, 0, 0, 0])
    mend()
    expect((await client.source.fetchInteraction(lastWeek, asking)).records.length).toBeGreaterThan(0)
  })
})

it('a refusal reaches the client with its words and its request id', async () => {
  const { client, gong } = await joined()
  gong.faults.add({ type: 'refused', status: 403, error: 'Not for this key' })
  const error = await client.source.fetchPeople(asking).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(GongRefused)
  expect(error).toMatchObject({ status: 403, errors: ['Not for this key'], requestId: expect.stringMatching(/^sim-/) })
})
