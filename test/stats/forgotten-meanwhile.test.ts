// Somebody is forgotten while an answer is read: after it said whom it shows, before it read their figures. It shows no sum without them to
// whoever was shown it with them, in this process or another one on the same database.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { everyLeaderAlone } from '../../src/domain/onlookers.ts'
import type { Subject } from '../../src/domain/policy.ts'
import type { Reads } from '../../src/domain/reads.ts'
import { PeopleChanged } from '../../src/errors.ts'
import { asOneReading } from '../../src/one-reading.ts'
import type { StatsService } from '../../src/stats/results.ts'
import { createStatsService } from '../../src/stats/service.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { migratedDatabase } from '../kit/database.ts'
import { openOn, usualStore } from '../kit/store.ts'
import { scored, shownCompany, teamOf } from './shown-company.ts'
import { person, valueOrWhy, week } from './world.ts'

const ada: Subject = { type: 'team', managerId: 'ada' }
/** Ada’s six have 4 to 9 calls and scores. */
const people = [person('boss'), ...['ada', 'ben'].map((id) => person(id, 'boss')), ...teamOf('ada', 6), ...teamOf('ben', 5)]

type Asking = (stats: StatsService) => Promise<number | string | undefined>
const answers: Readonly<Record<string, Asking>> = {
  'a team’s sum': async (stats) => valueOrWhy((await stats.team(ada, week, 'medians')).measures.get('calls-hosted')?.value),
  'a team’s scorecards': async (stats) => {
    const { overall, withheld } = await stats.scorecards(ada, week, { type: 'group' })
    return withheld ?? overall?.map(({ average: { value, n } }) => (value.known ? Math.round(value.value * n) : value.why))[0]
  },
  'the team beside a person': async (stats) => valueOrWhy((await stats.person('ada0', week)).team.get('calls-hosted')?.value),
}

let store: OpenedStore
let second: OpenedStore | undefined
let world: Awaited<ReturnType<typeof shownCompany>>
async function begin(opened: OpenedStore): Promise<void> {
  store = opened
  world = await shownCompany(store, people, 5)
  await world.calls(new Map(people.map(({ id }, index) => [id, index + 1])))
  await world.cards(people.map(({ id }, index) => scored(id, index + 1)))
}
beforeEach(async () => begin(await usualStore()))
afterEach(async () => {
  await second?.close()
  second = undefined
  await store.close()
})

const statsOver = (reads: Reads): StatsService =>
  createStatsService({
    reads,
    minimumCalls: 1,
    minimumGroup: 5,
    weekStart: 1,
    targets: [],
    unmarkedScorecards: 'show',
    onlookers: async () => everyLeaderAlone,
    clock: movableClock(new Date('2026-11-24T12:00:00Z')),
  })

/** Forgets these people one after the other, each while the next answer says whom it shows. */
function forgettingIn(reads: Reads, ids: string[], when: 'before' | 'after'): Reads {
  const next = async () => {
    const id = ids.shift()
    if (id !== undefined) await store.people.forget(id, 'key')
  }
  return {
    ...reads,
    async showing(kind, groups) {
      if (when === 'before') await next()
      await reads.showing(kind, groups)
      if (when === 'after') await next()
    },
  }
}

describe.each(Object.entries(answers))('%s', (_, asking) => {
  it.each(['before', 'after'] as const)('is withheld where somebody is forgotten %s it is stored whom it shows', async (when) => {
    expect(await asking(world.stats)).toBe(39)
    expect(await asking(statsOver(forgettingIn(store.reads, ['ada3'], when)))).toBe('deleted')
  })

  it('is withheld also within one reading, which keeps the people for a while', async () => {
    expect(await asking(world.stats)).toBe(39)
    const raced = statsOver(forgettingIn(store.reads, ['ada3'], 'before'))
    expect(await asOneReading(() => asking(raced))).toBe('deleted')
  })

  it('is withheld by a second process that has shown nothing yet', async () => {
    await store.close()
    const url = await migratedDatabase()
    await begin(await openOn(url))
    expect(await asking(world.stats)).toBe(39)
    second = await openOn(url)
    expect(await asking(statsOver(forgettingIn(second.reads, ['ada3'], 'before')))).toBe('deleted')
  })

  it('is refused where people change while it is read again', async () => {
    expect(await asking(world.stats)).toBe(39)
    await expect(asking(statsOver(forgettingIn(store.reads, ['ben3', 'ada3'], 'after')))).rejects.toThrow(PeopleChanged)
  })

  it('stays where somebody of another team is forgotten', async () => {
    expect(await asking(statsOver(forgettingIn(store.reads, ['ben3'], 'after')))).toBe(39)
  })
})
