// What the client must read from any Gong, whichever contract it speaks: run against each simulation. Rests on no number of the
// simulated company, only on what must be true of all of them.
import { expect, it } from 'vitest'
import { includes, type Period } from '../../src/domain/period.ts'
import type { GongSource } from '../../src/gong/source.ts'

const ask = { purpose: 'background' } as const

/** `source` is asked when a test runs; `period` holds whole, past days with calls. */
export function clientSuite(source: () => GongSource, period: Period): void {
  it('reads everybody once, with managers who are people too', async () => {
    const { records, quarantined } = await source().fetchPeople(ask)
    const ids = new Set(records.map(({ id }) => id))
    expect(ids.size).toBe(records.length)
    expect(quarantined).toEqual([])
    expect(records.flatMap(({ managerId }) => (managerId && !ids.has(managerId) ? [managerId] : []))).toEqual([])
    expect(records.every(({ id }) => /^\d{1,20}$/.test(id))).toBe(true)
  })

  it('reads figures within what is possible, and sets nothing aside', async () => {
    const { records, quarantined } = await source().fetchInteraction(period, ask)
    expect(quarantined).toEqual([])
    const withTalk = records.filter(({ talkShare }) => talkShare !== undefined)
    expect(withTalk.length).toBeGreaterThan(0)
    for (const { talkShare = 0 } of withTalk) {
      expect(talkShare).toBeGreaterThanOrEqual(0)
      expect(talkShare).toBeLessThanOrEqual(1)
    }
  })

  it('the days of a week add up to the calls hosted in it: a call has one host and one day', async () => {
    const week = await source().fetchActivity(period, ask)
    const days = await source().fetchDailyActivity(period, ask)
    const sums = new Map<string, number>()
    for (const { personId, callsAsHost = 0 } of days.records) sums.set(personId, (sums.get(personId) ?? 0) + callsAsHost)
    const hosts = week.records.filter(({ callsAsHost = 0 }) => callsAsHost > 0)
    expect(hosts.length).toBeGreaterThan(0)
    for (const { personId, callsAsHost } of hosts) expect(sums.get(personId)).toBe(callsAsHost)
  })

  it('one person asked for alone has the figures they have among everybody', async () => {
    const everybody = await source().fetchInteraction(period, ask)
    const [somebody] = everybody.records.filter(({ talkShare }) => talkShare !== undefined)
    expect(somebody).toBeDefined()
    const alone = await source().fetchInteraction(period, { ...ask, personIds: [somebody?.personId ?? ''] })
    expect(alone.records).toEqual([somebody])
  })

  it('reads cards answered in the period, each once, with scores on their scale; one card asked for alone is the same', async () => {
    const { records, quarantined } = await source().fetchScorecards(period, ask)
    expect(quarantined).toEqual([])
    expect(records.length).toBeGreaterThan(0)
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length)
    const days = {
      from: new Date(`${period.from}T00:00:00Z`).getTime() - 86_400_000,
      to: new Date(`${period.to}T00:00:00Z`).getTime() + 86_400_000,
    }
    for (const card of records) {
      expect(card.answeredAt.getTime()).toBeGreaterThan(days.from)
      expect(card.answeredAt.getTime()).toBeLessThan(days.to)
      for (const { score, notApplicable, range } of card.questions) {
        if (notApplicable) expect(score).toBeUndefined()
        if (score !== undefined && range) expect(score >= range.min && score <= range.max).toBe(true)
      }
    }
    const scorecardIds = [records[0]?.scorecardId ?? '']
    const alone = await source().fetchScorecards(period, { ...ask, scorecardIds })
    expect(alone.records).toEqual(records.filter(({ scorecardId }) => scorecardIds.includes(scorecardId)))
  })

  it('reads the coaching of the managers asked for and of nobody else', async () => {
    const people = await source().fetchPeople(ask)
    const managerIds = [...new Set(people.records.flatMap(({ managerId }) => managerId ?? []))].slice(0, 4)
    const { records } = await source().fetchCoaching(period, { ...ask, managerIds })
    expect(records.length).toBeGreaterThan(0)
    expect(records.filter(({ managerId }) => !managerIds.includes(managerId))).toEqual([])
  })

  it('every day asked for lies in the period', async () => {
    const { records } = await source().fetchDailyActivity(period, ask)
    expect(records.filter(({ date }) => !includes(period, date))).toEqual([])
  })
}
