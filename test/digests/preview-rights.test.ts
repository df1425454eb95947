// A preview is shown by the rights its viewer has once it is built: building it may have waited for somebody else.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { Viewer } from '../../src/domain/policy.ts'
import { asOneReading, waited } from '../../src/one-reading.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { fillCompany, worldOf, zone } from '../kit/delivery-world.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { usualStore } from '../kit/store.ts'

const clock = movableClock(new Date('2026-11-25T09:00:00Z'))
const draft = {
  kind: 'team' as const,
  subjectId: '100',
  destination: { type: 'dm' as const, slackUserId: 'U100' },
  recurrence: { weekdays: [1 as const], time: '09:00', zone },
  whenEmpty: 'say' as const,
  skipDates: [],
  showNames: false,
  isExtra: true,
}

let store: OpenedStore
let manager: Viewer
beforeEach(async () => {
  store = await usualStore({ clock })
  await fillCompany(store, clock.now())
  const person = (await store.people.chart()).people.get('100')
  manager = { slackUserId: 'U100', isAdmin: false, grants: [], standing: 'member', ...(person && { person }) }
})
afterEach(() => store.close())

/** What becomes of a preview during whose building something happens. */
async function previewWhile(happens: () => Promise<unknown>): Promise<unknown> {
  const { digests } = worldOf({
    store,
    clock,
    log: keptLog().log,
    slack: { apiUrl: 'http://127.0.0.1:9', botToken: 'none' },
    change: {
      async build() {
        await happens()
        waited()
        return { message: { summary: 'Rep 101: 50 %', parts: [] }, isEmpty: false, shows: ['101'], mentions: [], figures: {} }
      },
    },
  })
  return asOneReading(() => digests.preview(manager, draft))
}

it('is shown and recorded where nothing changed', async () => {
  expect(await previewWhile(async () => undefined)).toMatchObject({ summary: 'Rep 101: 50 %' })
  expect((await store.access.seenBy(['101'], { limit: 9 })).total).toBe(1)
})

it.each<[string, () => Promise<unknown>]>([
  ['leads the team no more', () => store.people.move('101', null)],
  ['has another role', () => store.access.grant('U100', { type: 'coach', personId: '101' }, 'UOWNER', clock.now())],
])('is not, and nothing is recorded, where its viewer %s by then', async (_what, happens) => {
  await expect(previewWhile(happens)).rejects.toThrow('What you may see has changed while I was fetching. Look at it again.')
  expect((await store.access.seenBy(['101'], { limit: 9 })).total).toBe(0)
})
