// Nobody sets up more digests or programmes than one person can have, also when many are saved at one moment.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { Viewer } from '../../src/domain/policy.ts'
import { AskError } from '../../src/errors.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { type DeliveryWorld, smallCompany, zone } from '../kit/delivery-world.ts'
import { digestsWorld } from './digests-world.ts'

const clock = movableClock(new Date('2026-11-25T09:00:00Z'))
let store: OpenedStore
let world: DeliveryWorld
beforeEach(async () => {
  ;({ store, world } = await digestsWorld(clock, { wake: async () => undefined }))
})
afterEach(() => store.close())

const [person] = smallCompany().people
const manager: Viewer = { slackUserId: 'U100', isAdmin: false, grants: [], standing: 'member', ...(person && { person }) }
const admin: Viewer = { slackUserId: 'UOWNER', isAdmin: true, grants: [], standing: 'member' }
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

/** Asks for so many at one moment; what each asker read instead. */
async function atOnce(count: number, ask: () => Promise<unknown>): Promise<readonly string[]> {
  const outcomes = await Promise.allSettled(Array.from({ length: count }, ask))
  return outcomes.flatMap((outcome) => {
    if (outcome.status === 'fulfilled') return []
    if (!(outcome.reason instanceof AskError)) throw outcome.reason
    return outcome.reason.message
  })
}

it('of 60 digests saved at one moment 50 are set up, and the others say why not', async () => {
  const refused = await atOnce(60, () => world.digests.create(manager, draft))
  expect(refused).toHaveLength(10)
  expect(new Set(refused)).toEqual(
    new Set(['You have set up 50 digests, which is as many as one person can. Delete one that nobody needs any more.']),
  )
  expect(await store.subscriptions.ownedBy('U100')).toHaveLength(50)
  // One fewer makes room for one; somebody else has their own fifty, and a programme's do not count.
  const [first] = await store.subscriptions.ownedBy('U100')
  await world.digests.remove(manager, first?.id ?? '')
  expect(await atOnce(2, () => world.digests.create(manager, draft))).toHaveLength(1)
  expect(await atOnce(1, () => world.digests.create(admin, { ...draft, destination: { type: 'dm', slackUserId: 'UOWNER' } }))).toEqual([])
})

it('of eight presses at one moment five send it by hand, and the others say why not', async () => {
  const { subscription } = await world.digests.create(manager, draft)
  let trigger = 0
  const refused = await atOnce(8, () => world.digests.sendNow(manager, subscription.id, `t${trigger++}`))
  expect(refused).toEqual(Array.from({ length: 3 }, () => expect.stringContaining('sent by hand 5 times within the last hour')))
  expect(await store.deliveries.history(subscription.id, 100)).toHaveLength(5)
})

it('one digest is sent by hand five times an hour, and a press that is repeated counts once', async () => {
  const { subscription } = await world.digests.create(manager, draft)
  const send = (trigger: string) => world.digests.sendNow(manager, subscription.id, trigger)
  for (const trigger of ['1', '2', '2', '3', '4', '5', '5']) await send(trigger)
  await expect(send('6')).rejects.toThrow('sent by hand 5 times within the last hour')
  await send('5')
  expect(await store.deliveries.history(subscription.id, 100)).toHaveLength(5)
  // Another digest is sent all the same.
  const { subscription: other } = await world.digests.create(manager, draft)
  await world.digests.sendNow(manager, other.id, '6')
  clock.moveTo(new Date(clock.now().getTime() + 3_600_001))
  await send('6')
  expect(await store.deliveries.history(subscription.id, 100)).toHaveLength(6)
})

it('of 60 programmes saved at one moment 50 are set up, and a stopped one makes room', async () => {
  const programme = { kind: 'team' as const, recurrence, whenEmpty: 'say' as const, stage: 'preview' as const, pilotTeams: [] }
  const refused = await atOnce(60, () => world.digests.createProgramme(admin, programme))
  expect(refused).toHaveLength(10)
  expect(refused[0]).toBe('You have set up 50 programmes, which is as many as one person can. Stop one that nobody needs any more.')
  const [first] = await store.subscriptions.programmes()
  await world.digests.stopProgramme(admin, first?.id ?? '')
  expect(await atOnce(2, () => world.digests.createProgramme(admin, programme))).toHaveLength(1)
})
