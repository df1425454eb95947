// Whoever was shown people by name, and has no right to it by a role or a place, takes their figures away from larger groups all the same:
// readers of a private channel whose digest names its team, admins who are none any more, people with two users in Gong.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSentRecord } from '../../src/digests/delivery/record-sent.ts'
import type { Reader } from '../../src/domain/onlookers.ts'
import type { Person } from '../../src/domain/person.ts'
import type { Subject } from '../../src/domain/policy.ts'
import type { Delivery } from '../../src/domain/subscription.ts'
import { createSightings } from '../../src/people/sightings.ts'
import { bodyOf } from '../../src/reports/delivery-body.ts'
import { member, zone } from '../kit/delivery-world.ts'
import { endedWeek, inGong, readWeek, type SightWorld, sightWorld } from '../kit/sight-world.ts'
import { teamDigest } from '../kit/team-digest.ts'

// Below 1: three leads with teams of four, four and two, which are pooled; 300 far away with a team of six.
const four = ['101', '102', '103', '104']
const others = ['401', '402', '403', '404']
const two = ['201', '202']
const six = ['301', '302', '303', '304', '305', '306']
const led = (by: string, ids: readonly string[]) => ids.map((id) => inGong(id, by))
const people: readonly Person[] = [
  inGong('1'),
  ...led('1', ['100', '200', '400']),
  inGong('300'),
  ...led('100', four),
  ...led('400', others),
  ...led('200', two),
  ...led('300', six),
]
/** Leads had no calls of their own, so that a sum is of these alone. */
const calls: Readonly<Record<string, number>> = Object.fromEntries([...four, ...others, ...two, ...six].map((id, at) => [id, 2 ** at]))
const sumOf = (...ids: readonly string[]) => ids.reduce((sum, id) => sum + (calls[id] ?? 0), 0)
const ofOrg = sumOf(...four, ...others, ...two)
const ofSix = sumOf(...six)

const team = { type: 'team', managerId: '300' } as const
const org = { type: 'org', managerId: '1' } as const
const company = { type: 'company' } as const
const readersOf = (ids: readonly string[]) => ({ isPrivate: true, people: ids.map((id) => member(`U${id}`, id)) })
const tooFew = 'too-few-people'

let world: SightWorld
beforeEach(async () => {
  world = await sightWorld(people)
  await readWeek(world, calls)
})
afterEach(() => world.store.close())

const asked = async (subject: Subject, reader: Reader) => {
  const value = (await world.stats.team(subject, endedWeek, 'medians', reader)).measures.get('calls-hosted')?.value
  return value?.known ? value.value : value?.why
}
const viewer = async (id: string) => (await world.viewers.readerOf(`U${id}`)).viewer
const anybody = () => world.viewers.onlookersOf(undefined)

/** A digest of the week that began then names these to the readers of a private channel. */
async function name(ids: readonly string[], readers: readonly string[], monday = '2026-11-23') {
  const { access, tenant } = world.store
  const clock = { now: () => new Date(`${monday}T08:00:00Z`) }
  const { recordSent } = createSentRecord({ access, tenant, clock, company: { zone, weekStart: 1, settleMinutes: 60 } })
  const subscription = teamDigest({ subjectId: '100', ownerSlackId: 'U100', showNames: true })
  const body = bodyOf({ message: { summary: '', parts: [] }, shows: ids, mentions: [], figures: {} })
  const delivery = { occurrence: `${monday}T09:00[${zone}]` } as Delivery
  await recordSent(subscription, delivery, body, { channelName: 'team', ...readersOf(readers) })
}

/** Who coaches four of the ten and reads four others by name knows all but two, in private and in each channel they read. */
const coachOthers = async (id: string) => {
  for (const personId of others) await world.store.access.grant(`U${id}`, { type: 'coach', personId }, 'U1', world.clock.now())
}
const everywhere = async (subject: Subject, id: string) => [
  await asked(subject, await viewer(id)),
  await asked(subject, await world.viewers.onlookersOf(readersOf([id, '201']))),
  await asked(subject, await anybody()),
]
const thrice = (answer: unknown) => [answer, answer, answer]

describe('whoever read a team by name in its channel', () => {
  it('is shown no organization in which they know all but two', async () => {
    await coachOthers('101')
    expect(await everywhere(org, '101')).toEqual(thrice(ofOrg))
    await name(four, four)
    expect(await everywhere(org, '101')).toEqual(thrice(tooFew))
    // The other readers know four of ten.
    expect(await asked(org, await world.viewers.onlookersOf(readersOf(['102', '103', '201'])))).toBe(ofOrg)
  })

  it('and another team in another one, is shown none either: nobody else of the first is concerned', async () => {
    await name(four, four)
    expect(await everywhere(org, '101')).toEqual(thrice(ofOrg))
    await name(others, [...others, '101'])
    expect(await everywhere(org, '101')).toEqual(thrice(tooFew))
    expect(await asked(org, await viewer('102'))).toBe(ofOrg)
  })

  it('is shown their own team, and the whole company, of which enough others are left', async () => {
    await name(six, six)
    expect(await everywhere(team, '301')).toEqual(thrice(ofSix))
    expect(await everywhere(company, '301')).toEqual(thrice(ofOrg + ofSix))
  })

  it('is shown nothing more for it: neither the week after, nor where they see all but one by a role', async () => {
    for (const personId of six.slice(1, 5)) await world.store.access.grant('U301', { type: 'coach', personId }, 'U1', world.clock.now())
    expect(await everywhere(team, '301')).toEqual(thrice(tooFew))
    for (const monday of ['2026-11-16', '2026-11-23']) {
      await name(six, six, monday)
      expect(await everywhere(team, '301')).toEqual(thrice(tooFew))
    }
  })

  it('is shown their team of then no more once one of it was not among those', async () => {
    await name(six.slice(1), six)
    expect(await everywhere(team, '302')).toEqual(thrice(tooFew))
  })

  it('is shown a week that is not near those they read; whoever reads one is about to read the next', async () => {
    await coachOthers('101')
    await name(four, four, '2026-11-09')
    expect(await everywhere(org, '101')).toEqual(thrice(ofOrg))
    await name(four, four, '2026-11-16')
    expect(await everywhere(org, '101')).toEqual(thrice(tooFew))
  })

  it('is held to it until they or those are forgotten, or nothing is kept of the time', async () => {
    await name(four, [...four, '201'])
    const shown = async () => (await world.store.access.shown()).map((set) => [...set.keys()])
    expect(await shown()).toEqual([four])
    await world.store.people.forget('104', '')
    expect(await shown()).toEqual([four.slice(0, 3)])
    expect(await world.store.access.shownAmong(['U101', 'U104', 'U201', 'U202'])).toEqual(new Set(['U101', 'U201']))
    await world.store.access.pruneRoles('2027-12-31')
    expect(await world.store.access.shownAmong(['U101'])).toEqual(new Set())
  })

  it('finds what is kept for another attempt as it was: it is recorded before it is posted', async () => {
    const before = await world.viewers.onlookersOf(readersOf(four))
    await name(four, four)
    const after = await world.viewers.onlookersOf(readersOf(four))
    const shown = four
    expect([before.viewers.length, after.viewers.length, after.readBy({ shown })]).toEqual([0, 4, before.readBy({ shown })])
    // It is another one for every message that does not show all of these.
    for (const message of [{}, { shown: four.slice(1) }]) expect(after.readBy(message)).not.toBe(before.readBy(message))
  })

  it('makes a message of an ended week no other one by reading the next week by name too', async () => {
    await name(four, four, '2026-11-16')
    const asked = async () => (await Promise.all([readersOf(four), undefined].map(world.viewers.onlookersOf))).map(({ readBy }) => readBy)
    const before = await asked()
    await name(four, four, '2026-11-23')
    const after = await asked()
    for (const [at, readBy] of after.entries()) {
      expect(readBy({ since: '2026-11-16' })).toBe(before[at]?.({ since: '2026-11-16' }))
      expect(readBy({ since: '2026-11-23' })).not.toBe(before[at]?.({ since: '2026-11-23' }))
    }
  })
})

describe('whoever looked at people as an admin and is none any more', () => {
  const setAdmin = (isSlackAdmin: boolean) => world.store.directory.upsert(member('U306', '306', { isSlackAdmin }))
  const look = async (ids: readonly string[]) => {
    const { store, viewers, clock } = world
    await createSightings({ store, viewers, clock, nameOf: async (id) => id }).recordViews(await viewer('306'), ids, '/gong-stats')
  }

  it('is not shown the sum of all of them with the late calls of one', async () => {
    await setAdmin(true)
    await look(six)
    await setAdmin(false)
    await readWeek(world, { ...calls, 301: sumOf('301') + 1000 })
    expect(await everywhere(team, '306')).toEqual(thrice(tooFew))
    expect(await asked(team, await viewer('305'))).toBe(ofSix + 1000)
  })

  it('is shown a team of which they saw nobody, and nobody keeps looks of who has a right to them otherwise', async () => {
    await look(['306'])
    await setAdmin(true)
    await look(four)
    await setAdmin(false)
    expect(await everywhere(team, '306')).toEqual(thrice(ofSix))
    const { grants } = await viewer('306')
    expect(grants.filter(({ type }) => type === 'saw').map((sight) => 'personId' in sight && sight.personId)).toEqual(four)
  })
})

describe('whoever has two users in Gong', () => {
  const withAddressOf = (other: string, id: string) =>
    world.refresh(people.map((each) => (each.id === id ? { ...each, emails: [...each.emails, `u${other}@acme.test`] } : each)))

  it('knows both: of a team of six four are left', async () => {
    await withAddressOf('306', '305')
    // Two carry the address of 306, so an admin says which of them the Slack user is.
    await world.store.people.link('306', 'U306')
    expect(await everywhere(team, '306')).toEqual(thrice(tooFew))
    expect(await asked(team, await viewer('301'))).toBe(ofSix)
    expect(await everywhere(company, '306')).toEqual(thrice(ofOrg + ofSix))
  })

  it('may be two colleagues of one mailbox: who sees the four others would know the last one', async () => {
    const mailbox = new Set(['305', '306'])
    await world.refresh(people.map((each) => (mailbox.has(each.id) ? { ...each, emails: [...each.emails, 'sales@acme.test'] } : each)))
    for (const personId of six.slice(0, 4)) await world.store.access.grant('U306', { type: 'coach', personId }, 'U1', world.clock.now())
    expect((await viewer('306')).unsureIds).toEqual(['305'])
    expect(await everywhere(team, '306')).toEqual(thrice(tooFew))
  })

  it('and leads some of the others, knows those besides, also where nobody knows who reads', async () => {
    // Beside the four of 100, who may be 402 too, there are three more of the others and 201.
    const withoutOne = people.filter(({ id }) => id !== '202')
    await world.store.people.replaceAll(withoutOne, { readAt: world.clock.now(), seenOn: '2026-01-05' })
    const ofNine = ofOrg - sumOf('202')
    expect(await asked(org, await anybody())).toBe(ofNine)
    await world.store.people.replaceAll(
      withoutOne.map((each) => (each.id === '402' ? { ...each, emails: ['u402@acme.test', 'u100@acme.test'] } : each)),
      { readAt: world.clock.now(), seenOn: '2026-01-05' },
    )
    expect(await asked(org, await anybody())).toBe(tooFew)
  })
})
