// In which channels digests name somebody today, as that person may know it: by the rule by which names go there.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { Viewer } from '../../src/domain/policy.ts'
import type { Subscription } from '../../src/domain/subscription.ts'
import type { GateVerdict } from '../../src/slack-ports.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { type DeliveryWorld, member, smallCompany } from '../kit/delivery-world.ts'
import { teamDigest } from '../kit/team-digest.ts'
import { digestsWorld } from './digests-world.ts'

const { people } = smallCompany()
const team = people.map(({ id }) => `U${id}`)
const channelOf = (readers: readonly string[], isPrivate = true): GateVerdict => ({
  type: 'open',
  channelName: 'emea',
  isPrivate,
  people: readers.map((id) => member(id, id)),
})
const asked = (personId: string): Viewer => {
  const person = people.find(({ id }) => id === personId)
  return { slackUserId: `U${personId}`, isAdmin: false, grants: [], standing: 'member', ...(person && { person }) }
}

let store: OpenedStore
let world: DeliveryWorld
let verdict: GateVerdict
beforeEach(async () => {
  verdict = channelOf(team)
  const gate = { check: async () => verdict }
  ;({ store, world } = await digestsWorld(movableClock(new Date('2026-11-25T09:00:00Z')), { wake: async () => undefined, gate }))
  await store.directory.upsert(member('UOUT', 'Olga Outside'))
})
afterEach(() => store.close())

const named = async (change: Partial<Subscription> = {}, personId = '101') => {
  await store.subscriptions.insert(teamDigest({ showNames: true, ownerSlackId: 'U100', ...change }))
  return world.digests.namedInChannels(asked(personId))
}

it('the team’s private channel, once for all its digests', async () => {
  await named()
  expect(await named({ recurrence: { weekdays: [5], time: '15:00', zone: 'Europe/Berlin' } })).toEqual(['#emea'])
  // Priya leads the team and is not named in it.
  expect(await world.digests.namedInChannels(asked('100'))).toEqual([])
})

it('without its name for who does not read it, and where Slack could not be asked', async () => {
  verdict = channelOf(team.filter((id) => id !== 'U101'))
  expect(await named()).toEqual([undefined])
  verdict = { type: 'unknown', failure: { type: 'unreached', error: 'ECONNREFUSED' } }
  expect(await world.digests.namedInChannels(asked('101'))).toEqual([undefined])
})

it.each<[string, GateVerdict, Partial<Subscription>]>([
  ['names are not switched on', channelOf(team), { showNames: false }],
  ['the digest was stopped', channelOf(team), { status: 'stopped' }],
  ['anybody can read it', channelOf(team, false), {}],
  ['somebody from outside the team reads it', channelOf([...team, 'UOUT']), {}],
  ['it is closed', { type: 'closed', reason: 'shared', people: 0 }, {}],
  ['it is a direct message', channelOf(team), { destination: { type: 'dm', slackUserId: 'U100' } }],
])('none where %s', async (_why, now, change) => {
  verdict = now
  expect(await named(change)).toEqual([])
})
