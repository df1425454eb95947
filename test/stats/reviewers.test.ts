// Whoever fills a colleague's card knows its score: of an average without names they take away those cards, and their own. What is left must
// still be about enough people, for every reviewer who may read it, in every figure by itself.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnsweredScorecard } from '../../src/domain/gong-figures.ts'
import { everyLeaderAlone, type Reader } from '../../src/domain/onlookers.ts'
import type { Person } from '../../src/domain/person.ts'
import type { Grant, Subject, Viewer } from '../../src/domain/policy.ts'
import { orgChart } from '../../src/domain/team.ts'
import type { ScorecardReport } from '../../src/stats/scorecards/results.ts'
import { casesOf } from '../kit/cases.ts'
import { isSettled, isSumSettled, reduced } from './linear.ts'
import { card, earlier, person, stats, teamOf, valueOrWhy, week } from './world.ts'

const team = { type: 'team', managerId: 'maria' } as const
const day = '2026-11-17T10:00:00Z'
const scale = { min: 1, max: 5 }

const readerOf = (people: readonly Person[], id: string, more: Partial<Viewer> = {}): Viewer => ({
  slackUserId: `U${id}`,
  person: people.find((each) => each.id === id),
  standing: 'member',
  isAdmin: false,
  grants: [],
  ...more,
})
const channel = (viewers: readonly Viewer[], people?: readonly string[]): Reader => ({
  viewers,
  everyLeader: people === undefined,
  ...(people && { people: new Set(people) }),
})

/** For whom, by whom. */
const filled = (by: Readonly<Record<string, string>>, more: Partial<AnsweredScorecard> = {}) =>
  Object.entries(by).map(([id, reviewer], at) => card(id, reviewer, day, { overallScore: 1 + (at % 5), overallRange: scale, ...more }))

const answeredOf = ({ answered, tooFewPeople }: ScorecardReport) => (tooFewPeople ? 'too few' : answered)

describe('a team’s average score', () => {
  const people = teamOf('zoe', 'a', 'b', 'c', 'd', 'e')
  const byZoe = filled({ zoe: 'maria', a: 'zoe', b: 'zoe', c: 'zoe', d: 'zoe', e: 'maria' })
  const shown = async (reader: Reader, scorecards: readonly AnsweredScorecard[] = byZoe, of = people) =>
    answeredOf(await stats({ people: of, scorecards }).scorecards(team, week, { type: 'group', reader }))
  const zoe = readerOf(people, 'zoe')

  it('is withheld from who filled the cards of all but one: the rest would be that one’s', async () => {
    expect(await shown(zoe)).toBe('too few')
    // Whom they filled one for knows their own alone.
    expect(await shown(readerOf(people, 'a'))).toBe(6)
  })

  it('is withheld in a channel where they may be among the readers, and shown where they are not', async () => {
    expect(await shown(everyLeaderAlone)).toBe('too few')
    expect(await shown(channel([], ['zoe', 'a', 'b']))).toBe('too few')
    expect(await shown(channel([], ['a', 'b', 'e']))).toBe(6)
  })

  it('is shown where their manager filled all of them, who sees everybody, and where an admin or a viewer of the org did', async () => {
    const byOne = (id: string) => filled({ zoe: id, a: id, b: id, c: id, d: id, e: id })
    expect(await shown(everyLeaderAlone, byOne('maria'))).toBe(6)
    const all = [...people, person('rui')]
    const [admin, viewer, nobody] = [{ isAdmin: true }, { grants: [{ type: 'viewer', orgOf: 'maria' }] satisfies Grant[] }, {}].map(
      (more) => channel([readerOf(all, 'rui', more)]),
    )
    expect(await shown(admin ?? zoe, byOne('rui'), all)).toBe(6)
    expect(await shown(viewer ?? zoe, byOne('rui'), all)).toBe(6)
    expect(await shown(nobody ?? zoe, byOne('rui'), all)).toBe('too few')
  })

  it('is withheld from them also where a channel named all of the team to them: no score of theirs was named', async () => {
    const until = '2026-11-29'
    const named = { ...zoe, grants: people.map(({ id }) => ({ type: 'shown', personId: id, until }) as const) }
    const readers = [named, channel([named], ['zoe', 'a']), { ...everyLeaderAlone, known: [new Map(people.map(({ id }) => [id, until]))] }]
    for (const reader of readers) expect(await shown(reader)).toBe('too few')
    // Who filled none reads it as before.
    expect(await shown({ ...named, person: people.find(({ id }) => id === 'a') })).toBe(6)
  })

  it('counts what a reviewer sees by a role, a place or another user in Gong together with the cards they filled', async () => {
    const seven = teamOf('zoe', 'a', 'b', 'c', 'd', 'e', 'f')
    const one = filled({ zoe: 'maria', a: 'zoe', b: 'maria', c: 'maria', d: 'maria', e: 'maria', f: 'maria' })
    // Besides a and Zoe five are left; beside b too, four.
    expect(await shown(readerOf(seven, 'zoe'), one, seven)).toBe(7)
    const coach: Grant[] = [{ type: 'coach', personId: 'b' }]
    expect(await shown(readerOf(seven, 'zoe', { grants: coach }), one, seven)).toBe('too few')
    // Zoe is among those who were shown each other by name in a channel, with b.
    const known = (until: string) => [new Map(['zoe', 'b'].map((id) => [id, until]))]
    expect(await shown({ ...everyLeaderAlone, known: known('2026-11-22') }, one, seven)).toBe('too few')
    expect(await shown({ ...everyLeaderAlone, known: known('2026-11-15') }, one, seven)).toBe(7)
    const led = { pastPlaces: [{ until: '2026-11-24', active: true, managerId: 'maria' }] }
    const lead = seven.map((each) => (each.id === 'b' ? person('b', 'zoe', led) : each))
    expect(await shown(readerOf(lead, 'zoe'), one, lead)).toBe('too few')
    expect(await shown(channel([], ['zoe']), one, lead)).toBe('too few')
    // The second user in Gong filled the card of b.
    const two = [...seven, person('zoe2', undefined, { emails: ['zoe@acme.test'] })].map((each) =>
      each.id === 'zoe' ? { ...each, emails: ['zoe@acme.test'] } : each,
    )
    const byBoth = one.map((each) => (each.reviewedId === 'b' ? { ...each, reviewerId: 'zoe2' } : each))
    expect(await shown(readerOf(two, 'zoe', { ownIds: ['zoe2'] }), byBoth, two)).toBe('too few')
    expect(await shown(everyLeaderAlone, byBoth, two)).toBe('too few')
    expect(await shown(readerOf(seven, 'zoe'), byBoth, seven)).toBe(7)
  })

  it('is withheld in each figure by itself: a card, a question, and what did not apply', async () => {
    const question = (questionId: string, score?: number) => ({ questionId, notApplicable: score === undefined, ...(score && { score }) })
    const all = { zoe: 'maria', a: 'maria', b: 'maria', c: 'maria', d: 'maria', e: 'maria' }
    const asked = filled(all, { questions: [question('pain', 2)] }).map(({ overallScore: _, ...each }) => each)
    // Zoe's cards alone have the second question, and one of Maria's.
    const second = filled({ a: 'zoe', b: 'zoe', c: 'zoe', d: 'zoe', e: 'maria' }, { questions: [question('next', 3)] })
    const demo = { scorecardId: 'demo', scorecardName: 'Demo' }
    const scorecards = [...asked, ...second.map(({ overallScore: _, ...each }) => each), ...byZoe.map((each) => ({ ...each, ...demo }))]
    const report = await stats({ people, scorecards }).scorecards(team, week, { type: 'group', reader: zoe })
    expect(report.cards.map(({ name, questions }) => [name, ...questions.map(({ average }) => valueOrWhy(average.value))])).toEqual([
      ['Discovery', 2, 'too-few-people'],
    ])
  })

  it('says that those they filled one for do not count', async () => {
    const report = await stats({ people, scorecards: byZoe }).scorecards(team, week, { type: 'group', reader: zoe })
    expect([report.filledSome, report.seesSome]).toEqual([true, undefined])
  })

  it('of a week before is withheld too, and no change is said of it', async () => {
    const before = byZoe.map((each) => ({ ...each, id: `${each.id} before`, answeredAt: new Date('2026-11-10T10:00:00Z') }))
    const now = filled({ zoe: 'maria', a: 'maria', b: 'maria', c: 'maria', d: 'maria', e: 'maria' })
    const { cards, answeredBefore } = await stats({ people, scorecards: [...now, ...before] }).scorecards(team, week, {
      type: 'group',
      reader: zoe,
    })
    expect([answeredBefore, valueOrWhy(cards[0]?.average.before)]).toEqual([undefined, 'too-few-people'])
    expect(earlier).toContain('2026-11-09')
  })
})

const minimumGroup = 3
const reviewers = ['ada', 'boss', 'rui', 'ada0', 'ada1', 'ben0']

interface DrawnCard {
  readonly of: number
  readonly by: string
  readonly applies: readonly boolean[]
  readonly isOther: boolean
}

/** Two teams under one leader, and cards that anybody may have filled. */
const drawn = fc.record({
  sizes: fc.tuple(fc.integer({ min: 3, max: 6 }), fc.integer({ min: 1, max: 5 })),
  cards: fc.array(
    fc.record<DrawnCard>({
      of: fc.nat(10),
      by: fc.constantFrom(...reviewers, 'ada', 'boss'),
      applies: fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 4 }).map(Boolean)),
      isOther: fc.integer({ min: 0, max: 4 }).map((chance) => chance === 0),
    }),
    { minLength: 4, maxLength: 18 },
  ),
})

describe('a reviewer who collects every average of a week', () => {
  const subjects: readonly Subject[] = [
    { type: 'team', managerId: 'ada' },
    { type: 'team', managerId: 'ben' },
    { type: 'org', managerId: 'boss' },
    { type: 'company' },
  ]
  const bits = (sum: number): number[] => Array.from({ length: 20 }, (_, at) => at).filter((at) => Math.floor(sum / 2 ** at) % 2 === 1)

  it.each(['asked by themself', 'in a channel that anybody reads'] as const)(
    'cannot solve for a card, an answer or a person besides those they filled and see: %s',
    async (where) => {
      const seen = { shown: 0, known: 0 }
      const cases = casesOf(300)
      await fc.assert(
        fc.asyncProperty(drawn, async ({ sizes, cards }) => {
          const leaders = [person('boss'), person('ada', 'boss'), person('ben', 'boss'), person('rui')]
          const members = sizes.flatMap((size, at) =>
            Array.from({ length: size }, (_, nth) => person(`${['ada', 'ben'][at]}${nth}`, ['ada', 'ben'][at])),
          )
          const people = [...leaders, ...members]
          const chart = orgChart(people)
          // Each card is one bit, so that an average tells what it rests on.
          const made = cards.map(({ of, by, applies, isOther }, at) => ({
            of: members[of % members.length]?.id ?? '',
            by,
            scorecard: card(members[of % members.length]?.id ?? '', by, day, {
              ...(isOther && { scorecardId: 'demo', scorecardName: 'Demo' }),
              overallScore: 2 ** at,
              overallRange: { min: 0, max: 2 ** 24 },
              questions: applies.map((does, nth) => ({
                questionId: `q${nth}`,
                notApplicable: !does,
                ...(does && { score: 2 ** at, range: { min: 0, max: 2 ** 24 } }),
              })),
            }),
          }))
          const service = stats({ people, scorecards: made.map(({ scorecard }) => scorecard) }, { minimumGroup })
          for (const reviewer of new Set(made.map(({ by }) => by))) {
            const reader = where === 'asked by themself' ? readerOf(people, reviewer) : everyLeaderAlone
            const sees = (id: string) => id === reviewer || chart.above(id).some((manager) => manager.id === reviewer)
            const isKnown = (at: number) => made[at] === undefined || made[at].by === reviewer || sees(made[at].of)
            const equations: Map<string, number>[] = []
            const take = (kind: string, { value, n }: { value: { known: boolean; value?: number }; n: number }) => {
              if (!value.known) return
              seen.shown += 1
              const of = bits(Math.round((value.value ?? 0) * n))
              seen.known += of.some((at) => made[at]?.by === reviewer && !sees(made[at].of)) ? 1 : 0
              equations.push(new Map(of.flatMap((at) => (isKnown(at) ? [] : [[`${kind} ${at}`, 1]]))))
              const left = new Set(of.flatMap((at) => (isKnown(at) ? [] : [made[at]?.of ?? ''])))
              // Nor the sum of fewer people than a group holds; their own part they know, as every member does.
              if (left.size > 0) expect(left.size).toBeGreaterThanOrEqual(minimumGroup - 1)
            }
            for (const subject of subjects) {
              const report = await service.scorecards(subject, week, { type: 'group', reader })
              for (const { average, questions } of report.cards) {
                take('card', average)
                for (const { questionId, average: each } of questions) take(questionId, each)
              }
              for (const { average } of report.overall ?? []) take('card', average)
            }
            // A card's overall score times its applicable answers is their sum.
            const relations = made.flatMap(({ scorecard }, at) => {
              const applied = scorecard.questions.filter(({ notApplicable }) => !notApplicable)
              if (isKnown(at) || applied.length === 0) return []
              return [
                new Map([
                  [`card ${at}`, -applied.length],
                  ...applied.map(({ questionId }): [string, number] => [`${questionId} ${at}`, 1]),
                ]),
              ]
            })
            const rows = reduced([...equations, ...relations])
            const atoms = [...new Set(equations.flatMap((equation) => [...equation.keys()]))]
            expect(atoms.filter((atom) => isSettled(atom, rows))).toEqual([])
            const byPerson = Map.groupBy(atoms, (atom) => `${atom.split(' ')[0]} ${made[Number(atom.split(' ')[1])]?.of}`)
            for (const all of byPerson.values()) expect(isSumSettled(new Map(all.map((atom) => [atom, 1])), rows)).toBe(false)
          }
        }),
        { numRuns: cases, seed: 20261127, endOnFailure: true },
      )
      // A reviewer who was shown nothing would prove nothing.
      expect(seen.shown).toBeGreaterThan(cases)
      expect(seen.known).toBeGreaterThan(cases / 20)
    },
  )
})
