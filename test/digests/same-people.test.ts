// A posted digest is corrected by late figures of the people it was of. Somebody forgotten, left or moved since changes its sums too: the
// difference would be theirs. Calls of a person are a power of two, so that a difference tells whose it is.
import { afterEach, expect, it } from 'vitest'
import { buildForDelivery, rebuildDigest } from '../../src/digests/build-digest.ts'
import { correctDigests } from '../../src/digests/correct-digests.ts'
import { membersBehind } from '../../src/digests/members-behind.ts'
import type { BuildDeps } from '../../src/digests/prepare.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import { bodyOf, madeFor, writeBody } from '../../src/reports/delivery-body.ts'
import { buildDigest } from '../../src/reports/digests/index.ts'
import { renderForSlack } from '../../src/slack/outbox/render-for-slack.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { endedWeek, inGong, readWeek, type SightWorld, sightWorld } from '../kit/sight-world.ts'
import { teamDigest } from '../kit/team-digest.ts'
import { wholeDatabase } from '../store/whole-database.ts'
import { parts } from './rights-parts.ts'

let world: SightWorld
afterEach(() => world.store.close())

// Olga (90) leads Maria (99) and Tom (98); Maria leads 100 to 105, Tom 106.
const people = [
  inGong('90'),
  ...['99', '98'].map((id) => inGong(id, '90')),
  ...['100', '101', '102', '103', '104', '105'].map((id) => inGong(id, '99')),
  inGong('106', '98'),
]
const calls = Object.fromEntries(people.map(({ id }, at) => [id, 2 ** at]))

/** Olga, an admin, gets a digest by name on Monday; what `meanwhile` does; and on Tuesday what was posted is looked at again. */
async function correctedAfter(of: Pick<Subscription, 'kind' | 'subjectId'>, meanwhile: () => Promise<unknown>) {
  world = await sightWorld(people, ['U90'])
  const { store, clock, viewers, stats } = world
  const deps = {
    ...parts,
    clock,
    stats,
    chart: () => store.people.chart(),
    viewerOf: async (id: string) => (await viewers.readerOf(id)).viewer,
    figuresReady: async () => ({ type: 'ready', lacks: [] }),
    build: buildDigest,
  } as unknown as BuildDeps
  const to = { type: 'dm', slackUserId: 'U90' } as const
  const subscription = teamDigest({ id: 's', ...of, destination: to, ownerSlackId: 'U90' })
  await store.subscriptions.insert(subscription)
  const at = clock.now()
  const row = { id: 'd', subscriptionId: 's', occurrence: '2026-11-23T09:00[Europe/Berlin]', dueAt: at, createdAt: at }
  await store.deliveries.reserve(row, {})
  const reserved = await store.deliveries.find('d')
  const outcome = reserved && (await buildForDelivery(subscription, reserved, undefined, deps))
  if (outcome?.type !== 'ready') throw new Error(`not built: ${JSON.stringify(outcome)}`)
  const { built, detail, readBy, members } = outcome
  const body = writeBody({ ...bodyOf(built), madeFor: madeFor(subscription), detail, readBy, members })
  await store.deliveries.update('d', { body, status: 'sent', sentAt: at, channelId: 'D90', messageTs: '1.1' })
  world.moveToDay(1)
  await meanwhile()
  const updates: string[] = []
  await correctDigests({
    deliveries: store.deliveries,
    subscriptions: store.subscriptions,
    poster: {
      async update({ channelId, messageTs, payload }) {
        updates.push(...(JSON.stringify(payload.blocks).match(/updated Tue 09:00: [^."]*/gi) ?? []))
        return { type: 'posted', channelId, messageTs }
      },
    },
    render: renderForSlack(),
    clock,
    log: keptLog().log,
    async rebuild(subscription, delivery, remark, atMost) {
      const rebuilt = await rebuildDigest(subscription, delivery, undefined, remark, atMost, deps)
      return rebuilt && rebuilt !== 'later' ? { ...rebuilt, readers: undefined } : rebuilt
    },
    asAnswered: async (_delivery, message) => message,
    recordSent: async () => undefined,
    timeInWords: () => 'Tue 09:00',
  })
  return updates
}

const company = { kind: 'company', subjectId: undefined } as const
const org = { kind: 'org', subjectId: '90' } as const
const ofTeam = { kind: 'manager', subjectId: '99' } as const

it.each([company, org, ofTeam])('says what came late of the same people: %o', async (of) => {
  const late = () => readWeek(world, { ...calls, '105': (calls['105'] ?? 0) + 3 })
  expect(await correctedAfter(of, late)).toEqual([expect.stringContaining('+3 calls hosted')])
})

it.each([company, org, ofTeam])('keeps and says nothing of who was forgotten: %o', async (of) => {
  expect(await correctedAfter(of, () => world.store.people.forget('105', ''))).toEqual([])
  // Nor the sum that they are in, beside a later one without them.
  expect((await world.store.deliveries.find('d'))?.body).toBeUndefined()
  expect(await wholeDatabase(world.store)).not.toContain('"105"')
})

it.each([company, org, ofTeam])('is not corrected by who left: %o', async (of) => {
  const left = () => world.refresh(people.map((each) => (each.id === '105' ? { ...each, active: false } : each)))
  expect(await correctedAfter(of, left)).toEqual([])
})

it.each([company, org, ofTeam])('is not corrected by who moved: %o', async (of) => {
  const moved = async () => {
    await world.store.people.move('105', '98')
    await readWeek(world, { ...calls, '104': (calls['104'] ?? 0) + 3 })
  }
  expect(await correctedAfter(of, moved)).toEqual([])
})

it('without names is of those who were there then, whoever moves, and beside a person of their team', async () => {
  world = await sightWorld(people)
  const subject = { type: 'team', managerId: '99' } as const
  const ofAna = { subject: { type: 'person', personId: '100' }, period: endedWeek, detail: 'by-name' } as const
  const of = async () => {
    const chart = await world.store.people.chart()
    const team = (detail: 'by-name' | 'medians') => membersBehind({ subject, period: endedWeek, detail }, chart)
    return { named: team('by-name'), unnamed: team('medians'), beside: membersBehind(ofAna, chart) }
  }
  const whole = [['99', '100', '101', '102', '103', '104', '105']]
  expect(await of()).toEqual({ named: whole, unnamed: whole, beside: whole })
  world.moveToDay(1)
  await world.store.people.move('105', '98')
  expect(await of()).toEqual({ named: [['99', '100', '101', '102', '103', '104']], unnamed: whole, beside: whole })
})
