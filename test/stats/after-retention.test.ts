// The retention deletes what protects groups without names: who was where, who was forgotten, who coached whom, what was shown. Gong still has the
// week, and whoever asks has it fetched. A reader may have the digest of then, so no such week is shown without names again. Calls are powers
// of two: 1 + 2 + 4 + 8 + 16 + 32 = 63.
import { afterEach, describe, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { endedWeek, readWeek, type SightWorld, sightWorld } from '../kit/sight-world.ts'
import { card, now, person, stats, teamOf, valueOrWhy, week } from './world.ts'

const six = ['1', '2', '3', '4', '5', '6']
const people: readonly Person[] = [...six.map((id) => person(id, '99', { emails: [`u${id}@acme.test`] })), person('99'), person('98')]
const calls = Object.fromEntries(six.map((id, at) => [id, 2 ** at]))
const withoutSix = Object.fromEntries(Object.entries(calls).filter(([id]) => id !== '6'))
const sixMoved = people.map((each) => (each.id === '6' ? { ...each, managerId: '98' } : each))

describe('a team that a reader of it was shown', () => {
  let world: SightWorld
  afterEach(() => world.store.close())

  const shownToOne = async () => valueOrWhy((await world.hosted('99', (await world.viewers.readerOf('U1')).viewer)).value)

  /** Deletes as the job does, and fetches the week as a question does. */
  async function prune(keptFrom: string, list: readonly Person[], fetched: Readonly<Record<string, number>>): Promise<void> {
    await world.store.prune(keptFrom, keptFrom)
    await world.store.access.pruneRoles(keptFrom)
    await world.refresh(list)
    await readWeek(world, fetched)
  }

  async function yearLater(list: readonly Person[], fetched: Readonly<Record<string, number>>): Promise<void> {
    world.moveToDay(430)
    await prune('2026-12-27', list, fetched)
  }

  it('is not shown without whom it moved away since', async () => {
    world = await sightWorld(people)
    expect(await shownToOne()).toBe(63)
    world.moveToDay(7)
    await world.refresh(sixMoved)
    expect(await shownToOne()).toBe(63)
    await yearLater(sixMoved, calls)
    expect(await shownToOne()).toBe('not-kept')
    // By name it is who is in it now, for whoever sees them one by one.
    const byName = await world.stats.team({ type: 'team', managerId: '99' }, endedWeek, 'by-name')
    expect(valueOrWhy(byName.measures.get('calls-hosted')?.value)).toBe(31)
  })

  it('is not shown without who was forgotten since', async () => {
    world = await sightWorld(people)
    expect(await shownToOne()).toBe(63)
    world.moveToDay(7)
    await world.store.people.forget('6', 'key')
    expect(await shownToOne()).toBe('deleted')
    await yearLater(people.slice(0, 5).concat(people.slice(6)), withoutSix)
    expect(await shownToOne()).toBe('not-kept')
  })

  it('is not shown to who coached most of it and does no more', async () => {
    world = await sightWorld(people)
    for (const personId of ['2', '3', '4', '5'])
      await world.store.access.grant('U1', { type: 'coach', personId, until: '2026-11-30' }, 'U99', world.clock.now())
    expect(await shownToOne()).toBe('too-few-people')
    await yearLater(people, calls)
    expect(await shownToOne()).toBe('not-kept')
  })

  it('is not shown to who led most of it until a day of the week, once that day is deleted and the end of the week is not', async () => {
    world = await sightWorld(people.map((each) => (['2', '3', '4', '5'].includes(each.id) ? { ...each, managerId: '1' } : each)))
    await world.store.people.replaceAll(people, { readAt: world.clock.now(), seenOn: '2026-11-18' })
    expect(await shownToOne()).toBe('too-few-people')
    await prune('2026-11-20', people, calls)
    expect(await shownToOne()).toBe('not-kept')
  })

  it('stays so when the retention is longer from then on', async () => {
    world = await sightWorld(people)
    await yearLater(people, calls)
    await world.store.prune('2025-01-01', '2025-01-01')
    expect(await shownToOne()).toBe('not-kept')
  })
})

it.each([
  ['2026-11-16', 63, 6, undefined],
  ['2026-11-17', 'not-kept', 0, 'not-kept'],
] as const)('where everything is kept from %s on, the week of the 16th is %s', async (keptFrom, hosted, answered, withheld) => {
  const team = { type: 'team', managerId: 'maria' } as const
  const service = stats({
    people: teamOf(...six),
    interaction: { [now]: six.map((personId) => ({ personId, callsCount: 5, talkShare: 0.5 })) },
    activity: { [now]: six.map((personId, at) => ({ personId, callsAsHost: 2 ** at })) },
    scorecards: six.map((id) => card(id, 'maria', '2026-11-18T10:00:00Z', { overallScore: 2, overallRange: { min: 0, max: 5 } })),
    tenant: { keptFrom },
  })
  expect(valueOrWhy((await service.team(team, week, 'medians')).measures.get('calls-hosted')?.value)).toBe(hosted)
  expect(await service.scorecards(team, week, { type: 'group' })).toMatchObject({ answered, ...(withheld && { withheld }) })
})
