// The client against the simulated Gong: the same claims in both contracts, and in the documented one every request and answer judged
// by the OpenAPI file. Faults change nothing of what is read.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { movableClock, systemClock } from '../../src/clock.ts'
import { GongSurprise } from '../../src/errors.ts'
import { describeGong, scopeOf } from '../../src/gong/check/check.ts'
import { type GongOptions, type OpenGong, openGong } from '../../src/gong/open.ts'
import type { GongSource } from '../../src/gong/source.ts'
import { type SimulatedGong, type SimulatedGongOptions, startSimulatedGong } from '../../src/sandbox/gong/simulated-gong.ts'
import { now, options, week } from '../gong/fakes.ts'
import { clientSuite } from './client-suite.ts'
import { contractCheck, documentOf } from './contract-check.ts'
import { upstreamAt, type WatchedGong, watchGong } from './watched-gong.ts'

const ask = { purpose: 'background' } as const

const simulate = (given: Partial<SimulatedGongOptions> = {}) =>
  startSimulatedGong({
    clock: movableClock(now),
    realClock: systemClock,
    people: 40,
    pageSize: 10,
    requestsPerSecond: Number.POSITIVE_INFINITY,
    requestsPerDay: Number.POSITIVE_INFINITY,
    ...given,
  })

function open(
  { baseUrl, credentials }: Pick<SimulatedGong, 'baseUrl' | 'credentials'>,
  given: Partial<GongOptions> = {},
): Promise<OpenGong> {
  const { accessKey, accessKeySecret } = credentials
  return openGong(options({ api: 'auto', baseUrl, credentials: { type: 'basic', accessKey, accessKeySecret }, ...given }).all)
}

async function managersOf(source: GongSource): Promise<string[]> {
  const { records } = await source.fetchPeople(ask)
  return [...new Set(records.flatMap(({ managerId }) => managerId ?? []))]
}

describe.each(['totals', 'per-report'] as const)('documented, coaching rows as %s', (coachingRows) => {
  let simulated: SimulatedGong
  let watched: WatchedGong
  let gong: OpenGong
  beforeAll(async () => {
    simulated = await simulate({ coachingRows })
    watched = await watchGong(upstreamAt(simulated.baseUrl.replace(/\/v2$/, '')))
    gong = await open({ ...simulated, baseUrl: watched.baseUrl })
  })
  afterAll(async () => {
    await gong.close()
    await watched.close()
    await simulated.stop()
  })

  it('is found to be the documented contract', () => expect(gong.source.contract).toBe('documented'))

  clientSuite(() => gong.source, week)

  it('the reading of coaching is found out', async () => {
    const managerIds = await managersOf(gong.source)
    const { records } = await gong.source.fetchCoaching(week, { ...ask, managerIds })
    expect(records.every(({ reportId }) => (reportId === undefined) === (coachingRows === 'totals'))).toBe(true)
  })

  it('every request and every answer so far keeps to the OpenAPI file', () => {
    const document = documentOf('./gong-documented.openapi.yml')
    expect(watched.exchanges.length).toBeGreaterThan(20)
    expect(new Set(watched.exchanges.map(({ path }) => path))).toEqual(new Set(Object.keys(document.paths)))
    expect([...new Set(watched.exchanges.flatMap(contractCheck(document)))]).toEqual([])
  })
})

describe('live', () => {
  let simulated: SimulatedGong
  let gong: OpenGong
  beforeAll(async () => {
    simulated = await simulate({ contract: 'live', zone: 'America/New_York' })
    gong = await open(simulated, { zone: undefined })
  })
  afterAll(async () => {
    await gong.close()
    await simulated.stop()
  })

  it('is found to be the live contract, with its zone', () => {
    expect([gong.source.contract, gong.zone]).toEqual(['live', 'America/New_York'])
  })

  clientSuite(() => gong.source, week)

  it('coaching comes per report', async () => {
    const managerIds = await managersOf(gong.source)
    const { records } = await gong.source.fetchCoaching(week, { ...ask, managerIds })
    expect(records.every(({ reportId }) => reportId !== undefined)).toBe(true)
  })
})

async function everything(source: GongSource): Promise<unknown[]> {
  const people = await source.fetchPeople(ask)
  const managerIds = [...new Set(people.records.flatMap(({ managerId }) => managerId ?? []))].slice(0, 3)
  const answers = [
    people,
    await source.fetchInteraction(week, ask),
    await source.fetchActivity(week, ask),
    await source.fetchDailyActivity(week, ask),
    await source.fetchScorecards(week, ask),
    await source.fetchCoaching(week, { ...ask, managerIds }),
  ]
  return answers.map(({ records, quarantined }) => ({ records, quarantined }))
}

describe.each(['documented', 'live'] as const)('%s, with faults', (contract) => {
  it('reads exactly the same through 429s, 500s, resets, cut-off and slow answers', async () => {
    const calm = await simulate({ contract })
    const rough = await simulate({ contract })
    const [one, two] = [await open(calm), await open(rough, { timeLimits: { bodyMs: 200 } })]
    rough.faults.add({ type: 'rate-limited', retryAfterSeconds: 1 }, { share: 0.1 })
    rough.faults.add({ type: 'server-error' }, { share: 0.05 })
    rough.faults.add({ type: 'reset' }, { share: 0.03 })
    rough.faults.add({ type: 'truncated' }, { share: 0.02 })
    // One is slow and in time, one would take a minute and is given up.
    rough.faults.add({ type: 'slow', delayMs: 10 }, { share: 0.05 })
    rough.faults.add({ type: 'slow', delayMs: 60_000 }, { share: 0.05 })
    try {
      expect(await everything(two.source)).toEqual(await everything(one.source))
      expect(rough.log.count()).toBeGreaterThan(calm.log.count())
    } finally {
      await Promise.all([one.close(), two.close()])
      await Promise.all([calm.stop(), rough.stop()])
    }
  })

  it('starts a list again when its cursors expire, and does not believe HTML', async () => {
    const simulated = await simulate({ contract })
    const gong = await open(simulated)
    try {
      const before = await gong.source.fetchPeople(ask)
      let expired = false
      const after = await gong.source.fetchPeople({
        ...ask,
        onPage() {
          if (!expired) simulated.expireCursors()
          expired = true
        },
      })
      expect(after.records).toEqual(before.records)
      expect(after.requests).toBeGreaterThan(before.requests)
      simulated.faults.add({ type: 'html' })
      await expect(gong.source.fetchPeople(ask)).rejects.toThrow(GongSurprise)
    } finally {
      await gong.close()
      await simulated.stop()
    }
  })
})

it.each(['documented', 'live'] as const)(
  '%s: the doctor names the scopes a key lacks, and impossible figures condemn a window',
  async (contract) => {
    const simulated = await simulate({ contract, missingScopes: [scopeOf.people, scopeOf.coaching] })
    const { accessKey, accessKeySecret } = simulated.credentials
    const setup = options({ api: 'auto', baseUrl: simulated.baseUrl, credentials: { type: 'basic', accessKey, accessKeySecret } })
    try {
      const check = await describeGong(setup.all)
      expect(check.contract).toEqual({ value: contract, from: 'found' })
      expect(check.operations.flatMap(({ answer }) => (answer.ok ? [] : [answer.failure.missingScope]))).toEqual([
        scopeOf.people,
        scopeOf.coaching,
      ])
      expect(check.callsLastWeek).toBeGreaterThan(0)
      simulated.faults.add({ type: 'bad-figures' })
      const gong = await openGong({ ...setup.all, api: contract })
      await expect(gong.source.fetchInteraction(week, ask)).rejects.toThrow(GongSurprise)
      await gong.close()
    } finally {
      await simulated.stop()
    }
  },
)

it('OAuth works from refresh token to answer, and again with the token that came back', async () => {
  const simulated = await simulate()
  const { clientId, clientSecret, refreshToken } = simulated.credentials
  const credentials = {
    type: 'oauth',
    clientId,
    clientSecret,
    refreshToken,
    tokenUrl: simulated.tokenUrl,
    encryptionKeys: ['k'.repeat(32)],
  } as const
  const setup = options({ baseUrl: simulated.baseUrl, api: 'auto', credentials })
  const first = await openGong(setup.all)
  const again = await openGong(setup.all)
  try {
    expect((await first.source.fetchPeople(ask)).records.length).toBeGreaterThan(0)
    expect((await again.source.fetchPeople(ask)).records.length).toBeGreaterThan(0)
    expect(simulated.log.count('/oauth2/generate-customer-token')).toBe(1)
  } finally {
    await Promise.all([first.close(), again.close()])
    await simulated.stop()
  }
})
