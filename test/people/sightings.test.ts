// "Who has seen my numbers" after a post by name in a private channel: when, where, who could read it then, and that people who joined since
// can read it too. From the delivery's record to the sentence the person reads.
import { afterEach, expect, it } from 'vitest'
import { sightingLine } from '../../src/bot/wording/sighting.ts'
import { movableClock } from '../../src/clock.ts'
import { createSentRecord } from '../../src/digests/delivery/record-sent.ts'
import type { Delivery } from '../../src/domain/subscription.ts'
import { createSightings } from '../../src/people/sightings.ts'
import { viewersOver } from '../../src/people/viewers.ts'
import { bodyOf } from '../../src/reports/delivery-body.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { member } from '../kit/delivery-world.ts'
import { usualStore } from '../kit/store.ts'
import { teamDigest } from '../kit/team-digest.ts'

let store: OpenedStore
afterEach(() => store.close())

it('names the channel, the day and the eight people who could read it, to the person alone', async () => {
  const clock = movableClock(new Date('2026-11-23T08:00:00Z'))
  store = await usualStore({ clock })
  const names = ['Henrik Mansour', 'Luca Ferro', 'Ana Diaz', 'Ben Okoye', 'Kai Lund', 'Lena Ito', 'Omar Haddad', 'Priya <!channel>']
  const people = names.map((name, index) => member(`U${index}`, name))
  await store.directory.replaceAll(people, clock.now())
  const { recordSent } = createSentRecord({
    access: store.access,
    tenant: store.tenant,
    clock,
    company: { zone: 'Europe/Berlin', weekStart: 1, settleMinutes: 60 },
  })
  const subscription = teamDigest({ subjectId: '100', ownerSlackId: 'U0', showNames: true })
  const body = bodyOf({ message: { summary: '', parts: [] }, shows: ['7', '8'], mentions: [], figures: {} })
  await recordSent(subscription, { occurrence: '2026-11-23T09:00[Europe/Berlin]' } as Delivery, body, {
    channelName: 'emea-mid-market-private',
    isPrivate: true,
    people,
  })

  const sightings = createSightings({
    store,
    // Luca, U1, is person 7.
    viewers: { slackUserOfPerson: async () => 'U1', gongUsersOf: async () => [] },
    clock,
    nameOf: async (id) => people.find(({ slackUserId }) => slackUserId === id)?.name ?? id,
  })
  const read = { locale: 'en-GB', zone: 'Europe/Berlin' }
  const { total, sightings: seen } = await sightings.seenBy('7', { limit: 5 })
  expect(total).toBe(1)
  const said = seen.map((each) => sightingLine(each, read))
  expect(said.map(({ plain }) => plain)).toEqual([
    `Shown by name in #emea-mid-market-private on Mon 23 Nov: 8 people could read it then: ${names.join(', ')}. People who joined since can read it too, and everybody if the channel was made public.`,
  ])
  expect(said[0]?.mrkdwn).not.toContain('<!channel>')
  expect((await sightings.seenBy('9', { limit: 5 })).total).toBe(0)
})

it('names looks at every user in Gong of the one who asks, and at nobody else’s', async () => {
  const clock = movableClock(new Date('2026-11-23T08:00:00Z'))
  store = await usualStore({ clock })
  const person = (id: string, emails: readonly string[], active = true) => ({ id, name: id, emails, active })
  const everybody = [
    person('old', ['ada@acme.test'], false),
    person('new', ['Ada@acme.test', 'sales@acme.test']),
    person('colleague', ['ben@acme.test', 'sales@acme.test']),
    // An admin linked Cem, who carries her address, to his own Slack user.
    person('linked', ['ada@acme.test'], false),
    // Whose address she was given.
    person('leaver', ['sales@acme.test'], false),
  ]
  await store.people.replaceAll(everybody, { readAt: clock.now(), seenOn: '2026-11-23' })
  const emails = { UADA: 'ada@acme.test', UBEN: 'ben@acme.test', UCEM: 'cem@acme.test', UBOSS: 'boss@acme.test' }
  await store.directory.replaceAll(
    Object.entries(emails).map(([id, email]) => member(id, id, { email })),
    clock.now(),
  )
  await store.people.link('linked', 'UCEM')
  const viewers = viewersOver(store, {
    directory: { whoIs: (id) => store.directory.find(id) },
    adminNames: [],
    slackAdminsAreAdmins: false,
    zone: async () => 'Europe/Berlin',
  })
  const sightings = createSightings({ store, viewers, clock, nameOf: async (id) => id })
  const look = (bySlackId: string, personId: string) =>
    store.access.record([{ at: clock.now(), what: 'view', bySlackId, personId, detail: `look at ${personId}` }])
  for (const { id } of everybody) await look('UBOSS', id)
  await look('UADA', 'old')
  const seen = async (id: string) => (await sightings.seenBy(id, { limit: 9 })).sightings.map(({ by, detail }) => `${by} ${detail}`)
  expect((await seen('new')).toSorted()).toEqual(['UBOSS look at new', 'UBOSS look at old'])
  expect(await seen('colleague')).toEqual(['UBOSS look at colleague'])
  expect(await seen('linked')).toEqual(['UBOSS look at linked'])
})

it('takes back the latest of the same looks, and no other', async () => {
  const clock = movableClock(new Date('2026-11-23T08:00:00Z'))
  store = await usualStore({ clock })
  const sightings = createSightings({
    store,
    viewers: { slackUserOfPerson: async () => undefined, gongUsersOf: async () => [] },
    clock,
    nameOf: async (id) => id,
  })
  const maria = { slackUserId: 'UMARIA', isAdmin: false, grants: [], standing: 'member' } as const
  const seen = async (id: string) =>
    (await sightings.seenBy(id, { limit: 9 })).sightings.map(
      ({ detail, times, at }) => `${detail} ${times} ${at.toISOString().slice(11, 16)}`,
    )
  await sightings.recordViews(maria, ['7', '8'], '/gong-stats')
  clock.moveTo(new Date('2026-11-23T09:00:00Z'))
  await sightings.recordViews(maria, ['7', '8'], '/gong-stats')
  await sightings.recordViews(maria, ['7'], '/gong-stats csv')
  await sightings.takeBackViews(maria, ['7'], '/gong-stats')
  await sightings.takeBackViews({ ...maria, slackUserId: 'UBEN' }, ['8'], '/gong-stats')
  expect(await seen('7')).toEqual(['/gong-stats csv 1 09:00', '/gong-stats 1 08:00'])
  expect(await seen('8')).toEqual(['/gong-stats 2 09:00'])
})
