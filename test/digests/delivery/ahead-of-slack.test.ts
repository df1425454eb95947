// A machine whose clock is ahead of Slack's posts, and the answer is lost: the post is found, by Slack's time, and is not posted again.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { SimulatedSlack } from '../../../src/sandbox/slack/simulated-slack.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { type DeliveryWorld, fillCompany, worldOf } from '../../kit/delivery-world.ts'
import { keptLog } from '../../kit/quiet-log.ts'
import { slackOfCompany } from '../../kit/slack-of-company.ts'
import { usualStore } from '../../kit/store.ts'
import { teamDigest } from '../../kit/team-digest.ts'

const minuteMs = 60_000
const start = new Date('2026-11-23T08:00:00Z')
let trueMs = start.getTime()
let aheadMs = 0
const slacks = { now: () => new Date(trueMs) }
const clock = { now: () => new Date(trueMs + aheadMs) }

let slack: SimulatedSlack
let store: OpenedStore
const running: DeliveryWorld[] = []
beforeEach(async () => {
  trueMs = start.getTime()
  aheadMs = 0
  store = await usualStore({ clock, realTime: slacks })
  slack = await slackOfCompany(slacks)
})
afterEach(async () => {
  for (const world of running.splice(0)) await world.stop()
  await slack.stop()
  await store.close()
})

/** A process that starts now. */
async function begin(): Promise<DeliveryWorld> {
  const world = worldOf({ store, clock, log: keptLog().log, slack })
  running.push(world)
  await world.start()
  return world
}

/** The digest comes due by a clock so far ahead, and Slack's answer to its post is lost. */
async function postInDoubt(destination: 'channel' | 'person', ahead: number): Promise<DeliveryWorld> {
  aheadMs = ahead * minuteMs
  await fillCompany(store, clock.now())
  await store.subscriptions.insert(
    teamDigest({
      id: 'one',
      kind: 'team',
      destination: destination === 'channel' ? { type: 'channel', channelId: 'C1' } : { type: 'dm', slackUserId: 'U100' },
      ownerSlackId: 'U100',
      nextAt: start,
      recurrence: { weekdays: [1], time: '09:00', zone: 'Europe/Berlin' },
    }),
  )
  const world = await begin()
  slack.faults.add({ type: 'lost-answer', method: 'chat.postMessage' }, 1)
  await world.tick()
  await world.idle()
  return world
}

async function minutesPass(world: DeliveryWorld, minutes: number): Promise<void> {
  for (let minute = 1; minute <= minutes; minute += 1) {
    trueMs += minuteMs
    await world.tick()
    await world.idle()
  }
}

const posts = (): number => [...slack.workspace.messages.values()].flat().filter(({ text }) => text?.startsWith('team digest one')).length
const statuses = async () => (await store.deliveries.history('one', 5)).map(({ status }) => status)

it.each([
  ['channel', 0],
  ['channel', 15],
  ['channel', 60],
  ['channel', 3 * 60],
  ['person', 15],
  ['person', 60],
] as const)('in a %s, by a clock %s minutes ahead', async (destination, ahead) => {
  const world = await postInDoubt(destination, ahead)
  await minutesPass(world, 6)
  expect([posts(), await statuses()]).toEqual([1, ['sent']])
})

it('by a clock that was an hour ahead and was set right before the look', async () => {
  const world = await postInDoubt('channel', 60)
  aheadMs = 0
  await minutesPass(world, 70)
  expect([posts(), await statuses()]).toEqual([1, ['sent']])
})

it('by a machine an hour ahead, where another one looks, whose clock is right', async () => {
  const dead = await postInDoubt('channel', 60)
  await dead.stop()
  running.splice(0)
  aheadMs = 0
  await minutesPass(await begin(), 70)
  expect([posts(), await statuses()]).toEqual([1, ['sent']])
})
