// A digest that Slack did not take is kept for another attempt. By then a setting may have changed that decides which figures a group is
// made of: what was made by the other one is not posted.
import { afterEach, expect, it } from 'vitest'
import { movableClock } from '../../../src/clock.ts'
import { type GroupSetting, latestDate, rememberSetting } from '../../../src/domain/group-settings.ts'
import type { Destination } from '../../../src/domain/subscription.ts'
import { readBody } from '../../../src/reports/delivery-body.ts'
import type { Post, SlackFailure } from '../../../src/slack-ports.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { fillCompany, member, smallCompany } from '../../kit/delivery-world.ts'
import { usualStore } from '../../kit/store.ts'
import { teamDigest } from '../../kit/team-digest.ts'
import { namedSending } from './named-sending.ts'

const monday = new Date('2026-11-23T08:00:00Z')
const channel: Destination = { type: 'channel', channelId: 'C1' }
const direct: Destination = { type: 'dm', slackUserId: 'U100' }
let store: OpenedStore
afterEach(() => store.close())

/** The digest's first attempt fails. */
async function kept(destination: Destination, retentionKey = 'key') {
  const clock = movableClock(monday)
  store = await usualStore({ clock, realTime: clock, retentionKey })
  await fillCompany(store, monday, smallCompany())
  const today = (): string => latestDate(clock.now())
  await rememberSetting(store.tenant, 'group-rule', '5/3/1/Europe/Berlin/live', today())
  await rememberSetting(store.tenant, 'unmarked-cards', 'show', today())
  const posts: Post[] = []
  const failures: (SlackFailure | undefined)[] = [{ type: 'unreached', error: 'ECONNREFUSED' }]
  let made = 0
  const sending = namedSending(
    {
      store,
      clock,
      slack: {
        posts,
        updates: [],
        nextFailure: () => failures.shift(),
        gate: () => ({ type: 'open', channelName: 'sales', isPrivate: true, people: [member('U100', 'Maria')] }),
      },
    },
    {
      async build() {
        made += 1
        return { message: { summary: `made ${made}`, parts: [] }, isEmpty: false, shows: [], mentions: [], figures: {} }
      },
    },
  )
  const subscription = teamDigest({ ownerSlackId: 'U100', destination })
  await store.subscriptions.insert(subscription)
  const occurrence = '2026-11-23T09:00[Europe/Berlin]'
  await store.deliveries.reserve({ id: 'd1', subscriptionId: subscription.id, occurrence, dueAt: monday, createdAt: monday }, {})
  await sending.deliver('d1')
  return { clock, sending, posts, today }
}

async function postedAfter(destination: Destination, changed?: readonly [GroupSetting, string]): Promise<readonly string[]> {
  const { clock, sending, posts, today } = await kept(destination)
  if (changed) await rememberSetting(store.tenant, ...changed, today())
  for (let tries = 0; tries < 4 && posts.length === 0; tries += 1) {
    clock.moveTo(new Date(clock.now().getTime() + 10 * 60_000))
    for (const { id } of await store.deliveries.wakeable(clock.now(), 100)) await sending.deliver(id)
  }
  return posts.map(({ payload }) => payload.text)
}

it.each([
  ['a channel', channel],
  ['a direct message', direct],
] as const)('posts in %s what was kept while settings are the same, and makes it anew where they are not', async (_where, destination) => {
  expect(await postedAfter(destination)).toEqual(['made 1'])
  await store.close()
  expect(await postedAfter(destination, ['group-rule', '8/3/1/Europe/Berlin/live'])).toEqual(['made 2'])
  await store.close()
  expect(await postedAfter(destination, ['unmarked-cards', 'hide'])).toEqual(['made 2'])
})

it.each([
  ['a channel', channel],
  ['a direct message', direct],
] as const)('keeps of who reads %s nothing that could be made again without the key', async (_where, destination) => {
  const readBy = []
  for (const key of ['one', 'one', 'another']) {
    await kept(destination, key)
    readBy.push(readBody((await store.deliveries.find('d1'))?.body ?? '{}').readBy)
    await store.close()
  }
  const [one, again, another] = readBy
  expect(one).toMatch(/^[\w-]{22}$/)
  expect([again === one, another === one]).toEqual([true, false])
})
