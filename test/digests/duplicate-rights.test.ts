// A digest that is there already is described to whoever may read it in a list. Another leader learns that there is one only where they
// read its posts, and nothing of what somebody else receives.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { GateReason } from '../../src/domain/hold-reason.ts'
import type { Person } from '../../src/domain/person.ts'
import type { Viewer } from '../../src/domain/policy.ts'
import type { Destination, DigestKind } from '../../src/domain/subscription.ts'
import type { GateVerdict } from '../../src/slack-ports.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { type DeliveryWorld, fillCompany, member, smallCompany, worldOf, zone } from '../kit/delivery-world.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { usualStore } from '../kit/store.ts'

const clock = movableClock(new Date('2026-11-25T09:00:00Z'))
let store: OpenedStore
let world: DeliveryWorld
/** Who reads the private channel `C1`; `CPUBLIC` is open to everybody. */
let readers: readonly string[]
/** Why both are closed. */
let closed: GateReason | undefined
beforeEach(async () => {
  store = await usualStore({ clock })
  const { people, members } = smallCompany()
  const boss: Person = { id: '99', name: 'Olga Boss', emails: ['u99@acme.test'], active: true }
  const [priya, ...reps] = people
  await fillCompany(store, clock.now(), {
    people: [boss, ...(priya ? [{ ...priya, managerId: '99' }] : []), ...reps],
    members: [...members, member('U99', 'Olga Boss')],
  })
  readers = ['U99', 'U100', 'U101']
  closed = undefined
  const check = async (channelId: string): Promise<GateVerdict> => {
    if (channelId === 'CNONE') return { type: 'closed', reason: 'not-member', people: 0 }
    const isPrivate = channelId === 'C1'
    if (closed) return { type: 'closed', reason: closed, people: 1, ...(isPrivate && { onlyFor: readers }) }
    return { type: 'open', channelName: 'emea', isPrivate, people: readers.map((id) => member(id, id)) }
  }
  const slack = { apiUrl: 'http://127.0.0.1:9', botToken: 'none' }
  world = worldOf({ store, clock, log: keptLog().log, slack, change: { gate: { check } } })
})
afterEach(() => store.close())

const viewerOf = async (personId: string, more: Partial<Viewer> = {}): Promise<Viewer> => ({
  slackUserId: `U${personId}`,
  isAdmin: false,
  grants: [],
  standing: 'member',
  person: (await store.people.chart()).people.get(personId),
  ...more,
})
const draftFor = (destination: Destination, kind: DigestKind = 'team') => ({
  kind,
  subjectId: '100',
  name: 'Watch closely',
  destination,
  recurrence: { weekdays: [1 as const], time: '09:00', zone },
  whenEmpty: 'say' as const,
  skipDates: [],
  showNames: false,
})
const privately = { type: 'channel', channelId: 'C1' } as const
const nowhere = { type: 'channel', channelId: 'CNONE' } as const
const publicly = { type: 'channel', channelId: 'CPUBLIC' } as const
const toPriya = { type: 'dm', slackUserId: 'U100' } as const

it.each([
  ['a private channel', privately],
  ['a public channel', publicly],
])('in %s another leader learns that it is there, and not whose, which or whether it is paused', async (_where, destination) => {
  const [olga, priya] = [await viewerOf('99'), await viewerOf('100')]
  const { subscription } = await world.digests.create(olga, draftFor(destination))
  await world.digests.pause(olga, subscription.id)
  expect(await world.digests.duplicateOf(priya, draftFor(destination))).toEqual({ isListed: false })
  await expect(world.digests.create(priya, draftFor(destination))).rejects.toThrow(/^Somebody has already set up one like it here\.$/)
  // Whoever set it up, and admins, may read it in full.
  expect(await world.digests.duplicateOf(olga, draftFor(destination))).toMatchObject({ isListed: true, mayChange: true })
  const admin = await viewerOf('101', { isAdmin: true })
  expect(await world.digests.duplicateOf(admin, draftFor(destination))).toMatchObject({ isListed: true, owner: 'Olga Boss' })
})

it('in a private channel that somebody does not read they learn nothing', async () => {
  const [olga, priya] = [await viewerOf('99'), await viewerOf('100')]
  await world.digests.create(olga, draftFor(privately))
  readers = ['U99', 'U101']
  expect(await world.digests.duplicateOf(priya, draftFor(privately))).toBeUndefined()
})

it.each(['team', 'manager'] as const)(
  'of a %s digest that somebody else receives nobody learns, in whatever words they ask',
  async (kind) => {
    const [olga, priya] = [await viewerOf('99'), await viewerOf('100')]
    await world.digests.create(priya, draftFor(toPriya, kind))
    expect(await world.digests.duplicateOf(olga, draftFor(toPriya))).toBeUndefined()
    expect(await world.digests.duplicateOf(priya, draftFor(toPriya))).toMatchObject({ isListed: true })
    // Whoever set it up for them reads of it too, although they do not receive it.
    expect((await world.digests.create(olga, draftFor(toPriya))).subscription.ownerSlackId).toBe('U99')
    expect(await world.digests.duplicateOf(olga, draftFor(toPriya))).toMatchObject({ isListed: true, place: 'Priya Nair' })
  },
)

it('of a private channel that somebody is not in they learn no name and no reader, and put nothing there', async () => {
  const [olga, priya] = [await viewerOf('99'), await viewerOf('100')]
  const { subscription } = await world.digests.create(olga, draftFor(privately))
  readers = ['U101', 'U102']
  const refused = await world.digests.check(priya, draftFor(nowhere))
  expect(refused).toMatchObject({ ok: false, field: 'where', why: expect.stringContaining('Type /invite @') })
  expect(await world.digests.check(priya, draftFor(privately))).toEqual(refused)
  await expect(world.digests.create(priya, { ...draftFor(privately), isExtra: true })).rejects.toThrow('Type /invite @')
  const mine = await world.digests.create(priya, draftFor(toPriya))
  await expect(world.digests.change(priya, mine.subscription.id, draftFor(privately))).rejects.toThrow('Type /invite @')
  expect(await world.digests.check(priya, draftFor(publicly))).toMatchObject({ ok: true })
  // Whoever has a digest there goes on with it after they left, and learns of its readers how many there are.
  expect(await world.digests.check(olga, draftFor(privately))).toMatchObject({ ok: true, readers: 2, readerIds: undefined })
  readers = ['U99', 'U101']
  expect(await world.digests.check(olga, draftFor(privately))).toMatchObject({ ok: true, readers: 2, readerIds: readers })
  readers = ['U101', 'U102']
  await world.digests.pause(olga, subscription.id)
  expect((await world.digests.resume(olga, subscription.id)).subscription.status).toBe('active')
})

it.each(['shared', 'archived', 'guests', 'outsiders'] as const)(
  'why a private channel is closed (%s) is read by its members; for everybody else it is one that is not there',
  async (reason) => {
    const [olga, priya] = [await viewerOf('99'), await viewerOf('100')]
    readers = ['U99', 'U101']
    closed = reason
    const refused = await world.digests.check(priya, draftFor(nowhere))
    expect(await world.digests.check(priya, draftFor(privately))).toEqual(refused)
    const known = await world.digests.check(olga, draftFor(privately))
    expect(known).not.toEqual(refused)
    // Anybody can look at a public one.
    expect(await world.digests.check(priya, draftFor(publicly))).toEqual(known)
  },
)

it('nobody who may not see the figures learns that there is one about them, also where they read the channel', async () => {
  await world.digests.create(await viewerOf('99'), draftFor(privately))
  const [rep] = smallCompany().people.slice(1)
  const strangers = [
    await viewerOf('101', { person: undefined }),
    await viewerOf('101', { standing: 'guest' }),
    await viewerOf('101', { person: rep && { ...rep, id: '999' } }),
  ]
  for (const viewer of strangers) expect(await world.digests.duplicateOf(viewer, draftFor(privately))).toBeUndefined()
})
