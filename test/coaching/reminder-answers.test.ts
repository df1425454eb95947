// What answers to reminders do, whose they may be, and what Gong shows afterwards.
import { describe, expect, it } from 'vitest'
import { zone } from '../kit/delivery-world.ts'
import {
  arrived,
  clock,
  coach,
  eachInAWorldOfItsOwn,
  manager,
  namedIn,
  otherManager,
  rep,
  said,
  schedule,
  store,
  turnOn,
  until,
  viewer,
} from './reminder-world.ts'

eachInAWorldOfItsOwn()

describe('answers', () => {
  it('a snooze on Thursday comes again on Monday with the weekly message, on no weekend', async () => {
    await turnOn()
    await until('2026-09-10T12:00:00Z')
    const [item] = await schedule.coaching.waiting(manager)
    if (!item) throw new Error('nobody was named')
    await schedule.coaching.answer(manager, item.id, 'snooze-2')
    expect(await store.coaching.item(item.id)).toMatchObject({ status: 'snoozed', snoozedUntil: '2026-09-14' })
    await until('2026-09-15T12:00:00Z')
    expect(arrived()).toEqual(['2026-09-07T06:30', '2026-09-14T06:30'])
    expect(namedIn()[1]).toContain(item.reportId)
  })

  it('an undo opens again, and an answer that was given stands until then', async () => {
    await turnOn()
    await until('2026-09-07T12:00:00Z')
    const [item] = await schedule.coaching.waiting(manager)
    const id = item?.id ?? ''
    await schedule.coaching.answer(manager, id, 'not-mine')
    await schedule.coaching.answer(manager, id, 'done')
    expect((await store.coaching.item(id))?.status).toBe('not-mine')
    await schedule.coaching.answer(manager, id, 'undo')
    await schedule.coaching.answer(manager, id, 'done')
    expect((await store.coaching.item(id))?.status).toBe('done-said')
    expect(await schedule.coaching.waiting(manager)).toHaveLength(2)
  })

  it('are refused to everybody but the coach, reps and the coach of others included', async () => {
    await turnOn()
    await until('2026-09-07T12:00:00Z')
    const [item] = await schedule.coaching.waiting(manager)
    const id = item?.id ?? ''
    const admin = viewer('UOWNER', undefined, { isAdmin: true })
    for (const stranger of [rep, otherManager, admin, viewer('UX'), viewer(coach, '1000', { standing: 'guest' })]) {
      await expect(schedule.coaching.answer(stranger, id, 'done')).rejects.toThrow('not yours to answer')
      expect(await schedule.coaching.message(stranger, item?.deliveryId ?? '')).toBeUndefined()
      expect(await schedule.coaching.waiting(stranger)).toEqual([])
    }
    expect((await store.coaching.item(id))?.status).toBe('open')
  })

  it('a report that moved to another manager can be answered no more', async () => {
    await turnOn()
    await until('2026-09-07T12:00:00Z')
    const [item] = await schedule.coaching.waiting(manager)
    await store.people.move(item?.reportId ?? '', '1001')
    await expect(schedule.coaching.answer(manager, item?.id ?? '', 'done')).rejects.toThrow('not yours to answer')
    expect((await schedule.coaching.waiting(manager)).map(({ reportId }) => reportId)).not.toContain(item?.reportId)
  })

  it('turned off, nothing more comes, put off or not; turned on again there is one subscription', async () => {
    const { id } = await turnOn()
    await until('2026-09-07T12:00:00Z')
    const [item] = await schedule.coaching.waiting(manager)
    await schedule.coaching.answer(manager, item?.id ?? '', 'snooze-2')
    await schedule.coaching.turnOff(manager)
    await until('2026-09-16T12:00:00Z')
    expect(arrived()).toHaveLength(1)
    await Promise.all([schedule.coaching.turnOn(manager, zone), schedule.coaching.turnOn(manager, zone)])
    expect((await store.subscriptions.receivedBy(coach)).map((each) => [each.id, each.status])).toEqual([[id, 'active']])
  })
})

describe('evidence', () => {
  it('closes what Gong shows, in the posted message too, and leaves the rest', async () => {
    await turnOn()
    await until('2026-09-07T12:00:00Z')
    const [first, second] = await schedule.coaching.waiting(manager)
    await schedule.coaching.answer(manager, second?.id ?? '', 'done')
    const period = { from: '2026-09-07', to: '2026-09-14' }
    const range = { period, scope: 'all' as const, readAt: clock.now(), final: false, quarantined: 0, quarantinedIds: [] }
    const card = {
      id: 'c1',
      callId: '7',
      scorecardId: '1',
      scorecardName: 'Discovery',
      reviewedId: first?.reportId ?? '',
      reviewerId: '1000',
      answeredAt: new Date('2026-09-08T09:00:00Z'),
      method: 'human' as const,
      visibility: 'unmarked' as const,
      questions: [],
    }
    // Somebody else's card is no evidence for this manager.
    await store.records.keepScorecards(range, [card, { ...card, id: 'c2', reviewedId: second?.reportId ?? '', reviewerId: '1001' }])
    await until('2026-09-08T14:00:00Z')
    expect(await store.coaching.item(first?.id ?? '')).toMatchObject({
      status: 'closed-by-evidence',
      evidence: { type: 'scored', on: '2026-09-08' },
    })
    expect((await store.coaching.item(second?.id ?? ''))?.status).toBe('done-said')
    expect(arrived()).toHaveLength(1)
    expect(said()).toContain('Gong shows: scored Tuesday, Sep 8.')
    expect(said()).toContain('done, you said.')
    await schedule.coaching.answer(manager, first?.id ?? '', 'not-mine')
    expect((await store.coaching.item(first?.id ?? ''))?.status).toBe('closed-by-evidence')
  })
})
