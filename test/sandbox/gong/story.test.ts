// The story of the simulated company, seen as the app sees it: through the real client, in both contracts.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ActivityCounters, InteractionFigures } from '../../../src/domain/gong-figures.ts'
import { addDays, type Period } from '../../../src/domain/period.ts'
import type { SimulatedPerson } from '../../../src/sandbox/gong/company.ts'
import { type Joined, join, lastWeek } from './kit.ts'

const asking = { purpose: 'background' } as const
const week = (from: string): Period => ({ from, to: addDays(from, 7) })

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? Number.NaN)) / 2
}

describe.each(['documented', 'live'] as const)('the story through the %s contract', (contract) => {
  let world: Joined
  beforeAll(async () => {
    // Monday, 23 November 2026, noon; the story is counted back from this week.
    world = await join({ contract })
  })
  afterAll(() => world.stop())

  const figures = async (period: Period): Promise<ReadonlyMap<string, InteractionFigures>> =>
    new Map((await world.client.source.fetchInteraction(period, asking)).records.map((row) => [row.personId, row]))
  const counters = async (period: Period): Promise<ReadonlyMap<string, ActivityCounters>> =>
    new Map((await world.client.source.fetchActivity(period, asking)).records.map((row) => [row.personId, row]))
  const hosted = async (period: Period, person: SimulatedPerson): Promise<number> =>
    (await counters(period)).get(person.id)?.callsAsHost ?? 0
  const teamOf = (manager: SimulatedPerson): readonly string[] =>
    (world.gong.company.reportsOf.get(manager.index) ?? []).map(({ id }) => id)

  it('has a holiday week without a call, between two weeks with many', async () => {
    // Seven weeks before 23 November: 5 to 11 October.
    expect(world.gong.company.dates.holiday).toEqual({ from: '2026-10-05', to: '2026-10-12' })
    const calls = async (from: string) => [...(await counters(week(from))).values()].reduce((sum, row) => sum + (row.callsAsHost ?? 0), 0)
    expect(await calls('2026-10-05')).toBe(0)
    // Documented, some people without calls are rows of zeros; live, nobody is there.
    const rows = [...(await figures(week('2026-10-05'))).values()]
    expect(rows.filter(({ callsCount = 0, talkShare }) => callsCount > 0 || talkShare !== undefined)).toEqual([])
    expect(await calls('2026-09-28')).toBeGreaterThan(150)
    expect(await calls('2026-10-12')).toBeGreaterThan(150)
  })

  it('has no day of activity at a weekend', async () => {
    const { records } = await world.client.source.fetchDailyActivity({ from: '2026-11-09', to: '2026-11-23' }, asking)
    expect(records.length).toBeGreaterThan(100)
    // 14 and 15, 21 and 22 November are Saturdays and Sundays.
    const weekend = records.filter(({ date }) => ['2026-11-14', '2026-11-15', '2026-11-21', '2026-11-22'].includes(date))
    expect(weekend.flatMap(({ callsAsHost = 0, callsAttended = 0 }) => [callsAsHost, callsAttended]).filter(Boolean)).toEqual([])
  })

  it('has a team with a bad quarter: fewer calls and more talking than before, and than another team', async () => {
    const { badQuarterManager, manager } = world.gong.personas
    // It goes wrong nine weeks back, on 21 September.
    expect(world.gong.company.dates.badFrom).toBe('2026-09-21')
    const [before, after] = [
      { from: '2026-08-24', to: '2026-09-21' },
      { from: '2026-10-26', to: '2026-11-23' },
    ]
    const talk = async (period: Period, of: SimulatedPerson) => {
      const rows = await figures(period)
      return median(teamOf(of).flatMap((id) => rows.get(id)?.talkShare ?? []))
    }
    const calls = async (period: Period, of: SimulatedPerson) => {
      const rows = await counters(period)
      return teamOf(of).reduce((sum, id) => sum + (rows.get(id)?.callsAsHost ?? 0), 0)
    }
    // Nine points more of talking, and six calls where there were ten.
    expect((await talk(after, badQuarterManager)) - (await talk(before, badQuarterManager))).toBeGreaterThan(0.06)
    expect((await calls(after, badQuarterManager)) / (await calls(before, badQuarterManager))).toBeLessThan(0.8)
    expect(Math.abs((await talk(after, manager)) - (await talk(before, manager)))).toBeLessThan(0.04)
  })

  it('has somebody whose monologues shorten once coaching begins', async () => {
    const { coached, manager } = world.gong.personas
    // Five weeks back: 19 October. 205 s before; 110 s less after four weeks.
    expect(world.gong.company.dates.coachedFrom).toBe('2026-10-19')
    const longest = async (from: string) => (await figures(week(from))).get(coached.id)?.longestMonologueSeconds ?? Number.NaN
    expect(await longest('2026-09-21')).toBeGreaterThan(180)
    expect(await longest('2026-11-16')).toBeLessThan(contract === 'live' ? 120 : 145)
    const scored = async (from: string, to: string) =>
      (await world.client.source.fetchScorecards({ from, to }, asking)).records.filter(
        ({ reviewedId, reviewerId }) => reviewedId === coached.id && reviewerId === manager.id,
      ).length
    expect(await scored('2026-10-19', '2026-11-23')).toBeGreaterThan(await scored('2026-09-14', '2026-10-19'))
  })

  it('has a manager who never coaches, though the others do', async () => {
    const { neverCoaches, manager } = world.gong.personas
    const { records } = await world.client.source.fetchCoaching(
      { from: '2026-10-26', to: '2026-11-23' },
      { ...asking, managerIds: [manager.id, neverCoaches.id] },
    )
    const done = (of: SimulatedPerson) =>
      records
        .filter(({ managerId }) => managerId === of.id)
        .reduce(
          (sum, { callsListenedTo = 0, commentsGiven = 0, scorecardsFilled = 0 }) =>
            sum + callsListenedTo + commentsGiven + scorecardsFilled,
          0,
        )
    expect(done(neverCoaches)).toBe(0)
    expect(done(manager)).toBeGreaterThan(10)
  })

  it('has a new hire: nothing before the first day, then more every week', async () => {
    const { newHire } = world.gong.personas
    // Seven weeks back, on the Tuesday of the holiday week.
    expect(newHire.joinedOn).toBe('2026-10-06')
    expect(await hosted({ from: '2026-08-01', to: '2026-10-06' }, newHire)).toBe(0)
    const [first, latest] = [await hosted(week('2026-10-12'), newHire), await hosted(lastWeek, newHire)]
    expect(latest).toBeGreaterThan(first)
  })

  it('has somebody on leave for two weeks, with calls before and after', async () => {
    const { onLeave } = world.gong.personas
    expect(await hosted(week('2026-10-26'), onLeave)).toBeGreaterThan(0)
    expect(await hosted({ from: '2026-11-02', to: '2026-11-16' }, onLeave)).toBe(0)
    expect(await hosted(lastWeek, onLeave)).toBeGreaterThan(0)
  })
})

describe('a company of 300', () => {
  it('has figures such as a sales company has: spread, and none that cannot be', async () => {
    const { client, stop } = await join({ people: 300 })
    try {
      const { records, quarantined } = await client.source.fetchInteraction(lastWeek, asking)
      expect(quarantined).toEqual([])
      const talking = records.filter(({ callsCount = 0 }) => callsCount >= 3)
      expect(talking.length).toBeGreaterThan(200)
      const valuesOf = (figure: 'talkShare' | 'longestMonologueSeconds' | 'interactivity' | 'questionRate' | 'callsCount') =>
        talking.flatMap((row) => row[figure] ?? []).toSorted((a, b) => a - b)
      const spread = (figure: Parameters<typeof valuesOf>[0]) => {
        const values = valuesOf(figure)
        return [values[0] ?? Number.NaN, median(values), values.at(-1) ?? Number.NaN] as const
      }
      const [leastTalk, usualTalk, mostTalk] = spread('talkShare')
      expect(usualTalk).toBeGreaterThan(0.42)
      expect(usualTalk).toBeLessThan(0.56)
      expect([leastTalk > 0.2, leastTalk < 0.42, mostTalk > 0.58, mostTalk < 0.85]).toEqual([true, true, true, true])
      const [, usualCalls, mostCalls] = spread('callsCount')
      expect([usualCalls >= 5, usualCalls <= 15, mostCalls <= 45]).toEqual([true, true, true])
      const [leastLong, , mostLong] = spread('longestMonologueSeconds')
      expect([leastLong >= 20, mostLong <= 600]).toEqual([true, true])
      const [, usualQuestions] = spread('questionRate')
      expect([usualQuestions > 8, usualQuestions < 17]).toEqual([true, true])
      const cards = (await client.source.fetchScorecards({ from: '2026-10-26', to: '2026-11-23' }, asking)).records
      const scores = cards.flatMap(({ questions }) => questions.flatMap(({ score }) => score ?? []))
      expect([cards.length > 100, Math.min(...scores) >= 1, Math.max(...scores) <= 5]).toEqual([true, true, true])
      expect(new Set(scores).size).toBeGreaterThan(3)
    } finally {
      await stop()
    }
  })
})

describe.each(['documented', 'live'] as const)('late data through the %s contract', (contract) => {
  it('has calls of Friday that are analyzed at the weekend only, and none later than two days', async () => {
    const friday = { from: '2026-11-20', to: '2026-11-21' }
    /** Documented: analyzed calls. Live tells no number of them, but of whom it has figures. */
    const knownAt = async (at: string) => {
      const { client, stop } = await join({ contract, lateShare: 0.5, clock: { now: () => new Date(at) } })
      try {
        const { records } = await client.source.fetchInteraction(friday, asking)
        const counters = (await client.source.fetchActivity(friday, asking)).records
        return {
          analyzed: contract === 'live' ? records.length : records.reduce((sum, { callsCount = 0 }) => sum + callsCount, 0),
          held: counters.reduce((sum, { callsAsHost = 0 }) => sum + callsAsHost, 0),
        }
      } finally {
        await stop()
      }
    }
    const [saturday, monday, wednesday] = [
      await knownAt('2026-11-21T08:00:00Z'),
      await knownAt('2026-11-23T11:00:00Z'),
      await knownAt('2026-11-25T11:00:00Z'),
    ]
    expect(saturday.analyzed).toBeGreaterThan(0)
    expect(saturday.analyzed).toBeLessThan(monday.analyzed)
    expect(wednesday).toEqual(monday)
    // They were held all the same, and are counted as such from the first.
    expect(saturday.held).toBe(monday.held)
    if (contract === 'documented') expect(monday.analyzed).toBe(monday.held)
  })
})
