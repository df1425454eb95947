// Readings restricted to some people or some scorecards: they count as readings of those alone, on both databases.
import { expect, it } from 'vitest'
import type { AnsweredScorecard } from '../../src/domain/gong-figures.ts'
import { minutesAfterNoon, noon, onBothBackends } from './backends.ts'

const week = { from: '2026-11-16', to: '2026-11-23' }
const answer = { quarantinedIds: [], quarantined: 0, readAt: noon, final: false }
const whole = { ...answer, period: week, scope: 'all' as const }
const hosted = (personId: string, callsAsHost: number) => ({ personId, callsAsHost })

const card = (id: string, scorecardId: string, reviewedId = '1'): AnsweredScorecard => ({
  id,
  callId: 'c1',
  scorecardId,
  scorecardName: `Card ${scorecardId}`,
  reviewedId,
  reviewerId: '9',
  answeredAt: new Date('2026-11-17T08:00:00Z'),
  method: 'human',
  visibility: 'public',
  questions: [],
})

onBothBackends((backend) => {
  it('a window restricted to some people covers nobody else, and keeps no row of anybody else', async () => {
    const store = await backend.open()
    await store.windows.replace('activity', week, { ...answer, onlyPeople: ['1', '2'], rows: [hosted('1', 4), hosted('3', 6)] })
    const read = await store.reads.activity(week, ['1', '2', '3'])
    expect([...read.rows.keys()]).toEqual(['1'])
    expect([...read.neverRead]).toEqual(['3'])
    expect((await store.windows.states())[0]?.onlyPeople).toEqual(['1', '2'])
  })

  it('whoever is outside is answered from a reading of their own', async () => {
    const store = await backend.open()
    await store.windows.replaceFor('activity', week, ['3'], { ...answer, rows: [hosted('3', 6)] })
    await store.windows.replace('activity', week, { ...answer, readAt: minutesAfterNoon(5), onlyPeople: ['1'], rows: [] })
    const read = await store.reads.activity(week, ['1', '3'])
    expect(read.rows.get('3')).toEqual(hosted('3', 6))
    expect([read.neverRead.size, read.readAt]).toEqual([0, noon])
  })

  it('a reading of everybody after it covers everybody again', async () => {
    const store = await backend.open()
    await store.windows.replace('activity', week, { ...answer, onlyPeople: ['1'], rows: [] })
    await store.windows.replace('activity', week, { ...answer, rows: [hosted('3', 6)] })
    expect((await store.reads.activity(week, ['1', '3'])).neverRead.size).toBe(0)
    expect((await store.windows.states())[0]).not.toHaveProperty('onlyPeople')
  })

  it('a restricted range of days takes away what it does not cover, but for who was read by themselves', async () => {
    const store = await backend.open()
    const day = (personId: string) => ({ ...hosted(personId, 1), date: '2026-11-16' })
    await store.records.keepDailyActivity(whole, [day('1'), day('2'), day('3')])
    await store.records.keepDailyActivity({ ...whole, scope: ['3'] }, [day('3')])
    await store.records.keepDailyActivity({ ...whole, onlyPeople: ['1'] }, [day('1'), day('2')])
    const read = await store.reads.dailyActivity(week, ['1', '2', '3'])
    expect(read.records).toEqual([day('1'), day('3')])
    expect([...read.neverRead]).toEqual(['2'])
  })

  it('answers cards that count alone, and counts a range read without one of them as never read', async () => {
    const store = await backend.open()
    const idsOf = async () => {
      const { records, neverRead } = await store.reads.scorecards(week, { reviewedIds: ['1'] })
      return { ids: records.map(({ id }) => id), isRead: neverRead.size === 0 }
    }
    await store.records.keepScorecards(whole, [card('a', 's1'), card('b', 's2'), card('c', 's3')])
    expect(await store.cards.choose(['s1', 's2', 'unknown'], '2026-11-25')).toEqual([
      { id: 's1', name: 'Card s1' },
      { id: 's2', name: 'Card s2' },
    ])
    expect(await idsOf()).toEqual({ ids: ['a', 'b'], isRead: true })
    expect((await store.reads.scorecards(week, { reviewerIds: ['9'] })).records.map(({ id }) => id)).toEqual(['a', 'b'])
    await store.records.keepScorecards({ ...whole, onlyCards: ['s1', 's2'] }, [card('a', 's1'), card('b', 's2')])
    expect(await idsOf()).toEqual({ ids: ['a', 'b'], isRead: true })
    await store.cards.choose(['s1'], '2026-11-25')
    expect(await idsOf()).toEqual({ ids: ['a'], isRead: true })
    // Its cards are gone, its name is not: it can be chosen back, and is then known to be unread.
    await store.cards.choose(['s1', 's3'], '2026-11-25')
    expect(await idsOf()).toEqual({ ids: ['a'], isRead: false })
    await store.cards.choose([], '2026-11-25')
    expect(await idsOf()).toEqual({ ids: ['a', 'b'], isRead: false })
    expect((await store.reads.tenant()).cardsThatCount).toBeUndefined()
  })

  it('forgetting a person takes them out of the restrictions too', async () => {
    const store = await backend.open()
    await store.windows.replace('activity', week, { ...answer, onlyPeople: ['1', '2'], rows: [] })
    await store.records.keepDailyActivity({ ...whole, onlyPeople: ['1', '2'] }, [])
    await store.people.forget('1', 'key')
    expect((await store.windows.states()).map(({ onlyPeople }) => onlyPeople)).toEqual([['2']])
    expect((await store.records.ranges('daily-activity')).map(({ onlyPeople }) => onlyPeople)).toEqual([['2']])
  })
})
