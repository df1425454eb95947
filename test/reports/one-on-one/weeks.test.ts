import { describe, expect, it } from 'vitest'
import { known, noData } from '../../../src/domain/measured.ts'
import { questionPeriod, questionsLine, weeksLine } from '../../../src/reports/one-on-one/weeks.ts'
import { ana, average, card, fakeStats, personFigures, personMeasure, personReport, scorecardReport } from '../../kit/report-fixtures.ts'

const range = { measure: 'talk-ratio' as const, low: 0.43, high: 0.65, source: 'Gong 2025' }
const week = (from: string, to: string, value: number | undefined) => ({
  period: { from, to },
  value: value === undefined ? noData('too-few-calls') : known(value),
  people: 1,
})
const talkRatio = { ...personMeasure('talk-ratio', known(0.5), known(0.5)), target: { range, position: 'within' as const } }
const reportWith = (...weeks: ReturnType<typeof week>[]) =>
  personReport({ figures: personFigures(ana, { measures: new Map([['talk-ratio', talkRatio]]) }), trend: new Map([['talk-ratio', weeks]]) })

describe('the weeks of a 1:1', () => {
  it('are the last within a target with a source and the furthest outside it, weeks without a figure aside', async () => {
    // 44 is within 43–65; 38 is 5 below it and 71 is 6 above it.
    const report = reportWith(
      week('2026-10-19', '2026-10-26', 0.71),
      week('2026-10-26', '2026-11-02', undefined),
      week('2026-11-02', '2026-11-09', 0.38),
      week('2026-11-09', '2026-11-16', 0.44),
    )
    const said = weeksLine(report, await fakeStats().measures(), 'en-GB')?.plain
    expect(said).toBe(
      'Talk ratio: last week within the target of 43–65 % (Gong 2025): 9–15 Nov (44 %); furthest outside: 19–25 Oct (71 %).',
    )
  })

  it('are not told apart with fewer than two of them, without a target, or when all are within it', async () => {
    const measures = await fakeStats().measures()
    // 47 % was once called the worst week of somebody who was within the range all the time.
    const within = reportWith(week('2026-11-02', '2026-11-09', 0.47), week('2026-11-09', '2026-11-16', 0.44))
    expect(weeksLine(within, measures, 'en-GB')).toBeUndefined()
    expect(weeksLine(reportWith(week('2026-11-09', '2026-11-16', 0.44)), measures, 'en-GB')).toBeUndefined()
    const aimless = personReport({
      figures: personFigures(ana, { measures: new Map([['talk-ratio', personMeasure('talk-ratio', known(0.5), known(0.5))]]) }),
      trend: new Map([['talk-ratio', [week('2026-11-02', '2026-11-09', 0.4), week('2026-11-09', '2026-11-16', 0.5)]]]),
    })
    expect(weeksLine(aimless, measures, 'en-GB')).toBeUndefined()
  })
})

describe('the questions of a 1:1', () => {
  const question = (text: string, now: number, before: number) => ({
    questionId: text,
    text,
    average: average(now, before, 4),
    notApplicable: 0,
  })

  it('are those that moved, the biggest move first, three at most', () => {
    const cards = [
      card({ questions: [question('A', 3, 3), question('B', 4, 3.5), question('C', 2, 4), question('D', 3, 2.7), question('E', 4, 3)] }),
    ]
    const said = questionsLine(scorecardReport({ cards }), 'en-GB')?.plain
    // C −2, E +1, B +0.5; D +0.3 is the fourth, A did not move.
    expect(said).toMatch(
      /^Questions that moved: "C" 2\.0, down 2 \(4 answers\); "E" 4\.0, up 1 \(4 answers\); "B" 4\.0, up 0\.5 \(4 answers\)\./,
    )
    expect(questionsLine(scorecardReport({ cards: [card({ questions: [question('A', 3, 3)] })] }), 'en-GB')).toBeUndefined()
  })

  it('look at four weeks, or at the period when it is longer', () => {
    expect(questionPeriod({ from: '2026-11-16', to: '2026-11-23' })).toEqual({ from: '2026-10-26', to: '2026-11-23' })
    expect(questionPeriod({ from: '2026-07-01', to: '2026-10-01' })).toEqual({ from: '2026-07-01', to: '2026-10-01' })
  })
})
