// The people concerned are notified of roles; a match that changes by a new Slack e-mail is audited, and admins are notified; a guest with
// the address of a manager takes nothing away from that manager.

import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BotServices } from '../../src/bot/command.ts'
import { unmatchedPeople } from '../../src/bot/home/admin-people.ts'
import { movableClock } from '../../src/clock.ts'
import { maySee } from '../../src/domain/policy.ts'
import { type AdminServiceDeps, createAdminService } from '../../src/people/create-admin-service.ts'
import { notifyOfEndedRoles } from '../../src/people/ended-roles.ts'
import { notifyPerson } from '../../src/people/notify-person.ts'
import { reportingMatches } from '../../src/people/reported-matches.ts'
import { createSightings } from '../../src/people/sightings.ts'
import { type Viewers, viewersOver } from '../../src/people/viewers.ts'
import { oneSentenceMessage } from '../../src/render/one-sentence-message.ts'
import { readBody } from '../../src/reports/delivery-body.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { fillCompany, member, smallCompany, zone } from '../kit/delivery-world.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { usualStore } from '../kit/store.ts'
import { wholeDatabase } from '../store/whole-database.ts'

const monday = new Date('2026-11-23T08:00:00Z')
let store: OpenedStore
let viewers: Viewers

beforeEach(async () => {
  const clock = movableClock(monday)
  store = await usualStore({ clock, realTime: clock })
  const { people, members } = smallCompany()
  await fillCompany(store, monday, { people, members: [...members, member('UHR', 'Hana Ruiz')] })
  const directory = { whoIs: (id: string) => store.directory.find(id) }
  viewers = viewersOver(store, { directory, adminNames: ['UOWNER'], slackAdminsAreAdmins: false, zone: async () => zone })
})
afterEach(() => store?.close())

const deps = () => ({ store, viewers, clock: movableClock(monday), wake: async () => undefined })

/** Notices that wait to be posted: to whom, and what they say. */
const notices = async (): Promise<readonly (readonly [string | undefined, string])[]> =>
  (await store.deliveries.byStatus('reserved', 100)).map(
    ({ channelId, body }) => [channelId, readBody(body ?? '').message.summary] as const,
  )

const endDeps = () => ({ ...adminDeps(), log: keptLog().log })
const adminDeps = (): AdminServiceDeps => ({
  ...deps(),
  zone,
  outages: { open: async () => [] },
  reading: async () => ({ windowsReady: 0, windowsWanted: 0, problems: [] }),
  firstReading: async () => ({}),
  nameOf: async (id) => (await store.directory.find(id))?.name ?? id,
  nudge: () => undefined,
})
const admin = () => createAdminService(adminDeps())

/** Hana is Rep 106 in Gong. */
const hanaIsInGong = async () => {
  await store.directory.upsert(member('UHR', 'Hana Ruiz', { email: 'u106@acme.test' }))
  await store.directory.upsert(member('U106', 'Somebody else', { email: 'else@acme.test' }))
}
/** What everybody reads when this role ends. */
const saidAtTheEnd = async (type: 'coach' | 'viewer'): Promise<readonly string[]> => {
  const before = new Set((await notices()).map(([, summary]) => summary))
  await admin().revoke((await admin().roles()).find(({ grant }) => grant.type === type)?.id ?? '', 'UOWNER')
  return (await notices()).map(([, summary]) => summary).filter((summary) => !before.has(summary))
}

describe('a role', () => {
  it('of a coach is said to the coach and to the person whose figures it opens, when it begins and when it ends', async () => {
    await hanaIsInGong()
    await admin().grant('UHR', { type: 'coach', personId: '101', until: '2026-12-01' }, 'UOWNER')
    const begun = new Map(await notices())
    expect(begun.get('UHR')).toBe(
      'You can now see the figures of Rep 101 as their coach until 2026-12-01. Maria gave you this role; Rep 101 is notified too.',
    )
    expect(begun.get('U101')).toBe('Hana Ruiz can now see your figures as your coach until 2026-12-01. Maria gave them this role.')
    const [role] = await admin().roles()
    await admin().revoke(role?.id ?? '', 'UOWNER')
    expect(await admin().roles()).toEqual([])
    // It is kept: who had it knows what they saw by it.
    expect(await store.access.grantsOf('UHR')).toEqual([{ type: 'coach', personId: '101', until: '2026-11-23' }])
    const said = (await notices()).map(([, summary]) => summary)
    expect(said).toContain('Your role as coach of Rep 101 has ended: you no longer see their figures.')
    expect(said).toContain('Hana Ruiz is no longer your coach here and no longer sees your figures by that role.')
  })

  it('of a viewer is said to the viewer and to the manager of the org', async () => {
    await admin().grant('UHR', { type: 'viewer', orgOf: '100' }, 'UOWNER')
    const said = new Map(await notices())
    expect(said.get('UHR')).toContain('Priya Nair and everybody below by name')
    expect(said.get('U100')).toContain('Hana Ruiz can now see you and everybody below you by name')
    expect(said.size).toBe(2)
    expect((await saidAtTheEnd('viewer')).toSorted()).toEqual([
      'Hana Ruiz no longer sees you and everybody below you by that role.',
      'Your role as viewer of Priya Nair and everybody below has ended.',
    ])
  })

  it('given twice is one role with the end given last, and its end is the end', async () => {
    await hanaIsInGong()
    await admin().grant('UHR', { type: 'coach', personId: '101', until: '2027-01-31' }, 'UOWNER')
    await admin().grant('UHR', { type: 'coach', personId: '101', until: '2026-12-01' }, 'UOWNER')
    expect(await admin().roles()).toMatchObject([{ grant: { type: 'coach', personId: '101', until: '2026-12-01' } }])
    expect((await notices()).filter(([who]) => who === 'UHR')).toHaveLength(2)
    expect(await saidAtTheEnd('coach')).toContain('Your role as coach of Rep 101 has ended: you no longer see their figures.')
    const { viewer } = await viewers.readerOf('UHR')
    expect(maySee(viewer, { type: 'person', personId: '101' }, await store.people.chart(), '2026-11-23').allowed).toBe(false)
  })

  it.each([
    ['leads the person', () => store.people.move('101', '106')],
    ['views the org of the person', () => store.access.grant('UHR', { type: 'viewer', orgOf: '100' }, 'UOWNER', monday)],
    ['views the person', () => store.access.grant('UHR', { type: 'viewer', orgOf: '101' }, 'UOWNER', monday)],
  ])('of a coach who also %s does not end what they see, and nobody is told so', async (_why, does) => {
    await hanaIsInGong()
    await does()
    await admin().grant('UHR', { type: 'coach', personId: '101' }, 'UOWNER')
    expect((await saidAtTheEnd('coach')).toSorted()).toEqual([
      'Hana Ruiz is no longer your coach here and still sees your figures in another way: as your manager, by another role or as an admin.',
      'Your role as coach of Rep 101 has ended. You still see their figures in another way: as their manager, by another role or as an admin.',
    ])
  })

  it('of a viewer who is an admin does not end what they see either', async () => {
    await admin().grant('UOWNER', { type: 'viewer', orgOf: '100' }, 'UOWNER')
    expect((await saidAtTheEnd('viewer')).toSorted()).toEqual([
      'Maria no longer sees you and everybody below you by that role, but still does in another way: as your manager, by another role or as an admin.',
      'Your role as viewer of Priya Nair and everybody below has ended. You still see them by name in another way: as their manager, by another role or as an admin.',
    ])
  })

  it.each(['coach', 'viewer'] as const)('of a %s that ends by its date is said as one ended by hand, once over replicas', async (type) => {
    await hanaIsInGong()
    const of = type === 'coach' ? ({ type, personId: '101' } as const) : ({ type, orgOf: '101' } as const)
    await admin().grant('UHR', { ...of, until: '2026-12-01' }, 'UOWNER')
    const before = new Set((await notices()).map(([, summary]) => summary))
    const lookOn = (at: string) => notifyOfEndedRoles({ ...endDeps(), clock: movableClock(new Date(at)) }, new Date(at))
    // In Berlin the last day is over at 23:00 UTC.
    expect(await lookOn('2026-11-30T22:59:00Z')).toBe(0)
    await Promise.all([lookOn('2026-11-30T23:00:00Z'), lookOn('2026-11-30T23:00:00Z')])
    expect(await lookOn('2026-12-02T08:00:00Z')).toBe(0)
    const said = (await notices()).filter(([, summary]) => !before.has(summary))
    expect(new Map(said)).toEqual(
      new Map(
        type === 'coach'
          ? [
              ['UHR', 'Your role as coach of Rep 101 has ended: you no longer see their figures.'],
              ['U101', 'Hana Ruiz is no longer your coach here and no longer sees your figures by that role.'],
            ]
          : [
              ['UHR', 'Your role as viewer of Rep 101 and everybody below has ended.'],
              ['U101', 'Hana Ruiz no longer sees you and everybody below you by that role.'],
            ],
      ),
    )
    expect(said).toHaveLength(2)
  })

  it('that was ended by hand, or ended weeks ago, has no second notice by its date', async () => {
    await admin().grant('UHR', { type: 'coach', personId: '101', until: '2026-12-01' }, 'UOWNER')
    await saidAtTheEnd('coach')
    expect(await notifyOfEndedRoles(endDeps(), monday)).toBe(0)
    await admin().grant('UHR', { type: 'coach', personId: '101', until: '2026-11-01' }, 'UOWNER')
    expect(await notifyOfEndedRoles(endDeps(), monday)).toBe(0)
  })

  it('whose holder cannot be looked up keeps no other end from being said', async () => {
    for (const id of ['UHR', 'U101']) await admin().grant(id, { type: 'viewer', orgOf: '100', until: '2026-12-01' }, 'UOWNER')
    const readerOf: Viewers['readerOf'] = async (id) => (id === 'UHR' ? Promise.reject(new Error('odd answer')) : viewers.readerOf(id))
    const at = new Date('2026-12-01T08:00:00Z')
    expect(await notifyOfEndedRoles({ ...endDeps(), viewers: { ...viewers, readerOf }, clock: movableClock(at) }, at)).toBe(1)
  })

  it('of a coach who is not in Gong opens nothing yet, and both are told so', async () => {
    await admin().grant('UHR', { type: 'coach', personId: '101', until: '2026-12-01' }, 'UOWNER')
    const said = new Map(await notices())
    expect(said.get('UHR')).toBe(
      'Maria made you coach of Rep 101 until 2026-12-01. You will see their figures once you are linked to an active person in Gong, which an admin can do. Rep 101 is notified too.',
    )
    expect(said.get('U101')).toBe(
      'Maria made Hana Ruiz your coach here until 2026-12-01. They will see your figures once they are linked to an active person in Gong.',
    )
  })
})

describe('the list of roles', () => {
  it('has the newest first, and finds each by the name of its holder or of whom it is about', async () => {
    const store14 = Array.from({ length: 14 }, (_, nth) => [`U${101 + (nth % 6)}`, nth] as const)
    for (const [holder, nth] of store14)
      await store.access.grant(
        holder,
        { type: 'coach', personId: String(101 + ((nth + 1 + Math.floor(nth / 6)) % 6)) },
        'UOWNER',
        new Date(monday.getTime() + nth * 1000),
      )
    const all = await admin().roles()
    expect(all).toHaveLength(14)
    expect(all.map(({ at }) => at.getTime())).toEqual(all.map(({ at }) => at.getTime()).toSorted((a, b) => b - a))
    expect(await admin().searchRoles('', 100)).toMatchObject(all)
    // The oldest, of Rep 101 for Rep 102, by either name.
    const oldest = all.at(-1)?.id ?? ''
    for (const typed of ['rep 101', ' REP 102 ']) expect((await admin().searchRoles(typed, 100)).map(({ id }) => id)).toContain(oldest)
    expect(await admin().searchRoles('nobody', 100)).toEqual([])
    expect(await admin().searchRoles('rep', 5)).toMatchObject(all.slice(0, 5))
  })
})

describe('a link', () => {
  it('to somebody else ends the first one, which is audited: the Slack user is that person and nobody else', async () => {
    await admin().link('101', 'UOWNER', 'UOWNER')
    expect(await viewers.personOfSlackUser('UOWNER')).toBe('101')
    expect((await admin().link('102', 'UOWNER', 'UOWNER')).ended.map(({ name }) => name)).toEqual(['Rep 101'])
    expect(await viewers.personOfSlackUser('UOWNER')).toBe('102')
    expect(await viewers.slackUserOfPerson('102')).toBe('UOWNER')
    // Matched by address again.
    expect(await viewers.slackUserOfPerson('101')).toBe('U101')
    expect((await admin().changes(9)).map(({ detail, about }) => `${about}: ${detail}`).toSorted()).toEqual([
      'Rep 101: linked to Maria',
      'Rep 101: unlinked',
      'Rep 102: linked to Maria',
    ])
    await admin().link('102', null, 'UOWNER')
    expect(await viewers.personOfSlackUser('UOWNER')).toBeUndefined()
    expect(await admin().links()).toEqual(new Map())
  })
})

describe('a link of PEOPLE_FILE', () => {
  beforeEach(async () => {
    const people = smallCompany().people.map((person) => (person.id === '103' ? { ...person, slackUserId: 'UHR' } : person))
    await store.people.replaceAll(people, { readAt: monday, seenOn: '2026-11-23' })
  })

  it('that holds again once an admin takes theirs back is said and audited', async () => {
    await admin().link('102', 'UHR', 'UOWNER')
    const { ended, again } = await admin().link('102', null, 'UOWNER')
    expect(ended).toEqual([])
    expect(again).toMatchObject([{ person: { id: '103' }, slackUserId: 'UHR' }])
    expect(await viewers.personOfSlackUser('UHR')).toBe('103')
    expect((await admin().changes(9)).map(({ detail, about }) => `${about}: ${detail}`).toSorted()).toEqual([
      'Rep 102: linked to Hana Ruiz',
      'Rep 102: unlinked',
      'Rep 103: linked to Hana Ruiz, as PEOPLE_FILE says',
      'Rep 103: unlinked',
    ])
  })

  it('is not said to end where an admin linked the person to another Slack user', async () => {
    await admin().link('103', 'UOWNER', 'UOWNER')
    expect(await admin().link('102', 'UHR', 'UOWNER')).toEqual({ ended: [], again: [] })
    expect((await admin().changes(9)).map(({ about }) => about).toSorted()).toEqual(['Rep 102', 'Rep 103'])
  })
})

describe('somebody who was forgotten and still is in the workspace', () => {
  const why = 'Nothing was set up or changed: one of these people was forgotten here'
  const rowsWith = async (...traces: readonly string[]) =>
    (await wholeDatabase(store)).split('\n').filter((row) => traces.some((trace) => row.includes(trace)))

  it.each<[string, () => Promise<unknown>]>([
    ['is given no role', () => admin().grant('U102', { type: 'coach', personId: '101' }, 'UOWNER')],
    ['is nobody to see by a role', () => admin().grant('UHR', { type: 'coach', personId: '102' }, 'UOWNER')],
    ['is linked to nobody', () => admin().link('103', 'U102', 'UOWNER')],
    ['is moved nowhere', () => admin().move('102', '101', 'UOWNER')],
    ['is nobody to move to', () => admin().move('103', '102', 'UOWNER')],
  ])('%s: nothing is stored or said, and the admin reads why', async (_, act) => {
    await store.people.forget('102', '')
    await expect(act()).rejects.toThrow(why)
    expect(await admin().roles()).toEqual([])
    expect(await notices()).toEqual([])
    expect(await admin().changes(9)).toEqual([])
    expect(await rowsWith('U102', 'Rep 102')).toEqual([])
  })

  it('is an admin all the same, whose name is in no message that is kept', async () => {
    await store.people.forgetSlackUsers(['UOWNER'], '')
    const service = createAdminService({ ...adminDeps(), nameOf: async (id) => (id === 'UOWNER' ? 'Maria' : `${id}!`) })
    await service.grant('UHR', { type: 'coach', personId: '101' }, 'UOWNER')
    expect(new Map(await notices()).get('U101')).toContain('An admin made UHR! your coach here.')
    expect(await rowsWith('UOWNER', 'Maria')).toEqual([])
  })

  it('is named in no message to others that was made before', async () => {
    const told = { message: oneSentenceMessage('Rep 102 can now see your figures.'), mentions: ['U102'] }
    await store.people.forget('102', '')
    await notifyPerson('U101', 'role:1', told, deps())
    await notifyPerson('U102', 'role:1', told, deps())
    expect((await store.deliveries.byStatus('reserved', 9)).map(({ channelId, body }) => [channelId, body])).toEqual([['U101', undefined]])
    expect(await rowsWith('U102', 'Rep 102')).toEqual([])
  })
})

describe('the list of changes', () => {
  it('names people, whatever ids were written down', async () => {
    await admin().grant('UHR', { type: 'coach', personId: '101' }, 'UOWNER')
    await admin().revoke((await admin().roles())[0]?.id ?? '', 'UOWNER')
    await admin().link('102', 'UHR', 'UOWNER')
    await admin().move('103', '101', 'UOWNER')
    const said = (await admin().changes(9)).map(({ by, detail, about }) => `${by}: ${detail} (${about})`)
    expect(said.toSorted()).toEqual([
      'Maria: coach for Hana Ruiz (Rep 101)',
      'Maria: ended: coach for Hana Ruiz (Rep 101)',
      'Maria: linked to Hana Ruiz (Rep 102)',
      'Maria: to manager Rep 101 (Rep 103)',
    ])
  })
})

describe('a Slack e-mail that changes', () => {
  const directory = () => reportingMatches(store.directory, { ...deps(), adminNames: ['UOWNER'], slackAdminsAreAdmins: false })
  const change = (slackUserId: string, email: string) => directory().upsert({ ...member(slackUserId, 'Somebody'), email })

  it('and makes a Slack user somebody else in Gong is audited, and admins are notified', async () => {
    await store.directory.upsert({ ...member('U101', 'Rep 101'), email: 'gone@acme.test' })
    await change('UHR', 'u101@acme.test')
    expect(await viewers.personOfSlackUser('UHR')).toBe('101')
    expect(await store.access.changes(5)).toMatchObject([
      { what: 'link', bySlackId: 'UHR', personId: '101', detail: 'matched by a changed Slack e-mail' },
    ])
    expect(await notices()).toEqual([['UOWNER', expect.stringContaining('is matched to Rep 101 in Gong now')]])
  })

  it('says so for the daily reading of the whole directory too, of everybody at once', async () => {
    const { members } = smallCompany()
    const swapped = new Map([
      ['U101', 'u102@acme.test'],
      ['U102', 'u101@acme.test'],
    ])
    const read = members.map((each) => ({ ...each, email: swapped.get(each.slackUserId) ?? each.email }))
    await directory().replaceAll(read, monday)
    expect((await notices()).toSorted()).toEqual([
      ['UOWNER', expect.stringContaining('is matched to Rep 101 in Gong now, because the e-mail in Slack changed; before, to Rep 102.')],
      ['UOWNER', expect.stringContaining('is matched to Rep 102 in Gong now, because the e-mail in Slack changed; before, to Rep 101.')],
    ])
    expect((await store.access.changes(5)).map(({ bySlackId, personId }) => [bySlackId, personId]).toSorted()).toEqual([
      ['U101', '102'],
      ['U102', '101'],
    ])
    // Read again, it is no change.
    await directory().replaceAll(read, monday)
    expect(await notices()).toHaveLength(2)
  })

  it('is told to whoever is an admin once it is changed', async () => {
    await directory().upsert(member('UOWNER', 'Maria', { isGuest: true }))
    await change('UHR', 'u101@acme.test')
    await change('UHR', 'u102@acme.test')
    expect(await notices()).toEqual([])
    expect(await store.access.changes(5)).toHaveLength(2)
  })

  it('and changes no match, or is no change, is not worth a word', async () => {
    await change('UHR', 'hana.new@acme.test')
    await change('U101', 'u101@acme.test')
    expect(await notices()).toEqual([])
    expect(await store.access.changes(5)).toEqual([])
  })
})

describe('an address of a manager', () => {
  it.each([
    ['a guest', { isGuest: true }],
    ['somebody of another company', { isOutside: true }],
    ['a bot', { isBot: true }],
  ])('that %s carries too is still the manager’s', async (_who, standing) => {
    await store.directory.upsert({ ...member('UX', 'Ex Ample'), email: 'u100@acme.test', ...standing })
    expect(await viewers.slackUserOfPerson('100')).toBe('U100')
    // Alone with the address they are nobody.
    await store.directory.upsert({ ...member('U100', 'Priya Nair'), email: 'elsewhere@acme.test' })
    expect(await viewers.slackUserOfPerson('100')).toBeUndefined()
  })
})

describe('people without a match', () => {
  /** As a version that let two people be linked to one Slack user has stored it. */
  const linkedTwice = () =>
    store.database.execute(
      sql`INSERT INTO person_corrections (person_id, slack_user_id) VALUES ('101', 'UHR'), ('106', 'UHR'), ('102', 'UGONE')`,
    )

  it('are, first of all, those who are linked to one Slack user, until an admin links the right one', async () => {
    await linkedTwice()
    expect((await admin().unmatched()).map(({ person, why }) => [person.id, why])).toEqual([
      ['101', 'shared-link'],
      ['106', 'shared-link'],
      ['102', 'link-without-user'],
    ])
    await admin().link('106', 'UHR', 'UOWNER')
    expect((await admin().unmatched()).map(({ person }) => person.id)).toEqual(['102'])
    expect(await viewers.personOfSlackUser('UHR')).toBe('106')
    expect(await viewers.personOfSlackUser('U101')).toBe('101')
  })

  it('are told to admins with the way out', async () => {
    await linkedTwice()
    const services = { admin: admin(), chart: () => store.people.chart() } as unknown as BotServices
    const { viewer } = await viewers.readerOf('UOWNER')
    const parts = JSON.stringify(await unmatchedPeople.write(viewer, services, { now: monday, locale: 'en-GB', zone }))
    expect(parts).toContain('others are linked to the same Slack user: link the right person, which ends the other links')
    expect(parts).toContain('linked to a Slack user who is no member')
  })
  it('are not told that they have seen themselves, once they are linked again', async () => {
    await linkedTwice()
    await store.directory.upsert(member('UHR', 'Hana Ruiz', { isSlackAdmin: true }))
    const sightings = createSightings({ store, viewers, clock: movableClock(monday), nameOf: async (id) => id })
    const { viewer } = await viewers.readerOf('UHR')
    expect(viewer).toMatchObject({ ownIds: ['101', '106'], unsureIds: ['101', '106'] })
    await sightings.recordViews(viewer, ['101', '106', '103'], '/gong-stats')
    await admin().link('106', 'UHR', 'UOWNER')
    const seers = async (id: string) => (await sightings.seenBy(id, { limit: 9 })).sightings.map(({ by }) => by)
    expect([await seers('106'), await seers('101'), await seers('103')]).toEqual([[], ['UHR'], ['UHR']])
  })
})
