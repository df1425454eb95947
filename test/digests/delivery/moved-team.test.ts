// A channel's digest goes out without names once somebody has moved: its owner hears of each move once, however many weeks it is true.
import { afterEach, expect, it } from 'vitest'
import { movableClock } from '../../../src/clock.ts'
import { localDateOf } from '../../../src/domain/period.ts'
import type { Person } from '../../../src/domain/person.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { fillCompany, member, smallCompany, zone } from '../../kit/delivery-world.ts'
import { usualStore } from '../../kit/store.ts'
import { teamDigest } from '../../kit/team-digest.ts'
import { type KeptInSlack, namedSending } from './named-sending.ts'

let store: OpenedStore | undefined
afterEach(() => store?.close())

const dayMs = 86_400_000

it('says each move once', async () => {
  const clock = movableClock(new Date('2026-09-07T08:00:00Z'))
  const opened = await usualStore({ clock, realTime: clock })
  store = opened
  const { people, members } = smallCompany()
  const other: Person = { id: '300', name: 'Otto Other', emails: ['u300@acme.test'], active: true }
  await fillCompany(opened, clock.now(), { people: [...people, other], members: [...members, member('U300', 'Otto Other')] })
  const slack: KeptInSlack = {
    posts: [],
    updates: [],
    nextFailure: () => undefined,
    gate: () => ({ type: 'open', channelName: 'emea', isPrivate: true, people: [member('U100', 'Priya Nair')] }),
  }
  const build = async () => ({ message: { summary: 'A digest', parts: [] }, shows: [], mentions: [], figures: {}, isEmpty: false })
  const sending = namedSending({ store: opened, clock, slack }, { build })
  await opened.subscriptions.insert(teamDigest({ id: 'one', showNames: true, ownerSlackId: 'U100' }))
  const send = async (id: string) => {
    const row = { id, subscriptionId: 'one', occurrence: `manual:${id}`, dueAt: clock.now(), createdAt: clock.now() }
    await opened.deliveries.reserve(row, {})
    await sending.deliver(id)
    const rows = await opened.deliveries.history('one', 100)
    expect(rows.find((one) => one.id === id)?.status).toBe('sent')
    return rows.filter(({ occurrence }) => occurrence.startsWith('notice:names-dropped:')).length
  }
  const weeks = (count: number) => clock.moveTo(new Date(clock.now().getTime() + count * 7 * dayMs))
  const move = async (personId: string, managerId: string) => {
    const moved = [...(await opened.people.chart()).people.values()].map((one) => (one.id === personId ? { ...one, managerId } : one))
    const seenOn = localDateOf(clock.now(), zone)
    await opened.people.replaceAll(moved, { readAt: clock.now(), seenOn })
  }
  expect(await send('quiet')).toBe(0)
  weeks(1)
  await move('106', '300')
  expect([await send('a'), await send('b')]).toEqual([1, 1])
  weeks(3)
  expect(await send('c')).toBe(1)
  await move('105', '300')
  expect([await send('d'), await send('e')]).toEqual([2, 2])
  // The first is no longer in the way, the second is: that was said.
  weeks(7)
  expect(await send('f')).toBe(2)
  // Back again is a move of its own.
  await move('105', '100')
  expect([await send('g'), await send('h')]).toEqual([3, 3])
  // Later nobody stands in the way, and nothing is said.
  weeks(12)
  expect(await send('i')).toBe(3)
})
