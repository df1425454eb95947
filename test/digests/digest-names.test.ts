// What an owner calls a digest is for them and for admins: no reader sees it, finds by it or loses it, also where they take the digest on.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { editorModal } from '../../src/bot/editor/editor-modal.ts'
import { inputs, stateOf } from '../../src/bot/editor/editor-state.ts'
import { titleOf } from '../../src/bot/wording/digest-entry.ts'
import { movableClock } from '../../src/clock.ts'
import type { DigestDraft } from '../../src/digests/service.ts'
import type { Viewer } from '../../src/domain/policy.ts'
import { orgChart } from '../../src/domain/team.ts'
import { duplicateWords } from '../../src/reports/wording/duplicate.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { type DeliveryWorld, smallCompany, zone } from '../kit/delivery-world.ts'
import { digestsWorld } from './digests-world.ts'

let store: OpenedStore
let world: DeliveryWorld
let id: string
const viewer = (person: string): Viewer => ({
  slackUserId: `U${person}`,
  person: smallCompany().people.find((one) => one.id === person),
  standing: 'member',
  isAdmin: false,
  grants: [],
})
const [owner, reader] = [viewer('100'), viewer('101')]
const admin: Viewer = { slackUserId: 'UOWNER', standing: 'member', isAdmin: true, grants: [] }
const draft: DigestDraft = {
  kind: 'personal',
  subjectId: '101',
  destination: { type: 'dm', slackUserId: 'U101' },
  recurrence: { weekdays: [1], time: '09:00', zone },
  whenEmpty: 'say',
  skipDates: [],
  showNames: false,
}
const name = 'PIP candidate'
const nameNow = async () => (await store.subscriptions.find(id))?.name

beforeEach(async () => {
  ;({ store, world } = await digestsWorld(movableClock(new Date('2026-11-25T11:00:00Z'))))
  ;({
    subscription: { id },
  } = await world.digests.create(owner, { ...draft, name }))
})
afterEach(() => store.close())

it('is read by its owner and by admins, in lists and in the form, and by no reader', async () => {
  const seen = await Promise.all([owner, admin, reader].map(async (one) => ({ one, entry: await world.digests.entry(one, id) })))
  expect(seen.map(({ entry }) => titleOf(entry).includes(name))).toEqual([true, true, false])
  const forms = seen.map(({ one, entry }) =>
    JSON.stringify(
      editorModal({
        state: stateOf(entry, one),
        kinds: ['personal'],
        chart: orgChart([]),
        runs: [],
        companyZone: zone,
        namesAllowed: true,
      }),
    ),
  )
  expect(forms.map((form) => [form.includes(name), form.includes(inputs.name)])).toEqual([
    [true, true],
    [true, true],
    [false, false],
  ])
  expect((await world.digests.mine(reader)).receives.map(titleOf).join()).not.toContain(name)
})

it('is not said of a digest that the reader is about to set up a second time', async () => {
  const words = async (by: Viewer) => {
    const duplicate = await world.digests.duplicateOf(by, draft)
    return duplicate ? duplicateWords(duplicate, 'personal') : ''
  }
  expect(await words(owner)).toContain(name)
  expect(await words(reader)).toContain('already get')
  expect(await words(reader)).not.toContain(name)
})

it('stays through a change by the reader, whatever their form says', async () => {
  const later = { ...draft, recurrence: { ...draft.recurrence, time: '10:00' } }
  for (const change of [later, { ...later, name: 'mine' }]) {
    expect((await world.digests.change(reader, id, change)).subscription.name).toBeUndefined()
    expect(await nameNow()).toBe(name)
  }
  await world.digests.change(owner, id, { ...later, name: 'Ana' })
  expect(await nameNow()).toBe('Ana')
  await world.digests.change(admin, id, later)
  expect(await nameNow()).toBeUndefined()
})

it('is gone where the reader passes the digest on and becomes its owner', async () => {
  const told = await world.digests.change(reader, id, { ...draft, destination: { type: 'dm', slackUserId: 'U100' } })
  expect([told.subscription.ownerSlackId, told.subscription.name, await nameNow()]).toEqual(['U101', undefined, undefined])
})
