// A programme is ended or changed while its people are entered or let go: what it is then decides, as if everybody had been through before.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movableClock } from '../../../src/clock.ts'
import type { ProgrammeDraft } from '../../../src/digests/service.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import type { Subscription } from '../../../src/domain/subscription.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import type { SubscriptionStore } from '../../../src/store/digests/subscriptions.ts'
import { type DeliveryWorld, zone } from '../../kit/delivery-world.ts'
import { digestsWorld } from '../digests-world.ts'

let store: OpenedStore
let world: DeliveryWorld
beforeEach(async () => {
  ;({ store, world } = await digestsWorld(movableClock(new Date('2026-11-25T11:00:00Z'))))
})
afterEach(() => store.close())

const admin: Viewer = { slackUserId: 'UOWNER', standing: 'member', isAdmin: true, grants: [] }
const ofCompany: ProgrammeDraft = {
  kind: 'personal',
  recurrence: { weekdays: [1], time: '09:00', zone },
  whenEmpty: 'say',
  stage: 'everyone',
  pilotTeams: [],
}
const later = { ...ofCompany.recurrence, time: '15:00' }

/** `act` comes right before the third of the writes through this method. */
function beforeThird(method: 'insertUnlessReceived' | 'start' | 'updateUnlessStopped', act: () => Promise<unknown>): void {
  const subscriptions = store.subscriptions as { -readonly [Name in keyof SubscriptionStore]: SubscriptionStore[Name] }
  const write = subscriptions[method] as (...given: unknown[]) => Promise<boolean>
  let writes = 0
  Object.assign(subscriptions, {
    [method]: async (...given: unknown[]) => {
      writes += 1
      if (writes === 3) await act()
      return write(...given)
    },
  })
}
const programmeId = async (): Promise<string> => (await store.subscriptions.programmes())[0]?.id ?? ''
const running = async (): Promise<readonly Subscription[]> =>
  (await store.subscriptions.ofProgramme(await programmeId())).filter(({ status }) => status === 'active')
const end = async () => world.digests.stopProgramme(admin, await programmeId())
const changeTo = async (change: Partial<ProgrammeDraft>) =>
  world.digests.changeProgramme(admin, await programmeId(), { ...ofCompany, ...change })

it('ended, it leaves nobody with a digest', async () => {
  beforeThird('insertUnlessReceived', end)
  await world.digests.createProgramme(admin, ofCompany)
  expect(await running()).toEqual([])
})

it('made a preview, it reaches nobody', async () => {
  beforeThird('insertUnlessReceived', () => changeTo({ stage: 'preview' }))
  await world.digests.createProgramme(admin, ofCompany)
  expect(await running()).toEqual([])
})

it('ended while those it had let go come back, it leaves nobody with one', async () => {
  await world.digests.createProgramme(admin, ofCompany)
  await changeTo({ stage: 'preview' })
  beforeThird('start', end)
  await changeTo({})
  expect(await running()).toEqual([])
})

/** Right before the next change is saved with its record. */
function beforeItIsSaved(act: () => Promise<unknown>): void {
  const { recorded } = store
  Object.assign(store, {
    async recorded(...given: Parameters<typeof recorded>) {
      Object.assign(store, { recorded })
      await act()
      return recorded(...given)
    },
  })
}

it('ended right before a change of it is saved, it stays ended', async () => {
  await world.digests.createProgramme(admin, ofCompany)
  beforeItIsSaved(() => end())
  await changeTo({ recurrence: later })
  expect(await running()).toEqual([])
})

it('changed right before its end is written, it leaves nobody with one', async () => {
  await world.digests.createProgramme(admin, ofCompany)
  beforeItIsSaved(() => changeTo({ recurrence: later }))
  await end()
  expect(await running()).toEqual([])
})

it('ended while a form of it was open, it says so', async () => {
  await world.digests.createProgramme(admin, ofCompany)
  await end()
  await expect(changeTo({ recurrence: later })).rejects.toThrow('That programme is gone')
})

it('for everybody again while it lets them go, it reaches everybody', async () => {
  await world.digests.createProgramme(admin, ofCompany)
  const before = (await running()).length
  beforeThird('updateUnlessStopped', () => changeTo({}))
  await changeTo({ stage: 'preview' })
  expect(await running()).toHaveLength(before)
})

it('of the whole company after an organization, it stays so', async () => {
  await world.digests.createProgramme(admin, { ...ofCompany, orgOf: '101' })
  expect(await running()).toHaveLength(1)
  await changeTo({})
  expect((await store.subscriptions.programmes())[0]?.orgOf).toBeUndefined()
  expect((await running()).length).toBeGreaterThan(3)
})
