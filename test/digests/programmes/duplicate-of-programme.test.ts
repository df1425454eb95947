// Who may set a programme up reads of the one that is there already; nobody else does, whatever form they send.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movableClock } from '../../../src/clock.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import { duplicateProgrammeWords } from '../../../src/reports/wording/duplicate.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { type DeliveryWorld, smallCompany, zone } from '../../kit/delivery-world.ts'
import { digestsWorld } from '../digests-world.ts'

const clock = movableClock(new Date('2026-11-25T09:00:00Z'))
let store: OpenedStore
let world: DeliveryWorld
beforeEach(async () => {
  ;({ store, world } = await digestsWorld(clock))
})
afterEach(() => store.close())

const draft = {
  kind: 'team' as const,
  recurrence: { weekdays: [1 as const], time: '09:00', zone },
  whenEmpty: 'say' as const,
  stage: 'everyone' as const,
  pilotTeams: [],
}
const member = { isAdmin: false, grants: [], zone, standing: 'member' } as const

it('is nobody who may not lead the people it is for', async () => {
  const [manager, rep] = smallCompany().people
  const admin: Viewer = { ...member, slackUserId: 'U100', isAdmin: true, ...(manager && { person: manager }) }
  const [first] = await Promise.all([world.digests.createProgramme(admin, draft, 'first')])
  expect(first.org).toBe('the whole company')
  expect((await world.digests.duplicateOfProgramme(admin, draft))?.entry?.ownerName).toBe(first.ownerName)
  const strangers: readonly Viewer[] = [
    { ...member, slackUserId: 'U101', ...(rep && { person: rep }) },
    { ...member, slackUserId: 'U999', standing: 'guest' },
    { ...member, slackUserId: 'U998' },
  ]
  for (const viewer of strangers)
    for (const orgOf of [undefined, manager?.id, 'nobody'])
      await expect(world.digests.duplicateOfProgramme(viewer, { ...draft, ...(orgOf !== undefined && { orgOf }) })).rejects.toThrow(
        'You can set up programmes for the people below you; admins for everybody.',
      )
})

it('is without its owner, its org and its time for a leader who may not change it', async () => {
  const [manager] = smallCompany().people
  const admin: Viewer = { ...member, slackUserId: 'UOWNER', isAdmin: true }
  const leader: Viewer = { ...member, slackUserId: 'U100', ...(manager && { person: manager }) }
  await world.digests.createProgramme(admin, draft, 'first')
  const own = { ...draft, orgOf: '100' }
  expect(await world.digests.duplicateOfProgramme(leader, own)).toEqual({ kind: 'team', entry: undefined })
  expect(duplicateProgrammeWords('Every manager: team digest')).toBe(
    'There is a programme already: Every manager: team digest, for these people among others. Nobody gets the same digest from two programmes.',
  )
  // Their own, and any for an admin, in full.
  await world.digests.createProgramme(leader, own, 'second')
  expect((await world.digests.duplicateOfProgramme(leader, own))?.entry?.ownerName).toBe('Priya Nair')
  expect((await world.digests.duplicateOfProgramme(admin, own))?.entry?.org).toBe('the whole company')
})
