// Scorecard averages: overall, by card and by question, worked by hand; what a group without names is shown of them.
import { describe, expect, it } from 'vitest'
import type { AnsweredQuestion, AnsweredScorecard } from '../../src/domain/gong-figures.ts'
import type { StatsService } from '../../src/stats/results.ts'
import type { Tables } from './fake-reads.ts'
import { card, person, stats, teamOf, valueOrWhy, week } from './world.ts'

const five = { min: 1, max: 5 }
const ten = { min: 0, max: 10 }
const question = (questionId: string, score?: number, more: Partial<AnsweredQuestion> = {}): AnsweredQuestion => ({
  questionId,
  text: `${questionId}?`,
  ...(score !== undefined && { score }),
  notApplicable: false,
  ...more,
})
const scored = (reviewedId: string, overallScore: number | undefined, more: Partial<AnsweredScorecard> = {}, at = '2026-11-17T10:00:00Z') =>
  card(reviewedId, 'maria', at, { ...(overallScore !== undefined && { overallScore }), overallRange: five, ...more })
const before = '2026-11-10T10:00:00Z'
const team = { type: 'team', managerId: 'maria' } as const
const above = { type: 'person', personId: 'maria', isAbove: true } as const
const group = { type: 'group' } as const
const ask = (
  tables: Tables,
  viewer: Parameters<StatsService['scorecards']>[2] = above,
  more: Parameters<typeof stats>[1] = {},
  name?: string,
) => stats(tables, more).scorecards(team, week, viewer, name)

describe('scorecard averages', () => {
  it('are the mean of the scores, now and before, with n and the place on the scale', async () => {
    const people = teamOf('ana', 'ben')
    const report = await ask({ people, scorecards: [scored('ana', 3), scored('ana', 4), scored('ben', 5), scored('ben', 3, {}, before)] })
    const [only] = report.cards
    // (3 + 4 + 5) ÷ 3 = 4; before 3; place (4 − 1) ÷ (5 − 1) = 0.75.
    expect([valueOrWhy(only?.average.value), valueOrWhy(only?.average.before), valueOrWhy(only?.average.change)]).toEqual([4, 3, 1])
    expect(only?.average).toMatchObject({ n: 3, share: 0.75, range: five })
    expect([report.answered, report.answeredBefore, report.peopleReviewed, report.minimumPeople]).toEqual([3, 1, 2, 0])
    expect(report.overall?.map(({ method, average }) => [method, valueOrWhy(average.value), average.n])).toEqual([['human', 4, 3]])
  })

  it('keep people and machines apart, and scales apart', async () => {
    const report = await ask({
      people: teamOf('ana'),
      scorecards: [
        scored('ana', 2),
        card('ana', undefined, '2026-11-17T10:00:00Z', { overallScore: 4, overallRange: five }),
        scored('ana', 9, { overallRange: ten }),
      ],
    })
    expect(report.cards.map(({ method, average }) => [method, valueOrWhy(average.value), average.n, average.range?.max])).toEqual([
      ['human', 2, 1, 5],
      ['human', 9, 1, 10],
      ['automatic', 4, 1, 5],
    ])
    expect(report.overall?.map(({ average }) => average.n)).toEqual([1, 1, 1])
  })

  it('a card without an overall score is a card without a number, not one of another scale', async () => {
    const notApplicable = (at?: string) => {
      const { overallRange: _, ...rest } = scored('ana', undefined, { questions: [question('agreed', 4)] }, at)
      return rest
    }
    const scorecards = [
      scored('ana', 3, { questions: [question('agreed', 1)] }),
      scored('ana', 4, { questions: [question('agreed', 2)] }),
      notApplicable(),
      scored('ana', 2, { questions: [question('agreed', 3)] }, before),
      notApplicable(before),
    ]
    const report = await ask({ people: teamOf('ana'), scorecards })
    // Overall (3 + 4) ÷ 2 of three cards, before 2 of two; the answers 1, 2, 4 give 7 ÷ 3, before (3 + 4) ÷ 2.
    expect(
      report.cards.map(({ answered, answeredBefore, average }) => [
        answered,
        answeredBefore,
        valueOrWhy(average.value),
        valueOrWhy(average.before),
      ]),
    ).toEqual([[3, 2, 3.5, 2]])
    expect(report.cards[0]?.questions.map(({ average }) => [valueOrWhy(average.value), valueOrWhy(average.before), average.n])).toEqual([
      [2.3333333333, 3.5, 3],
    ])
    // All without a number, and a scale only in the week before.
    const only = await ask({ people: teamOf('ana'), scorecards: [notApplicable(), scored('ana', 2, {}, before)] })
    expect(only.cards.map(({ answered, answeredBefore, average }) => [answered, answeredBefore, valueOrWhy(average.before)])).toEqual([
      [1, 1, 2],
    ])
  })

  it('of a scale nobody knows have no place on it and are in no overall', async () => {
    const { overallRange: _, ...bare } = scored('ana', 70)
    const report = await ask({ people: teamOf('ana'), scorecards: [bare] })
    expect(valueOrWhy(report.cards[0]?.average.value)).toBe(70)
    expect([report.cards[0]?.average.share, report.cards[0]?.average.range, report.overall]).toEqual([undefined, undefined, []])
  })

  it('leave out what was not applicable or has no score, and count it', async () => {
    const report = await ask({
      people: teamOf('ana', 'ben'),
      scorecards: [
        scored('ana', 4, { questions: [question('pain', 5), question('next', 0, { notApplicable: true }), question('open')] }),
        scored('ben', undefined, { questions: [question('pain', 2), question('next', 3), question('open')] }),
      ],
    })
    // pain (5 + 2) ÷ 2 = 3.5; next 3 of one; open has no score; overall 4 of the one card that has one.
    expect(
      report.cards[0]?.questions.map(({ questionId, average, notApplicable }) => [
        questionId,
        valueOrWhy(average.value),
        average.n,
        notApplicable,
      ]),
    ).toEqual([
      ['pain', 3.5, 2, 0],
      ['next', 3, 1, 1],
      ['open', 'not-given', 0, 0],
    ])
    expect([report.cards[0]?.answered, report.cards[0]?.average.n]).toEqual([2, 1])
  })

  it('of one name whatever its case; counting private cards and averaging them for their reviewer alone', async () => {
    const tables = {
      people: teamOf('ana'),
      scorecards: [
        scored('ana', 2),
        scored('ana', 4, { visibility: 'private' }),
        scored('ana', 1, { scorecardId: 'x', scorecardName: 'Closing' }),
      ],
    }
    const own = await ask(tables, above, {}, ' DISCOVERY ')
    expect([own.answered, valueOrWhy(own.cards[0]?.average.value), own.single.length]).toEqual([2, 3, 2])
    const vera = await ask(tables, { type: 'person', personId: 'vera', isAbove: true }, {}, 'discovery')
    expect([vera.answered, valueOrWhy(vera.cards[0]?.average.value), vera.single.length]).toEqual([2, 2, 1])
  })

  it('are none without cards, and the newest single card comes first', async () => {
    expect(await ask({ people: teamOf('ana') })).toMatchObject({ answered: 0, answeredBefore: 0, cards: [], single: [] })
    const report = await ask({ people: teamOf('ana'), scorecards: [scored('ana', 1, {}, '2026-11-16T10:00:00Z'), scored('ana', 2)] })
    expect(report.single.map(({ overallScore }) => overallScore)).toEqual([2, 1])
  })

  it('of oneself are by name without answer text; of a peer they are nothing', async () => {
    const tables = { people: teamOf('ana', 'ben'), scorecards: [scored('ana', 2, { visibility: 'unmarked' })] }
    const asAna = await stats(tables).scorecards({ type: 'person', personId: 'ana' }, week, {
      type: 'person',
      personId: 'ana',
      isAbove: false,
    })
    expect([asAna.answered, asAna.single.length, asAna.single[0]?.reviewerId]).toEqual([1, 1, undefined])
    const asBen = await stats(tables).scorecards({ type: 'person', personId: 'ana' }, week, {
      type: 'person',
      personId: 'ben',
      isAbove: false,
    })
    expect(asBen).toMatchObject({ answered: 0, cards: [], single: [], tooFewPeople: true })
    const hidden = await ask(tables, group, { unmarkedScorecards: 'hide', minimumGroup: 1 })
    expect([hidden.answered, valueOrWhy(hidden.cards[0]?.average.value)]).toEqual([1, 'not-given'])
  })
})

describe('a group without names', () => {
  const names = ['ana', 'ben', 'eva', 'jon', 'kai', 'zoe']
  const people = teamOf(...names)
  const discovery = names.slice(0, 5).map((name, index) => scored(name, 1 + index))

  it('sees a card that five people have: value, n and no single card', async () => {
    const report = await ask({ people, scorecards: discovery }, group)
    // (1 + 2 + 3 + 4 + 5) ÷ 5 = 3.
    expect([valueOrWhy(report.cards[0]?.average.value), report.cards[0]?.average.n, report.answered, report.single]).toEqual([3, 5, 5, []])
  })

  it('sees no card that four have, however many cards', async () => {
    const four = [...discovery.slice(0, 4), ...discovery.slice(0, 4)]
    expect(await ask({ people, scorecards: four }, group)).toMatchObject({ answered: 0, cards: [], tooFewPeople: true, peopleReviewed: 0 })
  })

  it('cannot subtract: the card of one person is in no count and no overall', async () => {
    const closing = scored('zoe', 1, { scorecardId: 'closing', scorecardName: 'Closing' })
    const report = await ask({ people, scorecards: [...discovery, closing] }, group)
    expect(report.cards.map(({ name }) => name)).toEqual(['Discovery'])
    expect([report.answered, report.peopleReviewed]).toEqual([5, 5])
    // With it the overall would be (15 + 1) ÷ 6, and its difference zoe's 1.
    expect(report.overall?.map(({ average }) => [valueOrWhy(average.value), average.n])).toEqual([[3, 5]])
  })

  it('sees no question that four answered, and no number of those not applicable under five', async () => {
    const cards = names.map((name, index) =>
      scored(name, undefined, { questions: [question('pain', 2), question('next', 4, { notApplicable: index > 3 })] }),
    )
    const questionsOf = async (scorecards: typeof cards) =>
      (await ask({ people, scorecards }, group)).cards[0]?.questions.map(({ average, notApplicable }) => [
        valueOrWhy(average.value),
        average.n,
        notApplicable,
      ])
    const next = ['too-few-people', 0, undefined]
    expect(await questionsOf(cards)).toEqual([[2, 6, 0], next])
    // Beside an overall score, which is made of the answers, the first question would tell the sum of those four.
    expect(await questionsOf(cards.map((each) => ({ ...each, overallScore: 3 })))).toEqual([['too-few-people', 0, 0], next])
  })

  it('a number of cards before that may not be shown is missing, not zero', async () => {
    const report = await ask({ people, scorecards: [...discovery, scored('ana', 5, {}, before)] }, group)
    expect('answeredBefore' in report).toBe(false)
    expect(report.cards[0] && 'answeredBefore' in report.cards[0]).toBe(false)
    expect([valueOrWhy(report.cards[0]?.average.before), valueOrWhy(report.cards[0]?.average.change)]).toEqual([
      'too-few-people',
      'too-few-people',
    ])
    expect((await ask({ people, scorecards: discovery }, group)).answeredBefore).toBe(0)
  })

  it('sees whole weeks only, and nothing before everybody was read', async () => {
    const month = { from: '2026-10-01', to: '2026-11-01' }
    expect(await stats({ people, scorecards: discovery }).scorecards(team, month, group)).toMatchObject({
      withheld: 'not-whole',
      answered: 0,
    })
    expect(await ask({ people, scorecards: discovery, unreadPeople: ['zoe'] }, group)).toMatchObject({ withheld: 'not-read', answered: 0 })
  })

  it('an org is not its teams and two more', async () => {
    const org = [
      person('vera'),
      person('maria', 'vera'),
      person('omar', 'vera'),
      ...names.map((name) => person(name, 'maria')),
      person('lou', 'omar'),
    ]
    const report = await stats({ people: org, scorecards: [...discovery, scored('lou', 1)] }).scorecards(
      { type: 'org', managerId: 'vera' },
      week,
      group,
    )
    expect([report.answered, valueOrWhy(report.cards[0]?.average.value)]).toEqual([5, 3])
  })
})
