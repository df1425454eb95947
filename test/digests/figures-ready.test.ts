// Whether a digest's figures are there, over a real store: for everybody it is about, and read after its week had settled.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { createFiguresReady } from '../../src/digests/figures-ready.ts'
import { GongRateLimited } from '../../src/errors.ts'
import { createLog } from '../../src/log.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { usualStore } from '../kit/store.ts'
import { teamDigest } from '../kit/team-digest.ts'

const week = { from: '2026-11-16', to: '2026-11-23' }
const settledAt = new Date('2026-11-23T00:00:00Z')
const now = new Date('2026-11-23T08:00:00Z')
const every = { weekdays: [1 as const], time: '09:00', zone: 'Europe/Berlin' }

let store: OpenedStore
let refreshes: string[]
beforeEach(async () => {
  store = await usualStore({ clock: movableClock(now) })
  refreshes = []
  const person = (id: string, managerId?: string) => ({
    id,
    name: `Person ${id}`,
    emails: [],
    active: true,
    ...(managerId && { managerId }),
  })
  // 2 leads 21, 3 leads 31.
  await store.people.replaceAll([person('1'), person('2', '1'), person('3', '1'), person('21', '2'), person('31', '3')], {
    readAt: now,
    seenOn: '2026-01-01',
  })
})
afterEach(() => store.close())

/** Reads everything a digest shows, of these people or everybody. */
async function readWeek(onlyPeople?: readonly string[], readAt = now): Promise<void> {
  const answer = { readAt, final: false, quarantined: 0, quarantinedIds: [], ...(onlyPeople && { onlyPeople }) }
  await store.windows.replace('interaction', week, { ...answer, rows: [] })
  await store.windows.replace('activity', week, { ...answer, rows: [] })
  await store.records.keepScorecards({ ...answer, period: week, scope: 'all' }, [])
  await store.records.keepDailyActivity({ ...answer, period: week, scope: 'all' }, [])
}

const figuresReady = (read: () => Promise<void> = () => readWeek(), from: OpenedStore = store) =>
  createFiguresReady({
    store: from,
    sync: { refresh: async () => undefined, ensureFetched: async () => undefined },
    async refresh(purpose) {
      refreshes.push(purpose)
      await read()
      return true
    },
    clock: movableClock(now),
    log: createLog('silent'),
  })

async function startPilot(...pilotTeams: string[]): Promise<void> {
  await store.subscriptions.insertProgramme({
    id: 'p1',
    kind: 'team',
    recurrence: every,
    stage: 'pilot',
    pilotTeams,
    whenEmpty: 'skip',
    ownerSlackId: 'U1',
    status: 'active',
    createdAt: now,
  })
}

it('are ready when everything was read after the week had settled, and then asked for nothing more', async () => {
  await readWeek()
  const ready = figuresReady()
  expect(await ready(week, settledAt, now)).toEqual({ type: 'ready', lacks: [] })
  expect(await ready(week, settledAt, now)).toEqual({ type: 'ready', lacks: [] })
  expect(refreshes).toEqual([])
})

it('are looked for once for all digests that ask at one moment', async () => {
  await readWeek()
  let looks = 0
  const { windows } = store
  const counting: typeof windows = {
    ...windows,
    state(kind, period, scope) {
      if (kind === 'interaction') looks += 1
      return windows.state(kind, period, scope)
    },
  }
  const ready = figuresReady(undefined, { ...store, windows: counting })
  const asked = Array.from({ length: 20 }, () => ready(week, settledAt, now))
  expect(await Promise.all(asked)).toEqual(asked.map(() => ({ type: 'ready', lacks: [] })))
  expect(looks).toBe(1)
})

it('are read when they were read before the week had settled', async () => {
  await readWeek(undefined, new Date('2026-11-22T20:00:00Z'))
  expect(await figuresReady()(week, settledAt, now)).toEqual({ type: 'ready', lacks: [] })
  expect(refreshes).toEqual(['scheduled'])
})

it("of a pilot are ready when its people were read, and not for somebody's digest who was not among them", async () => {
  await startPilot('2')
  await readWeek(['2', '21'])
  const ready = figuresReady(() => readWeek(['2', '21', '3', '31']))
  expect(await ready(week, settledAt, now)).toEqual({ type: 'ready', lacks: [] })
  expect(refreshes).toEqual([])
  await store.subscriptions.insert(teamDigest({ subjectId: '3' }))
  expect(await ready(week, settledAt, now)).toEqual({ type: 'ready', lacks: [] })
  expect(refreshes).toEqual(['scheduled'])
  expect(await ready(week, settledAt, now)).toEqual({ type: 'ready', lacks: [] })
  expect(refreshes).toHaveLength(1)
})

it('of a pilot that has become a programme for everyone are read for everyone', async () => {
  await startPilot('2')
  await readWeek(['2', '21'])
  await store.subscriptions.updateProgramme('p1', { stage: 'everyone' })
  await figuresReady()(week, settledAt, now)
  expect(refreshes).toEqual(['scheduled'])
})

/** Everything but interaction figures, which were read before the week had settled. */
async function readAllBut(): Promise<void> {
  await readWeek()
  const early = { readAt: new Date('2026-11-22T20:00:00Z'), final: false, quarantined: 0, quarantinedIds: [] }
  await store.windows.replace('interaction', week, { ...early, rows: [] })
}
const threeHoursAgo = new Date('2026-11-23T05:00:00Z')

it('that Gong fails on are waited for over two hours, then the digest names them as lacking', async () => {
  await store.gaps.open({ kind: 'interaction', why: 'unavailable' }, now)
  const ready = figuresReady(readAllBut)
  expect(await ready(week, settledAt, now)).toMatchObject({ type: 'later' })
  expect(await ready(week, settledAt, threeHoursAgo)).toEqual({ type: 'ready', lacks: ['interaction'] })
})

it('behind a closed door are not waited for, and lacking all the same: the door may be opened', async () => {
  await store.gaps.open({ kind: 'interaction', why: 'scope', scope: 'api:stats:interaction' }, now)
  expect(await figuresReady(readAllBut)(week, settledAt, now)).toEqual({ type: 'ready', lacks: ['interaction'] })
})

it('that a long pause of Gong keeps away are lacking too, though no operation failed', async () => {
  await readAllBut()
  const ready = figuresReady(() =>
    Promise.reject(new GongRateLimited({ endpoint: 'POST /stats/interaction', retryAfterMs: 86_400_000, by: 'gong' })),
  )
  expect(await ready(week, settledAt, now)).toMatchObject({ type: 'later' })
  expect(await ready(week, settledAt, threeHoursAgo)).toEqual({ type: 'ready', lacks: ['interaction'] })
})
