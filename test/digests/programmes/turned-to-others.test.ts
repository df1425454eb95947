// Somebody turns what a programme sends them to somebody else, another kind or another reader: from then on it is their own digest, and the
// programme keeps one for each of its people.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movableClock } from '../../../src/clock.ts'
import type { DigestDraft } from '../../../src/digests/service.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import type { Subscription } from '../../../src/domain/subscription.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { type DeliveryWorld, smallCompany, zone } from '../../kit/delivery-world.ts'
import { teamDigest } from '../../kit/team-digest.ts'
import { digestsWorld } from '../digests-world.ts'

const clock = movableClock(new Date('2026-11-25T11:00:00Z'))
let store: OpenedStore
let world: DeliveryWorld
beforeEach(async () => {
  ;({ store, world } = await digestsWorld(clock))
})
afterEach(() => store.close())

const admin: Viewer = { slackUserId: 'UOWNER', standing: 'member', isAdmin: true, grants: [] }
/** Somebody of the company, who also coaches rep 102. */
const viewer = (id: string): Viewer => ({
  slackUserId: `U${id}`,
  person: smallCompany().people.find((one) => one.id === id),
  standing: 'member',
  isAdmin: false,
  grants: [{ type: 'coach', personId: '102' }],
})
const toPerson = (id: string): Subscription['destination'] => ({ type: 'dm', slackUserId: `U${id}` })
const mondays = { recurrence: { weekdays: [1], time: '09:00', zone }, whenEmpty: 'say', stage: 'everyone', pilotTeams: [] } as const
const everyRep = { kind: 'personal', ...mondays } as const
const everyTeam = { kind: 'team', ...mondays } as const

const own = async (id: string, programmeId: string): Promise<Subscription> => {
  const found = (await store.subscriptions.ofProgramme(programmeId)).find(({ subjectId }) => subjectId === id)
  if (!found) throw new Error(`the programme has nothing for ${id}`)
  return found
}
/** As saved in the editor by the person who gets it. */
async function turn(id: string, programmeId: string, change: Partial<DigestDraft>): Promise<string> {
  const { id: row, kind, subjectId, destination, recurrence, whenEmpty, skipDates, showNames } = await own(id, programmeId)
  await store.access.grant(`U${id}`, { type: 'coach', personId: '102' }, 'UOWNER', clock.now())
  await world.digests.change(viewer(id), row, { kind, subjectId, destination, recurrence, whenEmpty, skipDates, showNames, ...change })
  return row
}
const running = async (): Promise<readonly Subscription[]> => (await store.subscriptions.all()).filter(({ status }) => status !== 'stopped')

it.each([
  ['somebody else', '101', everyRep, { subjectId: '102' }],
  ['somebody else, who comes before', '105', everyRep, { subjectId: '102' }],
  ['another kind', '100', everyTeam, { kind: 'manager' }],
  ['another reader', '101', everyRep, { destination: toPerson('100') }],
] as const)('turned to %s by person %s it leaves the programme, which ends whole', async (_, id, draft, change) => {
  const { id: programmeId } = await world.digests.createProgramme(admin, draft)
  const row = await turn(id, programmeId, change)
  const turned = await store.subscriptions.find(row)
  expect(turned).toMatchObject({ ...change, ownerSlackId: `U${id}`, status: 'active' })
  expect(turned?.programmeId).toBeUndefined()
  await world.digests.changeProgramme(admin, programmeId, draft)
  expect(await own(id, programmeId)).toMatchObject({ kind: draft.kind, destination: toPerson(id), status: 'active' })
  await world.digests.stopProgramme(admin, programmeId)
  expect((await running()).map((one) => one.id)).toEqual([row])
})

it('turned to one person by several, that person still gets one', async () => {
  const { id } = await world.digests.createProgramme(admin, everyRep)
  for (const who of ['101', '103', '104', '105', '106']) await turn(who, id, { subjectId: '102' })
  await world.digests.changeProgramme(admin, id, everyRep)
  const received = (await running()).filter(({ destination }) => destination.type === 'dm' && destination.slackUserId === 'U102')
  expect(received.map(({ subjectId }) => subjectId)).toEqual(['102'])
})

it('moved into a channel, or to another time, it stays the programme’s', async () => {
  const { id } = await world.digests.createProgramme(admin, everyTeam)
  const row = await turn('100', id, { recurrence: { weekdays: [3], time: '10:00', zone } })
  expect(await store.subscriptions.find(row)).toMatchObject({ programmeId: id, ownerSlackId: 'UOWNER' })
  await store.subscriptions.update(row, { destination: { type: 'channel', channelId: 'C1' }, ownerSlackId: 'U100' })
  await turn('100', id, { destination: toPerson('100') })
  expect(await store.subscriptions.find(row)).toMatchObject({ programmeId: id, destination: toPerson('100') })
})

it('does not make somebody the owner of more than one person can set up', async () => {
  const { id } = await world.digests.createProgramme(admin, everyRep)
  for (let made = 0; made < 50; made += 1)
    await store.subscriptions.insert(teamDigest({ subjectId: '100', ownerSlackId: 'U101', destination: toPerson('101') }))
  await expect(turn('101', id, { subjectId: '102' })).rejects.toThrow('as many as one person can')
  expect(await own('101', id)).toMatchObject({ status: 'active' })
})
