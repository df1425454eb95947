// A team too small to be shown says the same whatever its members did: two companies in which the reader's own figures are equal, and all
// others drawn anew, give the reader equal answers, every value, flag and count of them. No field of a report can say more than its figures.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, type Period, periodKey } from '../../../src/domain/period.ts'
import type { Person } from '../../../src/domain/person.ts'
import type { Subject } from '../../../src/domain/policy.ts'
import { figuresInFull } from '../../../src/reports/in-full.ts'
import { casesOf } from '../../kit/cases.ts'
import type { Tables } from '../fake-reads.ts'
import { card, person, stats, teamOf, week } from '../world.ts'

interface Figures {
  /** Missing: Gong reports nothing. */
  readonly calls?: number | undefined
  readonly talkShare?: number | undefined
  readonly comments: number
  readonly cards: number
  readonly isImpossible: boolean
}

const optional = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(of, { nil: undefined })
const figures: fc.Arbitrary<Figures> = fc.record({
  calls: optional(fc.integer({ min: 0, max: 9 })),
  talkShare: fc.option(fc.constantFrom(0.3, 0.5, 0.7), { nil: undefined, freq: 1 }),
  comments: fc.integer({ min: 0, max: 3 }),
  cards: fc.integer({ min: 0, max: 2 }),
  isImpossible: fc.integer({ min: 0, max: 5 }).map((chance) => chance === 0),
})
/** Of one person: the period, and the one before. */
const past = fc.tuple(figures, figures)

type Past = typeof past extends fc.Arbitrary<infer T> ? T : never

const day: Period = { from: '2026-11-18', to: '2026-11-19' }
const before = ({ from, to }: Period): Period => ({ from: addDays(from, -7), to: addDays(to, -7) })

function companyOf(people: readonly Person[], period: Period, pasts: ReadonlyMap<string, Past>): Tables {
  const sides = [period, before(period)] as const
  const rowsOf = <T>(make: (personId: string, of: Figures) => readonly T[]): Record<string, T[]> =>
    Object.fromEntries(sides.map((side, at) => [periodKey(side), [...pasts].flatMap(([id, of]) => make(id, of[at === 0 ? 0 : 1]))]))
  const cardsIn = (side: Period, at: 0 | 1) =>
    [...pasts].flatMap(([id, of]) =>
      Array.from({ length: of[at].cards }, (_, nth) => ({
        ...card(id, 'maria', `${side.from}T10:00:00Z`, { overallScore: 1 + nth }),
        id: `${id} ${side.from} ${nth}`,
      })),
    )
  return {
    people,
    interaction: rowsOf((personId, { calls: callsCount, talkShare }) =>
      callsCount === undefined ? [] : [{ personId, callsCount, ...(talkShare !== undefined && { talkShare }) }],
    ),
    activity: rowsOf((personId, { comments: commentsGiven, calls: callsAsHost = 0 }) => [{ personId, commentsGiven, callsAsHost }]),
    scorecards: [...cardsIn(sides[0], 0), ...cardsIn(sides[1], 1)],
    quarantined: [...pasts].flatMap(([id, [now]]) => (now.isImpossible ? [id] : [])),
  }
}

/** Every value of an answer, also those that are made when they are looked at. */
function opened(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Map) return [...value].map(([key, of]) => [key, opened(of)])
  if (value instanceof Set) return [...value].map(opened)
  if (Array.isArray(value)) return value.map(opened)
  if (typeof value !== 'object' || value === null) return value
  const made = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(value) as object)
  const getters = Object.keys(made).filter((name) => made[name]?.get && !name.startsWith('__'))
  const keys = [...Object.keys(value), ...getters]
  return Object.fromEntries(keys.map((key) => [key, opened((value as Record<string, unknown>)[key])]))
}

/** What Ana reads of this group, and of herself. */
async function answers(subject: Subject, period: Period, company: Tables): Promise<Readonly<Record<string, unknown>>> {
  const service = stats(company)
  const viewer = { slackUserId: 'U1', person: person('ana', 'maria'), standing: 'member', isAdmin: false, grants: [] } as const
  const asked = {
    period,
    audience: { type: 'person', viewer },
    detail: 'medians',
    stats: service,
    today: '2026-11-23',
    now: new Date('2026-11-23T09:00:00Z'),
    locale: 'en-GB',
    zone: 'Europe/Berlin',
    gongAppUrl: 'https://app.gong.io',
  } as const
  return {
    figures: opened(await service.team(subject, period, 'medians')),
    scorecards: opened(await service.scorecards(subject, period, { type: 'group' })),
    self: opened(await service.person('ana', period)),
    inFull: await figuresInFull({ ...asked, subject }, 'figures'),
    ownInFull: await figuresInFull({ ...asked, subject: { type: 'person', personId: 'ana' } }, 'figures'),
  }
}

const team = { type: 'team', managerId: 'maria' } as const
const periods = fc.constantFrom(week, day)
const runs = { numRuns: casesOf(1000), seed: 20261127, endOnFailure: true }

describe('a team of fewer people than a figure needs', () => {
  const colleagues = ['ben', 'cem', 'dora'] as const
  const teamWith = (period: Period, own: Past, world: readonly Past[]): Tables => {
    const pasts = new Map([['ana', own], ...world.map((of, at) => [colleagues[at] ?? 'ben', of] as const)])
    return companyOf(teamOf(...pasts.keys()), period, pasts)
  }

  it('says the same whatever the others did', async () => {
    const worlds = fc.integer({ min: 1, max: 3 }).chain((others) => {
      const world = fc.array(past, { minLength: others, maxLength: others })
      return fc.tuple(world, world)
    })
    await fc.assert(
      fc.asyncProperty(periods, past, worlds, async (period, own, both) => {
        const [one, other] = await Promise.all(both.map((world) => answers(team, period, teamWith(period, own, world))))
        expect(one).toEqual(other)
      }),
      runs,
    )
  })

  it('says no more of a day on which a colleague had one call or three', async () => {
    const of = (calls: number, callsBefore: number): Past => {
      const none = { comments: 0, cards: 0, isImpossible: false }
      return [
        { ...none, calls },
        { ...none, calls: callsBefore },
      ]
    }
    const [one, three] = await Promise.all([1, 3].map((calls) => answers(team, day, teamWith(day, of(2, 9), [of(calls, 1)]))))
    expect(one).toEqual(three)
  })
})

describe('an organization of one team and somebody besides', () => {
  const names = ['ana', 'ben', 'cem', 'dora', 'edi', 'flo']
  const people = [
    person('vera'),
    person('maria', 'vera'),
    person('omar', 'vera'),
    ...names.map((name) => person(name, 'maria')),
    person('lou', 'omar'),
  ]

  it('says the same whatever they did', async () => {
    await fc.assert(
      fc.asyncProperty(periods, fc.array(past, { minLength: 6, maxLength: 6 }), fc.tuple(past, past), async (period, ofTeam, both) => {
        const [one, other] = await Promise.all(
          both.map((lou) => {
            const pasts = new Map([...names.map((name, at) => [name, ofTeam[at] ?? lou] as const), ['lou', lou] as const])
            return answers({ type: 'org', managerId: 'vera' }, period, companyOf(people, period, pasts))
          }),
        )
        expect(one).toEqual(other)
      }),
      runs,
    )
  })
})
