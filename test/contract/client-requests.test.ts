// Every request the client makes in the documented contract keeps to the OpenAPI file, judged by Ajv.
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterEach, expect, it } from 'vitest'
import { openGong } from '../../src/gong/open.ts'
import { options, week } from '../gong/fakes.ts'
import { contractCheck, documentOf, type Exchange } from './contract-check.ts'
import { watchGong } from './watched-gong.ts'

const document = documentOf('./gong-documented.openapi.yml')
const check = contractCheck(document)
const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

it('the file is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate({ ...document })
  expect(result).toMatchObject({ valid: true })
})

it('every operation, with and without its filters and on its second page, is asked as the file says', async () => {
  const lists: Record<string, [key: string, record: object]> = {
    '/v2/stats/activity/aggregated': ['usersAggregatedActivity', { userId: '1' }],
    '/v2/stats/activity/day-by-day': ['usersDayByDayActivity', { userId: '1', dailyActivities: [{ date: '2026-11-16' }] }],
    '/v2/stats/interaction': ['usersInteractionStats', { userId: '1', callsCount: 3, talkRatio: 50 }],
    '/v2/stats/scorecards': [
      'answeredScorecards',
      { callId: '1', scorecardId: '2', reviewedUserId: '1', answeredAt: '2026-11-17T10:00:00Z' },
    ],
    '/v2/users': ['users', { id: '1' }],
    '/v2/coaching/metrics': ['metrics', { userId: '10', callsListenedTo: 1 }],
  }
  const watched = await watchGong(async ({ url, body }) => {
    const { pathname, searchParams } = new URL(url, 'http://gong')
    const [key, record] = lists[pathname] ?? ['none', {}]
    const second = searchParams.has('cursor') || (body?.includes('"cursor"') ?? false)
    const paged = pathname !== '/v2/coaching/metrics'
    const records = paged ? { records: { totalRecords: second ? 1 : 2, currentPageSize: 1, ...(second ? {} : { cursor: 'a+/=' }) } } : {}
    const items = second ? [] : [record]
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      text: JSON.stringify({ requestId: 'r', ...records, [key]: items }),
    }
  })
  closers.push(watched.close)
  const gong = await openGong(options({ baseUrl: watched.baseUrl, api: 'auto', workspaceIds: ['5'] }).all)
  closers.unshift(gong.close)
  const { source } = gong
  const ask = { purpose: 'background' } as const
  // The second page is empty and shortens the total to 1, so that each list ends after two pages.
  for (const personIds of [undefined, ['1', '2']]) {
    const who = { ...ask, ...(personIds && { personIds }) }
    await source.fetchActivity(week, who)
    await source.fetchDailyActivity(week, who)
    await source.fetchInteraction(week, who)
    await source.fetchScorecards(week, { ...who, ...(personIds && { scorecardIds: ['2'] }) })
  }
  await source.fetchPeople(ask)
  await source.fetchCoaching(week, { ...ask, managerIds: ['10'] })
  expect(watched.exchanges.flatMap(check)).toEqual([])
  expect(new Set(watched.exchanges.map(({ path }) => path))).toEqual(new Set(Object.keys(document.paths)))
  // The probe, 4 operations × 2 filters × 2 pages, people × 2 pages, coaching unfiltered and of one manager.
  expect(watched.exchanges).toHaveLength(1 + 16 + 2 + 2)
})

const kept: Exchange = {
  method: 'POST',
  path: '/stats/interaction',
  query: new URLSearchParams(),
  requestBody: { filter: { fromDateTime: '2026-11-15T23:00:00Z', toDateTime: '2026-11-22T23:00:00Z' } },
  status: 200,
  answerBody: { requestId: 'r', records: {}, usersInteractionStats: [] },
}

it.each<[string, Partial<Exchange>]>([
  ['an unknown path', { path: '/stats/nothing' }],
  ['an unknown field', { requestBody: { filter: { fromDate: '2026-11-16', toDate: '2026-11-23' } } }],
  ['an empty list', { requestBody: { filter: { ...(kept.requestBody as { filter: object }).filter, userIds: [] } } }],
  ['a query where none belongs', { query: new URLSearchParams('cursor=a') }],
  ['an unlisted status', { status: 204 }],
  ['a wrong type in the answer', { answerBody: { requestId: 'r', records: {}, usersInteractionStats: [{ userId: 7 }] } }],
  ['a missing list', { answerBody: { requestId: 'r', records: {} } }],
])('the check itself finds %s', (_what, wrong) => {
  expect(check(kept)).toEqual([])
  expect(check({ ...kept, ...wrong })).not.toEqual([])
})
