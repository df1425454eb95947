// An answer is one reading of the store until it waits for Gong: what changed meanwhile decides what may be seen.
import { afterEach, expect, it } from 'vitest'
import { asOneReading } from '../../src/one-reading.ts'
import { type SyncWorld, syncWorld } from './world.ts'

let here: SyncWorld | undefined
afterEach(() => here?.stop())

/** Nobody keeps it fresh. */
const july = { from: '2026-07-06', to: '2026-07-13' }

it('somebody who was moved while an answer waits for Gong stands elsewhere when it goes on', async () => {
  here = await syncWorld({ perSecond: 1000, requestsPerSecond: 1_000_000, contract: 'documented', people: 24 })
  const { store, sync } = here
  await sync.refresh('background')
  const [first, second] = (await store.people.chart()).managers
  const [moved] = (await store.people.chart()).team(first?.id ?? '')
  const personId = moved?.id ?? ''
  const managerOf = async () => (await store.people.chart()).managerAbove(personId)?.id
  const waits = Promise.withResolvers<void>()
  const hasMoved = Promise.withResolvers<void>()
  const answer = asOneReading(async () => {
    const before = await managerOf()
    await sync.ensureFetched({ period: july, personIds: [personId], asker: 'U1' }, async () => {
      waits.resolve()
      await hasMoved.promise
    })
    return [before, await managerOf()]
  })
  await waits.promise
  await store.people.move(personId, second?.id ?? '')
  hasMoved.resolve()
  expect(await answer).toEqual([first?.id, second?.id])
})
