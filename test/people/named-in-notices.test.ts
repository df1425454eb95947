// A notice is kept as long as digests are, and so are the names in it: each notes the ids of everybody it names, so that whoever is forgotten
// is found in it, whatever they were called when it was written.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type MovableClock, movableClock } from '../../src/clock.ts'
import { mergeBodies } from '../../src/digests/delivery/notice-list.ts'
import { notifyOwner } from '../../src/digests/delivery/notify-owner.ts'
import type { OwnerNotice } from '../../src/digests/delivery/outcomes.ts'
import type { Delivery } from '../../src/domain/subscription.ts'
import { createAdminService } from '../../src/people/create-admin-service.ts'
import { notifyDataProblems } from '../../src/people/notify-data-problems.ts'
import { reportingMatches } from '../../src/people/reported-matches.ts'
import { type Viewers, viewersOver } from '../../src/people/viewers.ts'
import { readBody } from '../../src/reports/delivery-body.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { fillCompany, member, zone } from '../kit/delivery-world.ts'
import { namedIn, unnoted } from '../kit/named-in.ts'
import { usualStore } from '../kit/store.ts'
import { teamDigest } from '../kit/team-digest.ts'

const monday = new Date('2026-11-23T08:00:00Z')
let clock: MovableClock
let store: OpenedStore
let viewers: Viewers

const people = [
  { id: '100', name: 'Priya Nair', emails: ['u100@acme.test'], active: true },
  { id: '101', name: 'Ana Diaz', emails: ['u101@acme.test'], managerId: '100', active: true },
  { id: '102', name: 'Ben Okafor', emails: ['u102@acme.test'], managerId: '100', active: true },
]
const members = [member('UOWNER', 'Olga Berg'), member('UHR', 'Hana Ruiz'), ...people.map(({ id, name }) => member(`U${id}`, name))]
/** By the id that a notice can note: of Gong for people, of Slack for whoever it knows from Slack. */
const everybody = [...people, { id: 'UOWNER', name: 'Olga Berg' }, { id: 'UHR', name: 'Hana Ruiz' }]

beforeEach(async () => {
  clock = movableClock(monday)
  store = await usualStore({ clock, realTime: clock })
  await fillCompany(store, monday, { people, members })
  const directory = { whoIs: (id: string) => store.directory.find(id) }
  viewers = viewersOver(store, { directory, adminNames: ['UOWNER'], slackAdminsAreAdmins: false, zone: async () => zone })
})
afterEach(() => store?.close())

const deps = () => ({ store, viewers, clock, wake: async () => undefined })
const admin = () =>
  createAdminService({
    ...deps(),
    zone,
    outages: { open: async () => [] },
    reading: async () => ({ windowsReady: 0, windowsWanted: 0, problems: [] }),
    firstReading: async () => ({}),
    nameOf: async (id) => (await store.directory.find(id))?.name ?? id,
    nudge: () => undefined,
  })

const delivery: Delivery = {
  id: 'd1',
  subscriptionId: 's1',
  occurrence: '2026-11-23T09:00[Europe/Berlin]',
  dueAt: monday,
  status: 'reserved',
  attempts: 0,
  looks: 0,
  createdAt: monday,
}
const toAna = { kind: 'personal', subjectId: '101', destination: { type: 'dm', slackUserId: 'U101' }, ownerSlackId: 'UHR' } as const

const notify = (id: string, notice: OwnerNotice): Promise<void> =>
  notifyOwner(teamDigest({ id, ...toAna }), { ...delivery, id: `d-${id}`, subscriptionId: id }, notice, {
    ...deps(),
    deliveries: store.deliveries,
    keyedHash: store.keyedHash,
    botName: 'gong-digest',
    lastMoveOf: async () => '',
    titleOf: async () => 'The personal digest of Ana Diaz',
    standIns: async () => [{ slackUserId: 'UOWNER', isAdmin: true }],
    whyUnreachable: async (slackUserId) => (slackUserId === 'U101' ? 'Ana Diaz is deactivated in Slack' : undefined),
    mayRead: async () => true,
  })

const kept = async () => (await store.deliveries.byStatus('reserved', 100)).map(({ body }) => readBody(body ?? ''))

/** What can be noted of somebody: in a direct message the reader is known by the Slack user. */
const unnotedIn = async (): Promise<readonly string[]> =>
  (await kept()).flatMap(({ message, mentions = [] }) =>
    unnoted(message, everybody, [...mentions, ...(mentions.includes('U101') ? ['101'] : [])]),
  )

const acts: readonly (readonly [string, () => Promise<unknown>])[] = [
  [
    'the beginning and the end of a coach',
    async () => {
      await admin().grant('UHR', { type: 'coach', personId: '101' }, 'UOWNER')
      await admin().revoke((await admin().roles())[0]?.id ?? '', 'UOWNER')
    },
  ],
  [
    'the beginning and the end of a viewer',
    async () => {
      await admin().grant('UHR', { type: 'viewer', orgOf: '100' }, 'UOWNER')
      await admin().revoke((await admin().roles())[0]?.id ?? '', 'UOWNER')
    },
  ],
  [
    'a match that changed',
    async () => {
      await store.directory.upsert({ ...member('U101', 'Ana Diaz'), email: 'gone@acme.test' })
      const directory = reportingMatches(store.directory, { ...deps(), adminNames: ['UOWNER'], slackAdminsAreAdmins: false })
      await directory.upsert({ ...member('U102', 'Ben Okafor'), email: 'u101@acme.test' })
    },
  ],
  [
    'a list of people that cannot be used',
    async () => {
      await store.listWatch.save({ setAside: { since: monday, ids: ['101', '102'], unknown: 0 } })
      await notifyDataProblems(deps())
    },
  ],
  ['a digest whose reader is gone', () => notify('s1', { type: 'channel-gone', slackError: 'user_disabled' })],
  ['a digest that is held', () => notify('s1', { type: 'held', reason: 'owner-rights' })],
  ['a digest in doubt', () => notify('s1', { type: 'doubt' })],
]

it.each(acts)('the notices of %s note everybody they name', async (_what, act) => {
  await act()
  const named = (await kept()).flatMap(({ message }) => namedIn(JSON.stringify(message), everybody))
  expect(named).not.toEqual([])
  expect(await unnotedIn()).toEqual([])
})

it('several that became one note whom each names; one that was written before notes were kept leaves none to rely on', async () => {
  await notify('s1', { type: 'doubt' })
  const [one] = (await store.deliveries.byStatus('reserved', 9)).map(({ body }) => body ?? '')
  const other = JSON.stringify({ ...readBody(one ?? ''), mentions: ['102'] })
  expect(readBody(mergeBodies([one ?? '', other])).mentions).toEqual(['101', 'U101', '102'])
  const { mentions: _, ...old } = readBody(one ?? '')
  expect(readBody(mergeBodies([one ?? '', JSON.stringify(old)])).mentions).toBeUndefined()
})

it('nothing is left of a forgotten person who was called otherwise then', async () => {
  await admin().grant('UHR', { type: 'coach', personId: '101' }, 'UOWNER')
  await admin().grant('UHR', { type: 'coach', personId: '102' }, 'UOWNER')
  await admin().grant('UHR', { type: 'viewer', orgOf: '100' }, 'U101')
  const renamed = people.map((one) => (one.id === '101' ? { ...one, name: 'Anna Smith' } : one))
  await store.people.replaceAll(renamed, { readAt: monday, seenOn: '2026-11-23' })
  await store.directory.upsert(member('U101', 'Anna Smith'))
  await store.people.forget('101', 'key')
  const bodies = (await store.deliveries.byStatus('reserved', 100)).map(({ body }) => body ?? '').join()
  expect(bodies).toContain('Ben Okafor')
  expect(bodies).not.toMatch(/Ana|Diaz|Anna|Smith/)
})
