// From planned instants to delivery rows where a zone's rules were changed between saving an instant and reaching it, as a new release of
// the time zone database does: Berlin is an hour ahead of UTC here, and what was saved says otherwise.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { Recurrence } from '../../src/domain/subscription.ts'
import { reserveDue } from '../../src/schedule/due.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { usualStore } from '../kit/store.ts'
import { teamDigest } from '../kit/team-digest.ts'

const company = { zone: 'Europe/Berlin', weekStart: 1 as const, settleMinutes: 60 }
const mondays = { weekdays: [1], time: '09:00', zone: 'Europe/Berlin' } as const

let store: OpenedStore
beforeEach(async () => {
  store = await usualStore()
})
afterEach(() => store?.close())

/** What has become of a digest saved for `nextAt` when the service looks at each of these instants. */
async function outcome(nextAt: string, looks: readonly string[], recurrence: Recurrence = mondays) {
  const digest = teamDigest({ recurrence, nextAt: new Date(nextAt), createdAt: new Date('2026-11-01T00:00:00Z') })
  await store.subscriptions.insert(digest)
  const reserved: number[] = []
  for (const look of looks) {
    const clock = movableClock(new Date(look))
    const { subscriptions, deliveries } = store
    reserved.push(await reserveDue({ subscriptions, deliveries, clock, company, log: keptLog().log, wake: async () => undefined }))
  }
  const rows = await store.deliveries.history(digest.id, 10)
  return {
    reserved,
    rows: rows.map(({ occurrence, status }) => `${occurrence} ${status}`).toReversed(),
    nextAt: (await store.subscriptions.find(digest.id))?.nextAt?.toISOString(),
  }
}

describe('a zone whose rules were changed after the next run was saved', () => {
  it('loses no run that lies earlier now: it is posted late', async () => {
    // Saved as nine in a Berlin of UTC; by the new rules nine was an hour ago.
    expect(await outcome('2026-11-23T09:00:00Z', ['2026-11-23T08:30:00Z', '2026-11-23T09:00:00Z', '2026-11-23T09:01:00Z'])).toEqual({
      reserved: [0, 1, 0],
      rows: ['2026-11-23T09:00[Europe/Berlin] reserved'],
      nextAt: '2026-11-30T08:00:00.000Z',
    })
  })

  it('keeps it in the history where the service was away for weeks', async () => {
    expect((await outcome('2026-11-23T09:00:00Z', ['2026-12-07T12:00:00Z'])).rows).toEqual([
      '2026-11-23T09:00[Europe/Berlin] skipped',
      '2026-11-30T09:00[Europe/Berlin] skipped',
      '2026-12-07T09:00[Europe/Berlin] reserved',
    ])
  })

  it('waits for one that lies later now, and posts it once', async () => {
    expect(await outcome('2026-11-23T07:00:00Z', ['2026-11-23T07:00:00Z', '2026-11-23T08:00:00Z', '2026-11-23T08:01:00Z'])).toEqual({
      reserved: [0, 1, 0],
      rows: ['2026-11-23T09:00[Europe/Berlin] reserved'],
      nextAt: '2026-11-30T08:00:00.000Z',
    })
  })

  it('goes by half an hour, too, across midnight, and every day', async () => {
    const late = { weekdays: [1, 2, 3, 4, 5], time: '23:45', zone: 'Europe/Berlin' } as const
    // A quarter to midnight on Monday is 22:45Z; saved as 23:15Z, which is a quarter past midnight on Tuesday now.
    expect(await outcome('2026-11-23T23:15:00Z', ['2026-11-23T23:15:00Z', '2026-11-24T22:45:00Z'], late)).toEqual({
      reserved: [1, 1],
      rows: ['2026-11-23T23:45[Europe/Berlin] reserved', '2026-11-24T23:45[Europe/Berlin] reserved'],
      nextAt: '2026-11-25T22:45:00.000Z',
    })
  })
})

it('an unchanged zone plans one row a run, and none twice', async () => {
  expect(await outcome('2026-11-23T08:00:00Z', ['2026-11-23T08:00:00Z', '2026-11-23T08:00:30Z', '2026-11-30T08:00:00Z'])).toEqual({
    reserved: [1, 0, 1],
    rows: ['2026-11-23T09:00[Europe/Berlin] reserved', '2026-11-30T09:00[Europe/Berlin] reserved'],
    nextAt: '2026-12-07T08:00:00.000Z',
  })
})
