// Of whom a manager's digest says that a reminder was not answered for two weeks: of people the manager coaches, whose row can be answered.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type MovableClock, movableClock } from '../../src/clock.ts'
import { createReminders, type Reminders } from '../../src/coaching/reminders.ts'
import type { Viewer } from '../../src/domain/policy.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { fillCompany, smallCompany, zone } from '../kit/delivery-world.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { usualStore } from '../kit/store.ts'

const today = '2026-11-20'
let clock: MovableClock
let store: OpenedStore
let reminders: Reminders
beforeEach(async () => {
  clock = movableClock(new Date('2026-11-02T08:00:00Z'))
  store = await usualStore({ clock })
  await fillCompany(store, clock.now())
  for (const reportId of ['101', '102'])
    await store.coaching.saveItem({
      id: `d1.${reportId}`,
      deliveryId: 'd1',
      managerId: '100',
      reportId,
      status: 'open',
      openedAt: clock.now(),
    })
  clock.moveTo(new Date('2026-11-20T08:00:00Z'))
  reminders = createReminders({
    store,
    clock,
    log: keptLog().log,
    company: { zone, weekStart: 1, settleMinutes: 60 },
    directory: { whoIs: (id) => store.directory.find(id) },
    poster: { update: async () => ({ type: 'token-refused', error: 'none' }) },
    render: ({ summary }) => ({ payload: { text: summary, blocks: [] } }),
    awayEmoji: undefined,
    nameOf: async (id) => id,
    mayBeSent: async () => true,
  })
})
afterEach(() => store.close())

const manager = async (more: Partial<Viewer> = {}): Promise<Viewer> => {
  const person = (await store.people.chart()).people.get('100')
  return { slackUserId: 'U100', person, standing: 'member', isAdmin: false, grants: [], ...more }
}
const unanswered = async (more: Partial<Viewer> = {}) =>
  (await reminders.unansweredBy(await manager(more), today)).map(({ id }) => id).toSorted()

it('says so of each of the team', async () => {
  expect(await unanswered()).toEqual(['101', '102'])
})

it('says nothing of who was moved to another team, unless the manager coaches them still', async () => {
  await store.people.move('101', '106')
  expect(await unanswered()).toEqual(['102'])
  expect(await unanswered({ grants: [{ type: 'coach', personId: '101' }] })).toEqual(['101', '102'])
  expect(await unanswered({ grants: [{ type: 'coach', personId: '101', until: today }] })).toEqual(['102'])
})

it('says nothing of who has left', async () => {
  const people = smallCompany().people.map((each) => (each.id === '102' ? { ...each, active: false } : each))
  await store.people.replaceAll(people, { readAt: clock.now(), seenOn: today })
  expect(await unanswered()).toEqual(['101'])
})
