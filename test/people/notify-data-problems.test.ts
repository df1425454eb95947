// Admins hear once of data that stops being refreshed, and again of the next episode.
import { afterEach, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { notifyDataProblems } from '../../src/people/notify-data-problems.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { usualStore } from '../kit/store.ts'

let store: OpenedStore
afterEach(() => store.close())

it('sends each admin one message per episode, with the question where an admin has to decide', async () => {
  const start = new Date('2026-11-23T08:00:00Z')
  const clock = movableClock(start)
  store = await usualStore({ clock })
  const after = (hours: number) => new Date(start.getTime() + hours * 3_600_000)
  const notify = () => notifyDataProblems({ store, clock, viewers: { admins: async () => ['U1', 'U2'] }, wake: async () => undefined })
  const people = [{ id: '1', name: 'Ana', emails: [], active: true }]
  await store.people.replaceAll(people, { readAt: start, seenOn: '2026-11-23' })
  expect(await notify()).toBe(0)

  // Right after a weekend on which the process was paused the list is old, and fetched within minutes: the next check decides.
  clock.moveTo(after(25))
  expect(await notify()).toBe(0)
  expect(await notify()).toBe(2)
  expect(await notify()).toBe(0)

  await store.people.replaceAll(people, { readAt: after(26), seenOn: '2026-11-24' })
  clock.moveTo(after(27))
  await store.listWatch.save({ shrunk: { from: 180, to: 12, since: after(27) } })
  expect(await notify()).toBe(2)
  const rows = await store.deliveries.byStatus('reserved', 10)
  expect(rows.map(({ channelId }) => channelId).toSorted()).toEqual(['U1', 'U1', 'U2', 'U2'])
  const asked = rows.filter(({ body }) => body?.includes("Gong's list shrank from 180 to 12 people"))
  expect(asked).toHaveLength(2)
  expect(asked[0]?.body).toContain('people-list-use')

  clock.moveTo(after(52))
  expect(await notify()).toBe(0)
  expect(await notify()).toBe(2)
})

it('says nothing when what was old is fetched before the next check', async () => {
  const start = new Date('2026-11-20T17:00:00Z')
  const clock = movableClock(start)
  store = await usualStore({ clock })
  const notify = () => notifyDataProblems({ store, clock, viewers: { admins: async () => ['U1'] }, wake: async () => undefined })
  const people = [{ id: '1', name: 'Ana', emails: [], active: true }]
  await store.people.replaceAll(people, { readAt: start, seenOn: '2026-11-20' })
  clock.moveTo(new Date('2026-11-23T07:00:00Z'))
  expect(await notify()).toBe(0)
  await store.people.replaceAll(people, { readAt: clock.now(), seenOn: '2026-11-23' })
  expect(await notify()).toBe(0)
})
