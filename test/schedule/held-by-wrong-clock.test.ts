// Slack refuses something while the machine's clock is days ahead, and the clock is set right: what the refusal put off goes out at its time,
// not when that day comes. Monday 23 November 2026, 09:00 in Berlin is 08:00 UTC.
import { afterEach, describe, expect, it } from 'vitest'
import { createHolds } from '../../src/holds.ts'
import type { SimulatedSlack } from '../../src/sandbox/slack/simulated-slack.ts'
import { createRefusedBlocks } from '../../src/slack/outbox/render-for-slack.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { type DeliveryWorld, fillCompany, worldOf } from '../kit/delivery-world.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { slackOfCompany } from '../kit/slack-of-company.ts'
import { usualStore } from '../kit/store.ts'
import { teamDigest } from '../kit/team-digest.ts'

let now: Date
const clock = { now: () => now }

describe('a digest due while the clock is right', () => {
  let slack: SimulatedSlack | undefined
  let schedule: DeliveryWorld | undefined
  let store: OpenedStore | undefined
  afterEach(async () => {
    await schedule?.stop()
    await slack?.stop()
    await store?.close()
  })

  async function tickAt(at: string): Promise<void> {
    now = new Date(at)
    await schedule?.tick()
    await schedule?.idle()
  }

  it.each([
    ['a 429 for the channel, three days ahead', 'conversations.info', 'rate-limited', '2026-11-26T12:00'],
    ['a 429 for the post, three days ahead', 'chat.postMessage', 'rate-limited', '2026-11-26T12:00'],
    ['a 429 for the post, one day ahead', 'chat.postMessage', 'rate-limited', '2026-11-24T12:00'],
    ['a refused token, three days ahead', 'chat.postMessage', 'account_inactive', '2026-11-26T12:00'],
  ] as const)('goes out the same day after %s', async (_what, method, fault, ahead) => {
    now = new Date('2026-11-23T07:50:00Z')
    store = await usualStore({ clock, realTime: clock })
    await fillCompany(store, now)
    slack = await slackOfCompany(clock)
    for (const [id, weekday, nextAt] of [
      ['monday', 1, '2026-11-23T08:00:00Z'],
      ['tuesday', 2, '2026-11-24T08:00:00Z'],
    ] as const) {
      const recurrence = { weekdays: [weekday], time: '09:00', zone: 'Europe/Berlin' }
      await store.subscriptions.insert(
        teamDigest({ id, recurrence, destination: { type: 'channel', channelId: 'C1' }, nextAt: new Date(nextAt) }),
      )
    }
    schedule = worldOf({ store, clock, log: keptLog().log, slack })
    await schedule.start()
    await tickAt('2026-11-23T07:55:00Z')
    slack.faults.add(fault === 'rate-limited' ? { type: fault, method, retryAfterSeconds: 30 } : { type: 'error', method, error: fault }, 1)
    await tickAt(`${ahead}:00Z`)
    await tickAt('2026-11-23T07:58:00Z')
    for (const minute of ['00', '05', '20']) await tickAt(`2026-11-23T08:${minute}:00Z`)
    expect((await store.deliveries.history('monday', 5)).map(({ status }) => status)).toEqual(['sent'])
    for (const minute of ['00', '05', '20']) await tickAt(`2026-11-24T08:${minute}:00Z`)
    expect((await store.deliveries.history('tuesday', 5)).map(({ status }) => status)).toEqual(['sent'])
  })
})

it('a hold lasts as long as was asked for, and no longer by a clock that went back', () => {
  now = new Date('2026-11-26T12:00:00Z')
  const holds = createHolds(clock)
  expect(holds.begin('C1', 30_000)).toEqual(new Date('2026-11-26T12:00:30Z'))
  now = new Date('2026-11-26T12:00:10Z')
  expect([holds.leftMs('C1'), holds.leftMs('C2')]).toEqual([20_000, 0])
  now = new Date('2026-11-23T12:00:00Z')
  expect(holds.leftMs('C1')).toBe(0)
  now = new Date('2026-11-26T12:00:10Z')
  expect(holds.leftMs('C1')).toBe(0)
})

it('blocks refused while the clock was a year ahead are tried again once it is right', async () => {
  now = new Date('2027-11-23T12:00:00Z')
  const refused = createRefusedBlocks({ setting: async () => undefined, saveSetting: async () => undefined }, clock)
  await refused.remember([{ type: 'table' }], ['/blocks/0'])
  expect([...refused.now()]).toEqual(['table'])
  now = new Date('2026-11-23T12:00:00Z')
  expect([...refused.now()]).toEqual([])
})
