// Averages of one card beside each other: what the overall score and the questions' averages tell together of fewer people than a group
// holds. The reader knows that an overall score is the mean of its card's applicable answers, and who marked what as not applicable.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnsweredScorecard } from '../../src/domain/gong-figures.ts'
import type { Subject } from '../../src/domain/policy.ts'
import { besideOverall, type InAverage } from '../../src/stats/scorecards/common-cards.ts'
import type { CardSummary } from '../../src/stats/scorecards/results.ts'
import { isSettled, reduced } from './linear.ts'
import { card, earlier, person, stats, teamOf, valueOrWhy, week } from './world.ts'

const minimumGroup = 3
const group = { type: 'group' } as const
const range = { min: 0, max: 2 ** 20 }
const day = '2026-11-18T10:00:00Z'

describe('an overall score beside its questions', () => {
  const names = ['ana', 'ben', 'eva', 'jon', 'kai', 'zoe']
  const method = 'automatic' as const
  const six = names.map((reviewedId) => ({ cardId: `card of ${reviewedId}`, reviewedId, method }))
  const of = (questions: Readonly<Record<string, readonly InAverage[]>>) =>
    new Map(Object.entries(questions).map(([name, cards]) => [name, { scored: cards, averaged: cards }]))
  const enough = (cards: readonly InAverage[]) => new Set(cards.map(({ reviewedId }) => reviewedId)).size >= 5

  it('leaves out the question that one person did not answer', () => {
    const averages = of({ pain: six, next: six.slice(1), risk: six })
    expect([...besideOverall(six, averages, enough)]).toEqual(['pain', 'risk'])
    // By name, everything.
    expect([...besideOverall(six, averages, () => true)].toSorted()).toEqual(['next', 'pain', 'risk'])
    // Without overall scores no figure is made of another.
    expect([...besideOverall([], averages, enough)]).toEqual(['pain', 'next', 'risk'])
  })

  it('keeps what most questions rest on where all differ from the overall score by enough', () => {
    const more = Array.from({ length: 12 }, (_, index) => ({ cardId: `card ${index}`, reviewedId: `person ${index}`, method }))
    const averages = of({ one: more.slice(0, 6), two: more.slice(0, 7), three: more.slice(0, 7) })
    expect([...besideOverall(more, averages, enough)]).toEqual(['two', 'three'])
  })

  it('counts people, not cards: of two cards of one person one is not enough', () => {
    const twice = [...six, { cardId: 'second of ana', reviewedId: 'ana', method }]
    expect([...besideOverall(twice, of({ pain: six }), enough)]).toEqual([])
  })

  it('is shown without the question that would tell: 6 people, of whom one marked the second question as not applicable', async () => {
    const cards = names.map((name, index) =>
      card(name, 'maria', day, {
        overallScore: index === 0 ? 2 : 3,
        overallRange: { min: 1, max: 5 },
        questions: [
          { questionId: 'pain', score: 2, notApplicable: false },
          { questionId: 'next', ...(index > 0 && { score: 4 }), notApplicable: index === 0 },
        ],
      }),
    )
    const ask = (scorecards: readonly AnsweredScorecard[]) =>
      stats({ people: teamOf(...names), scorecards }).scorecards({ type: 'team', managerId: 'maria' }, week, group)
    // Shown together, overall 17 ÷ 6, pain 12 ÷ 6, next 20 ÷ 5: 17 = (12 − a) ÷ 2 + 20 ÷ 2 + a, so a, the one's only answer, is 2.
    const [shown] = (await ask(cards)).cards
    expect([valueOrWhy(shown?.average.value), shown?.average.n]).toEqual([2.8333333333, 6])
    expect(shown?.questions.map(({ questionId, average }) => [questionId, valueOrWhy(average.value), average.n])).toEqual([
      ['pain', 2, 6],
      ['next', 'too-few-people', 0],
    ])
    // Cards without overall scores keep both.
    const bare = (await ask(cards.map(({ overallScore: _, ...each }) => each))).cards[0]
    expect(bare?.questions.map(({ average }) => valueOrWhy(average.value))).toEqual([2, 4])
  })
})

it('a question of an org is withheld where only the cards of a whole other team hide the one of a team who has none', async () => {
  const [ada, ben] = [6, 5].map((size, team) => Array.from({ length: size }, (_, index) => `${['ada', 'ben'][team]}${index}`))
  const people = [
    person('boss'),
    ...['ada', 'ben'].map((id) => person(id, 'boss')),
    ...(ada ?? []).map((id) => person(id, 'ada')),
    ...(ben ?? []).map((id) => person(id, 'ben')),
  ]
  const cards = [...(ada ?? []), ...(ben ?? [])].map((name, index) => {
    const hasNext = index < 5
    return card(name, 'boss', day, {
      overallScore: hasNext ? 3 : 2,
      overallRange: { min: 1, max: 5 },
      questions: [
        { questionId: 'pain', score: 2, notApplicable: false },
        { questionId: 'next', ...(hasNext && { score: 4 }), notApplicable: !hasNext },
      ],
    })
  })
  const shown = async (subject: Subject) => {
    const [summary] = (await stats({ people, scorecards: cards }).scorecards(subject, week, group)).cards
    return summary?.questions.map(({ questionId, average }) => [questionId, valueOrWhy(average.value), average.n])
  }
  const withheld = [
    ['pain', 2, 6],
    ['next', 'too-few-people', 0],
  ]
  expect(await shown({ type: 'team', managerId: 'ada' })).toEqual(withheld)
  // Five answers of ada's team: with that team's overall score and its pain, 17 ÷ 6 and 2, they would say what the sixth's card is.
  expect(await shown({ type: 'org', managerId: 'boss' })).toEqual([['pain', 2, 11], withheld[1]])
})

it('an average over all cards rests on those that have a score, and they are enough', async () => {
  const names = ['ana', 'ben', 'eva', 'jon', 'kai']
  const cards = names.map((name, index) =>
    card(name, 'maria', day, { overallRange: { min: 1, max: 5 }, ...(index === 0 && { overallScore: 2 }) }),
  )
  const report = await stats({ people: teamOf(...names), scorecards: cards }).scorecards({ type: 'team', managerId: 'maria' }, week, group)
  expect(report.answered).toBe(5)
  expect(report.overall?.map(({ average }) => average.n)).toEqual([])
})

it('nothing of a week before is shown, nor called none, until everybody was read for it', async () => {
  const names = ['ana', 'ben', 'eva', 'jon', 'kai']
  const scored = (at: string) => (name: string) => card(name, 'maria', at, { overallScore: 3, overallRange: { min: 1, max: 5 } })
  const ask = (of: readonly AnsweredScorecard[], unread: readonly string[]) =>
    stats({ people: teamOf(...names, 'zoe'), scorecards: of, unread }).scorecards({ type: 'team', managerId: 'maria' }, week, group)
  const both = [...names.map(scored(day)), ...names.map(scored('2026-11-11T10:00:00Z'))]
  const read = await ask(both, [])
  expect([read.answeredBefore, read.cards[0]?.answeredBefore, valueOrWhy(read.cards[0]?.average.before)]).toEqual([5, 5, 3])
  // Had six been read, with a sixth card, the difference would be the sixth's.
  for (const cards of [both, names.map(scored(day))]) {
    const unread = await ask(cards, [earlier])
    expect([unread.answered, unread.answeredBefore, unread.cards[0]?.answeredBefore]).toEqual([5, undefined, undefined])
    expect(unread.cards[0]?.average.before.known).toBe(false)
    expect(unread.overall?.[0]?.average.before.known).toBe(false)
  }
})

/** A card of somebody: which of three questions apply, and whether it has an overall score. */
interface DrawnCard {
  readonly applies: readonly boolean[]
  readonly hasOverall: boolean
}

const drawnCard: fc.Arbitrary<DrawnCard> = fc.record({
  applies: fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 0, max: 3 }).map((chance) => chance > 0))),
  hasOverall: fc.integer({ min: 0, max: 5 }).map((chance) => chance > 0),
})
/** Cards of the people of two teams under one leader. */
const drawnTeams = fc.tuple(
  fc.array(fc.array(drawnCard, { maxLength: 2 }), { minLength: 3, maxLength: 6 }),
  fc.array(fc.array(drawnCard, { maxLength: 2 }), { minLength: 1, maxLength: 5 }),
)

interface Made {
  readonly people: ReturnType<typeof person>[]
  readonly cards: readonly { readonly card: AnsweredScorecard; readonly of: string; readonly index: number; readonly drawn: DrawnCard }[]
}

/** `scoreOf`: of question `question` on card `index`. */
function made([one, two]: [DrawnCard[][], DrawnCard[][]], scoreOf: (index: number, question: number) => number, exact: boolean): Made {
  const names = (team: readonly unknown[], manager: string) => team.map((_, index) => person(`${manager}${index}`, manager))
  const people = [person('boss'), person('ada', 'boss'), person('ben', 'boss'), ...names(one, 'ada'), ...names(two, 'ben')]
  const cardsOf = (team: readonly (readonly DrawnCard[])[], manager: string) =>
    team.flatMap((drawn, at) => drawn.map((each) => ({ of: `${manager}${at}`, drawn: each })))
  const cards = [...cardsOf(one, 'ada'), ...cardsOf(two, 'ben')].map(({ of, drawn }, index) => {
    const applicable = [0, 1, 2].filter((question) => drawn.applies[question])
    const mean = applicable.reduce((sum, question) => sum + scoreOf(index, question), 0) / applicable.length
    const has = drawn.hasOverall && applicable.length > 0
    return {
      of,
      index,
      drawn,
      card: card(of, 'boss', day, {
        scorecardId: 'discovery',
        ...(has && { overallScore: exact ? mean : 2 ** index }),
        overallRange: range,
        questions: [0, 1, 2].map((question) => ({
          questionId: `q${question}`,
          range,
          ...(drawn.applies[question] ? { score: scoreOf(index, question), notApplicable: false } : { notApplicable: true }),
        })),
      }),
    }
  })
  return { people, cards }
}

const subjects: readonly Subject[] = [
  { type: 'team', managerId: 'ada' },
  { type: 'team', managerId: 'ben' },
  { type: 'team', managerId: 'boss' },
  { type: 'org', managerId: 'boss' },
  { type: 'company' },
]

async function shownOf({ people, cards }: Made): Promise<CardSummary[]> {
  const service = stats({ people, scorecards: cards.map((each) => each.card) }, { minimumGroup })
  const answers = await Promise.all(subjects.map((subject) => service.scorecards(subject, week, group)))
  return answers.flatMap((answer) => answer.cards)
}

describe('a reader of all averages of a week', () => {
  it('cannot solve for any answer, any card or all cards of any colleague', async () => {
    const bits = (mask: number): number[] => Array.from({ length: 24 }, (_, index) => index).filter((index) => mask & (1 << index))
    let shown = 0
    let withheld = 0
    await fc.assert(
      fc.asyncProperty(drawnTeams, async (drawn) => {
        // Each card is one bit, so that an average tells what it rests on.
        const company = made(drawn, (index) => 2 ** index, false)
        const applicable = (index: number) => [0, 1, 2].filter((question) => company.cards[index]?.drawn.applies[question])
        const equations: Map<string, number>[] = []
        for (const { average, questions } of await shownOf(company)) {
          if (average.value.known) {
            const of = bits(Math.round(average.value.value * average.n))
            equations.push(new Map(of.map((index) => [`card ${index}`, 1])))
          }
          for (const [question, { average: each }] of questions.entries()) {
            if (!each.value.known) {
              withheld += 1
              continue
            }
            shown += 1
            equations.push(new Map(bits(Math.round(each.value.value * each.n)).map((index) => [`q${question} ${index}`, 1])))
          }
        }
        // k × the card's overall score is the sum of its applicable answers; a person's cards together are the person's.
        const known = company.cards.map(
          ({ index }) =>
            new Map([
              [`card ${index}`, -applicable(index).length],
              ...applicable(index).map((question): [string, number] => [`q${question} ${index}`, 1]),
            ]),
        )
        const persons = [...Map.groupBy(company.cards, ({ of }) => of)]
        const together = persons.map(([of, all]) => new Map([[of, -1], ...all.map(({ index }): [string, number] => [`card ${index}`, 1])]))
        // One of them reads: their own answers are known.
        const own = new Set(persons[0]?.[1].map(({ index }) => String(index)))
        const isOwn = (atom: string) => own.has(atom.split(' ')[1] ?? '') || atom === persons[0]?.[0]
        const rows = reduced([...equations, ...known, ...together].map((all) => new Map([...all].filter(([atom]) => !isOwn(atom)))))
        const atoms = new Set(
          company.cards
            .filter(({ index }) => !own.has(String(index)) && applicable(index).length > 0)
            .flatMap(({ index, of }) => [`card ${index}`, of, ...applicable(index).map((question) => `q${question} ${index}`)]),
        )
        expect([...atoms].filter((atom) => isSettled(atom, rows))).toEqual([])
      }),
      { numRuns: 150, seed: 20261126, endOnFailure: true },
    )
    expect(shown).toBeGreaterThan(120)
    expect(withheld).toBeGreaterThan(50)
  })

  it('cannot guess either: whatever is shown, every colleague can have had another answer', async () => {
    // Answers of 1, 2 or 3 on two questions; the reader tries every way they can have been. An average less than one point of one
    // answer away from an end of its scale says that the answers are there, which no group hides: those are left aside.
    const values = [1, 2, 3]
    const small = fc.tuple(
      fc.array(
        fc.record({
          applies: fc.tuple(...[0, 1].map(() => fc.integer({ min: 0, max: 3 }).map((chance) => chance > 0))),
          scores: fc.tuple(fc.constantFrom(...values), fc.constantFrom(...values)),
        }),
        { minLength: 3, maxLength: 4 },
      ),
    )
    let tried = 0
    await fc.assert(
      fc.asyncProperty(small, async ([drawn]) => {
        const cards = drawn.map(({ applies }) => [{ applies: [...applies, false], hasOverall: true }])
        const company = made([cards, []], (index, question) => drawn[index]?.scores[question] ?? 0, true)
        const atoms = drawn.flatMap(({ applies }, index) =>
          [0, 1].filter((question) => applies[question]).map((question) => ({ index, question })),
        )
        const shown: { readonly of: readonly number[]; readonly weights: readonly number[]; readonly sum: number }[] = []
        const atEnd = new Set<number>()
        const take = (members: readonly { at: number; weight: number }[], mean: number) => {
          const count = members.reduce((all, { weight }) => all + weight, 0)
          if (Math.min(mean - 1, 3 - mean) * count < 1 - 1e-9) for (const { at } of members) atEnd.add(at)
          shown.push({ of: members.map(({ at }) => at), weights: members.map(({ weight }) => weight), sum: mean * count })
        }
        for (const { average, questions } of await shownOf(company)) {
          const inOverall = atoms.map(({ index }, at) => ({ at, weight: 1 / (drawn[index]?.applies.filter(Boolean).length ?? 1) }))
          if (average.value.known) take(inOverall, average.value.value)
          for (const [question, { average: each }] of questions.entries())
            if (each.value.known)
              take(
                atoms.flatMap((atom, at) => (atom.question === question ? [{ at, weight: 1 }] : [])),
                each.value.value,
              )
        }
        if (shown.length === 0) return
        const possible = atoms.map(() => new Set<number>())
        const guess: number[] = []
        const fits = () =>
          shown.every(
            ({ of, weights, sum }) =>
              Math.abs(of.reduce((all, at, place) => all + (guess[at] ?? 0) * (weights[place] ?? 0), 0) - sum) < 1e-6,
          )
        const tryAll = (at: number): void => {
          if (at < atoms.length) {
            for (const value of values) {
              guess[at] = value
              tryAll(at + 1)
            }
          } else if (fits()) for (const [place, value] of guess.entries()) possible[place]?.add(value)
        }
        tryAll(0)
        tried += 1
        expect(atoms.filter((_, at) => !atEnd.has(at) && possible[at]?.size === 1)).toEqual([])
      }),
      { numRuns: 150, seed: 20261127, endOnFailure: true },
    )
    expect(tried).toBeGreaterThan(50)
  })
})
