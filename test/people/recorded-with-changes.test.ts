// A role, a link or a manager that an admin changes is stored with its record and its notices, or not at all: a database that fails in between,
// like a process that dies there, leaves nothing without them.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { AdminService } from '../../src/people/admin-service.ts'
import { createAdminService } from '../../src/people/create-admin-service.ts'
import { viewersOver } from '../../src/people/viewers.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { fillCompany, member, smallCompany, zone } from '../kit/delivery-world.ts'
import { usualStore } from '../kit/store.ts'

const clock = movableClock(new Date('2026-11-23T08:00:00Z'))
const coach = { type: 'coach', personId: '101' } as const
let store: OpenedStore
let admin: AdminService

beforeEach(async () => {
  store = await usualStore({ clock, realTime: clock })
  const { people, members } = smallCompany()
  await fillCompany(store, clock.now(), { people, members: [...members, member('UHR', 'Hana Ruiz')] })
  const directory = { whoIs: (id: string) => store.directory.find(id) }
  const viewers = viewersOver(store, { directory, adminNames: ['UOWNER'], slackAdminsAreAdmins: false, zone: async () => zone })
  admin = createAdminService({
    store,
    viewers,
    clock,
    wake: async () => undefined,
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
  changes: (await store.access.changes(20)).map(({ detail }) => detail),
  notices: (await store.deliveries.byStatus('reserved', 20)).map(({ occurrence }) => occurrence),
})

async function failing(table: string): Promise<() => Promise<unknown>> {
  const { queue } = store
  await queue.executeSql(`CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no more room'; END $$`)
  await queue.executeSql(`CREATE TRIGGER fails BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION fails()`)
  return () => queue.executeSql(`DROP TRIGGER fails ON ${table}`)
}

const roleId = async () => (await admin.roles())[0]?.id ?? ''

it.each([
  ['A role', 'access_log', () => admin.grant('UHR', coach, 'UOWNER')],
  ['A role', 'deliveries', () => admin.grant('UHR', coach, 'UOWNER')],
  ['The end of a role', 'access_log', async () => admin.revoke(await roleId(), 'UOWNER')],
  ['The end of a role', 'deliveries', async () => admin.revoke(await roleId(), 'UOWNER')],
  ['A link', 'access_log', () => admin.link('106', 'UHR', 'UOWNER')],
  ['A manager', 'access_log', () => admin.move('106', '101', 'UOWNER')],
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
  expect(after.notices).toHaveLength(before.notices.length + (what.includes('role') ? 2 : 0))
  expect(after).not.toEqual({ ...before, changes: after.changes, notices: after.notices })
})
