// Reading restricted to a pilot's people, and coaching of periods nobody reads ahead: what is asked of Gong, and what is then known.
import { afterEach, describe, expect, it } from 'vitest'
import type { PersonId } from '../../src/domain/person.ts'
import { GongRateLimited } from '../../src/errors.ts'
import type { LoggedGongRequest } from '../../src/sandbox/gong/request-log.ts'
import { type SyncWorld, syncWorld } from './world.ts'

let open: SyncWorld | undefined
afterEach(async () => {
  await open?.stop()
  open = undefined
})

async function world(given: Parameters<typeof syncWorld>[0] = {}): Promise<SyncWorld> {
  open = await syncWorld(given)
  return open
}

const lastWeek = { from: '2026-11-16', to: '2026-11-23' }
/** Eight days nobody reads ahead. */
const unusual = { from: '2026-11-10', to: '2026-11-18' }
const quietly = async () => undefined
const neverWaits = async () => {
  throw new Error('it was read already')
}

const userIdsOf = ({ body }: LoggedGongRequest): readonly PersonId[] | undefined => {
  const { filter } = JSON.parse(body) as { filter: { userIds?: readonly PersonId[]; reviewedUserIds?: readonly PersonId[] } }
  return filter.userIds ?? filter.reviewedUserIds
}

/** The team of the persona, its manager first. */
const pilotOf = ({ gong }: SyncWorld): PersonId[] => {
  const { manager } = gong.personas
  const reports = gong.company.people.filter(({ active, managerIndex }) => active && managerIndex === manager.index)
  return [manager.id, ...reports.map(({ id }) => id)]
}

describe.each(['documented', 'live'] as const)('a pilot over the %s contract', (contract) => {
  it('reads its people alone, knows everybody by name, and reads who asks from outside', async () => {
    let only: readonly PersonId[] | undefined
    const { gong, store, sync } = await world({ contract, people: 60, onlyPeople: async () => only })
    only = pilotOf({ gong } as SyncWorld)
    await sync.refresh('background')
    const asked = gong.log.all().filter(({ method }) => method === 'POST')
    expect(asked.length).toBeGreaterThan(40)
    expect(asked.every((request) => JSON.stringify(userIdsOf(request)) === JSON.stringify(only))).toBe(true)
    // The list of people is whole: the next team is chosen from it.
    expect((await store.people.chart()).active).toHaveLength(gong.company.people.filter(({ active }) => active).length)
    expect((await sync.reading()).onlyPeople).toBe(only.length)

    const outside = gong.company.people.find(({ id, active }) => active && !only?.includes(id))?.id ?? ''
    expect([...(await store.reads.interaction(lastWeek, [...only, outside])).neverRead]).toEqual([outside])
    const before = gong.log.all().length
    await sync.ensureFetched({ period: lastWeek, personIds: [outside], asker: 'U1' }, quietly)
    const own = gong.log.all().slice(before)
    expect(own.length).toBeGreaterThan(0)
    expect(own.every((request) => JSON.stringify(userIdsOf(request)) === JSON.stringify([outside]))).toBe(true)
    expect((await store.reads.interaction(lastWeek, [outside])).neverRead.size).toBe(0)
    await sync.ensureFetched({ period: lastWeek, personIds: [outside], asker: 'U1' }, neverWaits)
    // A question about everybody is about the pilot while it lasts.
    await sync.ensureFetched({ period: lastWeek, personIds: 'all', asker: 'U1' }, neverWaits)
  })

  it('is looked up once for each reading: a plan for each costs more than the reading', async () => {
    let lookUps = 0
    const { sync } = await world({
      contract,
      onlyPeople: async () => {
        lookUps += 1
        return undefined
      },
    })
    const { done } = await sync.refresh('background')
    expect(done).toBeGreaterThan(40)
    // Each plan asks twice; there is one before the list of people is read and one after it. Coaching asks for its managers beside.
    expect(lookUps).toBeLessThanOrEqual(2 * done + 4)
  })

  it('that ends has everything read again for everybody, final weeks too', async () => {
    let only: readonly PersonId[] | undefined
    const { gong, store, sync } = await world({ contract, onlyPeople: async () => only })
    only = pilotOf({ gong } as SyncWorld)
    await sync.refresh('background')
    expect((await sync.plan()).due).toEqual([])
    only = undefined
    const { due, wanted } = await sync.plan()
    expect(due).toHaveLength(wanted)
    await sync.refresh('background')
    const everybody = gong.company.people.filter(({ active }) => active).map(({ id }) => id)
    expect((await store.reads.interaction({ from: '2026-09-21', to: '2026-09-28' }, everybody)).neverRead.size).toBe(0)
    expect((await sync.plan()).due).toEqual([])
  })
})

describe('coaching of an unusual period', () => {
  it('is read with the figures where it is shown, one request for all managers each period, and once', async () => {
    const { gong, store, sync } = await world()
    await sync.refresh('background')
    const { manager, rep } = gong.personas
    const need = { period: unusual, personIds: [manager.id, rep.id], managerIds: [manager.id], asker: 'U1' }
    const before = gong.log.count('/coaching/metrics')
    await sync.ensureFetched({ period: unusual, personIds: [manager.id, rep.id], asker: 'U1' }, quietly)
    expect(gong.log.count('/coaching/metrics')).toBe(before)
    await sync.ensureFetched(need, quietly)
    // The eight days and the eight before. Berlin is an hour ahead of UTC.
    const asked = gong.log
      .all()
      .filter(({ path }) => path === '/coaching/metrics')
      .slice(before)
      .map(({ query }) => [...new URLSearchParams(query)])
    expect(asked).toEqual([
      [
        ['from', '2026-11-09T23:00:00.000Z'],
        ['to', '2026-11-17T23:00:00.000Z'],
      ],
      [
        ['from', '2026-11-01T23:00:00.000Z'],
        ['to', '2026-11-09T23:00:00.000Z'],
      ],
    ])
    const known = await store.reads.coaching(unusual, [manager.id])
    expect(known.neverRead.size).toBe(0)
    await sync.ensureFetched(need, neverWaits)
    // The answer was about every manager.
    const another = gong.company.people.find(({ index, id }) => gong.company.reportsOf.has(index) && id !== manager.id)?.id ?? ''
    expect((await store.reads.coaching(unusual, [another])).neverRead.size).toBe(0)
  })

  it('costs a request a manager where Gong answers one at a time, for those asked about and no more than ten', async () => {
    const { gong, store, sync } = await world({ contract: 'live', people: 130 })
    await sync.refresh('background')
    const managers = (await store.people.chart()).managers.map(({ id }) => id)
    expect(managers.length).toBeGreaterThan(10)
    const { manager } = gong.personas
    const before = gong.log.count('/coaching')
    await sync.ensureFetched({ period: unusual, personIds: [manager.id], managerIds: [manager.id], asker: 'U1' }, quietly)
    expect(gong.log.count('/coaching')).toBe(before + 2)
    expect((await store.reads.coaching(unusual, managers)).neverRead.size).toBe(managers.length - 1)
    await sync.ensureFetched({ period: unusual, personIds: [manager.id], managerIds: managers, asker: 'U1' }, neverWaits)
    expect(gong.log.count('/coaching')).toBe(before + 2)
  })

  it('counts against the share of whoever asks', async () => {
    // A twentieth of 200 requests a day: 10 for one person. Figures of both periods take 4, coaching 2.
    const { gong, sync, clock } = await world({ perDay: 200 })
    await sync.refresh('background').catch(() => undefined)
    clock.moveTo(new Date('2026-11-26T11:00:00Z'))
    const { manager } = gong.personas
    const ask = (from: string, to: string) =>
      sync.ensureFetched({ period: { from, to }, personIds: [manager.id], managerIds: [manager.id], asker: 'U1' }, quietly)
    await ask('2026-11-10', '2026-11-18')
    await expect(ask('2026-11-09', '2026-11-17')).rejects.toBeInstanceOf(GongRateLimited)
  })

  it('is read ahead for managers with a reminder alone where each costs a request, and for another one when asked', async () => {
    let coached: readonly PersonId[] = []
    const { gong, sync, store } = await world({ contract: 'live', coachedManagers: async () => coached })
    const { manager } = gong.personas
    await sync.refresh('background')
    expect(gong.log.count('/coaching')).toBe(0)
    // Somebody switches a reminder on: this week and last are due for them, and read.
    coached = [manager.id]
    expect((await sync.plan()).due.map(({ kind }) => kind)).toEqual(['coaching', 'coaching'])
    await sync.refresh('background')
    expect(gong.log.count('/coaching')).toBe(2)
    expect((await store.reads.coaching(lastWeek, [manager.id])).neverRead.size).toBe(0)
    const another = (await store.people.chart()).managers.find(({ id }) => id !== manager.id)?.id ?? ''
    expect([...(await store.reads.coaching(lastWeek, [another])).neverRead]).toEqual([another])
    await sync.ensureFetched({ period: lastWeek, personIds: [another], managerIds: [another], asker: 'U1' }, quietly)
    expect((await store.reads.coaching(lastWeek, [another])).neverRead.size).toBe(0)
  })
})
