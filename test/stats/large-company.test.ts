// One team of a large company is answered without a look at the rest: no list of everybody is walked, and nobody's table of people is
// made before somebody looks at it. Counted, not timed.
import { describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { everyLeaderAlone } from '../../src/domain/onlookers.ts'
import type { Person } from '../../src/domain/person.ts'
import type { Reads } from '../../src/domain/reads.ts'
import { type OrgChart, orgChart } from '../../src/domain/team.ts'
import { createStatsService } from '../../src/stats/service.ts'
import { fakeReads } from './fake-reads.ts'
import { above, now, person, week } from './world.ts'

const people: Person[] = [
  person('boss'),
  ...Array.from({ length: 1000 }, (_, team) => [
    person(`m${team}`, 'boss'),
    ...Array.from({ length: 9 }, (_, rep) => person(`r${team}-${rep}`, `m${team}`)),
  ]).flat(),
]

/** The reads, and what of the chart was asked for. */
function watched(): { readonly reads: Reads; readonly walked: string[]; readonly asked: number[] } {
  const walked: string[] = []
  const asked: number[] = []
  const watch = (chart: OrgChart): OrgChart =>
    new Proxy(chart, {
      get(target, key) {
        if (key === 'active' || key === 'managers') walked.push(key)
        return Reflect.get(target, key)
      },
    })
  const reads = fakeReads({ people: people.slice(0, 1), interaction: { [now]: [{ personId: 'r7-0', callsCount: 4, talkShare: 0.5 }] } })
  const chart = watch(orgChart(people))
  return {
    walked,
    asked,
    reads: {
      ...reads,
      chart: async () => chart,
      interaction(period, ids) {
        asked.push(ids.length)
        return reads.interaction(period, ids)
      },
    },
  }
}

const serviceOver = (reads: Reads) =>
  createStatsService({
    reads,
    minimumCalls: 3,
    minimumGroup: 5,
    weekStart: 1,
    targets: [],
    unmarkedScorecards: 'show',
    onlookers: async () => everyLeaderAlone,
    clock: movableClock(new Date('2026-11-23T08:00:00Z')),
  })

describe('in a company of 10,000 people', () => {
  it('a team, a person and a team’s cards are answered from the team alone', async () => {
    const { reads, walked, asked } = watched()
    const service = serviceOver(reads)
    const team = { type: 'team', managerId: 'm7' } as const
    await service.team(team, week, 'medians')
    await service.team(team, week, 'by-name')
    await service.person('r7-3', week)
    await service.scorecards(team, week, { type: 'group' })
    await service.coaching('m7', week, above)
    expect(walked).toEqual([])
    expect(Math.max(...asked)).toBeLessThanOrEqual(10)
  })

  it('the table of people is made when it is looked at, once', async () => {
    const { reads } = watched()
    const report = await serviceOver(reads).team({ type: 'team', managerId: 'm7' }, week, 'by-name')
    expect(Object.getOwnPropertyDescriptor(report, 'people')?.get).toBeDefined()
    expect(report.people.map(({ person: { id } }) => id)).toEqual(Array.from({ length: 9 }, (_, rep) => `r7-${rep}`))
    expect(report.people).toBe(report.people)
    expect((await serviceOver(reads).team({ type: 'team', managerId: 'm7' }, week, 'medians')).people).toEqual([])
  })
})
