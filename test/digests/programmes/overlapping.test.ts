// Two programmes for the same people: nobody gets the same digest twice, whichever way they come to overlap, and nobody is left without one
// when the programme that gave it ends.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movableClock } from '../../../src/clock.ts'
import type { Person } from '../../../src/domain/person.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { type DeliveryWorld, smallCompany, zone } from '../../kit/delivery-world.ts'
import { digestsWorld } from '../digests-world.ts'

const clock = movableClock(new Date('2026-11-25T09:00:00Z'))
const { people } = smallCompany()
const [manager, rep] = people
let store: OpenedStore
let world: DeliveryWorld
beforeEach(async () => {
  ;({ store, world } = await digestsWorld(clock))
  await world.start()
})
afterEach(async () => {
  await world.stop()
  await store.close()
})

const admin: Viewer = { slackUserId: 'UOWNER', isAdmin: true, grants: [], standing: 'member' }
const leader: Viewer = { slackUserId: 'U100', isAdmin: false, grants: [], standing: 'member', ...(manager && { person: manager }) }
const personal = {
  kind: 'personal' as const,
  recurrence: { weekdays: [1 as const], time: '09:00', zone },
  whenEmpty: 'say' as const,
  stage: 'everyone' as const,
  pilotTeams: [],
}
const ofTheOrg = { ...personal, orgOf: '100' }

/** How many digests are running for each of these people. */
async function running(ids: readonly string[]): Promise<readonly number[]> {
  const all = await store.subscriptions.all()
  return ids.map((id) => all.filter(({ subjectId, status }) => subjectId === id && status === 'active').length)
}
const reps = people.slice(1).map(({ id }) => id)
const once = reps.map(() => 1)

async function hourly(): Promise<void> {
  await world.startJob('align-programmes')
  await world.idle()
}
const peopleNow = (change: (person: Person) => Person) =>
  store.people.replaceAll(people.map(change), { readAt: clock.now(), seenOn: '2026-11-25' })

it('switched on at one moment, by an admin, a leader and the hourly look, give each person one', async () => {
  await Promise.all([
    world.digests.createProgramme(admin, personal, 'company'),
    world.digests.createProgramme(leader, ofTheOrg, 'org'),
    world.digests.createProgramme(admin, ofTheOrg, 'org again'),
    world.startJob('align-programmes'),
  ])
  await world.idle()
  await hourly()
  expect(await running(reps)).toEqual(once)
})

it('take over from each other: what one gives, the other gives when it is stopped', async () => {
  const first = await world.digests.createProgramme(admin, personal, 'company')
  await world.digests.createProgramme(leader, ofTheOrg, 'org')
  expect(await running(reps)).toEqual(once)
  await world.digests.stopProgramme(admin, first.id)
  expect(await running(reps)).toEqual(reps.map(() => 0))
  await hourly()
  expect(await running(reps)).toEqual(once)
})

it('leave somebody who leaves one and comes back with the one they got meanwhile', async () => {
  await world.digests.createProgramme(leader, ofTheOrg, 'org')
  await world.digests.createProgramme(admin, personal, 'company')
  expect(await running(reps)).toEqual(once)
  // Out of the org: within two hours the company's programme gives it. Back in: that one stays.
  const out = (person: Person): Person => {
    const { managerId: _former, ...rest } = person
    return person.id === rep?.id ? rest : person
  }
  await peopleNow(out)
  await hourly()
  await hourly()
  expect(await running(reps)).toEqual(once)
  await peopleNow((person) => person)
  await hourly()
  expect(await running(reps)).toEqual(once)
})
