// The past is whole, or the answer says that it is not: random past periods over a store in which random weeks were fetched. Every
// count is the true one, the true one of the stretch the answer names, or missing.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { AnsweredScorecard } from '../../src/domain/gong-figures.ts'
import { everyLeaderAlone } from '../../src/domain/onlookers.ts'
import { addDays, type LocalDate, localDateOf, type Period, periodBefore } from '../../src/domain/period.ts'
import type { DataState } from '../../src/stats/data-state.ts'
import { createStatsService } from '../../src/stats/service.ts'
import type { OpenedStore } from '../../src/store/database/connect.ts'
import { casesOf } from '../kit/cases.ts'
import { usualStore } from '../kit/store.ts'
import { above } from './world.ts'

const zone = 'Europe/Berlin'
const now = new Date('2026-11-25T11:00:00Z')
/** 26 weeks of history. */
const first = '2026-05-25'
const days = 184

let store: OpenedStore
beforeAll(async () => {
  store = await usualStore({ clock: movableClock(now) })
  await store.tenant.set('zone', zone)
})
afterAll(() => store.close())

const service = () =>
  createStatsService({
    reads: store.reads,
    minimumCalls: 3,
    minimumGroup: 5,
    weekStart: 1,
    targets: [],
    unmarkedScorecards: 'show',
    onlookers: async () => everyLeaderAlone,
    clock: movableClock(now),
  })

interface Case {
  readonly cards: readonly { readonly day: number; readonly of: number; readonly byCoach: boolean; readonly score: number }[]
  readonly fetched: readonly { readonly from: number; readonly length: number }[]
  readonly period: { readonly from: number; readonly length: number }
}

const cases: fc.Arbitrary<Case> = fc.record({
  cards: fc.array(fc.record({ day: fc.nat(days - 1), of: fc.nat(2), byCoach: fc.boolean(), score: fc.integer({ min: 1, max: 5 }) }), {
    minLength: 10,
    maxLength: 60,
  }),
  fetched: fc.array(fc.record({ from: fc.nat(days - 1), length: fc.integer({ min: 7, max: 150 }) }), { maxLength: 4 }),
  period: fc.record({ from: fc.integer({ min: 90, max: days - 2 }), length: fc.constantFrom(1, 7, 14, 30, 90) }),
})

let made = 0

/** Nobody of one case is in another, so that all may lie in one store. */
async function companyOf({ cards, fetched, period: given }: Case) {
  made += 1
  const [coach, other, ...reports] = ['coach', 'other', 'ana', 'ben', 'eva'].map((name) => `${name}-${made}`) as [
    string,
    string,
    ...string[],
  ]
  const person = (id: string, managerId?: string) => ({ id, name: id, emails: [], active: true, ...(managerId && { managerId }) })
  const readAt = now
  await store.people.replaceAll([person(coach), person(other), ...reports.map((id) => person(id, coach))], { readAt, seenOn: '2026-11-25' })
  const truth = cards.map(
    ({ day, of, byCoach, score }, at): AnsweredScorecard => ({
      id: `card-${made}-${at}`,
      callId: `call-${at}`,
      scorecardId: 'discovery',
      scorecardName: 'Discovery',
      reviewedId: reports[of] ?? '',
      reviewerId: byCoach ? coach : other,
      answeredAt: new Date(`${addDays(first, day)}T10:00:00Z`),
      method: 'human',
      visibility: 'public',
      overallScore: score,
      questions: [],
    }),
  )
  for (const { from, length } of fetched) {
    const range = { from: addDays(first, from), to: addDays(first, Math.min(days, from + length)) }
    const inRange = truth.filter((card) => range.from <= dateOf(card) && dateOf(card) < range.to)
    await store.records.keepScorecards({ period: range, scope: reports, readAt, final: true, quarantined: 0, quarantinedIds: [] }, inRange)
  }
  const period: Period = { from: addDays(first, given.from), to: addDays(first, Math.min(days, given.from + given.length)) }
  return { coach, reports, truth, period }
}

const dateOf = ({ answeredAt }: AnsweredScorecard): LocalDate => localDateOf(answeredAt, zone)

const between = (cards: readonly AnsweredScorecard[], from: LocalDate, to: LocalDate) =>
  cards.filter((card) => from <= dateOf(card) && dateOf(card) < to)

/** What of the period the answer says it knows. */
function saidPart(period: Period, { cardsKnown }: DataState): Period | undefined {
  if (cardsKnown === undefined) return period
  if (cardsKnown === 'none') return undefined
  const [from, to] = [cardsKnown.from > period.from ? cardsKnown.from : period.from, cardsKnown.to < period.to ? cardsKnown.to : period.to]
  return from < to ? { from, to } : undefined
}

let whole = 0
let partly = 0

it('counts what is there, and nothing beyond the stretch it names', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (given) => {
      const { coach, reports, truth, period } = await companyOf(given)
      const stats = service()
      const coaching = await stats.coaching(coach, period, above)
      if (coaching.state.cardsKnown) partly += 1
      else whole += 1
      const mine = truth.filter(({ reviewerId }) => reviewerId === coach)
      const end = coaching.state.cardsKnown && coaching.state.cardsKnown !== 'none' ? coaching.state.cardsKnown.to : period.to
      const coached = (to: LocalDate, inDays: number) =>
        new Set(between(mine, addDays(to, -inDays), to < end ? to : end).map(({ reviewedId }) => reviewedId)).size
      const before = periodBefore(period)
      expect([undefined, coached(period.to, 14)]).toContain(coaching.coachedIn2Weeks)
      expect([undefined, coached(period.to, 28)]).toContain(coaching.coachedIn4Weeks)
      expect([undefined, coached(before.to, 14)]).toContain(coaching.coachedBefore?.in2Weeks)
      expect([undefined, coached(before.to, 28)]).toContain(coaching.coachedBefore?.in4Weeks)
      if (!coaching.state.cardsKnown) {
        expect([coaching.coachedIn4Weeks, coaching.coachedBefore?.in4Weeks]).toEqual([coached(period.to, 28), coached(before.to, 28)])
      }
      for (const { report, lastScorecard, weeksSince, attention, scorecardsInPeriod } of coaching.reports) {
        const own = between(mine, first, end).filter(({ reviewedId }) => reviewedId === report.id && true)
        const last = between(own, first, period.to).toSorted((a, b) => (a.answeredAt < b.answeredAt ? 1 : -1))[0]
        if (lastScorecard) expect(dateOf(lastScorecard)).toBe(last && dateOf(last))
        if (!weeksSince.known && weeksSince.why === 'no-comparison') {
          expect(between(own, addDays(period.to, -91), period.to)).toEqual([])
        }
        expect([undefined, between(own, period.from, period.to).length]).toContain(scorecardsInPeriod)
        const all = between(mine, addDays(period.to, -28), period.to < end ? period.to : end)
        if (attention?.known) {
          expect(attention.value).toBeCloseTo(all.filter(({ reviewedId }) => reviewedId === report.id).length / all.length, 12)
        }
      }
      for (const id of reports) {
        const own = truth.filter(({ reviewedId }) => reviewedId === id)
        const received = await stats.coachingReceived(id, period)
        const part = saidPart(period, received.state)
        expect(received.cards.length).toBe(part ? between(own, part.from, part.to).length : 0)
        const cards = await stats.scorecards({ type: 'person', personId: id }, period, { type: 'person', isAbove: true })
        const known = saidPart(period, cards.state)
        const counted = known ? between(own, known.from, known.to) : []
        expect(cards.answered).toBe(counted.length)
        expect([undefined, between(own, before.from, before.to).length]).toContain(cards.answeredBefore)
        const mean = counted.reduce((sum, { overallScore = 0 }) => sum + overallScore, 0) / counted.length
        const average = cards.cards[0]?.average.value
        if (counted.length > 0) expect(average?.known && average.value).toBeCloseTo(mean, 12)
      }
    }),
    { numRuns: Math.max(25, casesOf(250)) },
  )
  // It would say little if everything were known, or nothing.
  expect(partly).toBeGreaterThan(5)
  expect(whole + partly).toBeGreaterThan(20)
})

it('knows all of it once the look back was fetched', async () => {
  const { coach, truth, period } = await companyOf({
    cards: [0, 20, 60, 100, 150].map((day) => ({ day, of: day % 3, byCoach: true, score: 3 })),
    fetched: [{ from: 0, length: days }],
    period: { from: 100, length: 30 },
  })
  const { state, coachedBefore, reports } = await service().coaching(coach, period, above)
  expect(state.cardsKnown).toBeUndefined()
  // 2 September to 2 October; the card of day 100 is the period's, that of day 60 lies 40 days before it.
  expect(period).toEqual({ from: '2026-09-02', to: '2026-10-02' })
  expect(coachedBefore).toEqual({ in2Weeks: 0, in4Weeks: 0 })
  expect(reports.map(({ lastScorecard }) => lastScorecard && dateOf(lastScorecard))).toEqual(['2026-07-24', '2026-09-02', '2026-06-14'])
  expect(truth).toHaveLength(5)
})
