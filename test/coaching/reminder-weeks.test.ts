// When reminders come: one a week, moved on while the coach is away or the day is skipped, none when the goal is met.
import { describe, expect, it } from 'vitest'
import { arrived, eachInAWorldOfItsOwn, history, manager, own, schedule, status, store, sunday, turnOn, until } from './reminder-world.ts'

eachInAWorldOfItsOwn()

describe('the week', () => {
  it('brings one message on Monday 08:30 and the next a week later; who stays unanswered keeps the first date', async () => {
    await turnOn()
    await until('2026-09-14T12:00:00Z')
    // 08:30 in Berlin is 06:30 UTC in September.
    expect(arrived()).toEqual(['2026-09-07T06:30', '2026-09-14T06:30'])
    const items = await store.coaching.items('1000')
    expect(items.map(({ status: each }) => each).toSorted()).toEqual(['named-again', 'named-again', 'named-again', 'open', 'open', 'open'])
    expect(new Set(items.map(({ openedAt }) => openedAt.toISOString().slice(0, 10)))).toEqual(new Set(['2026-09-07']))
  })

  it('moves to the next day while the Slack status says away, weekends and the next Monday excepted', async () => {
    const subscription = await turnOn()
    await status('OOO until Wednesday')
    await until('2026-09-08T12:00:00Z')
    expect(arrived()).toEqual([])
    await status('')
    await until('2026-09-12T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-09T06:30'])
    await status('on vacation')
    await until('2026-09-19T12:00:00Z')
    expect(arrived()).toHaveLength(1)
    expect((await history(subscription)).slice(0, 5)).toEqual([
      'moved:2026-09-18 skipped away',
      'moved:2026-09-17 skipped away',
      'moved:2026-09-16 skipped away',
      'moved:2026-09-15 skipped away',
      '2026-09-14T08:30[Europe/Berlin] skipped away',
    ])
    await status('')
    await until('2026-09-21T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-09T06:30', '2026-09-21T06:30'])
  })

  it('moved to a Friday it is that of the Monday after too; moved to a Tuesday the rhythm stays', async () => {
    const subscription = await turnOn()
    await status('OOO until Friday')
    await until('2026-09-10T12:00:00Z')
    await status('')
    await until('2026-09-15T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-11T06:30'])
    expect(await history(subscription)).toContain('2026-09-14T08:30[Europe/Berlin] skipped already-reminded')
    await until('2026-09-18T12:00:00Z')
    await store.subscriptions.update(subscription.id, { skipDates: ['2026-09-21'] })
    await until('2026-09-29T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-11T06:30', '2026-09-22T06:30', '2026-09-28T06:30'])
  })

  it('moves past a day that is to be skipped', async () => {
    const { id } = await turnOn()
    await store.subscriptions.update(id, { skipDates: ['2026-09-07', '2026-09-08'] })
    await until('2026-09-12T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-09T06:30'])
  })

  it('never brings a second one in a week, whatever is changed on the way', async () => {
    const subscription = await turnOn()
    await until('2026-09-07T12:00:00Z')
    const { kind, destination, recurrence, whenEmpty, skipDates, showNames } = subscription
    const thursday = {
      kind,
      destination,
      whenEmpty,
      skipDates,
      showNames,
      subjectId: '1000',
      recurrence: { ...recurrence, weekdays: [4 as const] },
    }
    await schedule.digests.change(manager, subscription.id, thursday)
    await until('2026-09-17T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-07T06:30', '2026-09-17T06:30'])
    expect(await history(subscription)).toContain('2026-09-10T08:30[Europe/Berlin] skipped already-reminded')
    await expect(
      schedule.digests.change(manager, subscription.id, { ...thursday, recurrence: { ...recurrence, weekdays: [1, 4] } }),
    ).rejects.toThrow('once a week at most')
  })

  it('brings nothing when the goal is met, and says so in the history', async () => {
    const subscription = await turnOn()
    await schedule.coaching.setGoal(manager, 2, 'mine')
    for (const reportId of own) {
      await store.coaching.saveItem({
        id: `d.${reportId}`,
        deliveryId: 'd',
        managerId: '1000',
        reportId,
        status: 'done-said',
        openedAt: sunday,
        closedAt: sunday,
      })
    }
    await until('2026-09-08T12:00:00Z')
    expect(arrived()).toEqual([])
    expect(await history(subscription)).toEqual(['2026-09-07T08:30[Europe/Berlin] skipped goal-met'])
  })
})
