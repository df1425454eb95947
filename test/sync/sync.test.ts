// What sync asks of Gong, counted at Gong's side: no more than the figures need, at no more than the rate, and the same figures
// whatever goes wrong on the way.
import { afterEach, describe, expect, it } from 'vitest'
import { GongRateLimited, GongUnavailable } from '../../src/errors.ts'
import { sizeOf } from '../kit/cases.ts'
import { floorOf, listsByPath } from './request-lists.ts'
import { type SyncWorld, syncWorld } from './world.ts'

let open: SyncWorld[] = []

async function world(given: Parameters<typeof syncWorld>[0] = {}): Promise<SyncWorld> {
  const made = await syncWorld(given)
  open.push(made)
  return made
}

afterEach(async () => {
  await Promise.all(open.map((one) => one.stop()))
  open = []
})

/** Lists of more than one page; in the whole run of several. */
const pages = (whole: number): number => sizeOf({ usual: 110, whole })

const lastWeek = { from: '2026-11-16', to: '2026-11-23' }
const neverWaits = async () => {
  throw new Error('it was read already')
}

describe.each(['documented', 'live'] as const)('requests over the %s contract', (contract) => {
  it('are one per page and list, none twice, and none again on a standing clock', async () => {
    const { gong, sync } = await world({ people: pages(250), contract })
    const summary = await sync.refresh('background')
    expect(summary.failed).toBe(0)
    const asked = gong.log.all()
    expect(asked.every(({ status }) => status === 200 || status === 404)).toBe(true)
    // Windows: this week's two days, the same two of last week, nine whole weeks = 11. Days: this week and nine weeks = 10.
    // Cards: this week and thirteen weeks = 14. Coaching documented: the same 14, and 1 that settles what its rows are; live:
    // this week and last, for each manager.
    const managers = gong.company.people.filter(({ index }) => gong.company.reportsOf.has(index)).length
    expect(listsByPath(asked)).toEqual(
      contract === 'documented'
        ? {
            '/users': 1,
            '/stats/interaction': 11,
            '/stats/activity/aggregated': 11,
            '/stats/activity/day-by-day': 10,
            '/stats/scorecards': 14,
            '/coaching/metrics': 15,
          }
        : {
            '/users': 1,
            '/stats/interaction': 11,
            '/stats/activity/aggregate': 11,
            '/stats/activity/day-by-day': 10,
            '/stats/activity/scorecards': 14,
            '/coaching': 2 * managers,
            '/settings/scorecards': 1,
            '/workspaces': 1,
          },
    )
    expect(asked.length).toBe(floorOf(asked))
    expect(summary.requests).toBe(asked.length)
    expect((await sync.refresh('background')).requests).toBe(0)
    expect(gong.log.count()).toBe(asked.length)
  })

  it('are none for questions on known periods', async () => {
    const { gong, sync } = await world({ contract })
    await sync.refresh('background')
    const before = gong.log.count()
    const { manager, rep } = gong.personas
    for (const period of [lastWeek, { from: '2026-11-23', to: '2026-11-25' }, { from: '2026-11-09', to: '2026-11-16' }])
      await sync.ensureFetched({ period, personIds: [manager.id, rep.id], asker: 'U1' }, neverWaits)
    expect(gong.log.count()).toBe(before)
  })

  it('for an unusual period are for the people asked about only, and are shared', async () => {
    const { gong, sync } = await world({ contract, people: 110 })
    await sync.refresh('background')
    const before = gong.log.all().length
    const waits: number[] = []
    const { rep } = gong.personas
    const need = { period: { from: '2026-11-10', to: '2026-11-18' }, personIds: [rep.id], asker: 'U1' }
    const once = () => sync.ensureFetched(need, async (seconds) => void waits.push(seconds))
    await Promise.all([once(), once()])
    const asked = gong.log.all().slice(before)
    // Interaction and activity, for the eight days and the eight before: records of those weeks are there already.
    expect(asked.map(({ path }) => path.split('/').at(-1)).toSorted()).toEqual(
      contract === 'live'
        ? ['aggregate', 'aggregate', 'interaction', 'interaction']
        : ['aggregated', 'aggregated', 'interaction', 'interaction'],
    )
    expect(asked.every(({ body }) => JSON.stringify(JSON.parse(body).filter.userIds) === JSON.stringify([rep.id]))).toBe(true)
    expect(waits).toEqual([2, 2])
    await once()
    expect(gong.log.all().length).toBe(before + 4)
  })
})

describe('ages', () => {
  it('leaves final weeks alone and reads the rest again', async () => {
    const { gong, sync, clock } = await world()
    await sync.refresh('background')
    const first = gong.log.all().length
    clock.moveTo(new Date('2026-11-25T14:00:00Z'))
    await sync.refresh('background')
    const again = gong.log.all().slice(first)
    expect(again.length).toBeGreaterThan(0)
    // Final: ended more than seven days before Wednesday the 25th, so before the 18th: the week that ended on the 15th and older.
    const starts = again
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => (JSON.parse(body) as { filter: { fromDateTime: string } }).filter.fromDateTime)
    expect(starts.every((from) => from >= '2026-11-15T23:00:00')).toBe(true)
  })

  it('reads an unusual period again while its figures still move, but no more often than their age allows', async () => {
    const { gong, sync, clock } = await world()
    await sync.refresh('background')
    const { rep } = gong.personas
    const need = { period: { from: '2026-11-20', to: '2026-11-25' }, personIds: [rep.id], asker: 'U1' }
    await sync.ensureFetched(need, async () => undefined)
    const before = gong.log.count()
    await sync.ensureFetched(need, neverWaits)
    expect(gong.log.count()).toBe(before)
    clock.moveTo(new Date('2026-11-25T15:00:00Z'))
    await sync.ensureFetched(need, async () => undefined)
    expect(gong.log.count()).toBeGreaterThan(before)
  })
})

describe('the rate', () => {
  it.each([
    { answerMs: 0, people: pages(400), perSecond: 2 },
    // Slower than the rate: one request at a time would take four times as long, and twice.
    { answerMs: 2000, people: pages(400), perSecond: 2 },
    { answerMs: 1000, people: 43, perSecond: 2 },
  ])('is never exceeded in any second, and a full sync takes at most 5 % longer than requests ÷ rate: %o', async (given) => {
    const { gong, sync, realClock } = await world({ ...given, requestsPerSecond: 1000 })
    const { perSecond } = given
    const startedMs = realClock.now().getTime()
    await sync.refresh('background')
    const times = gong.log.all().map(({ at }) => at.getTime())
    for (const [index, time] of times.entries()) {
      const oneTooMany = times[index + perSecond]
      if (oneTooMany !== undefined) expect(oneTooMany - time).toBeGreaterThanOrEqual(1000)
    }
    const tookSeconds = (realClock.now().getTime() - startedMs) / 1000
    expect(tookSeconds).toBeLessThanOrEqual((times.length / perSecond) * 1.05)
  })

  it('stops at a spent budget, says when to go on, and goes on there', async () => {
    const { gong, sync, clock } = await world({ perDay: 40 })
    // 36 of 40: the last tenth is kept for digests.
    await expect(sync.refresh('background')).rejects.toBeInstanceOf(GongRateLimited)
    expect(gong.log.count()).toBe(36)
    expect(sync.progress().resumeAt?.toISOString()).toBe('2026-11-26T00:00:00.000Z')
    clock.moveTo(new Date('2026-11-26T00:00:00Z'))
    const left = (await sync.plan()).due.length
    expect(left).toBeGreaterThan(0)
    await sync.refresh('background').catch((error: unknown) => expect(error).toBeInstanceOf(GongRateLimited))
    expect((await sync.plan()).due.length).toBeLessThan(left)
  })
})

describe('problems', () => {
  it('of one operation leave the others read, are shown to admins, and go when all is read', async () => {
    const { gong, sync, clock } = await world()
    const mend = gong.faults.add({ type: 'refused', status: 403, error: 'no' }, { path: '/stats/scorecards' })
    const first = await sync.refresh('background')
    // Fourteen weeks of cards, asked for once: a refused operation is left alone for the rest of the run.
    expect([first.failed, gong.log.count('/stats/scorecards')]).toEqual([14, 1])
    expect((await sync.reading()).problems).toMatchObject([
      { words: 'The key may not read scorecards: grant it api:stats:scorecards in Gong. Everything else goes on.' },
      { endpoint: 'POST /stats/scorecards', words: 'Gong refused with 403: no' },
    ])
    mend()
    clock.moveTo(new Date('2026-11-25T11:05:00Z'))
    expect((await sync.refresh('background')).failed).toBe(0)
    expect((await sync.reading()).problems).toEqual([])
  })
})

describe('faults', () => {
  const people = pages(2000)
  it(`change no figure of ${people} people`, async () => {
    // An answer whose second half would come after a minute is given up after a second, and asked for again.
    const bumpy = await world({ people, perSecond: 1000, requestsPerSecond: 1_000_000, timeLimits: { bodyMs: 1000 } })
    const smooth = await world({ people, perSecond: 1000, requestsPerSecond: 1_000_000 })
    bumpy.gong.faults.add({ type: 'rate-limited', retryAfterSeconds: 1 }, { share: 0.1 })
    // Shares with which each is met several times in 190 requests.
    bumpy.gong.faults.add({ type: 'server-error' }, { share: 0.05 })
    bumpy.gong.faults.add({ type: 'reset' }, { share: 0.05 })
    bumpy.gong.faults.add({ type: 'truncated' }, { share: 0.05 })
    bumpy.gong.faults.add({ type: 'slow', delayMs: 60_000 }, { share: 0.05, times: 3 })
    await smooth.sync.refresh('background')
    for (let attempt = 1; attempt <= 8 && (await bumpy.sync.plan().then(({ due }) => attempt === 1 || due.length > 0)); attempt += 1)
      await bumpy.sync.refresh('background').catch((error: unknown) => {
        if (!(error instanceof GongUnavailable || error instanceof GongRateLimited)) throw error
      })
    expect((await bumpy.sync.plan()).due).toEqual([])
    const hit = new Set(bumpy.gong.log.all().map(({ fault }) => fault))
    expect(hit).toEqual(new Set([undefined, 'rate-limited', 'server-error', 'reset', 'truncated', 'slow']))
    const figures = async ({ store, gong }: SyncWorld) => {
      const ids = gong.company.people.map(({ id }) => id)
      return {
        interaction: (await store.reads.interaction(lastWeek, ids)).rows,
        activity: (await store.reads.activity(lastWeek, ids)).rows,
        days: (await store.reads.dailyActivity({ from: '2026-10-26', to: '2026-11-23' }, ids)).records,
        cards: (await store.reads.scorecards({ from: '2026-09-07', to: '2026-11-23' }, { reviewedIds: ids })).records,
        coaching: (await store.reads.coaching(lastWeek, ids)).rows,
      }
    }
    const expected = await figures(smooth)
    expect(expected.interaction.size).toBeGreaterThan(people * 0.75)
    expect(await figures(bumpy)).toEqual(expected)
  })
})
