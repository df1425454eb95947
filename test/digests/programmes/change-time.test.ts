// A programme that gets another time, and one whose people leave and come back: nobody gets a second digest on a day, and a reader's pause
// until a day stands.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type MovableClock, movableClock } from '../../../src/clock.ts'
import { changeDigest } from '../../../src/digests/change-digest.ts'
import type { DigestServiceDeps } from '../../../src/digests/deps.ts'
import { findEntry } from '../../../src/digests/find-digest.ts'
import { pauseDigest, resumeDigest, skipNextRun } from '../../../src/digests/pause-digest.ts'
import { createAlignment } from '../../../src/digests/programmes/align.ts'
import { createProgrammeService } from '../../../src/digests/programmes/service.ts'
import type { ProgrammeDraft } from '../../../src/digests/service.ts'
import type { Person } from '../../../src/domain/person.ts'
import type { Subscription } from '../../../src/domain/subscription.ts'
import { createLog } from '../../../src/log.ts'
import { reserveDue } from '../../../src/schedule/due.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { usualStore } from '../../kit/store.ts'

const company = { zone: 'Europe/Berlin', weekStart: 1, settleMinutes: 60 } as const
const admin = { slackUserId: 'UADMIN', standing: 'member', isAdmin: true, grants: [] } as const
const manager: Person = { id: '1', name: 'Person 1', emails: [], active: true }
const rep: Person = { id: '11', name: 'Person 11', emails: [], active: true, managerId: '1' }
const reader = { slackUserId: 'U11', standing: 'member', isAdmin: false, grants: [], person: rep } as const
const mondaysAt = (time: string): ProgrammeDraft => ({
  kind: 'personal',
  recurrence: { weekdays: [1], time, zone: company.zone },
  whenEmpty: 'say',
  stage: 'everyone',
  pilotTeams: [],
})

let store: OpenedStore
let clock: MovableClock
let programmeId: string
beforeAll(async () => {
  store = await usualStore()
})
afterAll(() => store?.close())

const log = createLog('silent')
const nameOf = async (slackUserId: string) => slackUserId
const slackUserOf = async (personId: string) => `U${personId}`
const people = (list: readonly Person[]) => store.people.replaceAll(list, { readAt: clock.now(), seenOn: '2026-11-23' })
const align = () => createAlignment({ store, clock, company, log, slackUserOf, zoneOf: async () => company.zone })
const service = () => createProgrammeService({ store, clock, zone: company.zone, align: align(), nameOf, slackUserOf })

async function digest(): Promise<Subscription> {
  const [found] = await store.subscriptions.ofProgramme(programmeId)
  if (!found) throw new Error('the programme set up nothing')
  return found
}

/** Monday, 23 November 2026, 08:00 in Berlin. */
beforeEach(async () => {
  clock = movableClock(new Date('2026-11-23T07:00:00Z'))
  for (const { id } of await store.subscriptions.all()) await store.subscriptions.remove(id)
  for (const { id } of await store.subscriptions.programmes()) await store.subscriptions.updateProgramme(id, { status: 'stopped' })
  await people([manager, rep])
  programmeId = (await service().create(admin, mondaysAt('09:00'), undefined)).id
})

/** Plans what is due then, and has it sent. */
async function sentAt(now: string): Promise<readonly string[]> {
  clock.moveTo(new Date(now))
  const { subscriptions, deliveries } = store
  await reserveDue({ subscriptions, deliveries, clock, company, wake: async () => undefined, log })
  const rows = await deliveries.history((await digest()).id, 10)
  for (const { id } of rows) await deliveries.update(id, { status: 'sent', sentAt: clock.now() })
  return rows.map(({ occurrence }) => occurrence)
}

it('sends nothing more on a day that had its digest, and the next at the new time', async () => {
  expect(await sentAt('2026-11-23T08:00:30Z')).toHaveLength(1)
  await service().change(admin, programmeId, mondaysAt('11:00'))
  expect(await sentAt('2026-11-23T10:00:30Z')).toHaveLength(1)
  // 11:00 in Berlin a week later.
  expect((await digest()).nextAt).toEqual(new Date('2026-11-30T10:00:00Z'))
})

it('sends what came due before the tick, and the next at the new time', async () => {
  clock.moveTo(new Date('2026-11-23T08:00:20Z'))
  await service().change(admin, programmeId, mondaysAt('08:00'))
  expect(await sentAt('2026-11-23T08:00:30Z')).toEqual(['2026-11-23T09:00[Europe/Berlin]'])
  expect((await digest()).nextAt).toEqual(new Date('2026-11-30T07:00:00Z'))
})

it("leaves a reader's pause until a day as it is", async () => {
  const deps: Partial<DigestServiceDeps> = { store, clock, company, nameOf }
  await pauseDigest(reader, (await digest()).id, '2027-01-10', deps as DigestServiceDeps)
  await service().change(admin, programmeId, mondaysAt('11:00'))
  // The first Monday from 10 January 2027 on.
  expect(await digest()).toMatchObject({ pausedUntil: '2027-01-10', nextAt: new Date('2027-01-11T10:00:00Z') })
})

it('sends nothing more that day to somebody who leaves and comes back', async () => {
  expect(await sentAt('2026-11-23T08:00:30Z')).toHaveLength(1)
  const [programme] = (await store.subscriptions.programmes()).filter(({ id }) => id === programmeId)
  if (!programme) throw new Error('the programme is gone')
  await people([manager])
  await align()(programme)
  const { recurrence } = mondaysAt('11:00')
  await store.subscriptions.updateProgramme(programmeId, { recurrence })
  await store.subscriptions.update((await digest()).id, { recurrence })
  await people([manager, rep])
  await align()({ ...programme, recurrence })
  expect(await sentAt('2026-11-23T10:00:30Z')).toHaveLength(1)
  expect((await digest()).status).toBe('active')
})

/** Right after its end, before anything is aligned with it. */
it.each<[string, boolean, (deps: DigestServiceDeps, one: Subscription) => Promise<unknown>]>([
  ['resumes it', true, (deps, { id }) => resumeDigest(reader, id, deps)],
  ['resumes it while it runs', false, (deps, { id }) => resumeDigest(reader, id, deps)],
  ['pauses it until a day', false, (deps, { id }) => pauseDigest(reader, id, '2026-12-10', deps)],
  ['leaves its next run out', false, (deps, { id }) => skipNextRun(reader, id, deps)],
  ['changes it', true, (deps, one) => changeDigest(reader, one.id, { ...one, whenEmpty: 'skip' }, deps)],
])('promises nobody a next one of a programme that has ended: %s', async (_what, isPaused, act) => {
  const deps = {
    store,
    clock,
    company,
    nameOf,
    gate: {},
    namesInChannels: 'ask',
    viewerOf: async () => reader,
  } as unknown as DigestServiceDeps
  const { id } = await digest()
  if (isPaused) await pauseDigest(reader, id, undefined, deps)
  await store.subscriptions.updateProgramme(programmeId, { status: 'stopped' })
  const before = await digest()
  expect((await findEntry(reader, id, deps)).nextRun).toBeUndefined()
  await expect(act(deps, before)).rejects.toThrow('it does not come again')
  expect(await digest()).toEqual(before)
})

it('promises no next one to somebody whom the programme does not reach any more', async () => {
  const deps = {
    store,
    clock,
    company,
    nameOf,
    gate: {},
    namesInChannels: 'ask',
    viewerOf: async () => reader,
  } as unknown as DigestServiceDeps
  const { id } = await digest()
  await pauseDigest(reader, id, undefined, deps)
  await store.subscriptions.updateProgramme(programmeId, { stage: 'pilot', pilotTeams: ['2'] })
  await expect(resumeDigest(reader, id, deps)).rejects.toThrow('it does not come again')
  await store.subscriptions.updateProgramme(programmeId, { stage: 'pilot', pilotTeams: ['1'] })
  expect((await resumeDigest(reader, id, deps)).nextRun).toBeDefined()
})
