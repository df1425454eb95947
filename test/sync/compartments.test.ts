// One closed or failing operation stops nothing else, an odd list is not believed, and after healing nothing is lost. Over the real store,
// client and the simulated Gong.
import { afterEach, describe, expect, it } from 'vitest'
import { everyLeaderAlone } from '../../src/domain/onlookers.ts'
import { coverageWords } from '../../src/reports/wording/coverage.ts'
import { targetsWith } from '../../src/stats/figures/target.ts'
import { createStatsService } from '../../src/stats/service.ts'
import { dataProblems } from '../../src/sync/data-problems.ts'
import { sizeOf } from '../kit/cases.ts'
import { above } from '../stats/world.ts'
import { type SyncWorld, syncWorld } from './world.ts'

let open: SyncWorld[] = []
async function world(given: Parameters<typeof syncWorld>[0] = {}): Promise<SyncWorld> {
  const made = await syncWorld({ perSecond: 1000, requestsPerSecond: 1_000_000, ...given })
  open.push(made)
  return made
}
afterEach(async () => {
  await Promise.all(open.map((one) => one.stop()))
  open = []
})

const lastWeek = { from: '2026-11-16', to: '2026-11-23' }
const hour = (hours: number) => new Date(Date.parse('2026-11-25T11:00:00Z') + hours * 3_600_000)
const problemWords = async ({ store, clock }: SyncWorld) => (await dataProblems(store, clock.now())).map(({ words }) => words)

describe.each(['documented', 'live'] as const)('over the %s contract', (contract) => {
  const paths =
    contract === 'documented' ? ['/stats/scorecards', '/stats/interaction'] : ['/stats/activity/scorecards', '/stats/interaction']

  it('a question goes on without an operation the key may not use, and says to admins which scope to grant', async () => {
    const here = await world({ contract, missingScopes: ['api:stats:scorecards', 'api:stats:user-actions:detailed'] })
    const ids = here.gong.company.people.map(({ id }) => id)
    const need = { period: lastWeek, personIds: ids, asker: 'U1' }
    await here.sync.refresh('background')
    await here.sync.ensureFetched(need, async () => undefined)
    expect((await here.store.reads.interaction(lastWeek, ids)).rows.size).toBeGreaterThan(30)
    const { gaps = [] } = await here.store.reads.tenant()
    expect(gaps.map(({ kind, why, scope, wasFetched }) => [kind, why, scope, wasFetched])).toEqual([
      ['scorecards', 'scope', 'api:stats:scorecards', false],
      ['daily-activity', 'scope', 'api:stats:user-actions:detailed', false],
    ])
    expect(await problemWords(here)).toEqual([
      'The key may not read scorecards: grant it api:stats:scorecards in Gong. Everything else goes on.',
      'The key may not read activity by day: grant it api:stats:user-actions:detailed in Gong. Everything else goes on.',
    ])
    // A closed door is not tried again by the next question.
    const before = here.gong.log.count(paths[0] ?? '')
    await here.sync.ensureFetched(need, async () => undefined)
    expect(here.gong.log.count(paths[0] ?? '')).toBe(before)
  })

  it('an operation that fails for days leaves the others fresh, is a problem after a day, and is whole after healing', async () => {
    const here = await world({ contract })
    const heal = here.gong.faults.add({ type: 'server-error', status: 500 }, { path: paths[1] ?? '' })
    const summary = await here.sync.refresh('background')
    expect(summary.done).toBeGreaterThan(20)
    here.clock.moveTo(hour(30))
    await here.sync.refresh('background')
    expect((await here.store.windows.state('activity', lastWeek, 'all'))?.readAt).toEqual(hour(30))
    expect(await problemWords(here)).toEqual([
      'Gong has not given interaction statistics for more than a day. Everything else goes on; npm run doctor says more.',
    ])
    heal()
    here.clock.moveTo(hour(31))
    expect((await here.sync.refresh('background')).failed).toBe(0)
    expect(await problemWords(here)).toEqual([])
    const ids = here.gong.company.people.map(({ id }) => id)
    expect((await here.store.reads.interaction(lastWeek, ids)).rows.size).toBeGreaterThan(30)
  })

  it('a question is refused only when nothing at all is there', async () => {
    const here = await world({ contract })
    await here.sync.refresh('background')
    here.gong.faults.add({ type: 'down' })
    const need = { period: { from: '2026-08-03', to: '2026-08-10' }, personIds: [here.gong.personas.rep.id], asker: 'U1' }
    await expect(here.sync.ensureFetched(need, async () => undefined)).rejects.toThrow('Gong is unavailable')
  })
})

it('one of two workspaces closed leaves the coaching of the other, is said wherever counts are, and is fetched again once it opens', async () => {
  const other = { id: '623457276584399', isClosed: true }
  const here = await world({ contract: 'live', furtherWorkspaces: [other] })
  await here.sync.refresh('background')
  const managerIds = here.gong.company.people.filter(({ index }) => here.gong.company.reportsOf.has(index)).map(({ id }) => id)
  const counts = async () => (await here.store.reads.coaching(lastWeek, managerIds)).rows
  const before = await counts()
  expect(before.size).toBeGreaterThan(1)
  expect((await here.store.reads.tenant()).workspaces).toEqual({ since: here.clock.now(), closed: 1, of: 2 })
  expect(await problemWords(here)).toEqual([
    "Gong does not give the coaching of 1 of 2 workspaces: the counts are of the others. Let the key's owner into all of them in Gong, or name those that count in GONG_WORKSPACE_ID.",
  ])
  const stats = createStatsService({
    reads: here.store.reads,
    minimumCalls: 3,
    minimumGroup: 5,
    weekStart: 1,
    targets: targetsWith([]),
    unmarkedScorecards: 'show',
    onlookers: async () => everyLeaderAlone,
    clock: here.clock,
  })
  const { state } = await stats.coaching(managerIds[0] ?? '', lastWeek, above)
  expect(coverageWords(state, 'en-GB')).toContain(" Gong's coaching counts are of 1 of its 2 workspaces; it does not give the others.")
  // Two weeks later the week has settled, and is fetched again all the same.
  here.clock.moveTo(hour(24 * 14))
  await here.sync.refresh('background')
  expect((await here.store.windows.state('coaching', lastWeek, 'all'))?.final).toBe(false)
  other.isClosed = false
  here.clock.moveTo(hour(24 * 15))
  await here.sync.refresh('background')
  expect(await problemWords(here)).toEqual([])
  expect((await stats.coaching(managerIds[0] ?? '', lastWeek, above)).state.workspacesKnown).toBeUndefined()
})

describe('the list of people', () => {
  it.each([
    ['shrunken', 12],
    ['empty', 0],
  ])('that comes back %s is not believed; the last one stays until an admin decides or it heals', async (_how, records) => {
    const here = await world()
    await here.sync.refresh('background')
    const everybody = (await here.store.people.chart()).active.length
    const heal = here.gong.faults.add({ type: 'shrunken', records }, { path: '/users' })
    here.clock.moveTo(hour(24))
    await here.sync.refresh('background')
    expect((await here.store.people.chart()).active).toHaveLength(everybody)
    const [problem] = await dataProblems(here.store, here.clock.now())
    expect(problem).toMatchObject({
      words: `Gong's list shrank from ${everybody} to ${records} people. I keep the old list until an admin decides.`,
      asks: 'shrunk-list',
    })

    await here.store.listWatch.decide('keep')
    here.clock.moveTo(hour(25))
    await here.sync.refresh('background')
    expect((await here.store.people.chart()).active).toHaveLength(everybody)
    const kept = (await dataProblems(here.store, here.clock.now())).find(({ key }) => key === 'people-shrunk')
    expect(kept).toMatchObject({ words: expect.stringContaining('An admin chose to keep the old list.'), asks: undefined })

    heal()
    here.clock.moveTo(hour(26))
    await here.sync.refresh('background')
    expect(await here.store.listWatch.problems()).toEqual({})
    expect(await problemWords(here)).toEqual([])
  })

  it('is taken as it is once an admin chose it, and not a shorter one', async () => {
    const here = await world()
    await here.sync.refresh('background')
    const off = here.gong.faults.add({ type: 'shrunken', records: 20 }, { path: '/users' })
    here.clock.moveTo(hour(24))
    await here.sync.refresh('background')
    expect(await here.store.listWatch.decide('use')).toBe(true)
    off()
    here.gong.faults.add({ type: 'shrunken', records: 6 }, { path: '/users', times: 1 })
    await here.sync.refresh('background')
    expect((await here.store.people.chart()).active.length).toBeGreaterThan(20)
    here.gong.faults.add({ type: 'shrunken', records: 20 }, { path: '/users' })
    await here.store.listWatch.decide('keep')
    here.clock.moveTo(hour(25))
    await here.sync.refresh('background')
    await here.store.listWatch.decide('use')
    here.clock.moveTo(hour(26))
    await here.sync.refresh('background')
    expect((await here.store.people.chart()).active).toHaveLength(20)
  })

  it('may lose four people of 43 without a question: they are leavers', async () => {
    const here = await world()
    await here.sync.refresh('background')
    here.gong.faults.add({ type: 'shrunken', records: 39 }, { path: '/users' })
    here.clock.moveTo(hour(24))
    await here.sync.refresh('background')
    expect((await here.store.people.chart()).active).toHaveLength(39)
  })

  it('that the key may not read is a problem that names the scope', async () => {
    const here = await world({ missingScopes: ['api:users:read'] })
    await here.sync.refresh('background')
    expect((await problemWords(here))[0]).toContain(
      "I may not read Gong's list of people (401): grant the key api:users:read, or give me PEOPLE_FILE",
    )
  })

  it('and everything else older than a day is a problem, once it was there', async () => {
    const here = await world()
    expect(await problemWords(here)).toEqual([])
    await here.sync.refresh('background')
    await here.store.directory.replaceAll([], here.clock.now())
    here.clock.moveTo(hour(23.9))
    expect(await problemWords(here)).toEqual([])
    here.clock.moveTo(hour(30))
    expect((await problemWords(here)).map((words) => words.split('.')[0])).toEqual([
      "Gong's list of people could not be refreshed for 30 h",
      "Slack's directory could not be refreshed for 30 h",
      "Gong's figures could not be refreshed for 30 h",
    ])
  })
})

const people = sizeOf({ usual: 110, whole: 2000 })
const pages = Math.ceil(people / 100)
const pathsOf = {
  documented: { scorecards: '/stats/scorecards', coaching: '/coaching/metrics', activity: '/stats/activity/aggregated' },
  live: { scorecards: '/stats/activity/scorecards', coaching: '/coaching', activity: '/stats/activity/aggregate' },
} as const
describe.each(['documented', 'live'] as const)(`${people} people over the %s contract`, (contract) => {
  it('lose nothing to odd fields in 1 % of the records, moving lists, a closed and a failing operation, a shrunken list', async () => {
    const here = await world({ people, contract })
    const path = pathsOf[contract]
    const moved = (at: string) => here.gong.log.all().filter(({ path: asked, fault }) => asked === at && fault === 'moving').length
    const { faults, company } = here.gong
    const off = [
      // Every page of a first reading; the list moves at its last one.
      faults.add({ type: 'moving' }, { path: '/users', times: pages }),
      faults.add({ type: 'moving' }, { path: '/stats/interaction', times: pages }),
      faults.add({ type: 'odd-fields', share: 0.01 }, { path: '/users' }),
      faults.add({ type: 'odd-fields', share: 0.01 }, { path: path.scorecards }),
      faults.add({ type: 'refused', status: 403, error: 'no' }, { path: path.coaching }),
      faults.add({ type: 'server-error' }, { path: path.activity }),
    ]
    await here.sync.refresh('background')
    for (const at of ['/users', '/stats/interaction']) expect(moved(at)).toBe(pages)
    const chart = await here.store.people.chart()
    expect(chart.active).toHaveLength(company.people.length)
    expect((await here.store.listWatch.problems()).setAside).toBeUndefined()
    const ids = company.people.map(({ id }) => id)
    const cards = (await here.store.reads.scorecards(lastWeek, { reviewedIds: ids })).records.length
    expect(cards).toBeGreaterThan(people / 20)
    expect((await here.store.reads.interaction(lastWeek, ids)).rows.size).toBeGreaterThan(people * 0.75)
    expect((await here.store.gaps.all()).map(({ kind }) => kind)).toEqual(['activity', 'coaching'])

    for (const heal of off) heal()
    here.clock.moveTo(hour(24))
    expect((await here.sync.refresh('background')).failed).toBe(0)
    expect(await here.store.gaps.all()).toEqual([])
    expect((await here.store.reads.activity(lastWeek, ids)).rows.size).toBeGreaterThan(people * 0.75)
    expect((await here.store.reads.scorecards(lastWeek, { reviewedIds: ids })).records).toHaveLength(cards)

    const grow = faults.add({ type: 'shrunken', records: 60 }, { path: '/users' })
    here.clock.moveTo(hour(48))
    await here.sync.refresh('background')
    expect((await here.store.people.chart()).active).toHaveLength(company.people.length)
    expect((await problemWords(here)).join(' ')).toContain(`Gong's list shrank from ${company.people.length} to`)
    grow()
    here.clock.moveTo(hour(49))
    await here.sync.refresh('background')
    expect(await problemWords(here)).toEqual([])
  })
})
