// What somebody changes about digests, programmes and coaching is stored with its record, or not at all: a database that fails in between,
// like a process that dies there, leaves neither.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { DigestDraft, ProgrammeDraft } from '../../src/digests/service.ts'
import type { Viewer } from '../../src/domain/policy.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { type DeliveryWorld, member, smallCompany, zone } from '../kit/delivery-world.ts'
import { teamDigest } from '../kit/team-digest.ts'
import { digestsWorld } from './digests-world.ts'

const clock = movableClock(new Date('2026-11-25T11:00:00Z'))
const lead: Viewer = {
  slackUserId: 'U100',
  person: smallCompany().people.find(({ id }) => id === '100'),
  standing: 'member',
  isAdmin: false,
  grants: [],
}
const admin: Viewer = { slackUserId: 'UOWNER', standing: 'member', isAdmin: true, grants: [] }
const digest = teamDigest({
  id: 'one',
  ownerSlackId: 'U100',
  destination: { type: 'dm', slackUserId: 'U100' },
  nextAt: new Date('2026-11-30T08:00:00Z'),
})
const row = { id: 'row', subscriptionId: 'one', occurrence: '2026-11-23T09:00[Europe/Berlin]', dueAt: clock.now(), createdAt: clock.now() }
const draft = (change: Partial<DigestDraft> = {}): DigestDraft => {
  const { kind, subjectId, destination, recurrence, whenEmpty, skipDates, showNames } = digest
  return { kind, subjectId, destination, recurrence, whenEmpty, skipDates, showNames, ...change }
}
const programme: ProgrammeDraft = {
  kind: 'personal',
  recurrence: { weekdays: [1], time: '09:00', zone },
  whenEmpty: 'say',
  stage: 'everyone',
  pilotTeams: [],
}

let store: OpenedStore
let world: DeliveryWorld
beforeEach(async () => {
  ;({ store, world } = await digestsWorld(clock, { wake: async () => undefined }))
  await store.subscriptions.insert(digest)
  await store.deliveries.reserve(row, {})
  await store.deliveries.update('row', { status: 'held' })
})
afterEach(() => store.close())

const changes = async () => (await store.access.changes(50)).map(({ detail }) => detail)

/** Everything that the changes below touch. */
const kept = async () => ({
  digests: await store.subscriptions.all(),
  programmes: await store.subscriptions.programmes(),
  stops: [...(await store.subscriptions.optedOut('team')), ...(await store.subscriptions.optedOut('reminder'))],
  goals: await store.coaching.goals(),
  deliveries: (await store.deliveries.history('one', 20)).map(({ id, status }) => `${id} ${status}`),
})

const programmeId = async () => (await store.subscriptions.programmes())[0]?.id ?? ''
const nothing = async () => undefined
async function ownerLeaves(): Promise<void> {
  await store.subscriptions.update('one', { ownerSlackId: 'U106' })
  await store.directory.upsert(member('U106', 'Rep 106', { deleted: true }))
}

it.each<[string, () => Promise<unknown>, () => Promise<unknown>]>([
  ['digest team created', nothing, () => world.digests.create(lead, draft({ isExtra: true }), undefined)],
  ['digest team changed', nothing, () => world.digests.change(lead, 'one', draft({ whenEmpty: 'skip' }))],
  ['digest team paused', nothing, () => world.digests.pause(lead, 'one', undefined)],
  ['digest team paused', nothing, () => world.digests.pause(lead, 'one', '2026-12-10')],
  ['digest team resumed', () => world.digests.pause(lead, 'one', undefined), () => world.digests.resume(lead, 'one')],
  ['digest team resumed', () => world.digests.stop(lead, 'one'), () => world.digests.resume(lead, 'one')],
  ['digest team: next run left out', nothing, () => world.digests.skipNext(lead, 'one')],
  ['digest team sent by hand', nothing, () => world.digests.sendNow(lead, 'one', 't1')],
  ['digest team taken over', ownerLeaves, () => world.digests.takeOver(lead, 'row')],
  ['digest team deleted', nothing, () => world.digests.remove(lead, 'one')],
  ['digest team stopped by its reader', nothing, () => world.digests.stop(lead, 'one')],
  ['programme personal created, everyone', nothing, () => world.digests.createProgramme(admin, programme)],
  [
    'programme personal changed, everyone',
    () => world.digests.createProgramme(admin, programme),
    async () => world.digests.changeProgramme(admin, await programmeId(), { ...programme, whenEmpty: 'skip' }),
  ],
  [
    'programme personal stopped',
    () => world.digests.createProgramme(admin, programme),
    async () => world.digests.stopProgramme(admin, await programmeId()),
  ],
  ['coaching reminders turned on', nothing, () => world.coaching.turnOn(lead, zone)],
  ['coaching reminders turned off', () => world.coaching.turnOn(lead, zone), () => world.coaching.turnOff(lead)],
  ['coaching goal: every 3 weeks', nothing, () => world.coaching.setGoal(lead, 3, 'mine')],
])('"%s" is kept whole or not at all', async (detail, first, change) => {
  await first()
  const [before, said] = [await kept(), await changes()]
  const { queue } = store
  await queue.executeSql(`CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no more room'; END $$`)
  await queue.executeSql('CREATE TRIGGER fails BEFORE INSERT ON access_log FOR EACH ROW EXECUTE FUNCTION fails()')
  await expect(change()).rejects.toThrow()
  expect(await kept()).toEqual(before)
  await queue.executeSql('DROP TRIGGER fails ON access_log')
  await change()
  expect(await kept()).not.toEqual(before)
  expect((await changes()).toSorted()).toEqual([...said, detail].toSorted())
})
