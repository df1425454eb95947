// Every field of the documented answers, and what becomes of values that cannot be.
import nock from 'nock'
import { expect, it } from 'vitest'
import { GongSurprise } from '../../src/errors.ts'
import { openGong } from '../../src/gong/open.ts'
import type { GongSource } from '../../src/gong/source.ts'
import { answerWithNock } from '../kit/nock.ts'
import { base, fakeMemory, options, week } from './fakes.ts'

const ask = { purpose: 'background' } as const
type Json = Record<string, unknown>

answerWithNock()

const answers = (path: string, body: Json, sent?: nock.RequestBodyMatcher) =>
  nock(base)
    .post(`/v2${path}`, sent)
    .reply(200, { requestId: 'r', ...body })

async function using<T>(work: (source: GongSource) => Promise<T>, setup = options()): Promise<T> {
  const gong = await openGong(setup.all)
  try {
    return await work(gong.source)
  } finally {
    await gong.close()
  }
}

const people = (count: number, of: (index: number) => Json): Json[] =>
  Array.from({ length: count }, (_, index) => ({ userId: String(index + 1), ...of(index) }))

it('reads all eight counters, and leaves out what Gong leaves out', async () => {
  const counters = {
    callsAsHost: 1,
    callsAttended: 2,
    callsGaveComments: 3,
    callsReceivedComments: 4,
    callsAccessedRecording: 5,
    callsScored: 6,
    ownCallsListenedTo: 7,
    othersCallsListenedTo: 8,
  }
  answers('/stats/activity/aggregated', {
    usersAggregatedActivity: [
      { userId: '1', ...counters, newField: {} },
      { userId: '2', callsAsHost: null },
    ],
  })
  const { records } = await using((source) => source.fetchActivity(week, ask))
  expect(records).toEqual([{ personId: '1', ...counters }, { personId: '2' }])
})

it('keeps every digit of ids, also where they come as numbers', async () => {
  nock(base)
    .post('/v2/stats/activity/aggregated')
    .reply(200, '{"usersAggregatedActivity":[{"userId":12345678901234567891},{"userId":"00123"},{"userId":42}]}', {
      'content-type': 'application/json',
    })
  const { records } = await using((source) => source.fetchActivity(week, ask))
  expect(records.map(({ personId }) => personId)).toEqual(['12345678901234567891', '00123', '42'])
})

it('asks for these people only, and never sends an empty list', async () => {
  const filter = { fromDateTime: '2026-11-15T23:00:00.000Z', toDateTime: '2026-11-22T23:00:00.000Z' }
  answers('/stats/activity/aggregated', { usersAggregatedActivity: [] }, { filter: { ...filter, userIds: ['1', '2'] } })
  answers('/stats/activity/aggregated', { usersAggregatedActivity: [] }, { filter })
  await using((source) => source.fetchActivity(week, { ...ask, personIds: ['1', '2'] }))
  await using((source) => source.fetchActivity(week, { ...ask, personIds: [] }))
})

it('days of 23 and 25 hours are whole days', async () => {
  // Berlin leaves summer time on 2026-10-25: the day begins at +02:00 and ends at +01:00, 25 hours.
  answers(
    '/stats/activity/aggregated',
    { usersAggregatedActivity: [] },
    {
      filter: { fromDateTime: '2026-10-24T22:00:00.000Z', toDateTime: '2026-10-25T23:00:00.000Z' },
    },
  )
  await using((source) => source.fetchActivity({ from: '2026-10-25', to: '2026-10-26' }, ask))
})

it('reads four counters a day, and sets aside people whose days cannot be', async () => {
  answers('/stats/activity/day-by-day', {
    usersDayByDayActivity: [
      {
        userId: '1',
        dailyActivities: [{ date: '2026-11-16', callsAsHost: 1, callsAttended: 2, callsGaveComments: 3, callsAccessedRecording: 4 }],
      },
      { userId: '2', dailyActivities: null },
      { userId: '3', dailyActivities: [{ date: '2026-11-23', callsAsHost: 1 }] },
      { userId: '4', dailyActivities: [{ date: '2026-11-17' }, { date: '2026-11-17' }] },
      { userId: '5', dailyActivities: [{ date: '17.11.2026' }] },
    ],
  })
  const answer = await using((source) => source.fetchDailyActivity(week, ask))
  expect(answer.records).toEqual([
    { personId: '1', date: '2026-11-16', callsAsHost: 1, callsAttended: 2, callsGaveComments: 3, callsAccessedRecording: 4 },
  ])
  expect(answer.quarantined).toEqual([
    { personId: '3', paths: ['dailyActivities.[].date'] },
    { personId: '4', paths: ['dailyActivities.[].date'] },
    { personId: '5', paths: ['dailyActivities.[].date'] },
  ])
})

it('reads interaction figures; without calls they are unknown', async () => {
  answers('/stats/interaction', {
    usersInteractionStats: [
      { userId: '1', callsCount: 12, talkRatio: 48, longestMonologue: 115.5, interactivity: 6.1, patience: 0.9, questionRate: 14 },
      { userId: '2', callsCount: 0, talkRatio: 0, longestMonologue: 0 },
    ],
  })
  const { records } = await using((source) => source.fetchInteraction(week, ask))
  expect(records).toEqual([
    { personId: '1', callsCount: 12, talkShare: 0.48, longestMonologueSeconds: 115.5, interactivity: 6.1, patience: 0.9, questionRate: 14 },
    { personId: '2', callsCount: 0 },
  ])
})

it.each([
  ['percent', [48, 51, 62], 'percent', 0.48],
  ['fractions', [0.48, 0.51, 0.62], 'fraction', 0.48],
  ['percent, with one person below 1 %', [0.4, 51, 62], 'percent', 0.004],
])('settles the unit once from the median of a whole window: %s', async (_what, ratios, unit, first) => {
  const setup = options()
  answers('/stats/interaction', { usersInteractionStats: people(3, (index) => ({ callsCount: 4, talkRatio: ratios[index] })) })
  const { records } = await using((source) => source.fetchInteraction(week, ask), setup)
  expect(records[0]?.talkShare).toBeCloseTo(first, 10)
  expect(setup.memory.kept.get('talk-ratio-unit')).toBe(unit)
})

it('an empty window and a window of a few people settle nothing', async () => {
  const setup = options()
  answers('/stats/interaction', { usersInteractionStats: [] })
  await using((source) => source.fetchInteraction(week, ask), setup)
  answers('/stats/interaction', { usersInteractionStats: [{ userId: '1', callsCount: 3, talkRatio: 0.5 }] })
  const { records } = await using((source) => source.fetchInteraction(week, { ...ask, personIds: ['1'] }), setup)
  expect(records[0]?.talkShare).toBe(0.5)
  expect(setup.memory.kept.has('talk-ratio-unit')).toBe(false)
})

it('the unit the operator gives wins over what is remembered', async () => {
  const setup = options({ talkRatioUnit: 'fraction', memory: fakeMemory({ 'talk-ratio-unit': 'percent' }) })
  answers('/stats/interaction', { usersInteractionStats: [{ userId: '1', callsCount: 3, talkRatio: 0.5 }] })
  const { records } = await using((source) => source.fetchInteraction(week, ask), setup)
  expect(records[0]?.talkShare).toBe(0.5)
})

it('does not believe a window that suddenly comes in the other unit', async () => {
  const setup = options({ memory: fakeMemory({ 'talk-ratio-unit': 'percent' }) })
  answers('/stats/interaction', { usersInteractionStats: people(5, () => ({ callsCount: 3, talkRatio: 0.5 })) })
  await expect(using((source) => source.fetchInteraction(week, ask), setup)).rejects.toThrow(GongSurprise)
})

it('sets aside a talk ratio of 140 %, negative calls and wrong types, naming fields and never values', async () => {
  answers('/stats/interaction', {
    usersInteractionStats: [
      ...people(4, () => ({ callsCount: 3, talkRatio: 50 })),
      { userId: '11', callsCount: 3, talkRatio: 140 },
      { userId: '12', callsCount: -3, talkRatio: 50 },
      { userId: '13', callsCount: 3, talkRatio: 'half' },
      { callsCount: 3, talkRatio: 50 },
    ],
  })
  const answer = await using((source) => source.fetchInteraction(week, ask))
  expect(answer.records).toHaveLength(4)
  expect(answer.quarantined).toEqual([
    { personId: '11', paths: ['talkRatio'] },
    { personId: '12', paths: ['callsCount'] },
    { personId: '13', paths: ['talkRatio'] },
    { paths: ['userId'] },
  ])
})

it('condemns a window when more than 5 % and at least 5 of its records are bad', async () => {
  const window = (bad: number, of: number) => ({
    usersInteractionStats: people(of, (index) => ({ callsCount: index < bad ? -1 : 3, talkRatio: 50 })),
  })
  answers('/stats/interaction', window(5, 100)) // exactly 5 %
  expect((await using((source) => source.fetchInteraction(week, ask))).quarantined).toHaveLength(5)
  answers('/stats/interaction', window(4, 4)) // all, but fewer than 5
  expect((await using((source) => source.fetchInteraction(week, ask))).quarantined).toHaveLength(4)
  answers('/stats/interaction', window(6, 100))
  await expect(using((source) => source.fetchInteraction(week, ask))).rejects.toMatchObject({
    code: 'gong-surprise',
    paths: ['callsCount'],
    requestId: 'r',
  })
})

const card = (given: Json = {}): Json => ({
  callId: '900',
  scorecardId: '50',
  scorecardName: 'Discovery',
  reviewedUserId: '1',
  reviewerUserId: '2',
  answeredAt: '2026-11-18T09:30:00+01:00',
  overallScore: 3.5,
  questions: [
    { questionId: '71', questionText: 'Pain?', answer: 'Yes', score: 4, isNotApplicable: false },
    { questionId: '72', questionText: 'Next step?', isNotApplicable: true, score: 0 },
  ],
  ...given,
})

it('reads an answered scorecard with its questions; one that does not apply has no score', async () => {
  answers('/stats/scorecards', { answeredScorecards: [card()] })
  const { records } = await using((source) => source.fetchScorecards(week, ask))
  expect(records).toEqual([
    {
      id: '900/50/2/1/2026-11-18T08:30:00.000Z',
      callId: '900',
      scorecardId: '50',
      scorecardName: 'Discovery',
      reviewedId: '1',
      reviewerId: '2',
      answeredAt: new Date('2026-11-18T08:30:00Z'),
      method: 'human',
      visibility: 'unmarked',
      overallScore: 3.5,
      questions: [
        { questionId: '71', text: 'Pain?', answer: 'Yes', score: 4, notApplicable: false },
        { questionId: '72', text: 'Next step?', notApplicable: true },
      ],
    },
  ])
})

it('sends the cards that count and the people, and filters again by reviewed person, card and local date', async () => {
  answers(
    '/stats/scorecards',
    {
      answeredScorecards: [
        card(),
        card({ callId: '901', reviewedUserId: '2', reviewerUserId: '1' }), // the person as reviewer
        card({ callId: '902', scorecardId: '51' }),
        card({ callId: '903', answeredAt: '2026-11-22T23:00:00Z' }), // midnight of the 23rd in Berlin
        card({ callId: '904', overallScore: null, questions: null }),
      ],
    },
    { filter: { fromDateTime: '2026-11-15T23:00:00.000Z', toDateTime: '2026-11-22T23:00:00.000Z', userIds: ['1'], scorecardIds: ['50'] } },
  )
  const { records } = await using((source) => source.fetchScorecards(week, { ...ask, personIds: ['1'], scorecardIds: ['50'] }))
  expect(records.map(({ callId }) => callId)).toEqual(['900', '904'])
  expect(records[1]).not.toHaveProperty('overallScore')
})

it('the same card twice is one; two contents of one card are set aside after a second try, the others are kept', async () => {
  answers('/stats/scorecards', { answeredScorecards: [card(), card()] })
  expect((await using((source) => source.fetchScorecards(week, ask))).records).toHaveLength(1)
  const clash = { answeredScorecards: [card(), card({ overallScore: 1 }), card({ callId: '901' })] }
  answers('/stats/scorecards', clash)
  answers('/stats/scorecards', clash)
  const answer = await using((source) => source.fetchScorecards(week, ask))
  expect(answer.records.map(({ callId }) => callId)).toEqual(['901'])
  expect(answer.quarantined).toEqual([
    { personId: '1', paths: ['identity'] },
    { personId: '1', paths: ['identity'] },
  ])
})

it('two people scored with one card on one call in the same second are two cards', async () => {
  answers('/stats/scorecards', { answeredScorecards: [card(), card({ reviewedUserId: '3', overallScore: 2 })] })
  const { records } = await using((source) => source.fetchScorecards(week, ask))
  expect(records.map(({ reviewedId, overallScore }) => [reviewedId, overallScore])).toEqual([
    ['1', 3.5],
    ['3', 2],
  ])
  expect(new Set(records.map(({ id }) => id)).size).toBe(2)
})

it('drops an answer scored as text and an odd reviewer, and keeps the card', async () => {
  answers('/stats/scorecards', {
    answeredScorecards: [
      card({
        reviewerUserId: '-1',
        overallScore: 'high',
        questions: [
          { questionId: '71', questionText: 7, score: 4 },
          { questionId: '72', score: 'four' },
        ],
      }),
    ],
  })
  const answer = await using((source) => source.fetchScorecards(week, ask))
  expect(answer.quarantined).toEqual([])
  expect(answer.records[0]).toMatchObject({ reviewedId: '1', questions: [{ questionId: '71', score: 4, notApplicable: false }] })
  expect(answer.records[0]).not.toHaveProperty('reviewerId')
  expect(answer.records[0]).not.toHaveProperty('overallScore')
})

it('keeps a person whose optional fields are odd, and drops those fields', async () => {
  nock(base)
    .get('/v2/users')
    .reply(200, {
      users: [
        { id: '1', firstName: 'Ana', title: 5, managerId: '-1', active: 'true', emailAliases: [{ address: 'a@x.example' }, 'b@x.example'] },
        { id: '2', firstName: 'Bo', lastName: { text: 'Li' }, active: 'false', managerId: { id: '1' }, created: '2026-13-45T00:00:00Z' },
      ],
    })
  const { records, quarantined } = await using((source) => source.fetchPeople(ask))
  expect(quarantined).toEqual([])
  expect(records).toEqual([
    { id: '1', name: 'Ana', emails: ['b@x.example'], active: true },
    { id: '2', name: 'Bo', emails: [], active: false },
  ])
})

it('cleans names and texts of NUL and half emoji, and cuts long ones between two characters', async () => {
  // As Gong would send them: escapes inside the JSON text.
  nock(base)
    .get('/v2/users')
    .reply(200, '{"users":[{"id":"1","firstName":"Be\\u0000a","lastName":"Li\\ud83d"}]}', { 'content-type': 'application/json' })
  expect((await using((source) => source.fetchPeople(ask))).records[0]?.name).toBe('Bea Li\ufffd')
  const comment = `${'x'.repeat(1999)}😀`
  answers('/stats/scorecards', { answeredScorecards: [card({ questions: [{ questionId: '71', answer: comment }] })] })
  const { records } = await using((source) => source.fetchScorecards(week, ask))
  expect(records[0]?.questions[0]?.answer).toBe('x'.repeat(1999))
})

const metrics = (query: Json, rows: Json[]) =>
  nock(base)
    .get('/v2/coaching/metrics')
    .query({ from: '2026-11-15T23:00:00.000Z', to: '2026-11-22T23:00:00.000Z', ...query } as Record<string, string>)
    .reply(200, { requestId: 'r', metrics: rows })

const counts = { callsListenedTo: 1, commentsGiven: 2, scorecardsFilled: 3 }

it("takes rows with the manager's own id for totals, once, and asks unfiltered from then on", async () => {
  const setup = options()
  metrics({}, [
    { userId: '10', ...counts },
    { userId: '11', ...counts },
  ])
  metrics({ 'manager-id': '10' }, [{ userId: '10', ...counts }])
  const first = await using((source) => source.fetchCoaching(week, { ...ask, managerIds: ['10', '11'] }), setup)
  expect(first).toEqual({
    records: [
      { managerId: '10', ...counts },
      { managerId: '11', ...counts },
    ],
    quarantined: [],
    requests: 2,
  })
  expect(setup.memory.kept.get('coaching-rows')).toBe('totals')
  metrics({}, [
    { userId: '10', ...counts },
    { userId: '99', ...counts },
  ])
  const second = await using((source) => source.fetchCoaching(week, { ...ask, managerIds: ['10'] }), setup)
  expect(second).toMatchObject({ records: [{ managerId: '10' }], requests: 1 })
})

it('takes rows with other ids for the reports, and asks manager by manager from then on', async () => {
  const setup = options()
  metrics({}, [{ userId: '1', ...counts }])
  metrics({ 'manager-id': '10' }, [{ userId: '1', ...counts }])
  metrics({ 'manager-id': '10' }, [{ userId: '1', ...counts }])
  metrics({ 'manager-id': '11' }, [])
  const answer = await using((source) => source.fetchCoaching(week, { ...ask, managerIds: ['10', '11'] }), setup)
  expect(answer).toMatchObject({ records: [{ managerId: '10', reportId: '1', ...counts }], requests: 4 })
  expect(setup.memory.kept.get('coaching-rows')).toBe('per-report')
})

it('settles nothing while nobody coaches', async () => {
  const setup = options()
  metrics({}, [])
  expect(await using((source) => source.fetchCoaching(week, { ...ask, managerIds: ['10'] }), setup)).toMatchObject({
    records: [],
    requests: 1,
  })
  expect(setup.memory.kept.has('coaching-rows')).toBe(false)
})

it('keeps the coaching of the other managers when Gong fails for one', async () => {
  const setup = options({ coachingRows: 'per-report' })
  metrics({ 'manager-id': '10' }, [{ userId: '1', ...counts }])
  const query = { from: '2026-11-15T23:00:00.000Z', to: '2026-11-22T23:00:00.000Z', 'manager-id': '11' }
  nock(base)
    .get('/v2/coaching/metrics')
    .query(query)
    .reply(400, { errors: ['manager-id: unknown'] })
  const answer = await using((source) => source.fetchCoaching(week, { ...ask, managerIds: ['10', '11'] }), setup)
  expect(answer).toMatchObject({ records: [{ managerId: '10', reportId: '1', ...counts }], notFetched: ['11'] })
})

it('keeps the totals of a workspace when another one is closed to the key', async () => {
  const setup = options({ workspaceIds: ['5', '6'], coachingRows: 'totals' })
  metrics({ 'workspace-id': '5' }, [{ userId: '10', ...counts }])
  const query = { from: '2026-11-15T23:00:00.000Z', to: '2026-11-22T23:00:00.000Z', 'workspace-id': '6' }
  nock(base)
    .get('/v2/coaching/metrics')
    .query(query)
    .reply(403, { errors: ['no access'] })
  const answer = await using((source) => source.fetchCoaching(week, { ...ask, managerIds: ['10'] }), setup)
  expect(answer.records).toEqual([{ managerId: '10', ...counts }])
})

it('asks every configured workspace and adds the counts up', async () => {
  const setup = options({ workspaceIds: ['5', '6'], coachingRows: 'totals' })
  metrics({ 'workspace-id': '5' }, [{ userId: '10', callsListenedTo: 1, commentsGiven: null }])
  metrics({ 'workspace-id': '6' }, [{ userId: '10', callsListenedTo: 2, scorecardsFilled: 4 }])
  const answer = await using((source) => source.fetchCoaching(week, { ...ask, managerIds: ['10'] }), setup)
  expect(answer.records).toEqual([{ managerId: '10', callsListenedTo: 3, scorecardsFilled: 4 }]) // 1 + 2; comments unknown
})

it('reads people over pages: names, addresses, managers, leavers', async () => {
  nock(base)
    .get('/v2/users')
    .reply(200, {
      requestId: 'r',
      records: { totalRecords: 3, currentPageSize: 2, cursor: 'c+/=' },
      users: [
        {
          id: '1',
          emailAddress: 'Ana@X.example',
          emailAliases: ['a@x.example', 'ana@x.example'],
          firstName: ' Ana ',
          lastName: 'Li',
          title: 'AE',
          managerId: '9',
          active: true,
          created: '2026-10-05T08:00:00Z',
        },
        { id: '2', emailAddress: 'bo@x.example', firstName: null, active: false, managerId: null },
      ],
    })
  nock(base)
    .get('/v2/users')
    .query({ cursor: 'c+/=' })
    .reply(200, { records: { totalRecords: 3 }, users: [{ id: '9', managerId: '9' }] })
  const { records, requests } = await using((source) => source.fetchPeople(ask))
  expect(requests).toBe(2)
  expect(records).toEqual([
    { id: '1', name: 'Ana Li', emails: ['ana@x.example', 'a@x.example'], title: 'AE', managerId: '9', active: true, since: '2026-10-05' },
    { id: '2', name: 'bo@x.example', emails: ['bo@x.example'], active: false },
    { id: '9', name: '9', emails: [], active: true },
  ])
})
