// The simulated Gong against the real client and against the document: figures that can be worked by hand, refusals, limits.
import { afterEach, describe, expect, it } from 'vitest'
import { datesIn } from '../../../src/domain/period.ts'
import type { Call } from '../../../src/sandbox/gong/calls.ts'
import type { SimulatedGong, SimulatedGongOptions } from '../../../src/sandbox/gong/simulated-gong.ts'
import { contractCheck, documentOf } from '../../contract/contract-check.ts'
import { ask, type Joined, join, lastWeek } from './kit.ts'

const week = { fromDateTime: '2026-11-15T23:00:00Z', toDateTime: '2026-11-22T23:00:00Z' }
const asking = { purpose: 'background' } as const
let open: Joined[] = []

async function joined(given: Partial<SimulatedGongOptions> = {}): Promise<Joined> {
  const made = await join(given)
  open.push(made)
  return made
}

afterEach(async () => {
  await Promise.all(open.map((one) => one.stop()))
  open = []
})

/** The person's analyzed calls of last week. */
const callsOf = ({ book, company }: SimulatedGong, id: string, nowMs: number): readonly Call[] =>
  datesIn(lastWeek).flatMap((date) => {
    const person = company.byId.get(id)
    return person ? book.callsOf(person, date).filter(({ analyzedMs }) => analyzedMs <= nowMs) : []
  })

const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length

describe.each(['documented', 'live'] as const)('the company through the %s contract', (contract) => {
  it('has about 40 people in 5 teams, and a manager with 8 reports', async () => {
    const { client, gong } = await joined({ contract })
    const { records } = await client.source.fetchPeople(asking)
    expect(records).toHaveLength(43)
    expect(records.filter(({ managerId }) => managerId === gong.personas.manager.id)).toHaveLength(8)
    expect(new Set(records.flatMap(({ emails }) => emails)).size).toBeGreaterThanOrEqual(43)
    expect(gong.personas.manager.team).toBe('EMEA Mid-Market')
  })

  it('gives means over the calls of the week', async () => {
    const { client, gong, clock } = await joined({ contract })
    const { records, quarantined } = await client.source.fetchInteraction(lastWeek, asking)
    expect(quarantined).toEqual([])
    const calls = callsOf(gong, gong.personas.rep.id, clock.now().getTime()).filter(({ whisper }) => contract === 'documented' || whisper)
    const row = records.find(({ personId }) => personId === gong.personas.rep.id)
    expect(calls.length).toBeGreaterThan(2)
    expect(row?.talkShare).toBeCloseTo(mean(calls.map(({ talkShare }) => talkShare)), 3)
    const longest = calls.map(({ longestMonologueSeconds }) => longestMonologueSeconds)
    expect(row?.longestMonologueSeconds).toBeCloseTo(contract === 'documented' ? Math.max(...longest) : mean(longest), 2)
    if (contract === 'documented') expect(row?.callsCount).toBe(calls.length)
  })

  it('counts a call once per range however often it was commented, and once a day day by day', async () => {
    const { client } = await joined({ contract, people: 200 })
    const [whole, days] = [await client.source.fetchActivity(lastWeek, asking), await client.source.fetchDailyActivity(lastWeek, asking)]
    const byDay = new Map<string, { comments: number; hosted: number }>()
    for (const day of days.records) {
      const sum = byDay.get(day.personId) ?? { comments: 0, hosted: 0 }
      byDay.set(day.personId, { comments: sum.comments + (day.callsGaveComments ?? 0), hosted: sum.hosted + (day.callsAsHost ?? 0) })
    }
    for (const row of whole.records) {
      expect(byDay.get(row.personId)?.hosted ?? 0).toBe(row.callsAsHost)
      expect(byDay.get(row.personId)?.comments ?? 0).toBeGreaterThanOrEqual(row.callsGaveComments ?? 0)
    }
    expect(whole.records.some((row) => (byDay.get(row.personId)?.comments ?? 0) > (row.callsGaveComments ?? 0))).toBe(true)
  })

  it('shows the scorecards of a manager as coaching too, also one just filled', async () => {
    const { client, gong, clock } = await joined({ contract })
    const { manager, rep } = gong.personas
    clock.moveTo(new Date('2026-11-24T11:00:00Z'))
    const period = { from: '2026-11-16', to: '2026-11-24' }
    const read = async () => {
      const cards = (await client.source.fetchScorecards(period, asking)).records.filter(({ reviewerId }) => reviewerId === manager.id)
      const rows = (await client.source.fetchCoaching(period, { ...asking, managerIds: [manager.id] })).records
      return { cards: cards.length, filled: rows.reduce((sum, row) => sum + (row.scorecardsFilled ?? 0), 0) }
    }
    const before = await read()
    // Two scorecards a manager filled for one call are two cards; a made call has at most one.
    expect(before.filled).toBe(before.cards)
    gong.addScorecard({ reviewedId: rep.id, reviewerId: manager.id, answeredAt: new Date('2026-11-23T12:00:00Z') })
    expect(await read()).toEqual({ cards: before.cards + 1, filled: before.filled + 1 })
  })

  it('keeps to the allowance and says how long to wait', async () => {
    const { gong } = await joined({ contract, requestsPerSecond: 3, realClock: { now: () => new Date('2026-11-23T11:00:00Z') } })
    // One request went into opening at most; every further one of the same second is counted.
    const answers = await Promise.all(Array.from({ length: 4 }, () => ask(gong, '/users')))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBe(1)
    expect(refused[0]?.headers.get('retry-after')).toBe('1')
  })

  it('has no calls at weekends, none of the person on leave, and none before the new hire joined', async () => {
    const { gong } = await joined({ contract })
    const { company, personas, book } = gong
    const calls = company.people.flatMap((person) =>
      datesIn({ from: '2026-11-14', to: '2026-11-16' }).flatMap((date) => book.callsOf(person, date)),
    )
    expect(calls).toEqual([])
    // The leave: two weeks that end a week before the week the simulation began in.
    expect(company.dates.leave).toEqual({ from: '2026-11-02', to: '2026-11-16' })
    expect(datesIn(company.dates.leave).flatMap((date) => book.callsOf(personas.onLeave, date))).toEqual([])
    expect(datesIn({ from: '2026-09-01', to: personas.newHire.joinedOn }).flatMap((date) => book.callsOf(personas.newHire, date))).toEqual(
      [],
    )
  })

  it('is the same company for the same seed, and another for another', async () => {
    const [one, same, other] = [await joined({ contract }), await joined({ contract }), await joined({ contract, seed: 2 })]
    const read = async ({ client }: Joined) => (await client.source.fetchInteraction(lastWeek, asking)).records
    expect(await read(same)).toEqual(await read(one))
    expect(await read(other)).not.toEqual(await read(one))
  })

  it('pages by 100 and refuses a cursor that has expired', async () => {
    const { gong, client } = await joined({ contract, people: 250 })
    expect((await client.source.fetchPeople(asking)).requests).toBe(3)
    const first = (await ask(gong, '/users')).json as { records: { cursor: string; totalRecords: number } }
    expect(first.records.totalRecords).toBe(250)
    gong.expireCursors()
    const second = await ask(gong, `/users?cursor=${first.records.cursor}`)
    expect(second.status).toBe(400)
    expect(second.text).toContain('cursor')
  })

  it('asks for credentials', async () => {
    const { gong } = await joined({ contract })
    expect((await ask(gong, '/users', undefined, 'Basic bm9ib2R5OndvcmQ=')).status).toBe(401)
    expect((await ask(gong, '/users', undefined, `Bearer ${gong.credentials.accessToken}`)).status).toBe(200)
  })
})

describe('the story', () => {
  it("shortens the coached person's longest monologue", async () => {
    const { gong } = await joined()
    const { coached } = gong.personas
    const meanLongest = (from: string, to: string) =>
      mean(
        datesIn({ from, to }).flatMap((date) =>
          gong.book.callsOf(coached, date).map(({ longestMonologueSeconds }) => longestMonologueSeconds),
        ),
      )
    // 205 s before, about 95 s after four weeks of coaching.
    expect(meanLongest('2026-09-14', '2026-10-05')).toBeGreaterThan(180)
    expect(meanLongest('2026-11-16', '2026-11-23')).toBeLessThan(125)
  })

  it('has a manager who never coaches', async () => {
    const { gong, client } = await joined()
    const { neverCoaches } = gong.personas
    await client.source.fetchCoaching(lastWeek, { ...asking, managerIds: [gong.personas.manager.id, neverCoaches.id] })
    const { records } = await client.source.fetchCoaching(
      { from: '2026-09-01', to: '2026-11-23' },
      { ...asking, managerIds: [neverCoaches.id] },
    )
    expect(records).toEqual([{ managerId: neverCoaches.id, callsListenedTo: 0, commentsGiven: 0, scorecardsFilled: 0 }])
  })
})

describe('the documented contract', () => {
  it('answers every operation as the contract file says', async () => {
    const { gong } = await joined({ people: 120 })
    const check = contractCheck(documentOf('../contract/gong-documented.openapi.yml'))
    const posts = ['/stats/interaction', '/stats/activity/aggregated', '/stats/activity/day-by-day', '/stats/scorecards']
    const problems: string[] = []
    for (const path of posts) {
      for (const body of [{ filter: week }, { filter: { ...week, userIds: [] } }]) {
        const { status, json } = await ask(gong, path, body)
        problems.push(
          ...check({ method: 'POST', path, query: new URLSearchParams(), requestBody: { filter: week }, status, answerBody: json }),
        )
      }
    }
    const query = new URLSearchParams({ from: week.fromDateTime, to: week.toDateTime })
    const coaching = await ask(gong, `/coaching/metrics?${query}`)
    problems.push(
      ...check({
        method: 'GET',
        path: '/coaching/metrics',
        query,
        requestBody: undefined,
        status: coaching.status,
        answerBody: coaching.json,
      }),
    )
    expect(problems).toEqual([])
  })

  it.each([
    [{ filter: { ...week, userIds: [] } }, 'userIds'],
    [{ filter: { ...week, toDateTime: '2026-11-22' } }, 'toDateTime'],
    [{ filter: week, cursor: 'made-up' }, 'cursor'],
    [{ filter: { fromDateTime: week.toDateTime, toDateTime: week.fromDateTime } }, 'fromDateTime'],
    [{}, 'filter'],
  ])('refuses %j with 400', async (body, named) => {
    const { gong } = await joined()
    const { status, text } = await ask(gong, '/stats/interaction', body)
    expect(status).toBe(400)
    expect(text).toContain(named)
  })
})

describe('the live contract', () => {
  it('counts feedback by the names Gong gives it: received on own calls, given on those of others', async () => {
    const { client, gong } = await joined({ contract: 'live' })
    const { records } = await client.source.fetchActivity(lastWeek, asking)
    const sum = (field: 'callsRequestedFeedback' | 'callsReceivedFeedback' | 'callsGaveFeedback') =>
      records.reduce((total, row) => total + (row[field] ?? Number.NaN), 0)
    expect(sum('callsRequestedFeedback')).toBeGreaterThan(0)
    // A call two coaches spoke to is given twice and received once.
    expect(sum('callsReceivedFeedback')).toBeGreaterThan(0)
    expect(sum('callsGaveFeedback')).toBeGreaterThanOrEqual(sum('callsReceivedFeedback'))
    const ofManager = records.find(({ personId }) => personId === gong.personas.manager.id)
    expect(ofManager?.callsGaveFeedback).toBeGreaterThan(0)
  })

  it('names the field it wants when a documented body comes', async () => {
    const { gong } = await joined({ contract: 'live' })
    const { status, text } = await ask(gong, '/stats/interaction', { filter: week })
    expect([status, text.includes('fromDate')]).toEqual([400, true])
    expect((await ask(gong, '/stats/activity/aggregated', { filter: week })).status).toBe(404)
  })

  it('takes no date beyond today and answers an empty list with 404', async () => {
    const { gong } = await joined({ contract: 'live' })
    const late = await ask(gong, '/stats/interaction', { filter: { fromDate: '2026-11-16', toDate: '2026-11-24' } })
    expect([late.status, late.text.includes('toDate')]).toEqual([400, true])
    const weekend = await ask(gong, '/stats/interaction', { filter: { fromDate: '2026-11-21', toDate: '2026-11-22' } })
    expect([weekend.status, weekend.text.includes('found')]).toEqual([404, true])
  })

  it('sends some ids as JSON numbers without losing a digit', async () => {
    const { gong } = await joined({ contract: 'live' })
    expect((await ask(gong, '/workspaces')).text).toContain('"id":623457276584334,')
  })
})

describe('credentials that renew themselves', () => {
  it('gives new tokens for a refresh token, once', async () => {
    const { gong } = await joined()
    const { clientId, clientSecret, refreshToken } = gong.credentials
    const exchange = async () => {
      const url = `${gong.tokenUrl}?grant_type=refresh_token&refresh_token=${refreshToken}`
      const headers = { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` }
      const answer = await fetch(url, { method: 'POST', headers })
      return { status: answer.status, json: (await answer.json()) as { access_token: string } }
    }
    const first = await exchange()
    expect((await ask(gong, '/users', undefined, `Bearer ${first.json.access_token}`)).status).toBe(200)
    expect((await exchange()).status).toBe(400)
  })
})
