// A machine's clock that is far ahead for two minutes and is set right: no run between now and then is missed, nothing waits for a day that is
// not near, and nothing is deleted for its age. Monday 23 November 2026, 09:00 in Berlin is 08:00 UTC.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Subscription } from '../../src/domain/subscription.ts'
import { recoverFromWrongClock } from '../../src/schedule/after-wrong-clock.ts'
import { reserveDue } from '../../src/schedule/due.ts'
import type { JobDeps } from '../../src/schedule/job.ts'
import { pruneAccessLog } from '../../src/schedule/jobs/prune-access-log.ts'
import { pruneFigures } from '../../src/schedule/jobs/prune-figures.ts'
import { rememberKeptFrom } from '../../src/schedule/kept-from.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { usualStore } from '../kit/store.ts'
import { teamDigest } from '../kit/team-digest.ts'

const wednesday = new Date('2026-11-25T12:00:00Z')
const aYearAhead = new Date('2027-11-25T12:00:00Z')

let now: Date
const clock = { now: () => now }
let store: OpenedStore
beforeEach(async () => {
  now = wednesday
  store = await usualStore({ clock })
})
afterEach(() => store.close())

const { log } = keptLog()
/** What the heartbeat does each minute, without the work itself. */
async function tickAt(instant: string | Date): Promise<number> {
  now = new Date(instant)
  await recoverFromWrongClock({ ...store, clock, log })
  const company = { zone: 'Europe/Berlin', weekStart: 1 as const, settleMinutes: 60 }
  return reserveDue({ ...store, clock, company, log, wake: async () => undefined })
}
const twoMinutesAhead = async (instant: Date): Promise<void> => {
  await tickAt(instant)
  await tickAt(new Date(instant.getTime() + 60_000))
}
const insert = (change: Partial<Subscription> = {}) =>
  store.subscriptions.insert(teamDigest({ nextAt: new Date('2026-11-30T08:00:00Z'), createdAt: wednesday, ...change }))
/** Dates of the runs that wait to be delivered. */
const reserved = async (): Promise<string[]> =>
  (await store.deliveries.byStatus('reserved', 100)).map(({ occurrence }) => occurrence.slice(0, 10)).toSorted()

const mondays = ['2026-11-30', '2026-12-07', '2026-12-14', '2026-12-21', '2026-12-28']
async function mondaysFrom(instant: Date): Promise<string[]> {
  await tickAt(instant)
  for (const monday of mondays) await tickAt(`${monday}T08:00:00Z`)
  return reserved()
}

describe('a digest each Monday', () => {
  beforeEach(() => insert())

  it.each([
    ['a year', aYearAhead],
    ['ten days', new Date('2026-12-05T12:00:00Z')],
    ['five years', new Date('2031-11-25T12:00:00Z')],
  ])('comes on each of the next five after the clock was %s ahead', async (_far, ahead) => {
    await tickAt(wednesday)
    await twoMinutesAhead(ahead)
    expect(await mondaysFrom(new Date('2026-11-25T12:03:00Z'))).toEqual(mondays)
  })

  it('comes late where its time came while the clock was a year ahead', async () => {
    await tickAt('2026-11-30T07:59:00Z')
    await twoMinutesAhead(aYearAhead)
    await tickAt('2026-11-30T08:01:00Z')
    expect(await reserved()).toEqual(['2026-11-30'])
    await tickAt('2026-12-07T08:00:00Z')
    expect(await reserved()).toEqual(['2026-11-30', '2026-12-07'])
  })

  it('comes after a restart too, and where the clock was wrong from the very first start', async () => {
    await twoMinutesAhead(aYearAhead)
    await store.deliveries.voidLeases()
    expect(await mondaysFrom(new Date('2026-11-25T12:03:00Z'))).toEqual(mondays)
  })

  it('is not planned anew by a clock that was minutes ahead, or by hours within the day', async () => {
    for (const ahead of ['2026-11-25T12:09:00Z', '2026-11-25T20:00:00Z']) {
      await tickAt(ahead)
      await tickAt(wednesday)
      expect(await store.subscriptions.plannedAfter(new Date('2026-11-30T07:59:59Z'))).toMatchObject([
        { nextAt: new Date('2026-11-30T08:00:00Z') },
      ])
    }
  })

  it.each([
    ['a year', new Date('2025-11-25T12:00:00Z')],
    ['a week', new Date('2026-11-18T12:00:00Z')],
    ['since 1970', new Date('1970-01-01T00:00:10Z')],
  ])('is neither sent again nor lost by a clock that was %s back for two minutes', async (_far, back) => {
    await store.deliveries.reserve(
      { id: 'waits', subscriptionId: 's1', occurrence: '2026-11-23T09:00[Europe/Berlin]', dueAt: wednesday, createdAt: wednesday },
      {},
    )
    await store.deliveries.reserve(
      {
        id: 'skipped',
        subscriptionId: 's2',
        occurrence: '2026-11-23T09:00[Europe/Berlin]',
        dueAt: wednesday,
        createdAt: wednesday,
        status: 'skipped',
        reason: 'no-data',
      },
      {},
    )
    await tickAt(wednesday)
    for (let beat = 0; beat < 3; beat += 1) await tickAt(new Date(back.getTime() + beat * 60_000))
    expect(await mondaysFrom(new Date('2026-11-25T12:03:00Z'))).toEqual(['2026-11-23', ...mondays])
    expect(await store.deliveries.byStatus('skipped', 100)).toMatchObject([{ id: 'skipped' }])
  })

  it('is planned by a clock that went back once it has stayed there for five minutes', async () => {
    await tickAt(aYearAhead)
    for (let minute = 0; minute <= 4; minute += 1) await tickAt(new Date(wednesday.getTime() + minute * 60_000))
    expect(await store.subscriptions.plannedAfter(aYearAhead)).toHaveLength(1)
    await tickAt(new Date(wednesday.getTime() + 5 * 60_000))
    expect(await store.subscriptions.plannedAfter(new Date('2026-11-30T07:59:59Z'))).toMatchObject([
      { nextAt: new Date('2026-11-30T08:00:00Z') },
    ])
    expect(await mondaysFrom(new Date('2026-11-25T12:06:00Z'))).toEqual(mondays)
  })

  it('that was sent early by a clock eight hours ahead is not sent again', async () => {
    await tickAt('2026-11-30T09:00:00Z')
    const [row] = await store.deliveries.byStatus('reserved', 1)
    await store.deliveries.update(row?.id ?? '', { status: 'sent', attempts: 1, sentAt: now })
    await tickAt('2026-11-30T01:00:00Z')
    await tickAt('2026-11-30T08:00:00Z')
    expect(await reserved()).toEqual([])
    await tickAt('2026-12-07T08:00:00Z')
    expect(await reserved()).toEqual(['2026-12-07'])
  })
})

describe('a digest on several weekdays', () => {
  const each = (weekdays: readonly (1 | 2 | 3 | 4 | 5)[], change: Partial<Subscription> = {}) =>
    insert({ recurrence: { weekdays, time: '09:00', zone: 'Europe/Berlin' }, nextAt: new Date('2026-11-24T08:00:00Z'), ...change })
  const monday = new Date('2026-11-23T12:00:00Z')
  async function weekFrom(instant: string): Promise<string[]> {
    await tickAt(instant)
    for (const day of [24, 25, 26, 27]) await tickAt(`2026-11-${day}T08:00:00Z`)
    return reserved()
  }

  it.each([
    ['Tuesday and Thursday', 'two days', [2, 4], '2026-11-25T12:00:00Z', ['2026-11-24', '2026-11-26']],
    ['Tuesday to Friday', 'three days', [2, 3, 4, 5], '2026-11-26T12:00:00Z', ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27']],
    ['Tuesday to Friday', 'a year', [2, 3, 4, 5], '2027-11-25T12:00:00Z', ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27']],
  ] as const)('%s, comes on each of them after the clock was %s ahead', async (_days, _far, weekdays, ahead, wanted) => {
    await each(weekdays, { createdAt: monday })
    await tickAt(monday)
    await twoMinutesAhead(new Date(ahead))
    expect(await weekFrom('2026-11-23T12:03:00Z')).toEqual(wanted)
  })

  it('comes on those of before the next run it was given while the clock was ahead', async () => {
    await tickAt(monday)
    await tickAt('2026-11-26T12:00:00Z')
    // Set up meanwhile: its first run is Friday's by that clock.
    await each([2, 3, 4, 5], { createdAt: now, nextAt: new Date('2026-11-27T08:00:00Z') })
    expect(await weekFrom('2026-11-23T12:03:00Z')).toEqual(['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'])
  })

  it('keeps a run that was left out by hand left out, and does not come for a day before it was set up', async () => {
    await tickAt(monday)
    await twoMinutesAhead(new Date('2026-11-27T12:00:00Z'))
    await each([1, 2, 3], { id: 'left-out', createdAt: monday, nextAt: new Date('2026-11-25T08:00:00Z') })
    const leftOut = { subscriptionId: 'left-out', occurrence: '2026-11-24T09:00[Europe/Berlin]', dueAt: monday, createdAt: monday }
    await store.deliveries.reserve({ id: 'by-hand', ...leftOut, status: 'skipped', reason: 'skipped-by-hand' }, {})
    await each([1, 2, 3, 4], { id: 'new', createdAt: new Date('2026-11-25T12:00:00Z'), nextAt: new Date('2026-11-26T08:00:00Z') })
    await tickAt('2026-11-25T12:01:00Z')
    expect(await reserved()).toEqual(['2026-11-25'])
    expect((await store.subscriptions.find('new'))?.nextAt).toEqual(new Date('2026-11-26T08:00:00Z'))
  })
})

it('what somebody decided stays: a pause until a day, a run left out by hand', async () => {
  await insert({ id: 'paused', pausedUntil: '2027-01-04', nextAt: new Date('2027-01-04T08:00:00Z') })
  await insert({ id: 'left-out', nextAt: new Date('2026-12-07T08:00:00Z') })
  const leftOut = { subscriptionId: 'left-out', occurrence: '2026-11-30T09:00[Europe/Berlin]', dueAt: now, createdAt: now }
  await store.deliveries.reserve({ id: 'by-hand', ...leftOut, status: 'skipped', reason: 'skipped-by-hand' }, {})
  await tickAt(wednesday)
  await twoMinutesAhead(aYearAhead)
  await tickAt('2026-11-25T12:03:00Z')
  expect((await store.subscriptions.find('paused'))?.nextAt).toEqual(new Date('2027-01-04T08:00:00Z'))
  expect((await store.subscriptions.find('left-out'))?.nextAt).toEqual(new Date('2026-12-07T08:00:00Z'))
})

it('nothing waits for next year: a retry that was put off then, a notice that was written then', async () => {
  const row = (id: string, occurrence: string) => ({ id, subscriptionId: 's', occurrence, dueAt: now, createdAt: now })
  await store.deliveries.reserve(row('retry', '2026-11-23T09:00[Europe/Berlin]'), {})
  await tickAt(wednesday)
  await tickAt(aYearAhead)
  await store.deliveries.update('retry', { retryAt: new Date(aYearAhead.getTime() + 300_000), attempts: 2 })
  await store.deliveries.reserve({ ...row('notice', 'notice:admins:outage:U1'), channelId: 'U1' }, {})
  await tickAt('2026-11-25T12:03:00Z')
  expect((await store.deliveries.wakeable(now, 10)).map(({ id }) => id).toSorted()).toEqual(['notice', 'retry'])
})

describe('dates by which groups without names are withheld', () => {
  const person = (id: string, managerId?: string) => ({ id, name: id, emails: [], active: true, ...(managerId && { managerId }) })
  const until = async () => (await store.people.chart()).people.get('1')?.pastPlaces?.map((place) => place.until)

  it('that a clock a year ahead wrote end as soon as it is set right, and those it did not write stay', async () => {
    const { people, tenant, access, prune } = store
    await people.replaceAll([person('1', '2'), person('2'), person('3')], { readAt: wednesday, seenOn: '2026-10-05' })
    await tenant.set('unmarked-cards', 'hide 2026-11-02')
    await tickAt(wednesday)
    await tickAt(aYearAhead)
    await people.replaceAll([person('1', '3'), person('2'), person('3')], { readAt: aYearAhead, seenOn: '2027-11-25' })
    await people.replaceAll([person('1'), person('2'), person('3')], { readAt: aYearAhead, seenOn: '2027-11-26' })
    await tenant.set('group-rule', '5/3/1/Europe/Berlin/live 2027-11-25')
    await tenant.saveSetting('cards-that-count', JSON.stringify({ counted: [], known: [], changedOn: '2027-11-25' }))
    await access.keepAdmin('U1')
    await prune('2027-08-25', '2027-10-20')
    expect((await store.reads.tenant()).keptFrom).toBe('2027-08-25')
    await tickAt('2026-11-25T12:03:00Z')
    // The latest date anywhere, at three past twelve in London.
    const today = '2026-11-26'
    const facts = await store.reads.tenant()
    expect([facts.keptFrom, facts.groupRule?.changedOn, facts.cardsChangedOn]).toEqual([today, today, today])
    expect(facts.unmarkedCards?.changedOn).toBe('2026-11-02')
    expect(await access.grantsOf('U1')).toEqual([{ type: 'admin', until: today }])
    expect(await until()).toEqual([today, today])
    await people.replaceAll([person('1', '2'), person('2'), person('3')], { readAt: wednesday, seenOn: '2026-12-07' })
    expect(await until()).toEqual([today, today, '2026-12-07'])
  })

  it('exist before the first turn of a version that remembers them, where an earlier one has deleted figures', async () => {
    const { tenant } = store
    const keptFrom = async () => {
      await rememberKeptFrom(tenant, 13, clock)
      return (await store.reads.tenant()).keptFrom
    }
    expect(await keptFrom()).toBeUndefined()
    await tenant.saveSetting('turn:prune-figures', '2026-11-24T12:00:00.000Z')
    expect(await keptFrom()).toBe('2025-10-24')
    await tenant.saveSetting('turn:prune-figures', '2026-11-26T12:00:00.000Z')
    expect(await keptFrom()).toBe('2025-10-24')
  })
})

describe('old rows', () => {
  const day = 86_400_000
  it.each([
    ['access log', pruneAccessLog],
    ['figures', pruneFigures],
  ] as const)('of the %s are deleted day by day, and none by a clock that jumped a year', async (_what, job) => {
    const deleted: string[] = []
    const prune = async (): Promise<number> => {
      deleted.push(now.toISOString().slice(0, 10))
      return 0
    }
    const deps = {
      store: { ...store, prune, access: { ...store.access, prune } },
      clock,
      log,
      retentionMonths: 13,
    } as unknown as JobDeps
    const runAt = async (at: number | Date) => {
      now = new Date(at)
      await job.run(deps, job.name, AbortSignal.timeout(60_000))
    }
    await runAt(wednesday)
    await runAt(wednesday.getTime() + day)
    await runAt(aYearAhead)
    await runAt(wednesday.getTime() + day + 180_000)
    await runAt(wednesday.getTime() + 2 * day)
    // The first turn and the two beside the jump delete nothing.
    expect(deleted).toEqual(['2026-11-26', '2026-11-27'])
  })

  it('are deleted by the database’s clock where this machine’s stays a year ahead', async () => {
    const before: unknown[] = []
    const prune = async (date: unknown): Promise<number> => {
      before.push(date)
      return 0
    }
    const access = { ...store.access, prune }
    const deps = {
      store: { ...store, realNow: async () => wednesday, prune, access },
      clock,
      log,
      retentionMonths: 13,
    } as unknown as JobDeps
    for (const job of [pruneAccessLog, pruneFigures])
      for (const days of [0, 1]) {
        now = new Date(aYearAhead.getTime() + days * day)
        await job.run(deps, job.name, AbortSignal.timeout(60_000))
      }
    expect(before).toEqual([new Date('2025-11-25T12:00:00Z'), '2025-10-25'])
  })
})
