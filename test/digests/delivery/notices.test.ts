// Who hears of digests that could not be sent, in one message or many: the owner, or whoever stands in for one who has left.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type MovableClock, movableClock, systemClock } from '../../../src/clock.ts'
import type { Subscription } from '../../../src/domain/subscription.ts'
import { type SimulatedSlack, startSimulatedSlack } from '../../../src/sandbox/slack/simulated-slack.ts'
import { renderForSlack } from '../../../src/slack/outbox/render-for-slack.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { type DeliveryWorld, fillCompany, member, smallCompany, worldOf } from '../../kit/delivery-world.ts'
import { keptLog } from '../../kit/quiet-log.ts'
import { usualStore } from '../../kit/store.ts'
import { teamDigest } from '../../kit/team-digest.ts'

const monday = new Date('2026-11-23T08:00:00Z')
let clock: MovableClock
let store: OpenedStore
let slack: SimulatedSlack
let world: DeliveryWorld

/** U200 leads U100, who leads the reps. */
const company = () => {
  const { people, members } = smallCompany()
  const boss = { id: '200', name: 'Bea Boss', emails: ['u200@acme.test'], active: true }
  return {
    people: [boss, ...people.map((person) => (person.id === '100' ? { ...person, managerId: '200' } : person))],
    members: [...members, member('U200', 'Bea Boss')],
  }
}

beforeEach(async () => {
  clock = movableClock(monday)
  store = await usualStore({ clock, realTime: clock })
  await fillCompany(store, monday, company())
  slack = await startSimulatedSlack({
    clock,
    realClock: systemClock,
    manifest: readFileSync(path.join(import.meta.dirname, '../../../manifest.yml'), 'utf8'),
    users: company().members.map(({ slackUserId, name, email }) => ({
      id: slackUserId,
      name: slackUserId.toLowerCase(),
      realName: name,
      email: email ?? '',
      zone: 'Europe/Berlin',
    })),
    channels: [],
    rateLimits: false,
    checkTimes: false,
  })
  const archived = { check: async () => ({ type: 'closed', reason: 'archived', people: 0 }) as const }
  world = worldOf({ store, clock, log: keptLog().log, slack, change: { gate: archived, render: renderForSlack() } })
  await world.start()
})
afterEach(async () => {
  await world?.stop()
  await slack?.stop()
  await store?.close()
})

async function due(count: number, change: Partial<Subscription>): Promise<void> {
  for (let index = 0; index < count; index += 1)
    await store.subscriptions.insert(teamDigest({ destination: { type: 'channel', channelId: `C${index}` }, nextAt: monday, ...change }))
}

async function minutes(count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    await world.tick()
    await world.idle()
    clock.moveTo(new Date(clock.now().getTime() + 60_000))
  }
}

const readBy = (userId: string) => slack.directMessages(userId).map(({ text, blocks }) => `${text}\n${JSON.stringify(blocks)}`)
const leave = (slackUserId: string, name: string) => store.directory.upsert(member(slackUserId, name, { deleted: true }))

describe('archived channels', () => {
  it('60 of one owner are one message that lists them', async () => {
    await due(60, { ownerSlackId: 'U100' })
    await minutes(10)
    const [message = '', ...others] = readBy('U100')
    expect(others).toEqual([])
    expect(message).toContain('60 digests were not sent as planned.')
    const blocks = JSON.stringify(slack.directMessages('U100').map((each) => each.blocks))
    expect(blocks.split('its channel is archived')).toHaveLength(61)
    expect(message).toContain('My digests')
    expect(readBy('U200')).toEqual([])
    // Of sixty rows one was posted; the others name it.
    const gathered = (await store.deliveries.byStatus('skipped', 100)).filter(({ reason }) => reason?.startsWith('gathered into '))
    expect(gathered).toHaveLength(59)
  })

  it('one of one owner is a message of its own', async () => {
    await due(1, { ownerSlackId: 'U100' })
    await minutes(5)
    expect(readBy('U100')).toEqual([expect.stringContaining('its channel is archived. It is paused; nothing else is affected.')])
  })

  it('each owner reads of their own', async () => {
    await due(2, { ownerSlackId: 'U100' })
    await due(3, { ownerSlackId: 'UOWNER' })
    await minutes(5)
    expect(readBy('U100')).toEqual([expect.stringContaining('2 digests were not sent')])
    expect(readBy('UOWNER')).toEqual([expect.stringContaining('3 digests were not sent')])
  })
})

describe('an owner who is deactivated', () => {
  it("has their manager notified, who takes it over; the leaver's digests are one message", async () => {
    await due(2, { ownerSlackId: 'U100' })
    await leave('U100', 'Priya Nair')
    await minutes(5)
    expect(readBy('U100')).toEqual([])
    expect(readBy('UOWNER')).toEqual([])
    const [message = '', ...others] = readBy('U200')
    expect(others).toEqual([])
    expect(message).toContain('2 digests were not sent')
    expect(message.split('"Take it over"')).toHaveLength(3)
    // A manager who is no admin may not move what is not theirs yet.
    expect(message).not.toContain('"Move it"')
  })

  it('without a manager has the admins notified, with the buttons', async () => {
    await due(1, { ownerSlackId: 'U200', subjectId: '200' })
    await leave('U200', 'Bea Boss')
    await minutes(5)
    expect(readBy('UOWNER').join()).toMatch(/Whoever set it up cannot be reached in Slack.*Take it over.*Move it.*Delete it/s)
    expect(readBy('U200')).toEqual([])
  })

  it.each([
    ['made a guest', () => store.directory.upsert(member('U100', 'Priya Nair', { isGuest: true }))],
    ['from another company', () => store.directory.upsert(member('U100', 'Priya Nair', { isOutside: true }))],
  ] as const)('is like one who was %s: their manager hears of it', async (_, change) => {
    await due(1, { ownerSlackId: 'U100' })
    await change()
    await minutes(5)
    expect(readBy('U100')).toEqual([])
    expect(readBy('U200')).toHaveLength(1)
  })

  it('is like one who was forgotten: the admins hear of it', async () => {
    await due(1, { ownerSlackId: 'U100', subjectId: '200' })
    await store.people.forget('100', 'U100')
    await minutes(5)
    expect(readBy('U100')).toEqual([])
    expect(readBy('UOWNER').join()).toContain('its channel is archived')
  })
})
