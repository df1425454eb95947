// A digest is changed after the tick, or whoever leaves its next run out, has read it, and before that is written. Monday 23 November 2026,
// 09:00 in Berlin is 08:00 UTC.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type MovableClock, movableClock } from '../../src/clock.ts'
import type { Viewer } from '../../src/domain/policy.ts'
import type { Recurrence } from '../../src/domain/subscription.ts'
import { reserveDue } from '../../src/schedule/due.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { digestsWorld } from '../digests/digests-world.ts'
import type { DeliveryWorld } from '../kit/delivery-world.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { teamDigest } from '../kit/team-digest.ts'

const nine = new Date('2026-11-23T08:00:00Z')
const company = { zone: 'Europe/Berlin', weekStart: 1, settleMinutes: 60 } as const
const digest = teamDigest({ id: 'one', destination: { type: 'dm', slackUserId: 'U100' }, ownerSlackId: 'U100', nextAt: nine })

let clock: MovableClock
let store: OpenedStore
let world: DeliveryWorld
let owner: Viewer

beforeEach(async () => {
  clock = movableClock(new Date('2026-11-23T07:59:00Z'))
  ;({ store, world } = await digestsWorld(clock, { wake: async () => undefined }))
  owner = {
    slackUserId: 'U100',
    person: (await store.people.chart()).people.get('100'),
    standing: 'member',
    isAdmin: false,
    grants: [],
  }
  await store.subscriptions.insert(digest)
})
afterEach(() => store.close())

function save(recurrence: Partial<Recurrence>): Promise<unknown> {
  const { kind, subjectId, destination, whenEmpty, skipDates, showNames } = digest
  const draft = { kind, subjectId, destination, whenEmpty, skipDates, showNames }
  return world.digests.change(owner, 'one', { ...draft, recurrence: { ...digest.recurrence, ...recurrence } })
}

/** The save comes right before the next row is reserved. */
function saveBeforeReserving(recurrence: Partial<Recurrence>): void {
  const { reserve } = store.deliveries
  Object.assign(store.deliveries, {
    async reserve(...given: Parameters<typeof reserve>) {
      Object.assign(store.deliveries, { reserve })
      await save(recurrence)
      return reserve(...given)
    },
  })
}

const tick = () =>
  reserveDue({
    subscriptions: store.subscriptions,
    deliveries: store.deliveries,
    clock,
    company,
    wake: async () => undefined,
    log: keptLog().log,
  })

const runs = async () => (await store.deliveries.history('one', 20)).map(({ occurrence }) => occurrence.slice(0, 16)).toSorted()

it.each(['before the tick', 'while the run is reserved'])('runs on every weekday that was saved %s', async (when) => {
  const weekdays = [1, 2, 3, 4, 5] as const
  if (when === 'before the tick') await save({ weekdays })
  else saveBeforeReserving({ weekdays })
  clock.moveTo(nine)
  await tick()
  for (const day of ['24', '25', '26', '27', '28', '29', '30']) {
    clock.moveTo(new Date(`2026-11-${day}T08:00:00Z`))
    await tick()
  }
  expect(await runs()).toEqual(['23', '24', '25', '26', '27', '30'].map((day) => `2026-11-${day}T09:00`))
})

it('runs once on a day for which a later time was saved while its run was reserved', async () => {
  clock.moveTo(nine)
  saveBeforeReserving({ time: '16:00' })
  await tick()
  for (const at of ['2026-11-23T15:00:00Z', '2026-11-30T15:00:00Z']) {
    clock.moveTo(new Date(at))
    await tick()
  }
  expect(await runs()).toEqual(['2026-11-23T09:00', '2026-11-30T16:00'])
})

it.each<[string, Partial<Recurrence>, string]>([
  ['an earlier time', { time: '08:00' }, '2026-11-30T08:00'],
  ['another day', { weekdays: [2] }, '2026-11-24T09:00'],
  ['a later time of the same day', { time: '16:00' }, '2026-11-30T16:00'],
])('sends a run that came due before %s was saved, once, and says so', async (_what, change, next) => {
  clock.moveTo(new Date(nine.getTime() + 20_000))
  expect(await save(change)).toMatchObject({ goesOutNow: true })
  await Promise.all([tick(), tick()])
  expect(await runs()).toEqual(['2026-11-23T09:00'])
  clock.moveTo(new Date('2026-11-30T15:00:00Z'))
  await tick()
  expect(await runs()).toEqual(['2026-11-23T09:00', next])
  expect(await save({ time: '07:00' })).not.toHaveProperty('goesOutNow')
})

it('leaves out a run that came due where its day was left out with the save', async () => {
  clock.moveTo(new Date(nine.getTime() + 20_000))
  const { kind, subjectId, destination, whenEmpty, showNames, recurrence } = digest
  const draft = { kind, subjectId, destination, whenEmpty, showNames, recurrence, skipDates: ['2026-11-23'] }
  expect(await world.digests.change(owner, 'one', draft)).not.toHaveProperty('goesOutNow')
  expect((await store.deliveries.history('one', 20)).map(({ status }) => status)).toEqual(['skipped'])
})

it('sends a run that came due before it was resumed', async () => {
  clock.moveTo(new Date(nine.getTime() + 20_000))
  await world.digests.resume(owner, 'one')
  await tick()
  expect(await runs()).toEqual(['2026-11-23T09:00'])
})

it('leaves no run out that is not the next one any more', async () => {
  const { recorded } = store
  Object.assign(store, {
    async recorded(...given: Parameters<typeof recorded>) {
      Object.assign(store, { recorded })
      await save({ weekdays: [2] })
      return recorded(...given)
    },
  })
  await expect(world.digests.skipNext(owner, 'one')).rejects.toThrow('was not skipped')
  expect(await runs()).toEqual([])
  expect((await store.subscriptions.find('one'))?.nextAt).toEqual(new Date('2026-11-24T08:00:00Z'))
})
