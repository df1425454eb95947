// Coaching: a manager's totals, coverage per report, and what a person received; worked by hand.
import { describe, expect, it } from 'vitest'
import { broughtUpToDate } from '../../src/stats/coaching/coverage.ts'
import { above, card, earlier, now, person, stats, teamOf, valueOrWhy, week } from './world.ts'

const people = teamOf('ana', 'ben', 'eva')
const coverageOf = async (tables: Parameters<typeof stats>[0], reportId: string, parts: Parameters<typeof stats>[1] = {}) =>
  (await stats(tables, parts).coaching('maria', week, above)).reports.find(({ report }) => report.id === reportId)

describe('a manager’s totals', () => {
  it('are Gong’s, this week and the week before, with what the manager did as a person', async () => {
    const report = await stats({
      people,
      coaching: {
        [now]: [{ managerId: 'maria', callsListenedTo: 7, commentsGiven: 0, scorecardsFilled: 2 }],
        [earlier]: [{ managerId: 'maria', callsListenedTo: 4 }],
      },
      activity: { [now]: [{ personId: 'maria', callsScored: 3, othersCallsListenedTo: 9 }] },
    }).coaching('maria', week, above)
    expect(Object.values(report.totals).map(valueOrWhy)).toEqual([7, 0, 2, 3, 9])
    expect(Object.values(report.totalsBefore).map(valueOrWhy)).toEqual([4, 'not-given', 'not-given', 'no-calls', 'no-calls'])
    expect(report.basis).toBe('scorecards')
  })

  it('are summed over reports where Gong gives one row each, and unknown where it was not asked', async () => {
    const rows = [
      { managerId: 'maria', reportId: 'ana', callsListenedTo: 2, scorecardsFilled: 1 },
      { managerId: 'maria', reportId: 'ben', callsListenedTo: 3 },
    ]
    const tables = { people, tenant: { coachingRows: 'per-report' as const }, coaching: { [now]: rows } }
    const report = await stats(tables).coaching('maria', week, above)
    // 2 + 3; one of two rows has a number of cards; none has comments.
    expect([
      valueOrWhy(report.totals.callsListenedTo),
      valueOrWhy(report.totals.scorecardsFilled),
      valueOrWhy(report.totals.commentsGiven),
    ]).toEqual([5, 1, 'not-given'])
    expect(report.basis).toBe('per-report')
    expect(Object.values(report.reports.find(({ report: { id } }) => id === 'ana')?.counts ?? {}).map(valueOrWhy)).toEqual([
      2,
      'not-given',
      1,
    ])
    const unread = await stats({ people, unread: [now] }).coaching('maria', week, above)
    expect(valueOrWhy(unread.totals.callsListenedTo)).toBe('not-read')
  })
})

describe('coverage', () => {
  it('says how many whole weeks the last card is ago, and by whom the last other card is', async () => {
    const cards = [
      card('ana', 'maria', '2026-11-03T10:00:00Z'),
      card('ana', 'maria', '2026-10-01T10:00:00Z'),
      card('ana', 'vera', '2026-11-18T10:00:00Z'),
      card('ana', 'ana', '2026-11-19T10:00:00Z'),
      card('ana', undefined, '2026-11-20T10:00:00Z'),
    ]
    const ana = await coverageOf({ people, scorecards: cards }, 'ana')
    // 3 November to 23 November: 20 days, two whole weeks. Own and automatic reviews are no coaching.
    expect(valueOrWhy(ana?.weeksSince)).toBe(2)
    expect(ana?.lastScorecard?.id).toBe(cards[0]?.id)
    expect(ana?.lastByOthers?.id).toBe(cards[2]?.id)
    expect(ana?.scorecardsInPeriod).toBe(0)
    const ben = await coverageOf({ people, scorecards: cards }, 'ben')
    expect([valueOrWhy(ben?.weeksSince), ben?.lastScorecard, ben?.lastByOthers]).toEqual(['no-comparison', undefined, undefined])
  })

  it('counts days in the company’s zone', async () => {
    // 22 November 23:30 in Berlin is in the week; 23 November 00:30 is not.
    const at = (answeredAt: string) => coverageOf({ people, scorecards: [card('ana', 'maria', answeredAt)] }, 'ana')
    expect((await at('2026-11-22T22:30:00Z'))?.scorecardsInPeriod).toBe(1)
    expect((await at('2026-11-22T23:30:00Z'))?.scorecardsInPeriod).toBe(0)
    // 9 November 00:10 in Berlin: 14 days before the 23rd.
    expect(valueOrWhy((await at('2026-11-08T23:10:00Z'))?.weeksSince)).toBe(2)
    expect(valueOrWhy((await at('2026-11-08T22:50:00Z'))?.weeksSince)).toBe(2)
    expect(valueOrWhy((await at('2026-11-09T23:10:00Z'))?.weeksSince)).toBe(1)
  })

  it('forgets what is more than 13 weeks ago', async () => {
    // 13 weeks before 23 November is 24 August.
    expect(valueOrWhy((await coverageOf({ people, scorecards: [card('ana', 'maria', '2026-08-24T10:00:00Z')] }, 'ana'))?.weeksSince)).toBe(
      13,
    )
    expect(valueOrWhy((await coverageOf({ people, scorecards: [card('ana', 'maria', '2026-08-23T10:00:00Z')] }, 'ana'))?.weeksSince)).toBe(
      'no-comparison',
    )
  })

  it('shares attention out over the last four weeks', async () => {
    const scorecards = [
      card('ana', 'maria', '2026-11-18T10:00:00Z'),
      card('ana', 'maria', '2026-11-02T10:00:00Z'),
      card('ana', 'maria', '2026-10-26T10:00:00Z'),
      card('ben', 'maria', '2026-10-27T10:00:00Z'),
      card('ben', 'maria', '2026-10-25T10:00:00Z'),
      card('ben', 'vera', '2026-11-18T10:00:00Z'),
    ]
    // From 26 October: ana 3, ben 1 of 4; the 25th is out.
    expect([
      valueOrWhy((await coverageOf({ people, scorecards }, 'ana'))?.attention),
      valueOrWhy((await coverageOf({ people, scorecards }, 'ben'))?.attention),
    ]).toEqual([0.75, 0.25])
    expect(valueOrWhy((await coverageOf({ people, scorecards }, 'eva'))?.attention)).toBe(0)
    expect(valueOrWhy((await coverageOf({ people }, 'ana'))?.attention)).toBe('no-comparison')
  })

  it('names the lowest answer since the last coaching, by its place on its scale', async () => {
    const answers = (id: string, score: number, range?: { min: number; max: number }) => ({
      questions: [{ questionId: id, text: id, score, notApplicable: false, ...(range && { range }) }],
    })
    const scorecards = [
      card('ana', 'maria', '2026-11-10T10:00:00Z'),
      // Earlier than maria's card: dealt with.
      card('ana', undefined, '2026-11-09T10:00:00Z', answers('old', 0, { min: 0, max: 10 })),
      // Places: 2 of 1–5 is 0.25, 4 of 0–10 is 0.4.
      card('ana', undefined, '2026-11-17T10:00:00Z', answers('low', 2, { min: 1, max: 5 })),
      card('ana', undefined, '2026-11-18T10:00:00Z', answers('high', 4, { min: 0, max: 10 })),
      card('ana', 'vera', '2026-11-19T10:00:00Z', { visibility: 'private', ...answers('secret', 1, { min: 1, max: 5 }) }),
    ]
    const ana = await coverageOf({ people, scorecards }, 'ana')
    expect([ana?.lowest?.questionText, ana?.lowest?.score]).toEqual(['low', 2])
    expect((await coverageOf({ people }, 'ana'))?.lowest).toBeUndefined()
  })

  it('shows somebody else’s private card as a fact only', async () => {
    const scorecards = [card('ana', 'vera', '2026-11-18T10:00:00Z', { visibility: 'private', overallScore: 2 })]
    const ana = await coverageOf({ people, scorecards }, 'ana')
    expect(ana?.lastByOthers).toMatchObject({ reviewerId: 'vera' })
    expect(ana?.lastByOthers && 'overallScore' in ana.lastByOthers).toBe(false)
  })

  it('counts who was coached in two and in four weeks', async () => {
    const scorecards = [
      card('ana', 'maria', '2026-11-09T10:00:00Z'),
      card('ben', 'maria', '2026-11-08T10:00:00Z'),
      card('eva', 'maria', '2026-10-25T10:00:00Z'),
    ]
    // 14 days before the 23rd is the 9th; 28 days is 26 October.
    const report = await stats({ people, scorecards }).coaching('maria', week, above)
    expect([report.coachedIn2Weeks, report.coachedIn4Weeks]).toEqual([1, 2])
    const listened = {
      '2026-11-02..2026-11-08': [
        { managerId: 'maria', reportId: 'eva', callsListenedTo: 1 },
        { managerId: 'maria', reportId: 'ana', callsListenedTo: 0 },
      ],
    }
    const perReport = await stats({ people, tenant: { coachingRows: 'per-report' }, coaching: listened }).coaching('maria', week, above)
    expect([perReport.coachedIn2Weeks, perReport.coachedIn4Weeks]).toEqual([0, 1])
    const weeksOf = (name: string) => perReport.reports.find(({ report: { id } }) => id === name)?.coachedWeeks
    expect([weeksOf('eva'), weeksOf('ana')]).toEqual([['2026-11-02'], undefined])
  })

  it('is of the people asked for where they are not the direct reports, and says who is new and who had no calls', async () => {
    const all = [...people, person('lou', 'omar', { since: '2026-11-01' }), person('omar')]
    const report = await stats({ people: all, interaction: { [now]: [{ personId: 'ana', callsCount: 4 }] } }).coaching(
      'maria',
      week,
      above,
      ['lou', 'ana', 'nobody'],
    )
    expect(report.reports.map(({ report: { id }, isNew, callsInPeriod }) => [id, isNew, valueOrWhy(callsInPeriod)])).toEqual([
      ['lou', true, 0],
      ['ana', false, 4],
    ])
  })
})

describe('the past that is not all fetched', () => {
  const scorecards = [card('ana', 'maria', '2026-11-18T10:00:00Z'), card('ben', 'maria', '2026-10-28T10:00:00Z')]
  const of = (from: string, to = '2026-11-23') => stats({ people, scorecards, cardsFetched: { from, to } }).coaching('maria', week, above)

  it('counts within what was fetched, and is silent beyond it', async () => {
    // Fetched from 9 November: two weeks are known, four are not, and Ben may have a card before.
    const report = await of('2026-11-09')
    expect([report.coachedIn2Weeks, report.coachedIn4Weeks, report.coachedBefore]).toEqual([
      1,
      undefined,
      { in2Weeks: undefined, in4Weeks: undefined },
    ])
    expect(report.reports.map(({ report: { id }, weeksSince, attention }) => [id, valueOrWhy(weeksSince), valueOrWhy(attention)])).toEqual([
      ['ana', 0, 'not-read'],
      ['ben', 'not-read', 'not-read'],
      ['eva', 'not-read', 'not-read'],
    ])
    expect(report.state.cardsKnown).toEqual({ from: '2026-11-09', to: '2026-11-23' })
  })

  it('is said where the last days are missing', async () => {
    const report = await of('2026-08-24', '2026-11-20')
    expect([report.coachedIn2Weeks, report.state.cardsKnown]).toEqual([1, { from: '2026-08-24', to: '2026-11-20' }])
  })

  it('looks back from the start of a long period', async () => {
    // Up to 30 June: the four weeks before the quarter began, which its end lies 92 days after.
    const quarter = { from: '2026-07-01', to: '2026-10-01' }
    const given = [
      card('ana', 'maria', '2026-06-25T10:00:00Z'),
      card('ben', 'maria', '2026-06-10T10:00:00Z'),
      card('eva', 'maria', '2026-06-03T10:00:00Z'),
      card('ana', 'maria', '2026-07-01T10:00:00Z'),
    ]
    const tables = { people, scorecards: given }
    const report = await stats(tables).coaching('maria', quarter, above)
    expect(report.coachedBefore).toEqual({ in2Weeks: 1, in4Weeks: 3 })
    expect(report.reports.find(({ report: { id } }) => id === 'ana')?.scorecardsInPeriod).toBe(1)
    expect((await stats(tables).coachingReceived('ana', quarter)).cards).toHaveLength(1)
    // Half a year from its first day on.
    expect((await stats(tables).coachingReceived('ana', { from: '2026-06-01', to: '2026-11-24' })).cards).toHaveLength(2)
  })
})

describe('for a leader', () => {
  it('each manager has the reports coached, by their own cards', async () => {
    const all = [
      person('vera'),
      person('maria', 'vera'),
      person('omar', 'vera'),
      person('ana', 'maria'),
      person('ben', 'maria'),
      person('lou', 'omar'),
    ]
    const scorecards = [
      card('ana', 'maria', '2026-11-18T10:00:00Z'),
      card('ben', 'maria', '2026-10-30T10:00:00Z'),
      card('lou', 'maria', '2026-11-18T10:00:00Z'),
      card('omar', 'vera', '2026-11-18T10:00:00Z'),
    ]
    const tables = { people: all, scorecards, coaching: { [now]: [{ managerId: 'maria', scorecardsFilled: 2 }] } }
    const overview = await stats(tables).coachingOverview({ type: 'org', managerId: 'vera' }, week)
    expect(
      overview.managers.map(({ manager, reports, coachedIn2Weeks, coachedIn4Weeks, scorecardsFilled }) => [
        manager.id,
        reports,
        coachedIn2Weeks,
        coachedIn4Weeks,
        valueOrWhy(scorecardsFilled),
      ]),
    ).toEqual([
      ['maria', 2, 1, 2, 2],
      ['omar', 1, 0, 0, 'no-calls'],
      ['vera', 2, 1, 1, 'no-calls'],
    ])
    expect(overview.managers.map(({ coachees }) => coachees)).toEqual([
      { all: ['ana', 'ben'], in2Weeks: ['ana'], in4Weeks: ['ana', 'ben'], in4WeeksBefore: ['ben'] },
      { all: ['lou'], in2Weeks: [], in4Weeks: [], in4WeeksBefore: [] },
      { all: ['maria', 'omar'], in2Weeks: ['omar'], in4Weeks: ['omar'], in4WeeksBefore: [] },
    ])
    expect((await stats(tables).coachingOverview({ type: 'company' }, week)).managers).toHaveLength(3)
    expect(
      (await stats(tables).coachingOverview({ type: 'team', managerId: 'omar' }, week)).managers.map(({ manager }) => manager.id),
    ).toEqual(['omar'])
  })
})

describe('what a person received', () => {
  it('is cards by others in the period, the last one on record, and calls with comments', async () => {
    const scorecards = [
      card('ana', 'maria', '2026-11-17T10:00:00Z', { visibility: 'unmarked', overallScore: 3 }),
      card('ana', 'maria', '2026-10-20T10:00:00Z'),
      card('ana', 'maria', '2026-11-18T10:00:00Z', { visibility: 'private' }),
      card('ana', 'ana', '2026-11-19T10:00:00Z'),
    ]
    const received = await stats({
      people,
      scorecards,
      activity: { [now]: [{ personId: 'ana', callsReceivedComments: 6 }] },
    }).coachingReceived('ana', week)
    expect(received.cards.map(({ id }) => id)).toEqual([scorecards[0]?.id])
    expect(received.cards[0] && 'reviewerId' in received.cards[0]).toBe(false)
    expect([received.lastCard?.overallScore, valueOrWhy(received.commentsReceived)]).toEqual([3, 6])
    const nothing = await stats({ people }).coachingReceived('ana', week)
    expect([nothing.cards, nothing.lastCard, valueOrWhy(nothing.commentsReceived)]).toEqual([[], undefined, 'no-calls'])
    expect(valueOrWhy((await stats({ people, unread: [now] }).coachingReceived('ana', week)).commentsReceived)).toBe('not-read')
    expect(
      valueOrWhy((await stats({ people, activity: { [now]: [{ personId: 'ana' }] } }).coachingReceived('ana', week)).commentsReceived),
    ).toBe('not-given')
  })
})

it('a week brought up to date has the newest card and the counts of both, and the calls of the week', async () => {
  const rest = { from: '2026-11-23', to: '2026-11-25' }
  const counts = (callsListenedTo: number) => [{ managerId: 'maria', reportId: 'ana', callsListenedTo }]
  const tables = {
    people,
    tenant: { coachingRows: 'per-report' as const },
    scorecards: [card('ana', 'maria', '2026-11-03T10:00:00Z'), card('ana', 'maria', '2026-11-23T10:00:00Z')],
    coaching: { [now]: counts(2), '2026-11-23..2026-11-24': counts(3) },
    interaction: { [now]: [{ personId: 'ana', callsCount: 8 }] },
  }
  const service = stats(tables)
  const ana = broughtUpToDate(await service.coaching('maria', week, above), await service.coaching('maria', rest, above)).reports[0]
  expect([valueOrWhy(ana?.weeksSince), valueOrWhy(ana?.counts?.callsListenedTo), valueOrWhy(ana?.callsInPeriod)]).toEqual([0, 5, 8])
  expect(ana?.lastScorecard?.id).toBe(tables.scorecards[1]?.id)
  expect(ana?.coachedWeeks).toEqual(['2026-11-16', '2026-11-23'])
})
