// Late figures are held back until enough people of a team changed. Whoever saw some of them by name, and does no more, would take those away
// from what is released: so it stays as shown.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Person } from '../../src/domain/person.ts'
import { member } from '../kit/delivery-world.ts'
import { inGong, readWeek, type SightWorld, sightWorld } from '../kit/sight-world.ts'

const reps = ['101', '102', '103', '104', '105', '106']
const people: readonly Person[] = [inGong('100'), ...reps.map((id) => inGong(id, '100'))]
const calls = Object.fromEntries(['100', ...reps].map((id, at) => [id, 2 ** at]))
const late = (...ids: readonly string[]) => ({ ...calls, ...Object.fromEntries(ids.map((id) => [id, (calls[id] ?? 0) + 1000])) })
const before = { known: true, value: 126 }

let world: SightWorld
beforeEach(async () => {
  world = await sightWorld(people)
  await world.store.directory.upsert(member('UADMIN', 'Amy', { isSlackAdmin: true }))
  await world.store.directory.upsert(member('UHR', 'Hana'))
})
afterEach(() => world.store.close())

const shown = async () => (await world.hosted('100', (await world.viewers.readerOf('U106')).viewer)).value

it('shows newer figures once enough changed, while nobody lost a right', async () => {
  await world.viewers.readerOf('UADMIN')
  expect(await shown()).toEqual(before)
  await readWeek(world, late('101', '102', '103', '104'))
  expect(await shown()).toEqual(before)
  await readWeek(world, late('101', '102', '103', '104', '105'))
  expect(await shown()).toEqual({ known: true, value: 5126 })
})

it.each<[string, () => Promise<unknown>, () => Promise<unknown>]>([
  [
    'an admin',
    () => world.viewers.readerOf('UADMIN'),
    () => world.store.directory.upsert(member('UADMIN', 'Amy', { isSlackAdmin: false })),
  ],
  [
    'a viewer of all of them',
    () => world.store.access.grant('UHR', { type: 'viewer', orgOf: '100' }, 'U100', world.clock.now()),
    async () => {
      const [role] = await world.store.access.allGrants()
      await world.store.access.revoke(role?.id ?? '', world.today())
    },
  ],
])('keeps them as shown where %s saw a part of them and does no more', async (_who, sees, loses) => {
  await sees()
  expect(await shown()).toEqual(before)
  await readWeek(world, late('101', '102', '103', '104'))
  expect(await shown()).toEqual(before)
  await loses()
  await readWeek(world, late('101', '102', '103', '104', '105'))
  expect(await shown()).toEqual(before)
})

it('answers the same about an admin who asks for the first time of a day, and another once they are none any more', async () => {
  const readBy = async () => (await world.viewers.onlookersOf(undefined)).readBy()
  for (const day of [0, 1]) {
    world.moveToDay(day)
    const asked = await readBy()
    const first = await world.viewers.readerOf('UADMIN')
    expect(await world.viewers.readerOf('UADMIN')).toEqual(first)
    expect(await readBy()).toBe(asked)
  }
  const asAdmin = await readBy()
  await world.store.directory.upsert(member('UADMIN', 'Amy', { isSlackAdmin: false }))
  expect((await world.viewers.readerOf('UADMIN')).viewer.grants).toEqual([{ type: 'admin', until: '2026-11-24' }])
  expect(await readBy()).not.toBe(asAdmin)
})
