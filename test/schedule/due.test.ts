// Which runs are reserved when: the latest due one goes ahead, older ones are stored as skipped. Monday 23 November 2026, 09:00 in Berlin is
// 08:00 UTC; the week before has settled by then.
import { expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { Delivery, Subscription } from '../../src/domain/subscription.ts'
import { type DueDeps, reserveDue } from '../../src/schedule/due.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { teamDigest } from '../kit/team-digest.ts'

const monday = '2026-11-23T08:00:00Z'

interface Reserved extends Pick<Delivery, 'subscriptionId' | 'occurrence'> {
  readonly reason?: string | undefined
  readonly dueAt: string
  readonly wakes: boolean
}

/** Subscriptions and rows in memory, with the promises of the store: a row is reserved once, `due` is oldest first. */
function memoryOf(subscriptions: readonly Subscription[], now: string) {
  const kept = new Map(subscriptions.map((each) => [each.id, each]))
  const reserved: Reserved[] = []
  const log = keptLog()
  const planNext = (id: string, nextAt: Date | undefined): void => {
    const subscription = kept.get(id)
    if (subscription && nextAt) kept.set(id, { ...subscription, nextAt })
  }
  const deps = {
    clock: movableClock(new Date(now)),
    company: { zone: 'Europe/Berlin', weekStart: 1, settleMinutes: 60 },
    wake: async () => undefined,
    log: log.log,
    subscriptions: {
      async due(at: Date, limit: number) {
        const due = [...kept.values()].filter(({ nextAt }) => nextAt && nextAt <= at)
        return due.toSorted((a, b) => Number(a.nextAt) - Number(b.nextAt)).slice(0, limit)
      },
      find: async (id: string) => kept.get(id),
      async moveNextRun(id: string, next: { readonly at: Date }) {
        planNext(id, next.at)
        return true
      },
    },
    deliveries: {
      async reserve(row: Delivery, and: { readonly next?: { readonly at: Date }; readonly wake?: unknown }) {
        planNext(row.subscriptionId, and.next?.at)
        if (reserved.some(({ subscriptionId, occurrence }) => subscriptionId === row.subscriptionId && occurrence === row.occurrence))
          return false
        const { subscriptionId, occurrence, reason, dueAt } = row
        reserved.push({ subscriptionId, occurrence, reason, dueAt: dueAt.toISOString(), wakes: and.wake !== undefined })
        return true
      },
    },
  } as unknown as DueDeps
  return { deps, reserved, log, nextAt: (id: string) => kept.get(id)?.nextAt?.toISOString() }
}

const plannedAt = (nextAt: string, change: Partial<Subscription> = {}): Subscription =>
  teamDigest({ id: 's1', nextAt: new Date(nextAt), ...change })

it('reserves the run whose time has come, wakes a worker and plans the week after', async () => {
  const { deps, reserved, nextAt } = memoryOf([plannedAt(monday)], monday)
  expect(await reserveDue(deps)).toBe(1)
  expect(reserved).toMatchObject([{ subscriptionId: 's1', dueAt: '2026-11-23T08:00:00.000Z', wakes: true }])
  expect(reserved[0]?.reason).toBeUndefined()
  expect(nextAt('s1')).toBe('2026-11-30T08:00:00.000Z')
})

it('reserves nothing a second before, and nothing a second time', async () => {
  const early = memoryOf([plannedAt(monday)], '2026-11-23T07:59:59Z')
  expect(await reserveDue(early.deps)).toBe(0)
  expect(early.reserved).toEqual([])
  const { deps, reserved } = memoryOf([plannedAt(monday)], monday)
  await reserveDue(deps)
  expect(await reserveDue(deps)).toBe(0)
  expect(reserved).toHaveLength(1)
})

it('after three weeks away sends the latest week alone and stores the two before as skipped', async () => {
  const { deps, reserved } = memoryOf([plannedAt('2026-11-09T08:00:00Z')], '2026-11-23T10:00:00Z')
  expect(await reserveDue(deps)).toBe(1)
  expect(reserved.map(({ occurrence, reason }) => [occurrence.slice(0, 10), reason])).toEqual([
    ['2026-11-09', 'superseded'],
    ['2026-11-16', 'superseded'],
    ['2026-11-23', undefined],
  ])
})

it('stores a day to skip with its reason and goes on with the week after', async () => {
  const { deps, reserved, nextAt } = memoryOf([plannedAt(monday, { skipDates: ['2026-11-23'] })], monday)
  expect(await reserveDue(deps)).toBe(0)
  expect(reserved).toMatchObject([{ reason: 'skip-day', wakes: false }])
  expect(nextAt('s1')).toBe('2026-11-30T08:00:00.000Z')
})

it('moves a reminder whose day is skipped to the next working day', async () => {
  const reminder = plannedAt(monday, { kind: 'reminder', skipDates: ['2026-11-23'], destination: { type: 'dm', slackUserId: 'U100' } })
  const { deps, reserved } = memoryOf([reminder], monday)
  await reserveDue(deps)
  expect(reserved.map(({ dueAt, reason }) => [dueAt.slice(0, 10), reason])).toEqual([
    ['2026-11-24', undefined],
    ['2026-11-23', 'skip-day'],
  ])
})

it('wakes nobody where the week has not yet ended for the company; the row waits until it has settled', async () => {
  // Monday 00:30 in Berlin is 23:30 UTC on Sunday; the week settles an hour after its end, at 01:00.
  const atNight = plannedAt('2026-11-22T23:30:00Z', { recurrence: { weekdays: [1], time: '00:30', zone: 'Europe/Berlin' } })
  const { deps, reserved } = memoryOf([atNight], '2026-11-22T23:30:00Z')
  expect(await reserveDue(deps)).toBe(1)
  expect(reserved).toMatchObject([{ dueAt: '2026-11-23T00:00:00.000Z', wakes: false }])
})

it('reserves more than one page of subscriptions', async () => {
  const many = Array.from({ length: 450 }, (_, index) => plannedAt(monday, { id: `s${index}` }))
  const { deps, reserved } = memoryOf(many, monday)
  expect(await reserveDue(deps)).toBe(450)
  expect(new Set(reserved.map(({ subscriptionId }) => subscriptionId)).size).toBe(450)
})

it.each([1, 200, 250])('reserves the others behind %i whose rule cannot be read, and says which those are', async (count) => {
  const broken = Array.from({ length: count }, (_, index) =>
    plannedAt('2026-11-23T07:00:00Z', { id: `broken${index}`, recurrence: { weekdays: [1], time: '08:00', zone: 'Atlantis/Capital' } }),
  )
  const { deps, reserved, log } = memoryOf([...broken, plannedAt(monday)], monday)
  expect(await reserveDue(deps)).toBe(1)
  expect(reserved.map(({ subscriptionId }) => subscriptionId)).toEqual(['s1'])
  expect(log.lines.join('')).toContain('"subscriptionId":"broken0"')
})
