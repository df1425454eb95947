// The past a figure is held against is fetched with the question: for the people asked about, once, and never instead of the period.
import { afterEach, describe, expect, it } from 'vitest'
import { everyLeaderAlone } from '../../src/domain/onlookers.ts'
import { publishedTargets } from '../../src/stats/figures/target.ts'
import { coachingAnswerLookBack, figuresLookBack } from '../../src/stats/look-back.ts'
import { createStatsService } from '../../src/stats/service.ts'
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

const statsOf = ({ store, clock }: SyncWorld) =>
  createStatsService({
    reads: store.reads,
    minimumCalls: 3,
    minimumGroup: 5,
    weekStart: 1,
    targets: publishedTargets,
    unmarkedScorecards: 'show',
    onlookers: async () => everyLeaderAlone,
    clock,
  })

/** The cards of one question are fetched back to 13 May; the refresh keeps them from 24 August on. */
const july = { from: '2026-07-06', to: '2026-07-13' }
const lastWeek = { from: '2026-11-16', to: '2026-11-23' }

describe.each(['documented', 'live'] as const)('over the %s contract', (contract) => {
  it('a week in July is whole after it was asked for, and costs nothing the second time', async () => {
    const here = await world({ contract, people: 24 })
    await here.sync.refresh('background')
    const chart = await here.store.people.chart()
    const [manager] = chart.managers.filter(({ id }) => chart.team(id).length > 2)
    const team = chart.team(manager?.id ?? '')
    const need = {
      period: july,
      personIds: team.map(({ id }) => id),
      managerIds: [manager?.id ?? ''],
      asker: 'U1',
      lookBack: { ...figuresLookBack(july, 1), ...coachingAnswerLookBack(july, 1) },
    }
    const before = await statsOf(here).coaching(manager?.id ?? '', july, above)
    expect([before.coachedIn2Weeks, before.state.cardsKnown]).toEqual([undefined, 'none'])
    let seconds = 0
    await here.sync.ensureFetched(need, async (expected) => {
      seconds = expected
    })
    expect(seconds).toBeGreaterThan(0)
    const after = await statsOf(here).coaching(manager?.id ?? '', july, above)
    expect([after.state.cardsKnown, after.state.countsKnown]).toEqual([undefined, undefined])
    expect(after.coachedIn4Weeks).toBeGreaterThanOrEqual(after.coachedIn2Weeks ?? Number.NaN)
    const person = await statsOf(here).person(team[0]?.id ?? '', july)
    expect(person.state.weeksKnown).toBeUndefined()
    const asked = here.gong.log.all().length
    await here.sync.ensureFetched(need, async () => {
      throw new Error('it was fetched already')
    })
    expect(here.gong.log.all()).toHaveLength(asked)
  })

  it('three weeks ago a person is held against the weeks that are there, and the answer says how many', async () => {
    const here = await world({ contract, people: 24 })
    await here.sync.refresh('background')
    const { id } = here.gong.personas.rep
    // Kept are nine weeks, the last one among them: of the eight before 26 October five.
    const period = { from: '2026-10-26', to: '2026-11-02' }
    const ofPerson = await statsOf(here).person(id, period)
    expect(ofPerson.state.weeksKnown).toEqual({ read: 5, of: 8 })
    // Of the nine weeks of the trend the first three were never fetched: neither a person's nor a team's have too few calls.
    const subject = { type: 'team', managerId: here.gong.personas.manager.id } as const
    for (const { trend } of [ofPerson, await statsOf(here).team(subject, period, 'by-name')]) {
      const weeks = (trend.get('talk-ratio') ?? []).map(({ value }) => (value.known ? 'known' : value.why))
      expect([weeks.slice(0, 3), weeks.slice(3).includes('not-read')]).toEqual([['not-read', 'not-read', 'not-read'], false])
    }
    const need = { period, personIds: [id], asker: 'U1' }
    const asked = here.gong.log.all().length
    await here.sync.ensureFetched({ ...need, lookBack: figuresLookBack(period, 1) }, async () => undefined)
    expect((await statsOf(here).person(id, period)).state.weeksKnown).toBeUndefined()
    // Three weeks of interaction and of activity.
    expect(here.gong.log.all().length - asked).toBe(6)
    expect((await statsOf(here).person(id, lastWeek)).state.weeksKnown).toBeUndefined()
  })

  it('the period is answered where the past cannot be fetched', async () => {
    const here = await world({ contract, people: 24 })
    await here.sync.refresh('background')
    const [id] = here.gong.company.people.map((person) => person.id)
    const path = contract === 'documented' ? '/stats/scorecards' : '/stats/activity/scorecards'
    here.gong.faults.add({ type: 'server-error', status: 500 }, { path })
    const period = { from: '2026-09-07', to: '2026-09-14' }
    const need = { period, personIds: [id ?? ''], asker: 'U1', lookBack: coachingAnswerLookBack(period, 1) }
    await here.sync.ensureFetched(need, async () => undefined)
    const { state, cards } = await statsOf(here).coachingReceived(id ?? '', period)
    // From 24 August on everything is there: that week's cards are whole, and what is older is not counted.
    expect(state.cardsKnown).toEqual({ from: '2026-08-24', to: '2026-09-14' })
    expect(cards.every(({ answeredAt }) => answeredAt >= new Date('2026-09-07T00:00:00+02:00'))).toBe(true)
  })

  it('the whole company is not fetched back for one question', async () => {
    const here = await world({ contract, people: 24 })
    await here.sync.refresh('background')
    const asked = here.gong.log.all().length
    const need = { period: lastWeek, personIds: 'all' as const, asker: 'U1', lookBack: coachingAnswerLookBack(july, 1) }
    await here.sync.ensureFetched(need, async () => undefined)
    expect(here.gong.log.all()).toHaveLength(asked)
  })
})
