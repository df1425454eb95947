// "Is coaching working?", worked out by hand, and a second time in another way over random cards.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnsweredScorecard } from '../../src/domain/gong-figures.ts'
import { questionsSince } from '../../src/stats/coaching/effect.ts'
import { casesOf } from '../kit/cases.ts'

const zone = 'Europe/Berlin'
/** The week of 16–22 November 2026: weeks five to eight before its end are 28 September to 25 October, the last four 26 October to 22 November. */
const to = '2026-11-23'
const card = (
  reviewedId: string,
  on: string,
  scores: Readonly<Record<string, number | undefined>>,
  more: Partial<AnsweredScorecard> = {},
): AnsweredScorecard => ({
  id: `${reviewedId} ${on} ${more.scorecardId ?? ''}`,
  callId: '1',
  scorecardId: 'discovery',
  scorecardName: 'Discovery',
  reviewedId,
  reviewerId: 'maria',
  answeredAt: new Date(`${on}T10:00:00Z`),
  method: 'human',
  visibility: 'public',
  questions: Object.entries(scores).map(([questionId, score]) => ({
    questionId,
    notApplicable: score === undefined,
    ...(score !== undefined && { score }),
  })),
  ...more,
})
const since = (...all: readonly AnsweredScorecard[]) => questionsSince({ zone, to, cards: all })
const nobody = { rose: [], unchanged: [], fell: [], notScoredSince: [] }

describe('what became of the question somebody was coached on', () => {
  it('is the lowest of their latest card of weeks five to eight, beside the mean since', () => {
    // Ana: next step 2.0 on 12 Oct; 3 and 4 since, (3 + 4) / 2 = 3.5: rose. Her budget answer, which fell, was not the lowest.
    const ana = [
      card('ana', '2026-10-12', { step: 2, budget: 4 }),
      card('ana', '2026-11-03', { step: 3, budget: 1 }),
      card('ana', '2026-11-17', { step: 4 }),
    ]
    // Ben: 3.0, then 3.04 in the mean of 3 and 3.08: the same as printed. Cleo: 4.0, then 3.0: fell. Dan: not scored on it since.
    const ben = [card('ben', '2026-10-20', { step: 3 }), card('ben', '2026-11-05', { step: 3 }), card('ben', '2026-11-06', { step: 3.08 })]
    const cleo = [card('cleo', '2026-10-01', { step: 4 }), card('cleo', '2026-10-27', { step: 3 })]
    const dan = [card('dan', '2026-10-02', { step: 4, budget: 5 }), card('dan', '2026-11-10', { budget: 2 })]
    expect(since(...ana, ...ben, ...cleo, ...dan)).toEqual({
      rose: ['ana'],
      unchanged: ['ben'],
      fell: ['cleo'],
      notScoredSince: ['dan'],
    })
  })

  it('begins with the latest of several cards, whatever their order', () => {
    const [early, late] = [card('ana', '2026-10-05', { step: 1 }), card('ana', '2026-10-19', { step: 4 })]
    expect(since(card('ana', '2026-11-03', { step: 3 }), late, early).fell).toEqual(['ana'])
  })

  it('counts days of the company at both ends: 28 September and 25 October are in, the days beside them are not', () => {
    const after = card('ana', '2026-11-03', { step: 5 })
    const at = (instant: string) => ({ ...card('ana', '2026-10-12', { step: 2 }), answeredAt: new Date(instant) })
    // Berlin is two hours ahead in summer time, which ends on 25 October.
    expect(since(at('2026-09-27T21:59:00Z'), after)).toEqual(nobody)
    expect(since(at('2026-09-27T22:00:00Z'), after).rose).toEqual(['ana'])
    expect(since(at('2026-10-25T22:59:00Z'), after).rose).toEqual(['ana'])
    expect(since(at('2026-10-25T23:00:00Z'), after)).toEqual(nobody)
    // And what is answered on 23 November belongs to the week after.
    expect(since(at('2026-10-12T10:00:00Z'), card('ana', '2026-11-23', { step: 5 })).notScoredSince).toEqual(['ana'])
  })

  it('is no coaching when a machine, or they themselves, filled the card; later answers count whoever gave them', () => {
    const { reviewerId: _nobody, ...automatic } = card('ana', '2026-10-12', { step: 2 }, { method: 'automatic' })
    expect(since(automatic, card('ana', '2026-10-12', { step: 2 }, { reviewerId: 'ana' }), card('ana', '2026-11-03', { step: 4 }))).toEqual(
      nobody,
    )
    expect(
      since(card('ana', '2026-10-12', { step: 2 }), {
        ...automatic,
        answeredAt: new Date('2026-11-03T10:00:00Z'),
        questions: card('ana', '2026-11-03', { step: 4 }).questions,
      }).rose,
    ).toEqual(['ana'])
  })

  it('is another question on another card, and none where nothing was scored', () => {
    const then = card('ana', '2026-10-12', { step: 2 })
    expect(since(then, card('ana', '2026-11-03', { step: 4 }, { scorecardId: 'demo' })).notScoredSince).toEqual(['ana'])
    expect(since(card('ana', '2026-10-12', { step: undefined }), card('ana', '2026-11-03', { step: 4 }))).toEqual(nobody)
  })
})

describe('a second time', () => {
  /** In one pass over days, with sums instead of means: another way to the same. */
  function again(all: readonly AnsweredScorecard[]): Record<string, string> {
    const day = (at: Date) => Math.floor((Date.parse('2026-11-23T00:00:00+01:00') - at.getTime()) / 86_400_000) + 1
    const ends: Record<string, string> = {}
    for (const id of new Set(all.map(({ reviewedId }) => reviewedId))) {
      const own = all.filter((each) => each.reviewedId === id)
      const coached = own.filter(
        (each) =>
          day(each.answeredAt) > 28 &&
          day(each.answeredAt) <= 56 &&
          each.reviewerId !== undefined &&
          each.reviewerId !== id &&
          each.method === 'human' &&
          each.questions.some(({ score }) => score !== undefined),
      )
      const last = coached.reduce<AnsweredScorecard | undefined>(
        (best, each) => (!best || each.answeredAt > best.answeredAt ? each : best),
        undefined,
      )
      if (!last) continue
      let low: { id: string; score: number } | undefined
      for (const { questionId, score } of last.questions)
        if (score !== undefined && (!low || score < low.score)) low = { id: questionId, score }
      let [sum, n] = [0, 0]
      for (const each of own)
        if (day(each.answeredAt) <= 28 && day(each.answeredAt) >= 1 && each.scorecardId === last.scorecardId)
          for (const { questionId, score } of each.questions)
            if (questionId === low?.id && score !== undefined) [sum, n] = [sum + score, n + 1]
      const change = n === 0 ? undefined : Math.round((sum / n) * 10) - Math.round((low?.score ?? 0) * 10)
      ends[id] = change === undefined ? 'notScoredSince' : change > 0 ? 'rose' : change < 0 ? 'fell' : 'unchanged'
    }
    return ends
  }

  it('over random cards of six people comes to the same', () => {
    const anyCard = fc.record({
      person: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      // 09:00 UTC of a day of winter time or of summer time, none of them near midnight in Berlin.
      daysAgo: fc.integer({ min: 1, max: 70 }),
      minute: fc.integer({ min: 0, max: 59 }),
      reviewer: fc.constantFrom('maria', 'a', undefined),
      scorecardId: fc.constantFrom('discovery', 'demo'),
      scores: fc.uniqueArray(fc.tuple(fc.constantFrom('q1', 'q2', 'q3'), fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined })), {
        selector: (pair: readonly [string, number | undefined]) => pair[0],
        maxLength: 3,
      }),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(anyCard, { selector: ({ person, daysAgo, minute }) => `${person} ${daysAgo} ${minute}`, maxLength: 40 }),
        (drawn) => {
          const all = drawn.map(({ person, daysAgo, minute, reviewer, scorecardId, scores }) => {
            const at = new Date(Date.parse('2026-11-23T09:00:00Z') - daysAgo * 86_400_000 + minute * 60_000)
            const { reviewerId: _usual, ...made } = card(person, '2026-11-01', Object.fromEntries(scores), {
              scorecardId,
              method: reviewer === undefined ? 'automatic' : 'human',
            })
            return { ...made, answeredAt: at, ...(reviewer !== undefined && { reviewerId: reviewer }) }
          })
          const first = Object.fromEntries(
            Object.entries(since(...all)).flatMap(([way, ids]) => (ids as readonly string[]).map((id) => [id, way] as const)),
          )
          expect(first).toEqual(again(all))
        },
      ),
      { numRuns: casesOf(2000), seed: 20261123 },
    )
  })
})
