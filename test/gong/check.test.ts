// The doctor's look at Gong: what it can tell, and that it leaves nothing behind.
import nock from 'nock'
import { expect, it } from 'vitest'
import { describeGong } from '../../src/gong/check/check.ts'
import { answerWithNock } from '../kit/nock.ts'
import { base, options } from './fakes.ts'

answerWithNock()

const post = (path: string, status: number, body: object) =>
  nock(base)
    .post(`/v2${path}`)
    .reply(status, { requestId: 'r', ...body })
const people = [
  { id: '1', managerId: '10', active: true },
  { id: '2', managerId: '10', active: false },
  { id: '10', active: true },
]

it('says which contract, what each operation answers, how many people and calls, and what was settled', async () => {
  post('/stats/activity/aggregated', 200, { usersAggregatedActivity: [] }) // the probe
  nock(base).get('/v2/users').reply(200, { users: people })
  post('/stats/activity/aggregated', 200, {
    usersAggregatedActivity: [
      { userId: '1', callsAsHost: 4 },
      { userId: '10', callsAsHost: 3 },
    ],
  })
  post('/stats/activity/day-by-day', 401, { errors: ["You don't have permission to use 'api:stats:user-actions:detailed' in your app."] })
  post('/stats/interaction', 200, { usersInteractionStats: [{ userId: '1', callsCount: 4, talkRatio: 140 }] })
  post('/stats/scorecards', 200, { answeredScorecards: [] })
  nock(base)
    .get('/v2/coaching/metrics')
    .query(true)
    .times(2)
    .reply(200, { requestId: 'r', metrics: [{ userId: '10', callsListenedTo: 1 }] })
  const setup = options({ api: 'auto' })
  const check = await describeGong(setup.all)
  expect(check).toMatchObject({
    credentials: 'basic',
    contract: { value: 'documented', from: 'found' },
    zone: { value: 'Europe/Berlin', from: 'given' },
    coachingRows: { value: 'totals', from: 'found' },
    activePeople: 2,
    callsLastWeek: 7, // 4 + 3
    problems: [],
  })
  expect(check.operations.map(({ operation, answer }) => [operation, answer.ok ? answer.records : answer.failure.missingScope])).toEqual([
    ['people', 3],
    ['activity', 2],
    ['daily activity', 'api:stats:user-actions:detailed'],
    ['interaction', 0],
    ['scorecards', 0],
    ['coaching', 1],
  ])
  expect(check.operations[3]?.answer).toEqual({ ok: true, records: 0, quarantined: 1 })
  expect(setup.memory.kept.size).toBe(0)
})

it("gives Gong's words and request id when the key is refused at the door", async () => {
  post('/stats/activity/aggregated', 401, { requestId: 'e7', errors: ['Failed authenticating'] })
  expect(await describeGong(options({ api: 'auto' }).all)).toMatchObject({
    failure: { type: 'refused', status: 401, requestId: 'e7', errors: ['Failed authenticating'] },
    operations: [],
  })
})

it('names an unknown zone and looks at the rest all the same', async () => {
  nock(base).get('/v2/users').reply(503, {}).persist()
  post('/stats/activity/aggregated', 429, {}).persist()
  const check = await describeGong(options({ zone: undefined, limits: { attempts: 1 } }).all)
  expect(check.problems.join()).toContain('GONG_TIME_ZONE')
  expect(check).not.toHaveProperty('zone')
  expect(check.operations.map(({ answer }) => (answer.ok ? 'good' : answer.failure.type))).toEqual([
    'unavailable',
    'rate-limited',
    // Whoever is asked to wait is not asked for the rest.
  ])
  nock.cleanAll()
})
