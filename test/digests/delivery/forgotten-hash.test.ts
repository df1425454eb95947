// What is kept of somebody's id as a hash cannot be worked out again from the id once they were forgotten.
import { createHash } from 'node:crypto'
import { afterEach, expect, it } from 'vitest'
import { movableClock } from '../../../src/clock.ts'
import type { SimulatedSlack } from '../../../src/sandbox/slack/simulated-slack.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { type DeliveryWorld, fillCompany, member, smallCompany, worldOf } from '../../kit/delivery-world.ts'
import { keptLog } from '../../kit/quiet-log.ts'
import { slackOfCompany } from '../../kit/slack-of-company.ts'
import { usualStore } from '../../kit/store.ts'
import { teamDigest } from '../../kit/team-digest.ts'
import { wholeDatabase } from '../../store/whole-database.ts'

let slack: SimulatedSlack | undefined
let schedule: DeliveryWorld | undefined
let store: OpenedStore | undefined
afterEach(async () => {
  await schedule?.stop()
  await slack?.stop()
  await store?.close()
})

it('neither of whoever stood in the way of names in a channel, nor of whoever asked the admins', async () => {
  const nine = new Date('2026-11-23T08:00:00Z')
  const clock = movableClock(nine)
  store = await usualStore({ clock, realTime: clock })
  const { people, members } = smallCompany()
  const pat = { id: '900', name: 'Pat Rahman', emails: ['u900@acme.test'], active: true }
  await fillCompany(store, nine, { people: [...people, pat], members: [...members, member('U900', 'Pat Rahman')] })
  slack = await slackOfCompany(clock)
  const [someone] = slack.workspace.users.values()
  const channel = slack.workspace.channels.get('C1')
  if (!someone || !channel) throw new Error('the simulated company has nobody')
  slack.workspace.users.set('U900', { ...someone, id: 'U900', name: 'pat', realName: 'Pat Rahman', email: 'u900@acme.test' })
  slack.workspace.channels.set('C1', { ...channel, memberIds: [...channel.memberIds, 'U900'] })
  await store.subscriptions.insert(teamDigest({ id: 'one', showNames: true, nextAt: nine, ownerSlackId: 'U100' }))
  schedule = worldOf({ store, clock, log: keptLog().log, slack })
  await schedule.start()
  await schedule.tick()
  await schedule.idle()
  await store.submissions.claim('asks admins U900')
  const hashes = ['U900', 'asks admins U900'].map((text) => createHash('sha256').update(text).digest('base64url'))
  const kept = async () =>
    ((await store?.deliveries.history('one', 9)) ?? []).filter(({ occurrence }) => /^notice:names-dropped:/.test(occurrence))
  // The notice that names are left out because of Pat is there.
  expect(await kept()).toHaveLength(1)
  await store.people.forget('900', '')
  const rows = (await wholeDatabase(store)).split('\n')
  expect(rows.filter((row) => [...hashes, 'Rahman'].some((trace) => row.includes(trace)))).toEqual([])
})
