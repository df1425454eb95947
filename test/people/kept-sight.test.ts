// Zoe of Maria's team of six once saw four of the others by name, and does no more. What she saw she keeps: the team's figure without names
// would tell her the last one's, in her own answers and in every channel she reads.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { namesFor } from '../../src/digests/sending-rights.ts'
import type { Person } from '../../src/domain/person.ts'
import { type Grant, seenByName } from '../../src/domain/policy.ts'
import { tables } from '../../src/store/schema.ts'
import { member } from '../kit/delivery-world.ts'
import { type SightWorld, sightWorld } from '../kit/sight-world.ts'

const names = ['zoe', 'a', 'b', 'c', 'd', 'e']
const idOf = (name: string): string => String(100 + names.indexOf(name))
const four = ['a', 'b', 'c', 'd'].map(idOf)
const three = four.slice(1)
const people: readonly Person[] = [
  { id: '99', name: 'Maria', emails: ['u99@acme.test'], active: true },
  ...names.map((name) => ({ id: idOf(name), name, emails: [`u${idOf(name)}@acme.test`], active: true, managerId: '99' })),
]
const team = { isPrivate: true, people: ['99', ...names.map(idOf)].map((id) => member(`U${id}`, id)) }
const tooFew = { known: false, why: 'too-few-people' }

let world: SightWorld
beforeEach(async () => {
  world = await sightWorld(people)
})
afterEach(() => world.store.close())

/** In the team's private channel and where anybody reads. */
async function inChannels() {
  const readers = await Promise.all([world.viewers.onlookersOf(team), world.viewers.onlookersOf(undefined)])
  const answers = await Promise.all(readers.map((reader) => world.hosted('99', reader)))
  return answers.map(({ value }) => value)
}

const toZoe = async () => (await world.hosted('99', (await world.viewers.readerOf('U100')).viewer)).value

const moveFour = (to: string | null) => four.reduce((before, id) => before.then(() => world.store.people.move(id, to)), Promise.resolve())
const withLead = (lead: string, led = four) => people.map((each) => (led.includes(each.id) ? { ...each, managerId: lead } : each))
const coachesFour = async () => {
  for (const personId of four) await world.store.access.grant('U100', { type: 'coach', personId }, 'U99', world.clock.now())
}

it('is shown to a team of whom nobody ever led or coached another', async () => {
  expect([await toZoe(), ...(await inChannels())]).toEqual([0, 1, 2].map(() => ({ known: true, value: 126 })))
})

it.each<[string, () => Promise<unknown>]>([
  [
    'for two days by an admin',
    async () => {
      await moveFour('100')
      world.moveToDay(2)
      await moveFour(null)
    },
  ],
  [
    'for a moment by an admin',
    async () => {
      await moveFour('100')
      await moveFour(null)
    },
  ],
  [
    'for an hour by Gong',
    async () => {
      await world.refresh(withLead('100'))
      await world.refresh(people)
    },
  ],
  [
    'for a moment each, and others after her',
    async () => {
      for (const id of four) for (const lead of ['105', '100', null]) await world.store.people.move(id, lead)
    },
  ],
])('who led four of them %s is shown nothing', async (_how, happens) => {
  const { readBy } = await world.viewers.onlookersOf(team)
  await happens()
  expect([await toZoe(), ...(await inChannels())]).toEqual([tooFew, tooFew, tooFew])
  // A body kept for another attempt is not believed after it.
  expect((await world.viewers.onlookersOf(team)).readBy()).not.toBe(readBy())
})

const besideFour =
  (until: string | undefined, ...grants: Grant[]) =>
  async () => {
    for (const id of ['b', 'c', 'd', 'e']) grants.push({ type: 'coach', personId: idOf(id) })
    for (const grant of grants) await world.store.access.grant('U100', grant, 'U99', world.clock.now())
    if (until) await world.store.people.replaceAll(withLead('100', ['101']), { readAt: world.clock.now(), seenOn: '2026-01-06' })
    if (until) await world.store.people.replaceAll(people, { readAt: world.clock.now(), seenOn: until })
  }

it.each<[string, () => Promise<unknown>]>([
  ['led a until Tuesday of the week', besideFour('2026-11-17')],
  ['led a until the day the week began', besideFour('2026-11-16')],
  ['coached a until Tuesday of the week', besideFour(undefined, { type: 'coach', personId: idOf('a'), until: '2026-11-17' })],
  ['viewed them all until the day the week began', besideFour(undefined, { type: 'viewer', orgOf: '99', until: '2026-11-16' })],
  [
    'led a until Tuesday of the week, and by now leads the others',
    async () => {
      await world.store.people.replaceAll(withLead('100', ['101']), { readAt: world.clock.now(), seenOn: '2026-01-06' })
      await world.store.people.replaceAll(people, { readAt: world.clock.now(), seenOn: '2026-11-17' })
      await world.refresh(withLead('100', ['b', 'c', 'd', 'e'].map(idOf)))
    },
  ],
])('who sees the others and %s saw some of a’s week, not all of it', async (_how, happens) => {
  await happens()
  world.moveToDay(1)
  expect([await toZoe(), ...(await inChannels())]).toEqual([tooFew, tooFew, tooFew])
})

it.each<[string, () => Promise<unknown>]>([
  ['is in Gong’s list no more', () => world.refresh(people.filter(({ id }) => id !== '100'))],
  ['is a guest now', () => world.store.directory.upsert(member('U100', 'zoe', { isGuest: true }))],
  ['has another address', () => world.store.directory.upsert(member('U100', 'zoe', { email: 'zoe@elsewhere.test' }))],
])('who coached four of them and %s is an onlooker still', async (_what, happens) => {
  await coachesFour()
  expect(await inChannels()).toEqual([tooFew, tooFew])
  world.moveToDay(1)
  await happens()
  expect(await inChannels()).toEqual([tooFew, tooFew])
})

it.each<[string, () => Promise<unknown>]>([
  ['an admin’s link', () => world.store.people.link('105', 'U100')],
  [
    'an address in Gong',
    async () =>
      world.refresh(withLead('100', three).map((each) => (each.id === '100' ? { ...each, emails: ['zoe@elsewhere.test'] } : each))),
  ],
  ['an address in Slack', () => world.store.directory.upsert(member('U100', 'zoe', { email: 'u105@acme.test' }))],
  [
    'a reading of the directory',
    async () => {
      const all = await world.store.directory.all()
      const withGuest = all.map((each) => (each.slackUserId === 'U100' ? { ...each, isGuest: true } : each))
      await world.store.directory.replaceAll(withGuest, world.clock.now())
    },
  ],
])('who leads three of them, and was made somebody else or nobody by %s, is an onlooker still', async (_what, happens) => {
  await world.refresh(withLead('100', three))
  expect((await world.viewers.onlookersOf(team)).viewers.map(({ slackUserId }) => slackUserId)).toContain('U100')
  await happens()
  world.moveToDay(1)
  const { viewer } = await world.viewers.readerOf('U100')
  expect(viewer.grants).toEqual([{ type: 'was', personId: '100', until: expect.any(String) }])
  const inPrivate = await world.viewers.onlookersOf({
    isPrivate: true,
    people: team.people.filter(({ slackUserId }) => slackUserId === 'U100'),
  })
  expect((await world.hosted('99', inPrivate)).value).toEqual(tooFew)
  // It is no role: it stands in no list, and not among those that an older version reads, and opens nothing.
  expect(await world.store.access.allGrants()).toEqual([])
  expect(await world.store.database.select().from(tables.grants)).toEqual([])
  const own = viewer.person ? [viewer.person.id] : []
  expect(seenByName(viewer, await world.store.people.chart(), world.today())).toEqual(own)
})

it('keeps nothing where nobody became somebody else, and nothing of who is themself again', async () => {
  const kept = async () => (await world.store.access.roleHolders()).size
  await world.refresh(people)
  await world.store.directory.replaceAll(await world.store.directory.all(), world.clock.now())
  await world.store.directory.upsert(member('U100', 'zoe', { statusEmoji: ':palm_tree:' }))
  expect(await kept()).toBe(0)
  // Zoe's user is e from here on, and e's own user is nobody.
  await world.store.people.link('105', 'U100')
  expect(await kept()).toBe(2)
  await world.store.people.link('105', null)
  expect((await world.viewers.readerOf('U105')).viewer.grants).toEqual([])
  expect((await world.viewers.readerOf('U100')).viewer.grants).toEqual([{ type: 'was', personId: '105', until: expect.any(String) }])
})

it.each<[string, (each: Person) => Person | undefined]>([
  ['left the company', (each) => (each.id === '105' ? undefined : each)],
  ['left for another team', (each) => (each.id === '105' ? { ...each, managerId: '100' } : each)],
])('where somebody %s on Monday, the team’s channel names nobody beside the sum of all six', async (_what, become) => {
  let readers = { channelName: 'team', ...team }
  const named = async () =>
    namesFor({ showNames: true }, readers, { type: 'team', managerId: '99' }, await world.store.people.chart(), world.today(), {
      viewerOf: async (id) => (await world.viewers.readerOf(id)).viewer,
      namesInChannels: 'ask',
    })
  expect(await named()).toEqual({ shown: true })
  await world.refresh(people.flatMap((each) => become(each) ?? []))
  expect(await named()).toEqual({ shown: false, dropped: { outsiders: ['U105'], isPublic: false } })
  readers = { ...readers, people: readers.people.filter(({ slackUserId }) => slackUserId !== 'U105') }
  expect(await named()).toEqual({ shown: false, dropped: { outsiders: [], isPublic: false, hasMoved: true } })
  world.moveToDay(70)
  expect(await named()).toEqual({ shown: true })
})
