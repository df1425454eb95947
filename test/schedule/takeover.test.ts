// A worker that died while it had a delivery: nobody else touches the row while its lease may still be kept alive, and somebody has it
// within a minute.
import { afterEach, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { usualLeaseMs } from '../../src/digests/delivery/lease.ts'
import type { SimulatedSlack } from '../../src/sandbox/slack/simulated-slack.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { type DeliveryWorld, fillCompany, worldOf } from '../kit/delivery-world.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { slackOfCompany } from '../kit/slack-of-company.ts'
import { usualStore } from '../kit/store.ts'
import { teamDigest } from '../kit/team-digest.ts'

/** The heartbeat looks for such rows every ten seconds; a job is picked up within another two. */
const noticedWithinMs = 12_000

let store: OpenedStore
let slack: SimulatedSlack
let schedule: DeliveryWorld
afterEach(async () => {
  await schedule?.stop()
  await slack?.stop()
  await store?.close()
})

it("a dead worker's delivery goes out once its lease has ended, within a minute", async () => {
  const clock = movableClock(new Date('2026-11-25T11:00:00Z'))
  store = await usualStore({ clock, realTime: clock })
  await fillCompany(store, clock.now())
  slack = await slackOfCompany(clock)
  const subscription = teamDigest({ destination: { type: 'channel', channelId: 'C1' } })
  await store.subscriptions.insert(subscription)
  // Started first: a start on the embedded database takes every lease for that of the process before it.
  schedule = worldOf({ store, clock, log: keptLog().log, slack })
  await schedule.start()
  const row = { id: 'd1', subscriptionId: subscription.id, occurrence: 'manual:1', dueAt: clock.now(), createdAt: clock.now() }
  await store.deliveries.reserve(row, {})
  const diedAt = clock.now()
  await store.deliveries.take('d1', { now: diedAt, leaseMs: usualLeaseMs })

  const posts = () => (slack.workspace.messages.get('C1') ?? []).length
  const after = async (ms: number): Promise<void> => {
    clock.moveTo(new Date(diedAt.getTime() + ms))
    await schedule.tick()
    await schedule.idle()
  }
  await after(usualLeaseMs - 1000)
  expect(posts()).toBe(0)
  await after(usualLeaseMs)
  expect(posts()).toBe(1)
  expect(usualLeaseMs + noticedWithinMs).toBeLessThan(60_000)
})
