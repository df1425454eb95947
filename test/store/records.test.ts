// Records: kept by identity, replaced by range, and honest about which dates were read for whom.
import { expect, it } from 'vitest'
import type { AnsweredScorecard } from '../../src/domain/gong-figures.ts'
import { minutesAfterNoon, noon, onBothBackends } from './backends.ts'

const week = { from: '2026-11-16', to: '2026-11-23' }
const whole = { period: week, scope: 'all' as const, readAt: noon, final: false, quarantined: 0, quarantinedIds: [] }

const card = (id: string, reviewedId: string, answeredAt: string, more: Partial<AnsweredScorecard> = {}): AnsweredScorecard => ({
  id,
  callId: 'c1',
  scorecardId: 's1',
  scorecardName: 'Discovery',
  reviewedId,
  answeredAt: new Date(answeredAt),
  method: 'human',
  visibility: 'public',
  overallScore: 3.5,
  questions: [{ questionId: 'q1', notApplicable: false, score: 4 }],
  ...more,
})

onBothBackends((backend) => {
  it('gives cards back as they were kept, found by who was reviewed or who reviewed', async () => {
    const store = await backend.open()
    const mine = card('a', '1', '2026-11-17T08:00:00.123Z', { reviewerId: '9' })
    const other = card('b', '2', '2026-11-18T08:00:00Z')
    await store.records.keepScorecards(whole, [other, mine])
    expect((await store.reads.scorecards(week, { reviewedIds: ['1'] })).records).toEqual([mine])
    expect((await store.reads.scorecards(week, { reviewerIds: ['9'] })).records).toEqual([mine])
    expect((await store.reads.scorecards(week, { reviewedIds: ['2'], reviewerIds: ['9'] })).records).toEqual([mine, other])
  })

  it('leaves out the questions of one reviewer or of everybody where nobody looks at them', async () => {
    const store = await backend.open()
    const own = card('a', '1', '2026-11-17T08:00:00Z', { reviewerId: '9' })
    const others = card('b', '1', '2026-11-18T08:00:00Z', { reviewerId: '8' })
    const machines = card('c', '1', '2026-11-19T08:00:00Z', { method: 'automatic' })
    await store.records.keepScorecards(whole, [own, others, machines])
    const readWithout = async (withoutQuestionsOf: string) =>
      (await store.reads.scorecards(week, { reviewedIds: ['1'], withoutQuestionsOf })).records
    expect(await readWithout('9')).toEqual([{ ...own, questions: [] }, others, machines])
    expect(await readWithout('everybody')).toEqual([own, others, machines].map((each) => ({ ...each, questions: [] })))
  })

  it("counts a card to the company's local date", async () => {
    const store = await backend.open()
    await store.tenant.set('zone', 'America/New_York')
    // 03:00 UTC on Monday the 23rd is still Sunday evening in New York; 05:00 UTC is Monday there.
    const sunday = card('a', '1', '2026-11-23T03:00:00Z')
    const monday = card('b', '1', '2026-11-23T05:00:00Z')
    await store.records.keepScorecards(whole, [sunday])
    await store.records.keepScorecards({ ...whole, period: { from: '2026-11-23', to: '2026-11-30' } }, [monday])
    expect((await store.reads.scorecards(week, { reviewedIds: ['1'] })).records.map(({ id }) => id)).toEqual(['a'])
  })

  it('changes nothing when a range is read again, and drops what Gong no longer gives', async () => {
    const store = await backend.open()
    const cards = [card('a', '1', '2026-11-17T08:00:00Z'), card('b', '1', '2026-11-18T08:00:00Z')]
    await store.records.keepScorecards(whole, cards)
    await store.records.keepScorecards(whole, cards)
    expect((await store.reads.scorecards(week, { reviewedIds: ['1'] })).records).toHaveLength(2)
    await store.records.keepScorecards({ ...whole, readAt: minutesAfterNoon(5) }, cards.slice(0, 1))
    const read = await store.reads.scorecards(week, { reviewedIds: ['1'] })
    expect(read.records).toEqual(cards.slice(0, 1))
    expect(read.readAt).toEqual(minutesAfterNoon(5))
    expect(await store.records.ranges('scorecards')).toHaveLength(1)
  })

  it('keeps days by person and date, and a scoped reading leaves other people alone', async () => {
    const store = await backend.open()
    const days = [
      { personId: '1', date: '2026-11-16', callsAsHost: 2 },
      { personId: '2', date: '2026-11-16', callsAsHost: 3, callsAttended: 0, callId: '98765432109876543210' },
    ]
    await store.records.keepDailyActivity(whole, days)
    await store.records.keepDailyActivity({ ...whole, scope: ['1'], readAt: minutesAfterNoon(5) }, [])
    const read = await store.reads.dailyActivity(week, ['1', '2'])
    expect(read.records).toEqual([days[1]])
    expect(read.readAt).toEqual(noon)
  })

  it('covers a period only when each of its dates was read, in one range or in several', async () => {
    const store = await backend.open()
    const days = (from: string, to: string) => store.records.keepDailyActivity({ ...whole, period: { from, to } }, [])
    await days('2026-11-16', '2026-11-18')
    expect([...(await store.reads.dailyActivity(week, ['1'])).neverRead]).toEqual(['1'])
    await days('2026-11-18', '2026-11-23')
    expect((await store.reads.dailyActivity(week, ['1'])).neverRead.size).toBe(0)
  })

  it('counts a scoped reading for the people it asked about and nobody else', async () => {
    const store = await backend.open()
    await store.records.keepScorecards({ ...whole, scope: ['1'] }, [card('a', '1', '2026-11-17T08:00:00Z')])
    const read = await store.reads.scorecards(week, { reviewedIds: ['1', '2'], reviewerIds: ['9'] })
    expect([...read.neverRead].sort()).toEqual(['2', '9'])
  })
})
