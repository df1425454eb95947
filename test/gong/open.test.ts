// What opening Gong finds out, remembers, and refuses.
import nock from 'nock'
import { expect, it } from 'vitest'
import { ConfigError, GongRefused, GongSurprise, GongUnavailable } from '../../src/errors.ts'
import { type GongOptions, openGong } from '../../src/gong/open.ts'
import { answerWithNock } from '../kit/nock.ts'
import { base, fakeMemory, options } from './fakes.ts'

answerWithNock()

const probed = () => nock(base).post('/v2/stats/activity/aggregated')
const zoneAsked = () => nock(base).post('/v2/stats/activity/aggregate')

async function open(given: Partial<GongOptions> = {}) {
  const setup = options({ api: 'auto', ...given })
  const gong = await openGong(setup.all)
  await gong.close()
  return { contract: gong.source.contract, zone: gong.zone, setup }
}

it('finds the documented contract with one request and remembers it', async () => {
  probed().reply(200, { requestId: 'r', records: {}, usersAggregatedActivity: [] })
  const { contract, setup } = await open()
  expect(contract).toBe('documented')
  expect(setup.memory.kept.get('contract')).toBe('documented')
  expect(setup.memory.kept.get('zone')).toBe('Europe/Berlin')
  expect(setup.budget.reserved).toHaveLength(1)
})

it('finds the live contract by its 404 and takes the zone from its answer', async () => {
  probed().reply(404, '')
  zoneAsked().reply(200, { requestId: 'r', timeZone: 'America/New_York', usersAggregateActivityStats: [] })
  const { contract, zone, setup } = await open({ zone: undefined })
  expect({ contract, zone }).toEqual({ contract: 'live', zone: 'America/New_York' })
  expect(Object.fromEntries(setup.memory.kept)).toEqual({ contract: 'live', zone: 'America/New_York', 'coaching-rows': 'per-report' })
})

it('takes a 400 that names the live field for the live contract, any other for the documented one', async () => {
  probed().reply(400, { requestId: 'e', errors: ['filter.fromDate is required'] })
  expect((await open()).contract).toBe('live')
  probed().reply(400, { requestId: 'e', errors: ['The range is too short'] })
  expect((await open()).contract).toBe('documented')
})

it('a later start asks nothing, so that Gong may be down', async () => {
  const memory = fakeMemory({ contract: 'live', zone: 'Asia/Tokyo' })
  const { contract, zone, setup } = await open({ memory, zone: undefined })
  expect({ contract, zone }).toEqual({ contract: 'live', zone: 'Asia/Tokyo' })
  expect(setup.budget.reserved).toEqual([])
})

it('a first start with a bad key or an outage fails as what it is, and remembers nothing', async () => {
  const memory = fakeMemory()
  probed().reply(401, { requestId: 'e', errors: ['Failed authenticating'] })
  await expect(open({ memory })).rejects.toThrow(GongRefused)
  probed().times(6).reply(503, '')
  await expect(open({ memory })).rejects.toThrow(GongUnavailable)
  expect(memory.kept.size).toBe(0)
})

it.each([
  ['documented', 404],
  ['live', 403],
])('starts with a key that may not read activity: %s, where the other path answers %i', async (contract, status) => {
  const lacks = "You don't have permission to use 'api:stats:user-actions' in your app."
  probed().reply(403, { requestId: 'e', errors: [lacks] })
  nock(base)
    .post('/v2/stats/activity/aggregate')
    .reply(status, status === 404 ? '' : { errors: [lacks] })
  expect((await open()).contract).toBe(contract)
})

it('says that GONG_API can be set when the question for the contract fails', async () => {
  probed().reply(401, { requestId: 'e', errors: ['Failed authenticating'] })
  await expect(open()).rejects.toThrow(/set GONG_API to live or documented/)
  probed().times(6).reply(500, '')
  await expect(open()).rejects.toThrow(/set GONG_API to live or documented/)
})

it('says so when neither contract answers at the address', async () => {
  probed().reply(404, 'no such page')
  zoneAsked().reply(404, 'no such page')
  await expect(open({ zone: undefined })).rejects.toThrow(GongSurprise)
})

it('refuses to start in words when nobody names the zone', async () => {
  await expect(open({ api: 'documented', zone: undefined })).rejects.toThrow(/GONG_TIME_ZONE is missing/)
  zoneAsked().reply(404, { requestId: 'e', errors: ['No users found'] })
  await expect(open({ api: 'live', zone: undefined })).rejects.toThrow(ConfigError)
})

it('the other contract than remembered forgets how coaching was read', async () => {
  const memory = fakeMemory({ contract: 'live', zone: 'Asia/Tokyo', 'coaching-rows': 'per-report' })
  const { setup } = await open({ api: 'documented', memory })
  expect(setup.memory).toBeDefined()
  expect(memory.kept.get('contract')).toBe('documented')
  expect(memory.kept.get('coaching-rows')).toBe('')
})

it('what the operator says is remembered, for those who only read the memory', async () => {
  const memory = fakeMemory()
  await open({ api: 'documented', memory, talkRatioUnit: 'fraction', coachingRows: 'totals' })
  expect(Object.fromEntries(memory.kept)).toMatchObject({ 'talk-ratio-unit': 'fraction', 'coaching-rows': 'totals' })
})
