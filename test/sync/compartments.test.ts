// One closed or failing operation stops nothing else, an odd list is not believed, and after healing nothing is lost. Over the real store,
// client and the simulated Gong.
import { afterEach, describe, expect, it } from 'vitest'
import { dataProblems } from '../../src/sync/data-problems.ts'
import { sizeOf } from '../kit/cases.ts'
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

const people = sizeOf({ usual: 300, whole: 2000 })
describe(`${people} people`, () => {
  it('lose nothing to odd fields in 1 % of the records, moving lists, a closed and a failing operation, a shrunken list', async () => {
    const here = await world({ people })
    const { faults, company } = here.gong
    const off = [
      faults.add({ type: 'moving' }, { path: '/users', times: 1, share: 1 }),
      faults.add({ type: 'odd-fields', share: 0.01 }, { path: '/users' }),
      faults.add({ type: 'odd-fields', share: 0.01 }, { path: '/stats/scorecards' }),
      faults.add({ type: 'refused', status: 403, error: 'no' }, { path: '/coaching/metrics' }),
      faults.add({ type: 'server-error' }, { path: '/stats/activity/aggregated' }),
    ]
    await here.sync.refresh('background')
    const chart = await here.store.people.chart()
    expect(chart.active).toHaveLength(company.people.length)
    expect((await here.store.listWatch.problems()).setAside).toBeUndefined()
    const ids = company.people.map(({ id }) => id)
    const cards = (await here.store.reads.scorecards(lastWeek, { reviewedIds: ids })).records.length
    expect(cards).toBeGreaterThan(people / 20)
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
