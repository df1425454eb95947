// Subscriptions, delivery rows and reminders: what is due is a comparison with the clock handed in.
import { expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { Delivery, Subscription } from '../../src/domain/subscription.ts'
import { teamDigest } from '../kit/team-digest.ts'
import { minutesAfterNoon as at, noon, onBothBackends, stillClock } from './backends.ts'

const subscription = (id: string, more: Partial<Subscription> = {}): Subscription =>
  teamDigest({
    id,
    recurrence: { weekdays: [1, 3], time: '09:00', zone: 'Europe/Berlin' },
    skipDates: ['2026-12-25'],
    nextAt: noon,
    ...more,
  })
const row = (id: string, occurrence: string): Omit<Delivery, 'status' | 'attempts' | 'looks'> => ({
  id,
  subscriptionId: 's1',
  occurrence,
  dueAt: noon,
  createdAt: noon,
})

onBothBackends((backend) => {
  it('gives subscriptions back as written; null clears a field, an absent one stays', async () => {
    const { subscriptions } = await backend.open()
    const dm = subscription('s1', { kind: 'personal', destination: { type: 'dm', slackUserId: 'U7' }, pausedWhy: 'gone' })
    await subscriptions.insert(dm)
    expect(await subscriptions.find('s1')).toEqual(dm)
    await subscriptions.update('s1', { pausedWhy: null, status: 'paused', nextAt: null })
    const { pausedWhy: _, nextAt: __, ...rest } = dm
    expect(await subscriptions.find('s1')).toEqual({ ...rest, status: 'paused' })
    await subscriptions.update('s1', { destination: { type: 'channel', channelId: 'C9' } })
    expect(await subscriptions.inChannel('C9')).toHaveLength(1)
    expect(await subscriptions.receivedBy('U7')).toEqual([])
  })

  it('finds what is due, oldest first, and the next instant after that', async () => {
    const { subscriptions } = await backend.open()
    await subscriptions.insert(subscription('late', { nextAt: at(-5) }))
    await subscriptions.insert(subscription('now'))
    await subscriptions.insert(subscription('soon', { nextAt: at(10) }))
    await subscriptions.insert(subscription('paused', { status: 'paused', nextAt: at(-60) }))
    expect((await subscriptions.due(noon, 10)).map(({ id }) => id)).toEqual(['late', 'now'])
    expect(await subscriptions.nextDueAfter(noon)).toEqual(at(10))
    expect(await subscriptions.nextDueAfter(at(10))).toBeUndefined()
  })

  it('tells how many open rows are due, leased ones included, and since when the oldest waits', async () => {
    const { deliveries } = await backend.open()
    expect(await deliveries.waiting(noon)).toEqual({ count: 0 })
    const wake = async () => undefined
    await deliveries.reserve({ ...row('old', 'a'), dueAt: at(-20) }, { wake })
    await deliveries.reserve(row('new', 'b'), { wake })
    await deliveries.reserve({ ...row('later', 'c'), dueAt: at(5) }, { wake })
    await deliveries.reserve({ ...row('done', 'd'), dueAt: at(-60) }, { wake })
    await deliveries.update('done', { status: 'sent' })
    await deliveries.take('old', { now: noon, leaseMs: 120_000 })
    expect(await deliveries.waiting(noon)).toEqual({ count: 2, oldestDueAt: at(-20) })
  })

  it('remembers opt-outs by kind', async () => {
    const { subscriptions } = await backend.open()
    await subscriptions.optOut('U1', 'personal', noon)
    await subscriptions.optOut('U1', 'personal', at(1))
    expect([...(await subscriptions.optedOut('personal'))]).toEqual(['U1'])
    expect((await subscriptions.optedOut('team')).size).toBe(0)
  })

  it('reserves an occurrence once, moves the subscription on and wakes once', async () => {
    const { deliveries, subscriptions } = await backend.open()
    await subscriptions.insert(subscription('s1'))
    let woken = 0
    const then = {
      next: { at: at(60), read: subscription('s1') },
      wake: async () => {
        woken += 1
      },
    }
    const both = await Promise.all([deliveries.reserve(row('a', 'monday'), then), deliveries.reserve(row('b', 'monday'), then)])
    expect(both.sort()).toEqual([false, true])
    expect(woken).toBe(1)
    expect((await subscriptions.find('s1'))?.nextAt).toEqual(at(60))
  })

  it('keeps neither the row nor the new instant when waking fails', async () => {
    const { deliveries, subscriptions } = await backend.open()
    await subscriptions.insert(subscription('s1'))
    const wake = async () => {
      throw new Error('the queue is down')
    }
    await expect(deliveries.reserve(row('a', 'monday'), { next: { at: at(60), read: subscription('s1') }, wake })).rejects.toThrow(
      'the queue is down',
    )
    expect(await deliveries.find('a')).toBeUndefined()
    expect((await subscriptions.find('s1'))?.nextAt).toEqual(noon)
  })

  it('does not give a paused subscription a new instant', async () => {
    const { deliveries, subscriptions } = await backend.open()
    const { nextAt: _, ...paused } = subscription('s1', { status: 'paused' })
    await subscriptions.insert(paused)
    await deliveries.reserve(row('a', 'monday'), { next: { at: at(60), read: paused } })
    expect((await subscriptions.find('s1'))?.nextAt).toBeUndefined()
  })

  it.each([
    ['instant', { nextAt: at(30) }],
    ['rule', { recurrence: { weekdays: [1, 2], time: '09:00', zone: 'Europe/Berlin' } }],
  ] as const)('does not overwrite another %s that was saved since the subscription was read', async (_what, saved) => {
    const { deliveries, subscriptions } = await backend.open()
    const read = subscription('s1')
    await subscriptions.insert(read)
    await subscriptions.update('s1', saved)
    const next = { at: at(60), read }
    expect(await deliveries.reserve(row('a', 'monday'), { next })).toBe(true)
    expect(await deliveries.reserve(row('b', 'tuesday'), { next: { ...next, isNeeded: true } })).toBe(false)
    expect(await subscriptions.moveNextRun('s1', next)).toBe(false)
    expect(await deliveries.find('b')).toBeUndefined()
    expect((await subscriptions.find('s1'))?.nextAt).toEqual({ nextAt: noon, ...saved }.nextAt)
  })

  it("runs the queue's statements inside the transaction at hand", async () => {
    const store = await backend.open()
    await store.queue.executeSql('CREATE TABLE woken (id text, at timestamptz)')
    await store.deliveries.reserve(row('a', 'monday'), {
      wake: (queue) => queue.executeSql('INSERT INTO woken VALUES ($1, $2)', ['a', noon]),
    })
    const { rows } = await store.queue.executeSql('SELECT id, at FROM woken')
    expect(rows).toEqual([{ id: 'a', at: noon }])
  })

  it('goes on after the queue breaks off in the middle of a block', async () => {
    const store = await backend.open()
    await expect(store.queue.executeSql('BEGIN; SELECT 1; SELECT no_such_column; COMMIT')).rejects.toThrow()
    expect(await store.deliveries.find('a')).toBeUndefined()
    expect((await store.queue.executeSql('BEGIN; SELECT 1 AS one; COMMIT')).rows).toEqual([{ one: 1 }])
  })

  it('lets one worker take a row, and another only when the lease has run out', async () => {
    // Real time is three hours ahead of the clock by which the row is due: a lease knows of the one alone.
    const realTime = movableClock(at(180))
    const { deliveries } = await backend.open({ realTime })
    await deliveries.reserve(row('a', 'monday'), {})
    const take = () => deliveries.take('a', { now: noon, leaseMs: 120_000 })
    const [first, second] = await Promise.all([take(), take()])
    expect([first, second].map((taken) => taken?.leaseUntil)).toEqual([at(182), undefined])
    realTime.moveTo(at(181))
    expect(await deliveries.wakeable(at(600), 10)).toEqual([])
    expect(await deliveries.isHeld('a')).toBe(true)
    // A minute of the lease is left.
    expect(await deliveries.nextWakeAfter(noon)).toEqual(at(1))
    realTime.moveTo(at(182))
    expect(await deliveries.isHeld('a')).toBe(false)
    expect((await take())?.leaseUntil).toEqual(at(184))
    expect(await deliveries.renew('a', at(182), { status: 'sent' }, 120_000)).toBeUndefined()
    realTime.moveTo(at(183))
    expect(await deliveries.renew('a', at(184), { status: 'posting' }, 120_000)).toEqual(at(185))
    expect(await deliveries.giveBack('a', at(184), { status: 'reserved' }, 0)).toBe(false)
    expect(await deliveries.giveBack('a', at(185), { status: 'sent', sentAt: at(5) }, 0)).toBe(true)
    expect(await take()).toBeUndefined()
    expect((await deliveries.sentSince(at(5))).map(({ id }) => id)).toEqual(['a'])
    expect(await deliveries.find('a')).toEqual({
      ...row('a', 'monday'),
      status: 'sent',
      attempts: 0,
      looks: 0,
      sentAt: at(5),
      forgettings: 0,
    })
  })

  it('finds what was sent without some figures, until they have come', async () => {
    const { deliveries } = await backend.open()
    for (const id of ['whole', 'lacking', 'old', 'open']) await deliveries.reserve(row(id, id), {})
    await deliveries.update('whole', { status: 'sent', sentAt: at(5), lacks: null })
    await deliveries.update('lacking', { status: 'sent', sentAt: at(5), lacks: ['interaction', 'scorecards'] })
    await deliveries.update('old', { status: 'sent', sentAt: at(-5), lacks: ['interaction'] })
    await deliveries.update('open', { status: 'posting', lacks: ['interaction'] })
    expect(await deliveries.lackingSince(noon)).toEqual([
      { id: 'lacking', occurrence: 'lacking', dueAt: noon, lacks: ['interaction', 'scorecards'] },
    ])
    await deliveries.update('lacking', { lacks: null })
    expect(await deliveries.lackingSince(noon)).toEqual([])
    expect((await deliveries.find('lacking'))?.lacks).toBeUndefined()
  })

  it('lets a row that was given back rest in real time, for whoever asks', async () => {
    const realTime = movableClock(at(180))
    const { deliveries } = await backend.open({ realTime })
    await deliveries.reserve(row('a', 'monday'), {})
    const take = () => deliveries.take('a', { now: at(600), leaseMs: 120_000 })
    const lease = (await take())?.leaseUntil ?? noon
    expect(await deliveries.giveBack('a', lease, { status: 'doubtful', retryAt: at(1) }, 60_000)).toBe(true)
    realTime.moveTo(new Date(at(181).getTime() - 1))
    expect(await deliveries.wakeable(at(600), 10)).toEqual([])
    expect(await take()).toBeUndefined()
    realTime.moveTo(at(181))
    expect((await take())?.leaseUntil).toEqual(at(183))
  })

  it('does not believe a lease of more than an hour: the clock that wrote it had gone wrong', async () => {
    const realTime = movableClock(at(60))
    const { deliveries } = await backend.open({ realTime })
    await deliveries.reserve(row('a', 'monday'), {})
    await deliveries.take('a', { now: noon, leaseMs: 3_600_000 })
    expect(await deliveries.isHeld('a')).toBe(true)
    await deliveries.voidLeases()
    expect((await deliveries.take('a', { now: noon, leaseMs: 3_600_001 }))?.leaseUntil).toEqual(new Date(at(120).getTime() + 1))
    expect(await deliveries.isHeld('a')).toBe(false)
    expect((await deliveries.take('a', { now: noon, leaseMs: 30_000 }))?.leaseUntil).toEqual(at(60.5))
  })

  it('wakes no row before it is due or before its retry, and voids leases on demand', async () => {
    const { deliveries } = await backend.open({ realTime: stillClock() })
    await deliveries.reserve({ ...row('later', 'tuesday'), dueAt: at(30) }, {})
    await deliveries.reserve(row('retry', 'monday'), {})
    await deliveries.take('retry', { now: noon, leaseMs: 15 * 60_000 })
    await deliveries.update('retry', { retryAt: at(20), status: 'doubtful' })
    // The retry is later than the lease's end; of the lease 15 minutes are left, and the clock handed in says 12:10.
    expect(await deliveries.wakeable(at(10), 10)).toEqual([])
    expect(await deliveries.nextWakeAfter(at(10))).toEqual(at(25))
    await deliveries.voidLeases()
    expect((await deliveries.wakeable(at(20), 10)).map(({ id }) => id)).toEqual(['retry'])
    expect(await deliveries.nextWakeAfter(at(20))).toEqual(at(30))
  })

  it('keeps what reminders named, and goals', async () => {
    const { coaching } = await backend.open()
    const item = {
      id: 'd1.11',
      deliveryId: 'd1',
      managerId: '1',
      reportId: '11',
      status: 'snoozed' as const,
      snoozedUntil: '2026-12-01',
      openedAt: noon,
    }
    await coaching.saveItem(item)
    expect(await coaching.waiting()).toEqual([item])
    const { snoozedUntil: _, ...rest } = item
    const closed = {
      ...rest,
      status: 'closed-by-evidence' as const,
      closedAt: at(1),
      evidence: { type: 'scored' as const, on: '2026-11-25' },
    }
    await coaching.saveItem(closed)
    expect(await coaching.waiting()).toEqual([])
    expect(await coaching.item('d1.11')).toEqual(closed)
    const goal = { everyWeeks: 3, setBySlackId: 'U1', setAt: noon }
    await coaching.setGoal({ ...goal, everyWeeks: 2 })
    await coaching.setGoal(goal)
    await coaching.setGoal({ ...goal, managerId: '1' })
    expect(await coaching.goals()).toEqual(expect.arrayContaining([goal, { ...goal, managerId: '1' }]))
    expect(await coaching.goals()).toHaveLength(2)
  })

  it('names people once per message: built again it forgets the attempt before, keeps answers, and takes over from older messages', async () => {
    const { coaching } = await backend.open()
    const named = (deliveryId: string, reportId: string) => ({
      id: `${deliveryId}.${reportId}`,
      deliveryId,
      managerId: '1',
      reportId,
      status: 'open' as const,
      openedAt: noon,
    })
    const statuses = async () => Object.fromEntries((await coaching.items('1')).map(({ id, status }) => [id, status]))
    await coaching.name('d1', [named('d1', '11'), named('d1', '12')])
    await coaching.name('d1', [named('d1', '11'), named('d1', '13')])
    expect(await statuses()).toEqual({ 'd1.11': 'open', 'd1.13': 'open' })
    await coaching.saveItem({ ...named('d1', '13'), status: 'not-mine' })
    await coaching.name('d2', [named('d2', '11')])
    await coaching.saveItem({ ...named('d2', '11'), status: 'done-said', closedAt: at(1) })
    await coaching.name('d2', [named('d2', '11')])
    expect(await statuses()).toEqual({ 'd1.11': 'named-again', 'd1.13': 'not-mine', 'd2.11': 'done-said' })
  })
})
