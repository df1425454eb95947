// The names of scorecard questions are behind a scope of their own: cards come without them, admins hear of it once, and it heals.
import { afterEach, expect, it } from 'vitest'
import { dataProblems } from '../../src/sync/data-problems.ts'
import { type SyncWorld, syncWorld } from './world.ts'

let here: SyncWorld | undefined
afterEach(() => here?.stop())

it('a key that may not read them is said to admins as one problem, since the first refusal', async () => {
  const missingScopes = ['api:settings:scorecards:read']
  here = await syncWorld({ contract: 'live', people: 12, perSecond: 1000, requestsPerSecond: 1_000_000, missingScopes })
  const { sync, store, clock } = here
  await sync.refresh('background')
  const [problem, ...more] = await dataProblems(store, clock.now())
  expect(problem?.words).toBe(
    'Names of scorecard questions need the scope api:settings:scorecards:read: grant it to the key in Gong. Until then messages call questions by number and know no scales; everything else goes on.',
  )
  expect([problem?.key, problem?.since, more]).toEqual(['questions-refused', clock.now(), []])
  const cards = await store.reads.scorecards({ from: '2026-10-01', to: '2026-11-25' }, {})
  expect(cards.records.length).toBeGreaterThan(0)
  // The next refusal is the same problem: admins hear once.
  const since = problem?.since
  clock.moveTo(new Date(clock.now().getTime() + 26 * 3_600_000))
  await sync.refresh('background')
  expect((await dataProblems(store, clock.now())).find(({ key }) => key === 'questions-refused')?.since).toEqual(since)

  // Once it is granted, weeks that had settled long before get their names too.
  const settled = { from: '2026-09-14', to: '2026-11-09' }
  const texts = async () =>
    (await store.reads.scorecards(settled, {})).records.flatMap(({ questions }) => questions.map(({ text }) => text))
  expect(new Set(await texts())).toEqual(new Set([undefined]))
  missingScopes.length = 0
  clock.moveTo(new Date(clock.now().getTime() + 26 * 3_600_000))
  await sync.refresh('background')
  expect((await texts()).filter((text) => text === undefined)).toEqual([])
  expect((await dataProblems(store, clock.now())).filter(({ key }) => key === 'questions-refused')).toEqual([])
})
