// A role, a link or a manager that an admin changes, and a match that Slack changes, is stored with its record and its notices, or not at all: a
// database that fails in between, like a process that dies there, leaves nothing without them.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { AdminService } from '../../src/people/admin-service.ts'
import { createAdminService } from '../../src/people/create-admin-service.ts'
import { reportingMatches } from '../../src/people/reported-matches.ts'
import { viewersOver } from '../../src/people/viewers.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { migratedDatabase } from '../kit/database.ts'
import { fillCompany, member, smallCompany, zone } from '../kit/delivery-world.ts'
import { openOn, usualStore } from '../kit/store.ts'

const clock = movableClock(new Date('2026-11-23T08:00:00Z'))
const coach = { type: 'coach', personId: '101' } as const
let store: OpenedStore
let admin: AdminService
let directory: Pick<OpenedStore['directory'], 'upsert' | 'replaceAll'>

beforeEach(async () => {
  store = await usualStore({ clock, realTime: clock })
  const { people, members } = smallCompany()
  await fillCompany(store, clock.now(), { people, members: [...members, member('UHR', 'Hana Ruiz')] })
  const admins = { adminNames: ['UOWNER'], slackAdminsAreAdmins: false }
  const wake = async () => undefined
  directory = reportingMatches(store.directory, { clock, wake, ...admins })
  const whoIs = (id: string) => store.directory.find(id)
  const viewers = viewersOver(store, { directory: { whoIs }, ...admins, zone: async () => zone })
  await store.listWatch.save({ shrunk: { from: 9, to: 3, since: clock.now() } })
  const answered = {
    reviewedId: '101',
    reviewerId: '100',
    callId: 'c1',
    answeredAt: clock.now(),
    questions: [],
    visibility: 'public',
    method: 'human',
  } as const
  const week = { from: '2026-11-16', to: '2026-11-23' }
  const kept = { period: week, scope: 'all', readAt: clock.now(), final: false, quarantined: 0, quarantinedIds: [] } as const
  await store.records.keepScorecards(kept, [{ id: 'a1', scorecardId: 's1', scorecardName: 'Discovery', ...answered }])
  admin = createAdminService({
    store,
    viewers,
    clock,
    wake,
    zone,
    outages: { open: async () => [] },
    reading: async () => ({ windowsReady: 0, windowsWanted: 0, problems: [] }),
    firstReading: async () => ({}),
    nameOf: async (id) => (await store.directory.find(id))?.name ?? id,
    nudge: () => undefined,
  })
})
afterEach(() => store?.close())

/** Everything that the changes below touch. */
const kept = async () => ({
  roles: await admin.roles(),
  links: await store.people.links(),
  manager: (await store.people.chart()).people.get('106')?.managerId,
  email: (await store.directory.find('UHR'))?.email,
  changes: (await store.access.changes(20)).map(({ detail }) => detail),
  notices: (await store.deliveries.byStatus('reserved', 20)).map(({ occurrence }) => occurrence),
  cards: await store.cards.counted(),
  list: await store.listWatch.problems(),
})

async function failing(table: string): Promise<() => Promise<unknown>> {
  const { queue } = store
  await queue.executeSql(`CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no more room'; END $$`)
  await queue.executeSql(`CREATE TRIGGER fails BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION fails()`)
  return () => queue.executeSql(`DROP TRIGGER fails ON ${table}`)
}

/** Hana Ruiz becomes Rep 106 in Gong. */
const another = member('UHR', 'Hana Ruiz', { email: 'u106@acme.test' })
const everybodyRead = async () => {
  const others = (await store.directory.all()).filter(({ slackUserId }) => slackUserId !== another.slackUserId && slackUserId !== 'U106')
  return directory.replaceAll([...others, another], clock.now())
}

const roleId = async () => (await admin.roles())[0]?.id ?? ''

it.each([
  ['A role', 'access_log', () => admin.grant('UHR', coach, 'UOWNER')],
  ['A role', 'deliveries', () => admin.grant('UHR', coach, 'UOWNER')],
  ['The end of a role', 'access_log', async () => admin.revoke(await roleId(), 'UOWNER')],
  ['The end of a role', 'deliveries', async () => admin.revoke(await roleId(), 'UOWNER')],
  ['A link', 'access_log', () => admin.link('106', 'UHR', 'UOWNER')],
  ['A manager', 'access_log', () => admin.move('106', '101', 'UOWNER')],
  ['A match by an event', 'access_log', () => directory.upsert(another)],
  ['A match by an event', 'deliveries', () => directory.upsert(another)],
  ['A match by the list', 'access_log', everybodyRead],
  ['A match by the list', 'deliveries', everybodyRead],
  ['The choice of cards', 'access_log', () => admin.countCards(['s1'], 'UOWNER')],
  ['The answer to a shrunk list', 'access_log', () => admin.answerShrunkList('use', 'UOWNER')],
] as const)('%s is not kept where %s takes nothing, and is whole when it is saved again', async (what, table, change) => {
  if (what === 'The end of a role') await admin.grant('UHR', coach, 'UOWNER')
  const before = await kept()
  const mend = await failing(table)
  await expect(change()).rejects.toThrow()
  expect(await kept()).toEqual(before)
  await mend()
  await change()
  const after = await kept()
  expect(after.changes).toHaveLength(before.changes.length + 1)
  expect(after.notices).toHaveLength(before.notices.length + (what.includes('role') ? 2 : what.includes('match') ? 1 : 0))
  expect(after).not.toEqual({ ...before, changes: after.changes, notices: after.notices })
})

it('A match that two replicas are told of at once is written down once', async () => {
  const database = await migratedDatabase()
  const replicas = await Promise.all([openOn(database, { clock }), openOn(database, { clock })])
  const [one] = replicas
  try {
    await one.people.replaceAll(smallCompany().people, { readAt: clock.now(), seenOn: '2026-01-05' })
    await one.directory.upsert(member('UHR', 'Hana Ruiz'))
    // Both have looked before either writes.
    await one.queue.executeSql(
      `CREATE FUNCTION rests() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.5); RETURN NEW; END $$`,
    )
    await one.queue.executeSql(`CREATE TRIGGER rests BEFORE INSERT OR UPDATE ON slack_members FOR EACH ROW EXECUTE FUNCTION rests()`)
    const deps = { clock, wake: async () => undefined, adminNames: [], slackAdminsAreAdmins: false }
    await Promise.all(replicas.map((replica) => reportingMatches(replica.directory, deps).upsert(another)))
    expect((await one.access.changes(9)).map(({ detail }) => detail)).toEqual(['matched by a changed Slack e-mail'])
  } finally {
    for (const replica of replicas) await replica.close()
  }
})
