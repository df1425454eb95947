// Every digest of a programme follows its rule: a change that is cut off is completed, and what was chosen for one digest alone stays.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movableClock } from '../../../src/clock.ts'
import { createAlignment } from '../../../src/digests/programmes/align.ts'
import type { ProgrammeDraft } from '../../../src/digests/service.ts'
import type { Viewer } from '../../../src/domain/policy.ts'
import type { Subscription } from '../../../src/domain/subscription.ts'
import type { OpenedStore } from '../../../src/store/database/connect.ts'
import { type DeliveryWorld, zone } from '../../kit/delivery-world.ts'
import { keptLog } from '../../kit/quiet-log.ts'
import { digestsWorld } from '../digests-world.ts'

/** Tuesday, 24 November 2026, 11:00 in Berlin. */
const clock = movableClock(new Date('2026-11-24T10:00:00Z'))
let store: OpenedStore
let world: DeliveryWorld
beforeEach(async () => {
  ;({ store, world } = await digestsWorld(clock))
})
afterEach(() => store.close())

const admin: Viewer = { slackUserId: 'UOWNER', standing: 'member', isAdmin: true, grants: [] }
const at = (time: string): ProgrammeDraft => ({
  kind: 'personal',
  recurrence: { weekdays: [1], time, zone },
  whenEmpty: 'say',
  stage: 'everyone',
  pilotTeams: [],
})
const change = (id: string, draft: ProgrammeDraft) => world.digests.changeProgramme(admin, id, draft)
const rows = (id: string) => store.subscriptions.ofProgramme(id)
const times = async (id: string) => [...new Set((await rows(id)).map(({ recurrence }) => recurrence.time))]
const nextRuns = async (id: string) => [...new Set((await rows(id)).map(({ nextAt }) => nextAt?.toISOString()))]

async function first(id: string): Promise<{ readonly digest: Subscription; readonly reader: Viewer }> {
  const [digest] = await rows(id)
  if (digest?.destination.type !== 'dm') throw new Error('the programme set up nothing')
  const person = (await store.people.chart()).people.get(digest.subjectId ?? '')
  if (!person) throw new Error('it is about nobody')
  return { digest, reader: { slackUserId: digest.destination.slackUserId, person, standing: 'member', isAdmin: false, grants: [] } }
}
async function choose(id: string, own: Partial<Pick<Subscription, 'recurrence' | 'whenEmpty'>>): Promise<void> {
  const { digest, reader } = await first(id)
  const { kind, subjectId, destination, recurrence, whenEmpty, skipDates, showNames } = digest
  const draft = { kind, subjectId, destination, recurrence, whenEmpty, skipDates, showNames }
  await world.digests.change(reader, digest.id, { ...draft, ...own })
}
/** The connection ends at the third write of a digest. */
function cutOff(): void {
  const { subscriptions } = store
  for (const method of ['update', 'updateAsRead'] as const) {
    const write = subscriptions[method] as ((...given: unknown[]) => Promise<unknown>) | undefined
    let writes = 0
    Object.assign(subscriptions, {
      [method]: async (...given: unknown[]) => {
        writes += 1
        if (writes === 3) throw Object.assign(new Error('terminating connection'), { code: '57P01' })
        return write?.(...given)
      },
    })
  }
}

it.each(['when it is saved again', 'when its programmes are aligned next'])(
  'completes a change of the time that was cut off, %s',
  async (how) => {
    const { id } = await world.digests.createProgramme(admin, at('09:00'))
    cutOff()
    await expect(change(id, at('16:00'))).rejects.toThrow('terminating connection')
    if (how === 'when it is saved again') await change(id, at('16:00'))
    else {
      const byPerson = new Map((await rows(id)).map(({ subjectId, destination }) => [subjectId, destination]))
      const slackUserOf = async (personId: string) => {
        const there = byPerson.get(personId)
        return there?.type === 'dm' ? there.slackUserId : undefined
      }
      const align = createAlignment({
        store,
        clock,
        company: { zone: 'Europe/Berlin', weekStart: 1, settleMinutes: 60 },
        log: keptLog().log,
        slackUserOf,
        zoneOf: async () => zone,
      })
      for (const programme of await store.subscriptions.programmes()) await align(programme)
    }
    expect(await times(id)).toEqual(['16:00'])
    // 16:00 in Berlin, the Monday after.
    expect(await nextRuns(id)).toEqual(['2026-11-30T15:00:00.000Z'])
  },
)

it('leaves no mixture where two admins save different times at once', async () => {
  const { id } = await world.digests.createProgramme(admin, at('09:00'))
  const { updateAsRead } = store.subscriptions
  let isFirst = true
  Object.assign(store.subscriptions, {
    async updateAsRead(...given: Parameters<typeof updateAsRead>) {
      if (isFirst) {
        isFirst = false
        await change(id, at('18:00'))
      }
      return updateAsRead(...given)
    },
  })
  await change(id, at('16:00'))
  expect((await store.subscriptions.programmes())[0]?.recurrence.time).toBe('18:00')
  expect(await times(id)).toEqual(['18:00'])
})

it('gives everybody what is changed of weeks without calls', async () => {
  const { id } = await world.digests.createProgramme(admin, at('09:00'))
  await change(id, { ...at('09:00'), whenEmpty: 'skip' })
  expect([...new Set((await rows(id)).map(({ whenEmpty }) => whenEmpty))]).toEqual(['skip'])
})

it('leaves a time that was chosen for one digest alone, until it is that of the programme', async () => {
  const { id } = await world.digests.createProgramme(admin, at('09:00'))
  await choose(id, { recurrence: at('12:00').recurrence })
  await change(id, at('16:00'))
  expect((await first(id)).digest.recurrence.time).toBe('12:00')
  // By chance the same for a while: it was chosen all the same.
  await change(id, at('12:00'))
  await change(id, at('17:00'))
  expect((await times(id)).toSorted()).toEqual(['12:00', '17:00'])
  await choose(id, { recurrence: at('17:00').recurrence })
  await change(id, at('18:00'))
  expect(await times(id)).toEqual(['18:00'])
})

it('leaves what one digest does in weeks without calls, and moves it to another time', async () => {
  const { id } = await world.digests.createProgramme(admin, at('09:00'))
  await choose(id, { whenEmpty: 'skip' })
  await change(id, at('16:00'))
  expect((await first(id)).digest).toMatchObject({ whenEmpty: 'skip', recurrence: { time: '16:00' } })
})

it('moves a reminder by weekday and time, and leaves its zone', async () => {
  const reminders = (time: string): ProgrammeDraft => ({ ...at(time), kind: 'reminder', recurrence: { weekdays: [2, 4], time, zone } })
  const { id } = await world.digests.createProgramme(admin, reminders('09:00'))
  const { digest } = await first(id)
  await store.subscriptions.update(digest.id, { recurrence: { ...digest.recurrence, zone: 'Asia/Tokyo' } })
  await change(id, reminders('10:00'))
  expect((await first(id)).digest).toMatchObject({ recurrence: { weekdays: [2], time: '10:00', zone: 'Asia/Tokyo' }, whenEmpty: 'skip' })
})
