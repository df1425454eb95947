// How far reading is, in words: for Home, the log and the demo's page.
import { afterEach, describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { progressInWords, progressLogger, type SyncProgress } from '../../src/sync/progress.ts'
import { fakeLog } from '../gong/fakes.ts'
import { type SyncWorld, syncWorld, wednesday } from './world.ts'

const lastWeek = { from: '2026-11-16', to: '2026-11-23' }
const underWay: SyncProgress = {
  fetching: [
    { kind: 'interaction', period: lastWeek, page: 3, pages: 12 },
    { kind: 'activity', period: lastWeek, page: 1 },
  ],
  done: 4,
  planned: 38,
  requestsLeft: 240,
  today: { used: 1130, perDay: 4000, perSecond: 2 },
}

describe('progress in words', () => {
  it('says the page, the readings, the requests of today and the time left', () => {
    // 240 requests at 2 a second: 120 s.
    expect(progressInWords(underWay)).toBe(
      'interaction 2026-11-16..2026-11-22, page 3 of 12, and 1 more · 4 of 38 readings · 1,130 of 4,000 requests today, 2 min left',
    )
  })

  it.each([
    [40, '20 s left'],
    [178, '89 s left'],
    [181, '2 min left'],
    // 3,600 of 4,000 are not kept for digests, 1,130 are used: 2,470 at 2 a second are 1,235 s.
    [2470, '21 min left'],
    [2471, '2,471 to go, some of them tomorrow'],
  ])('tells of %i requests to go: %s', (requestsLeft, words) => {
    expect(progressInWords({ ...underWay, requestsLeft })?.endsWith(`requests today, ${words}`)).toBe(true)
  })

  it('says when it goes on while it waits', () => {
    expect(progressInWords({ ...underWay, fetching: [], resumeAt: new Date('2026-11-26T00:00:00Z') })).toBe(
      '4 of 38 readings · 1,130 of 4,000 requests today, goes on 2026-11-26 00:00 UTC',
    )
  })

  it('says nothing when nothing is read, and no number of pages that Gong did not announce', () => {
    expect(progressInWords({ ...underWay, fetching: [], finishedAt: wednesday })).toBeUndefined()
    expect(progressInWords({ ...underWay, fetching: [{ kind: 'people', page: 2 }] })).toMatch(/^people, page 2 · /)
  })
})

describe('the log', () => {
  it('has a line when a refresh begins and every ten seconds while it lasts', () => {
    const { log, lines } = fakeLog()
    const clock = movableClock(wednesday)
    const show = progressLogger(log, clock)
    const at = (seconds: number, progress: SyncProgress) => {
      clock.moveTo(new Date(wednesday.getTime() + seconds * 1000))
      show(progress)
    }
    at(0, underWay)
    at(9, underWay)
    at(10, { ...underWay, done: 9 })
    at(11, { ...underWay, fetching: [], finishedAt: wednesday })
    // The next refresh is logged at once.
    at(12, { ...underWay, done: 0 })
    expect(lines.map(({ msg, done }) => [msg, done])).toEqual([
      ['Reading Gong', 4],
      ['Reading Gong', 9],
      ['Reading Gong', 0],
    ])
    expect(lines[0]?.progress).toBe(progressInWords(underWay))
  })
})

describe('a refresh', () => {
  let world: SyncWorld | undefined
  afterEach(async () => world?.stop())

  it('can be followed page by page: readings, pages, and requests that add up', async () => {
    const seen: SyncProgress[] = []
    let words: string | undefined
    world = await syncWorld({ people: 150 })
    const { sync, gong } = world
    const stopWatching = gong.log.subscribe(({ sequence }) => {
      seen.push(sync.progress())
      if (sequence === 60) void sync.reading().then(({ now }) => (words = now))
    })
    await sync.refresh('background')
    stopWatching()
    expect(Math.max(...seen.map(({ fetching }) => fetching.length))).toBe(6)
    // Two pages of 150 people.
    expect(seen.some(({ fetching }) => fetching.some(({ page, pages }) => page === 2 && pages === 2))).toBe(true)
    expect(seen.every(({ done, planned }) => done <= planned)).toBe(true)
    expect(words).toMatch(/page \d of [23].* · \d+ of 60 readings · \d+ of 1,000,000 requests today, \d+ s left$/)
    // 11 + 11 windows, 10 ranges of days, 14 of cards, 14 of coaching.
    expect(sync.progress()).toMatchObject({ fetching: [], done: 60, planned: 60, requestsLeft: 0, today: { used: gong.log.count() } })
    expect((await sync.reading()).now).toBeUndefined()
  })
})
