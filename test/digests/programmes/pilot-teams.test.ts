// A pilot's teams are claims of a form: what is stored are teams of the programme's organization, each once.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movableClock } from '../../../src/clock.ts'
import type { Person } from '../../../src/domain/person.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { type DeliveryWorld, smallCompany, zone } from '../../kit/delivery-world.ts'
import { digestsWorld } from '../digests-world.ts'

const now = new Date('2026-11-25T09:00:00Z')
const clock = movableClock(now)
let store: OpenedStore
let world: DeliveryWorld
beforeEach(async () => {
  ;({ store, world } = await digestsWorld(clock))
  await replacePeople([...company, ...others])
})
afterEach(() => store.close())

/** Priya leads 101 to 106; of another organization Olga leads Ana. */
const company = smallCompany().people
const others: readonly Person[] = [
  { id: '200', name: 'Olga Boss', emails: [], active: true },
  { id: '201', name: 'Ana Diaz', emails: [], active: true, managerId: '200' },
]
const replacePeople = (people: readonly Person[]) => store.people.replaceAll(people, { readAt: now, seenOn: '2026-01-05' })
const member = { isAdmin: false, grants: [], standing: 'member' } as const
const leader: Viewer = { ...member, slackUserId: 'U100', person: company[0] }
const admin: Viewer = { ...member, slackUserId: 'UOWNER', isAdmin: true }

const pilot = (pilotTeams: readonly string[], orgOf?: string) => ({
  kind: 'team' as const,
  recurrence: { weekdays: [1 as const], time: '09:00', zone },
  whenEmpty: 'say' as const,
  stage: 'pilot' as const,
  pilotTeams,
  ...(orgOf !== undefined && { orgOf }),
})
const stored = async () => (await store.subscriptions.programmes()).map(({ pilotTeams }) => pilotTeams)
const notTheirs = 'The teams of a pilot are teams of its organization. Choose them from the list.'

it.each<[string, Viewer, readonly string[], string | undefined]>([
  ['of another organization', leader, ['100', '200'], '100'],
  ['of another organization, named by an admin', admin, ['200'], '100'],
  ['of nobody in Gong', admin, ['100', '4711'], undefined],
  ['of somebody who leads nobody', leader, ['101'], '100'],
])('a team %s is refused, and nothing is stored', async (_what, viewer, teams, orgOf) => {
  await expect(world.digests.createProgramme(viewer, pilot(teams, orgOf), 'form')).rejects.toThrow(notTheirs)
  expect(await stored()).toEqual([])
  const { id } = await world.digests.createProgramme(viewer, pilot(['100'], orgOf), 'form')
  await expect(world.digests.changeProgramme(viewer, id, pilot(teams, orgOf))).rejects.toThrow(notTheirs)
  expect(await stored()).toEqual([['100']])
})

it('each is stored once, none besides a pilot, and one that is no team any more goes with the next change', async () => {
  const { id } = await world.digests.createProgramme(admin, pilot(['100', '200', '100']), 'form')
  expect(await stored()).toEqual([['100', '200']])
  await replacePeople([...company, ...others.map((one) => ({ ...one, active: one.id === '200' }))])
  await world.digests.changeProgramme(admin, id, pilot(['100', '200']))
  expect(await stored()).toEqual([['100']])
  await world.digests.changeProgramme(admin, id, { ...pilot(['100']), stage: 'everyone' })
  expect(await stored()).toEqual([[]])
})
