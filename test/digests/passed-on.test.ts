// Whoever decides whom a digest is about or who gets it answers for it: nobody gets one in the name of somebody who did not send it to them.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { DigestDraft } from '../../src/digests/service.ts'
import type { Viewer } from '../../src/domain/policy.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { type DeliveryWorld, smallCompany, zone } from '../kit/delivery-world.ts'
import { digestsWorld } from './digests-world.ts'

let store: OpenedStore
let world: DeliveryWorld
beforeEach(async () => {
  ;({ store, world } = await digestsWorld(movableClock(new Date('2026-11-25T11:00:00Z'))))
})
afterEach(() => store.close())

const admin: Viewer = { slackUserId: 'UOWNER', standing: 'member', isAdmin: true, grants: [] }
const reader: Viewer = {
  slackUserId: 'U101',
  person: smallCompany().people.find(({ id }) => id === '101'),
  standing: 'member',
  isAdmin: false,
  grants: [],
}
const draft: DigestDraft = {
  kind: 'team',
  subjectId: '100',
  destination: { type: 'dm', slackUserId: 'U101' },
  recurrence: { weekdays: [1], time: '09:00', zone },
  whenEmpty: 'say',
  skipDates: [],
  showNames: false,
}

it.each([
  ['passes on to a colleague', { destination: { type: 'dm', slackUserId: 'U102' } }, 'U101'],
  ['turns to another subject', { kind: 'personal', subjectId: '101' }, 'U101'],
  ['gets at another time', { recurrence: { weekdays: [2], time: '10:00', zone } }, 'UOWNER'],
] as const)('one that its reader %s says whose it is', async (_, change, ownerSlackId) => {
  const { subscription } = await world.digests.create(admin, draft)
  const told = await world.digests.change(reader, subscription.id, { ...draft, ...change })
  expect(told.subscription).toMatchObject({ ...change, ownerSlackId })
  expect((await store.subscriptions.find(subscription.id))?.ownerSlackId).toBe(ownerSlackId)
})
