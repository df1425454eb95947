// The live contract: where it differs, and what its gaps mean.
import nock from 'nock'
import { expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { GongRefused } from '../../src/errors.ts'
import { openGong } from '../../src/gong/open.ts'
import type { GongSource } from '../../src/gong/source.ts'
import { answerWithNock } from '../kit/nock.ts'
import { base, now, options, week } from './fakes.ts'

const ask = { purpose: 'background' } as const
type Json = Record<string, unknown>

answerWithNock()

const live = (given = {}) => options({ api: 'live', ...given })

const answers = (path: string, body: Json, sent?: nock.RequestBodyMatcher) =>
  nock(base)
    .post(`/v2${path}`, sent)
    .reply(200, { requestId: 'r', ...body })

async function using<T>(work: (source: GongSource) => Promise<T>, setup = live()): Promise<T> {
  const gong = await openGong(setup.all)
  try {
    return await work(gong.source)
  } finally {
    await gong.close()
  }
}

it('asks by local dates and translates the live counters; opened recordings are unknown', async () => {
  answers(
    '/stats/activity/aggregate',
    {
      timeZone: 'Europe/Berlin',
      usersAggregateActivityStats: [
        {
          userId: '1',
          userEmailAddress: 'a@x.example',
          userAggregateActivityStats: {
            callsAsHost: 1,
            callsAttended: 2,
            callsCommentsGiven: 3,
            callsCommentsReceived: 4,
            callsScorecardsFilled: 5,
            ownCallsListenedTo: 6,
            othersCallsListenedTo: 7,
            callsSharedInternally: 8,
            callsRequestedFeedback: 9,
            callsReceivedFeedback: 10,
            callsGaveFeedback: 11,
          },
        },
      ],
    },
    { filter: { fromDate: '2026-11-16', toDate: '2026-11-23', userIds: ['1'] } },
  )
  const { records } = await using((source) => source.fetchActivity(week, { ...ask, personIds: ['1'] }))
  expect(records).toEqual([
    {
      personId: '1',
      callsAsHost: 1,
      callsAttended: 2,
      callsGaveComments: 3,
      callsReceivedComments: 4,
      callsScored: 5,
      ownCallsListenedTo: 6,
      othersCallsListenedTo: 7,
      callsRequestedFeedback: 9,
      callsReceivedFeedback: 10,
      callsGaveFeedback: 11,
    },
  ])
})

it('never asks beyond today, and asks nothing for a period that begins today', async () => {
  // It is 23 November in Berlin.
  answers('/stats/activity/aggregate', { usersAggregateActivityStats: [] }, { filter: { fromDate: '2026-11-20', toDate: '2026-11-23' } })
  await using((source) => source.fetchActivity({ from: '2026-11-20', to: '2026-11-27' }, ask))
  expect(await using((source) => source.fetchActivity({ from: '2026-11-23', to: '2026-11-30' }, ask))).toMatchObject({
    records: [],
    requests: 0,
  })
})

it('asks once more with one day less when Gong finds the end too late', async () => {
  const path = '/v2/stats/activity/aggregate'
  nock(base)
    .post(path, { filter: { fromDate: '2026-11-16', toDate: '2026-11-23' } })
    .reply(400, { requestId: 'e', errors: ['toDate must not be after today'] })
  nock(base)
    .post(path, { filter: { fromDate: '2026-11-16', toDate: '2026-11-22' } })
    .reply(200, { usersAggregateActivityStats: [{ userId: '1' }] })
  expect((await using((source) => source.fetchActivity(week, ask))).records).toEqual([{ personId: '1' }])
})

it('a 404 that says nothing was found is an empty list, and a company-wide one is worth a warning', async () => {
  const setup = live()
  nock(base)
    .post('/v2/stats/interaction')
    .reply(404, { requestId: 'e', errors: ['No users found corresponding to the provided filters'] })
  expect(await using((source) => source.fetchInteraction(week, ask), setup)).toMatchObject({ records: [], requests: 1 })
  expect(setup.lines.map(({ msg }) => msg)).toContain('Gong shows nothing of anybody; a key that may not see calls gets the same answer')
})

it('says once that Gong counts days in another zone than we do', async () => {
  const setup = live()
  for (let count = 0; count < 2; count += 1)
    answers('/stats/interaction', { timeZone: 'Asia/Tokyo', peopleInteractionStats: [{ userId: '1' }] })
  await using(async (source) => {
    await source.fetchInteraction(week, ask)
    await source.fetchInteraction(week, ask)
  }, setup)
  expect(setup.lines.filter(({ answered }) => answered === 'Asia/Tokyo')).toHaveLength(1)
})

it.each([
  ['without a body', ''],
  ['as a page', '<html>not found</html>'],
  ['with another text', { requestId: 'e', errors: ['Unknown resource'] }],
])('a 404 %s is a refusal, not an empty list', async (_what, body) => {
  nock(base).post('/v2/stats/interaction').reply(404, body)
  await expect(using((source) => source.fetchInteraction(week, ask))).rejects.toThrow(GongRefused)
})

it('reads named interaction values; what is missing is unknown', async () => {
  const values = (given: Json) => Object.entries(given).map(([name, value]) => ({ name, value }))
  answers('/stats/interaction', {
    timeZone: 'Europe/Berlin',
    peopleInteractionStats: [
      {
        userId: '1',
        personInteractionStats: values({
          'Talk Ratio': 0.48,
          'Longest Monologue': 115,
          'Longest Customer Story': 60.5,
          Interactivity: 6.1,
          Patience: 0.9,
          'Question Rate': 12,
          'Something New': 1,
        }),
      },
      { userId: '2', personInteractionStats: values({ 'Talk Ratio': null }) },
      { userId: '3', personInteractionStats: values({ 'Talk Ratio': 1.4 }) },
      { userId: '4', personInteractionStats: values({ Patience: -1 }) },
    ],
  })
  const answer = await using((source) => source.fetchInteraction(week, ask))
  expect(answer.records).toEqual([
    {
      personId: '1',
      talkShare: 0.48,
      longestMonologueSeconds: 115,
      longestCustomerStorySeconds: 60.5,
      interactivity: 6.1,
      patience: 0.9,
      questionRate: 12,
    },
    { personId: '2' },
  ])
  expect(answer.quarantined.map(({ personId }) => personId)).toEqual(['3', '4'])
})

it('counts the calls listed for a day and keeps one of them; null is none, a day is the local date it begins on', async () => {
  answers('/stats/activity/day-by-day', {
    usersDetailedActivities: [
      {
        userId: '1',
        userDailyActivityStats: [
          // 23:00Z on the 15th is midnight of the 16th in Berlin.
          {
            fromDate: '2026-11-15T23:00:00Z',
            toDate: '2026-11-16T23:00:00Z',
            callsAsHost: ['1', '2'],
            callsAttended: null,
            callsCommentsGiven: ['1'],
          },
          { fromDate: '2026-11-17', toDate: '2026-11-18', callsAsHost: [] },
          { fromDate: '2026-11-18', toDate: '2026-11-19', callsAsHost: [], callsAttended: ['12345678901234567890'] },
        ],
      },
    ],
  })
  expect((await using((source) => source.fetchDailyActivity(week, ask))).records).toEqual([
    { personId: '1', date: '2026-11-16', callsAsHost: 2, callsAttended: 0, callsGaveComments: 1, callId: '2' },
    { personId: '1', date: '2026-11-17', callsAsHost: 0 },
    // None hosted: one they attended.
    { personId: '1', date: '2026-11-18', callsAsHost: 0, callsAttended: 1, callId: '12345678901234567890' },
  ])
})

const settings = {
  scorecards: [
    {
      scorecardId: '50',
      questions: [
        { questionId: '71', questionRevisionId: '171', questionText: 'Overall', isOverall: true, minRange: '1', maxRange: '5' },
        { questionId: '72', questionRevisionId: '172', questionText: 'Next step?', minRange: '1', maxRange: '50' },
      ],
    },
  ],
}

const card = (given: Json = {}): Json => ({
  answeredScorecardId: 800,
  scorecardId: '50',
  scorecardName: 'Discovery',
  callId: '900',
  callStartTime: '2026-11-17T09:00:00Z',
  reviewedUserId: '1',
  reviewerUserId: '2',
  reviewMethod: 'MANUAL',
  reviewTime: '2026-11-18T09:00:00Z',
  visibilityType: 'PUBLIC',
  answers: [
    { questionId: '71', questionRevisionId: '171', isOverall: true, score: 4, notApplicable: false },
    { questionId: '72', questionRevisionId: '172', isOverall: false, score: 25, answerText: 'agreed', notApplicable: false },
  ],
  ...given,
})

it('reads cards of both methods by review date, with text, scale and visibility', async () => {
  answers(
    '/stats/activity/scorecards',
    {
      answeredScorecards: [
        card(),
        card({ answeredScorecardId: '801', reviewMethod: 'AUTOMATIC', reviewerUserId: null, visibilityType: 'PRIVATE', answers: [] }),
        card({ answeredScorecardId: '802', visibilityType: 'OPT_IN_USERS' }),
        card({ answeredScorecardId: '803', visibilityType: 'SOMETHING_NEW' }),
        card({ answeredScorecardId: '804', answers: [{ questionRevisionId: '171', score: 60 }] }), // scale 1–5
        card({ answeredScorecardId: '805', visibilityType: 'MANAGERS' }),
        card({ answeredScorecardId: '806', visibilityType: 'MANAGERS_AND_REVIEWEE' }),
        card({ answeredScorecardId: '807', visibilityType: 7 }),
      ],
    },
    {
      filter: {
        reviewFromDate: '2026-11-16',
        reviewToDate: '2026-11-23',
        reviewMethod: 'BOTH',
        reviewedUserIds: ['1'],
        scorecardIds: ['50'],
      },
    },
  )
  nock(base).get('/v2/settings/scorecards').reply(200, settings)
  const answer = await using((source) => source.fetchScorecards(week, { ...ask, personIds: ['1'], scorecardIds: ['50'] }))
  expect(answer.requests).toBe(2)
  expect(answer.records[0]).toEqual({
    id: '800',
    callId: '900',
    scorecardId: '50',
    scorecardName: 'Discovery',
    reviewedId: '1',
    reviewerId: '2',
    answeredAt: new Date('2026-11-18T09:00:00Z'),
    method: 'human',
    visibility: 'public',
    overallScore: 4,
    overallRange: { min: 1, max: 5 },
    questions: [{ questionId: '72', text: 'Next step?', answer: 'agreed', score: 25, notApplicable: false, range: { min: 1, max: 50 } }],
  })
  expect(answer.records[1]).toMatchObject({ method: 'automatic', visibility: 'private' })
  expect(answer.records[1]).not.toHaveProperty('reviewerId')
  expect(answer.records.slice(2).map(({ visibility }) => visibility)).toEqual([
    'opt-in',
    'private',
    'public',
    'managers',
    'managers-and-reviewee',
    'private',
  ])
  // The answer off its scale is dropped, the card stays.
  expect(answer.records[4]?.questions).toEqual([])
  expect(answer.quarantined).toEqual([])
})

it('a scale belongs to one revision of a question', async () => {
  answers('/stats/activity/scorecards', {
    answeredScorecards: [card({ answers: [{ questionId: '72', questionRevisionId: '99', score: 60 }] })],
  })
  nock(base).get('/v2/settings/scorecards').reply(200, settings)
  const { records } = await using((source) => source.fetchScorecards(week, ask))
  expect(records[0]?.questions).toEqual([{ questionId: '72', text: 'Next step?', score: 60, notApplicable: false }])
})

it('reads cards without texts and scales when the key may not read the settings', async () => {
  answers('/stats/activity/scorecards', { answeredScorecards: [card()] })
  nock(base)
    .get('/v2/settings/scorecards')
    .reply(401, { requestId: 'e', errors: ["You don't have permission to use 'api:settings:scorecards:read' in your app."] })
  const { records } = await using((source) => source.fetchScorecards(week, ask))
  expect(records[0]).toMatchObject({ overallScore: 4, questions: [{ questionId: '72', score: 25 }] })
})

it.each([500, 'no JSON'] as const)(
  'keeps the cards while the settings answer %s: with the last texts, or without any and to be read again',
  async (how) => {
    const clock = movableClock(now)
    const fail = () =>
      nock(base)
        .get('/v2/settings/scorecards')
        .reply(how === 500 ? 500 : 200, how === 500 ? {} : 'half of', { 'content-type': 'application/json' })
    answers('/stats/activity/scorecards', { answeredScorecards: [card()] })
    answers('/stats/activity/scorecards', { answeredScorecards: [card()] })
    answers('/stats/activity/scorecards', { answeredScorecards: [card()] })
    await using(
      async (source) => {
        const read = async (hours: number) => {
          clock.moveTo(new Date(now.getTime() + hours * 3_600_000))
          const { records, isPartial } = await source.fetchScorecards(week, ask)
          return [records[0]?.overallScore, records[0]?.questions[0]?.text, isPartial]
        }
        fail()
        expect(await read(0)).toEqual([4, undefined, true])
        nock(base).get('/v2/settings/scorecards').reply(200, settings)
        expect(await read(2)).toEqual([4, 'Next step?', undefined])
        fail()
        expect(await read(30)).toEqual([4, 'Next step?', undefined])
      },
      live({ clock, limits: { attempts: 1 } }),
    )
  },
)

it('reads the settings once for several ranges', async () => {
  answers('/stats/activity/scorecards', { answeredScorecards: [card()] })
  answers('/stats/activity/scorecards', { answeredScorecards: [card()] })
  nock(base).get('/v2/settings/scorecards').reply(200, settings)
  await using(async (source) => {
    await source.fetchScorecards(week, ask)
    expect((await source.fetchScorecards(week, ask)).requests).toBe(1)
  })
})

it('reads coaching per manager and workspace, per report, adding workspaces up', async () => {
  const reply = (workspace: string, metrics: Json) =>
    nock(base)
      .get('/v2/coaching')
      .query({ 'workspace-id': workspace, 'manager-id': '10', from: '2026-11-15T23:00:00.000Z', to: '2026-11-22T23:00:00.000Z' })
      .reply(200, { requestId: 'r', coachingData: [{ manager: { id: '10' }, directReportsMetrics: [{ report: { id: '1' }, metrics }] }] })
  nock(base)
    .get('/v2/workspaces')
    .reply(200, { workspaces: [{ id: '5' }, { id: 6 }] })
  reply('5', {
    callsListenedTo: ['1', '2'],
    callsManagerAttended: ['3'],
    callsWithFeedback: [],
    callsManagerCommentedOn: ['1'],
    unheardOf: ['4'],
  })
  reply('6', { callsListenedTo: ['9'], callsWithScorecardFilled: null })
  const answer = await using((source) => source.fetchCoaching(week, { ...ask, managerIds: ['10'] }))
  expect(answer).toEqual({
    records: [
      {
        managerId: '10',
        reportId: '1',
        callsListenedTo: 3, // 2 + 1
        commentsGiven: 1,
        scorecardsFilled: 0,
        callsAttended: 1,
        callsWithFeedback: 0,
      },
    ],
    quarantined: [],
    requests: 3, // workspaces and two of coaching
  })
})

const someCoaching = (managerId: string) => ({
  coachingData: [
    { manager: { id: managerId }, directReportsMetrics: [{ report: null }, { report: { id: '1' }, metrics: { callsListenedTo: ['7'] } }] },
  ],
})

const coachingOf = (workspace: string, managerId: string) =>
  nock(base).get('/v2/coaching').query({ 'workspace-id': workspace, 'manager-id': managerId, from: /./, to: /./ })

it.each([400, 403])('keeps the coaching of the other managers when one is answered %i, and drops a report that is null', async (status) => {
  for (const managerId of ['10', '12', '13']) coachingOf('5', managerId).reply(200, someCoaching(managerId))
  coachingOf('5', '11').reply(status, { errors: ['not this one'] })
  const answer = await using(
    (source) => source.fetchCoaching(week, { ...ask, managerIds: ['11', '10', '12', '13'] }),
    live({ workspaceIds: ['5'] }),
  )
  expect(answer.records.map(({ managerId, reportId, callsListenedTo }) => [managerId, reportId, callsListenedTo])).toEqual([
    ['10', '1', 1],
    ['12', '1', 1],
    ['13', '1', 1],
  ])
  expect(answer.notFetched).toEqual(['11'])
})

it('keeps what one workspace gives when the other is closed, and stops asking that one after three managers', async () => {
  const managerIds = ['10', '11', '12', '13', '14']
  for (const managerId of managerIds) coachingOf('5', managerId).reply(200, someCoaching(managerId))
  for (const managerId of managerIds.slice(0, 3)) coachingOf('6', managerId).reply(403, { errors: ['no access'] })
  const answer = await using((source) => source.fetchCoaching(week, { ...ask, managerIds }), live({ workspaceIds: ['5', '6'] }))
  expect(answer.records).toHaveLength(5)
  expect(answer).not.toHaveProperty('notFetched')
  expect(answer.closedWorkspaces).toEqual({ closed: 1, of: 2 })
})

it('reads the workspaces again after a day, and keeps the last ones while Gong fails', async () => {
  const clock = movableClock(now)
  const list = (...ids: string[]) =>
    nock(base)
      .get('/v2/workspaces')
      .reply(200, { workspaces: ids.map((id) => ({ id })) })
  for (const workspace of ['5', '5', '5', '6']) coachingOf(workspace, '10').reply(200, someCoaching('10'))
  await using(
    async (source) => {
      const read = async (hours: number) => {
        clock.moveTo(new Date(now.getTime() + hours * 3_600_000))
        return (await source.fetchCoaching(week, { ...ask, managerIds: ['10'] })).requests
      }
      list('5')
      expect([await read(0), await read(23)]).toEqual([2, 1])
      nock(base).get('/v2/workspaces').reply(503, {})
      expect(await read(25)).toBe(2)
      list('6')
      expect(await read(50)).toBe(2)
    },
    live({ clock, limits: { attempts: 1 } }),
  )
})

it('is refused when Gong answers for no manager', async () => {
  coachingOf('5', '10').reply(403, { errors: ["You don't have permission to use 'api:coaching:read' in your app."] })
  const asked = using((source) => source.fetchCoaching(week, { ...ask, managerIds: ['10'] }), live({ workspaceIds: ['5'] }))
  await expect(asked).rejects.toThrow(GongRefused)
})

it('shows the text of selected options, not their ids', async () => {
  const options = [
    { optionId: '901', optionText: 'Budget' },
    { optionId: '902', optionText: 'Authority' },
  ]
  answers('/stats/activity/scorecards', {
    answeredScorecards: [card({ answers: [{ questionId: '73', questionRevisionId: '173', selectedOptions: ['902', '901', '999'] }] })],
  })
  nock(base)
    .get('/v2/settings/scorecards')
    .reply(200, { scorecards: [{ scorecardId: '50', questions: [{ questionId: '73', questionText: 'Covered', answerOptions: options }] }] })
  const { records } = await using((source) => source.fetchScorecards(week, ask))
  expect(records[0]?.questions[0]).toMatchObject({ text: 'Covered', answer: 'Authority, Budget' })
})

it('a list of people that answers 404 is a failure, not an empty company', async () => {
  nock(base)
    .get('/v2/users')
    .reply(404, { errors: ['Not found'] })
  await expect(using((source) => source.fetchPeople(ask))).rejects.toThrow(GongRefused)
})

it('takes talk ratios for percent where GONG_TALK_RATIO_UNIT says so', async () => {
  answers('/stats/interaction', {
    peopleInteractionStats: [{ userId: '1', personInteractionStats: [{ name: 'Talk Ratio', value: 48 }] }],
  })
  const answer = await using((source) => source.fetchInteraction(week, ask), live({ talkRatioUnit: 'percent' }))
  expect(answer.records).toEqual([{ personId: '1', talkShare: 0.48 }]) // 48 ÷ 100
})
