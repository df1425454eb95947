// A database that knows nothing of the last days: restored from a backup, after which what was posted since is not posted again; or
// stopped for as long, after which nothing is left out. Monday 23 November 2026, 09:00 in Berlin is 08:00 UTC.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type MovableClock, movableClock } from '../../src/clock.ts'
import type { SimulatedSlack } from '../../src/sandbox/slack/simulated-slack.ts'
import { createPostingClient } from '../../src/slack/outbox/posting-client.ts'
import { createReconciler } from '../../src/slack/outbox/reconcile.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { deliveries } from '../../src/store/schema/digests.ts'
import { type DeliveryWorld, fillCompany, worldOf } from '../kit/delivery-world.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { slackOfCompany } from '../kit/slack-of-company.ts'
import { usualStore } from '../kit/store.ts'
import { teamDigest } from '../kit/team-digest.ts'

const beforeWeekend = new Date('2026-11-20T23:00:00Z')
const nine = new Date('2026-11-23T08:00:00Z')
const restoredAt = new Date('2026-11-23T16:30:00Z')

let clock: MovableClock
let store: OpenedStore
let slack: SimulatedSlack
let schedule: DeliveryWorld | undefined
/** Ids of what was looked for in the channel. */
let looks: string[]

beforeEach(async () => {
  clock = movableClock(beforeWeekend)
  store = await usualStore({ clock, realTime: clock })
  await fillCompany(store, clock.now())
  slack = await slackOfCompany(clock)
  looks = []
  for (const id of ['one', 'two'])
    await store.subscriptions.insert(teamDigest({ id, destination: { type: 'channel', channelId: 'C1' }, nextAt: nine }))
})
afterEach(async () => {
  await schedule?.stop()
  await slack?.stop()
  await store?.close()
})

/** A process that starts at this instant, does what is due and goes on. */
async function startAt(instant: Date): Promise<void> {
  await schedule?.stop()
  clock.moveTo(instant)
  const reconciler = createReconciler(createPostingClient({ token: slack.botToken, slackApiUrl: `${slack.apiUrl}/` }), clock)
  const counting: typeof reconciler = {
    look(of) {
      if (of.channelId === 'C1') looks.push(of.id)
      return reconciler.look(of)
    },
  }
  schedule = worldOf({ store, clock, log: keptLog().log, slack, change: { reconciler: counting } })
  await schedule.start()
  await tickAt(instant)
}

async function tickAt(instant: Date): Promise<void> {
  clock.moveTo(instant)
  await schedule?.tick()
  await schedule?.idle()
}

const posts = () => (slack.workspace.messages.get('C1') ?? []).length
const sent = async () => (await store.deliveries.byStatus('sent', 10)).filter(({ channelId }) => channelId === 'C1').length

/** As the backup of before the weekend has it: nothing was reserved, and the runs of Monday are still to come. */
async function restoreBackup(): Promise<void> {
  await store.database.delete(deliveries)
  for (const id of ['one', 'two']) await store.subscriptions.update(id, { nextAt: nine })
  await store.tenant.saveSetting('latest-tick', beforeWeekend.toISOString())
}

it('posts nothing again on a restored backup, however old it is, and knows then what was posted', async () => {
  await startAt(beforeWeekend)
  await tickAt(nine)
  expect([posts(), looks]).toEqual([2, []])
  await schedule?.stop()
  await restoreBackup()
  await startAt(restoredAt)
  expect([posts(), looks.length, await sent()]).toEqual([2, 2, 2])
  // The Monday after, nothing is in doubt.
  await tickAt(new Date('2026-11-30T08:00:00Z'))
  expect([posts(), looks.length]).toEqual([4, 2])
})

it('posts nothing again where the backup is restored under a process that goes on', async () => {
  await startAt(beforeWeekend)
  await tickAt(nine)
  await restoreBackup()
  await tickAt(new Date(nine.getTime() + 60_000))
  expect([posts(), looks.length, await sent()]).toEqual([2, 2, 2])
})

it('still knows after a second start which rows are in doubt', async () => {
  await startAt(beforeWeekend)
  await tickAt(nine)
  await schedule?.stop()
  await restoreBackup()
  clock.moveTo(restoredAt)
  // It ends before anything is posted.
  schedule = worldOf({ store, clock, log: keptLog().log, slack })
  await schedule.start()
  await store.tenant.saveSetting('latest-tick', restoredAt.toISOString())
  await startAt(new Date(restoredAt.getTime() + 10 * 60_000))
  expect([posts(), await sent()]).toEqual([2, 2])
})

it('posts all that is due after a stop over a weekend, with one look for each', async () => {
  await startAt(beforeWeekend)
  await startAt(restoredAt)
  expect([posts(), looks.length, await sent()]).toEqual([2, 2, 2])
})

it('looks for nothing after a restart that takes no longer than usual', async () => {
  await startAt(new Date(nine.getTime() - 60_000))
  await startAt(new Date(nine.getTime() + 120_000))
  expect([posts(), looks]).toEqual([2, []])
})
