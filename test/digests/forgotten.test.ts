// Somebody who was forgotten and still is in the workspace: what they ask for leaves no trace of them, and they read that it was not stored.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { updateRunning } from '../../src/digests/update-running.ts'
import type { Viewer } from '../../src/domain/policy.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { type DeliveryWorld, smallCompany, zone } from '../kit/delivery-world.ts'
import { teamDigest } from '../kit/team-digest.ts'
import { wholeDatabase } from '../store/whole-database.ts'
import { digestsWorld } from './digests-world.ts'

const clock = movableClock(new Date('2026-11-25T09:00:00Z'))
let store: OpenedStore
let world: DeliveryWorld
beforeEach(async () => {
  ;({ store, world } = await digestsWorld(clock, { wake: async () => undefined }))
  await store.people.forgetSlackUsers(['UOWNER'], '')
})
afterEach(() => store.close())

const admin: Viewer = { slackUserId: 'UOWNER', isAdmin: true, grants: [], standing: 'member' }
const [priya] = smallCompany().people
const manager: Viewer = { slackUserId: 'U100', isAdmin: false, grants: [], standing: 'member', ...(priya && { person: priya }) }
const recurrence = { weekdays: [1 as const], time: '09:00', zone }
const draft = {
  kind: 'team' as const,
  subjectId: '100',
  destination: { type: 'dm' as const, slackUserId: 'U100' },
  recurrence,
  whenEmpty: 'say' as const,
  skipDates: [],
  showNames: false,
  isExtra: true,
}
const rowsWith = async (trace: string) => (await wholeDatabase(store)).split('\n').filter((row) => row.includes(trace))

it('an admin sets up no digest and no programme, and reads why', async () => {
  const why = 'Nothing was set up or changed: you were forgotten here'
  const own = { ...draft, destination: { type: 'dm' as const, slackUserId: 'UOWNER' } }
  await expect(world.digests.create(admin, own)).rejects.toThrow(why)
  const programme = { kind: 'team' as const, recurrence, whenEmpty: 'say' as const, stage: 'everyone' as const, pilotTeams: [] }
  await expect(world.digests.createProgramme(admin, programme, 'form')).rejects.toThrow(why)
  expect(await store.subscriptions.all()).toEqual([])
  expect(await store.subscriptions.programmes()).toEqual([])
  expect(await rowsWith('UOWNER')).toEqual([])
})

it('an admin sends a digest of somebody else by hand, without a trace of them', async () => {
  const { subscription } = await world.digests.create(manager, draft)
  await world.digests.sendNow(admin, subscription.id, 't1')
  expect(await store.deliveries.history(subscription.id, 9)).toMatchObject([{ occurrence: 'manual:t1', sentBy: 'a forgotten person' }])
  expect(await rowsWith('UOWNER')).toEqual([])
})

it('no digest is given to them, and whoever would reads why', async () => {
  await store.people.forget('102', '')
  await store.subscriptions.insert(teamDigest({ id: 's', subjectId: '100' }))
  const destination = { type: 'dm' as const, slackUserId: 'U102' }
  await expect(updateRunning('s', { destination }, { store })).rejects.toThrow('one of these people was forgotten here')
  expect((await store.subscriptions.find('s'))?.destination).not.toEqual(destination)
  expect(await rowsWith('U102')).toEqual([])
})
