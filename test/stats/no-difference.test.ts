// No figure of a colleague is the difference of shown ones (DESIGN, who may see what). A reader of every channel and digest, who also
// knows their own figures and who was in which team, collects all group answers before and after people moved, left and came, and
// solves for every colleague. Counts are powers of two, so that each sum tells whose counts are in it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import type { ActivityCounters, AnsweredScorecard, InteractionFigures } from '../../src/domain/gong-figures.ts'
import type { Measured } from '../../src/domain/measured.ts'
import { addDays, includes, type Period, periodKey } from '../../src/domain/period.ts'
import type { PastPlace, Person } from '../../src/domain/person.ts'
import { type Grant, maySee, type Subject, type Viewer } from '../../src/domain/policy.ts'
import { type OrgChart, orgChart } from '../../src/domain/team.ts'
import type { TeamMeasure, TrendPoint } from '../../src/stats/figures/results.ts'
import type { StatsService } from '../../src/stats/results.ts'
import type { ScoreAverage } from '../../src/stats/scorecards/results.ts'
import { casesOf } from '../kit/cases.ts'
import type { Tables } from './fake-reads.ts'
import { isSettled, reduced } from './linear.ts'
import { card, person, stats, teamOf, valueOrWhy, week } from './world.ts'

const minimumGroup = 3
/** Five Mondays; the calls of a week are all on one of its days. */
const mondays = ['2026-10-19', '2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16']
const weekFrom = (monday: string): Period => ({ from: monday, to: addDays(monday, 7) })
/** The reader looks on 9 November and again two weeks later. */
const [firstLook, secondLook] = ['2026-11-09', '2026-11-23']

interface Place {
  readonly active: boolean
  /** Index of an earlier person; missing for the top. */
  readonly manager?: number | undefined
}

interface Drawn {
  readonly people: readonly {
    readonly first: Place
    readonly second: Place
    readonly weeks: readonly { calls: boolean; day: number; cards: number }[]
  }[]
  readonly changedOn: string
}

const place = (index: number): fc.Arbitrary<Place> =>
  fc.record({
    active: fc.integer({ min: 0, max: 9 }).map((chance) => chance > 0),
    manager:
      index === 0 ? fc.constant(undefined) : fc.option(fc.integer({ min: 0, max: Math.min(index - 1, 3) }), { nil: undefined, freq: 9 }),
  })

const company: fc.Arbitrary<Drawn> = fc.integer({ min: 4, max: 14 }).chain((size) =>
  fc.record({
    people: fc.tuple(
      ...Array.from({ length: size }, (_, index) =>
        fc
          .record({
            first: place(index),
            second: place(index),
            stays: fc.integer({ min: 0, max: 4 }).map((chance) => chance > 0),
            weeks: fc.tuple(
              ...mondays.map(() =>
                fc.record({
                  calls: fc.integer({ min: 0, max: 3 }).map((chance) => chance > 0),
                  day: fc.integer({ min: 0, max: 6 }),
                  cards: fc.integer({ min: 0, max: 3 }),
                }),
              ),
            ),
          })
          .map(({ first, second, stays, weeks }) => ({ first, second: stays ? first : second, weeks })),
      ),
    ),
    changedOn: fc.constantFrom('2026-11-09', '2026-11-12', '2026-11-16'),
  }),
)

const idOf = (index: number): string => `p${String(index).padStart(2, '0')}`

/** The company before and after the change, the second with the past places the store would have kept. */
function charts({ people, changedOn }: Drawn): { readonly before: readonly Person[]; readonly after: readonly Person[] } {
  const placed = (which: 'first' | 'second') =>
    people.map(({ [which]: { active, manager } }, index) =>
      person(idOf(index), manager === undefined ? undefined : idOf(manager), { active }),
    )
  const before = placed('first')
  const [was, is] = [orgChart(before), orgChart(placed('second'))]
  const placeIn = (chart: OrgChart, id: string): Omit<PastPlace, 'until'> => {
    const managerId = chart.managerAbove(id)?.id
    return chart.people.get(id)?.active ? { active: true, ...(managerId !== undefined && { managerId }) } : { active: false }
  }
  const after = placed('second').map((each): Person => {
    const [old, current] = [placeIn(was, each.id), placeIn(is, each.id)]
    return old.active === current.active && old.managerId === current.managerId
      ? each
      : { ...each, pastPlaces: [{ until: changedOn, ...old }] }
  })
  return { before, after }
}

/** Calls of person `p` in week `w`: 2^p × (w + 1), so that sums of one week and changes between two tell whose they are. */
const callsOf = (index: number, weekIndex: number): number => 2 ** index * (weekIndex + 1)

function tablesOf({ people }: Drawn): Omit<Tables, 'people'> {
  const inPeriod = (period: Period) =>
    people.flatMap(({ weeks }, index) => {
      const calls = weeks.reduce(
        (sum, { calls: has, day }, weekIndex) =>
          sum + (has && includes(period, addDays(mondays[weekIndex] ?? '', day)) ? callsOf(index, weekIndex) : 0),
        0,
      )
      return calls > 0 ? [{ personId: idOf(index), calls }] : []
    })
  const byKey = <T>(rowsOf: (period: Period) => readonly T[]): Record<string, readonly T[]> =>
    new Proxy({}, { get: (_, key) => rowsOf({ from: String(key).slice(0, 10), to: addDays(String(key).slice(12), 1) }) })
  const scorecards: AnsweredScorecard[] = people.flatMap(({ weeks }, index) =>
    weeks.flatMap(({ cards, day }, weekIndex) =>
      [1, 2]
        .filter((kind) => (cards & kind) > 0)
        .map((kind) =>
          card(idOf(index), 'reviewer', `${addDays(mondays[weekIndex] ?? '', day)}T10:00:00Z`, {
            scorecardId: `card-${kind}`,
            scorecardName: `Card ${kind}`,
            // Both cards are on one scale, so that they have an overall; the second's scores are further up.
            overallScore: 2 ** (index + (kind === 2 ? 16 : 0)),
            overallRange: { min: 0, max: 2 ** 32 },
            questions: [{ questionId: `q${kind}`, score: 2 ** index, notApplicable: false }],
          }),
        ),
    ),
  )
  return {
    activity: byKey((period) => inPeriod(period).map(({ personId, calls }): ActivityCounters => ({ personId, callsAsHost: calls }))),
    interaction: byKey((period) =>
      inPeriod(period).map(({ personId, calls }): InteractionFigures => ({ personId, callsCount: 5, talkShare: calls / 2 ** 20 })),
    ),
    scorecards,
  }
}

type Equation = ReadonlyMap<string, number>
const bits = (mask: number): number[] =>
  Array.from({ length: 32 }, (_, index) => index).filter((index) => Math.floor(mask / 2 ** index) % 2 === 1)
const weekIndexOf = (period: Period): number => mondays.indexOf(period.from)

/** Whose calls are in a shown sum of a week. */
function ofSum(figure: Measured | undefined, period: Period): Equation[] {
  const index = weekIndexOf(period)
  if (!figure?.known || figure.value === 0) return []
  return [new Map(bits(figure.value / (index + 1)).map((who) => [`calls ${who} ${index}`, 1]))]
}

/** The change of those who called in both weeks; nobody without calls has a row. */
function ofChange({ value, before, change }: TeamMeasure, index: number): Equation[] {
  if (!value.known || !before.known || !change.known || index < 1) return []
  const earlier = new Set(bits(before.value / index))
  const both = bits(value.value / (index + 1)).filter((who) => earlier.has(who))
  const sum = both.reduce((all, who) => all + callsOf(who, index) - callsOf(who, index - 1), 0)
  expect(change.value).toBe(sum)
  return [new Map(both.flatMap((who) => [[`calls ${who} ${index}`, 1] as const, [`calls ${who} ${index - 1}`, -1] as const]))]
}

function ofMeasure(measure: TeamMeasure | undefined, trend: readonly TrendPoint[], period: Period, before: Period): Equation[] {
  if (!measure) return []
  return [
    ...ofSum(measure.value, period),
    ...ofSum(measure.before, before),
    ...ofChange(measure, weekIndexOf(period)),
    ...trend.flatMap((point) => ofSum(point.value, point.period)),
  ]
}

/** Scores of a week; `shift` is where a card's bits begin. */
function ofScores({ value, n }: ScoreAverage, period: Period, name: string): Equation[] {
  if (!value.known) return []
  return [
    new Map(bits(Math.round(value.value * n)).map((bit) => [`${name} ${name === 'card' ? bit : bit % 16} ${weekIndexOf(period)}`, 1])),
  ]
}

async function collect(service: StatsService, subject: Subject, period: Period, reader?: Viewer): Promise<Equation[]> {
  const report = await service.team(subject, period, 'medians', reader)
  const cards = await service.scorecards(subject, period, { type: 'group', ...(reader && { reader }) })
  const hosted = report.measures.get('calls-hosted')
  return [
    ...ofMeasure(hosted, report.trend.get('calls-hosted') ?? [], period, report.before),
    ...cards.cards.flatMap((each) => [
      ...ofScores(each.average, period, 'card'),
      ...each.questions.flatMap(({ average, questionId }) => ofScores(average, period, questionId)),
    ]),
    ...(cards.overall ?? []).flatMap(({ average }) => ofScores(average, period, 'card')),
  ]
}

const subjectsOf = (people: readonly Person[]): Subject[] => [
  { type: 'company' },
  ...orgChart(people).managers.flatMap(({ id }): Subject[] => [
    { type: 'team', managerId: id },
    { type: 'org', managerId: id },
  ]),
]

/** Everything that is shown of the company at both looks, each equation once. */
async function everythingShown(drawn: Drawn, minimum: number): Promise<readonly Equation[]> {
  const { before, after } = charts(drawn)
  const tables = tablesOf(drawn)
  const shown: Equation[] = []
  for (const [people, today] of [
    [before, firstLook],
    [after, secondLook],
  ] as const) {
    const service = stats({ ...tables, people }, { minimumGroup: minimum, clock: movableClock(new Date(`${today}T12:00:00Z`)) })
    for (const subject of subjectsOf(people))
      for (const monday of mondays) shown.push(...(await collect(service, subject, weekFrom(monday))))
  }
  return [...new Map(shown.map((equation) => [JSON.stringify([...equation].toSorted()), equation])).values()]
}

/** Own figures are known, so they are no unknowns. */
const withoutKnown = (equations: readonly Equation[], known: readonly number[]): readonly Equation[] =>
  equations.map((equation) => new Map([...equation].filter(([atom]) => !known.includes(Number(atom.split(' ')[1]) % 16))))

describe('a reader of everything that is shown without names', () => {
  it('cannot solve for the calls or the score of any colleague, whoever moved, left or came', async () => {
    const seen = { figures: 0, changes: 0 }
    const cases = casesOf(500)
    await fc.assert(
      fc.asyncProperty(company, async (drawn) => {
        const own = drawn.people.length - 1
        const equations = withoutKnown(await everythingShown(drawn, minimumGroup), [own])
        const rows = reduced(equations)
        const atoms = new Set(equations.flatMap((equation) => [...equation.keys()]))
        expect([...atoms].filter((atom) => isSettled(atom, rows))).toEqual([])
        seen.figures += equations.length
        seen.changes += equations.filter((equation) => [...equation.values()].includes(-1)).length
      }),
      { numRuns: cases, seed: 20261123, endOnFailure: true },
    )
    // A reader who was shown nothing would prove nothing.
    expect(seen.figures).toBeGreaterThan(cases * 3)
    expect(seen.changes).toBeGreaterThan(cases / 5)
  })

  it('cannot either when three of them put together what they are shown and their own, where figures rest on five', async () => {
    const seen = { figures: 0 }
    await fc.assert(
      fc.asyncProperty(company, fc.uniqueArray(fc.nat(13), { minLength: 3, maxLength: 3 }), async (drawn, together) => {
        const equations = withoutKnown(await everythingShown(drawn, 5), together)
        const rows = reduced(equations)
        const atoms = new Set(equations.flatMap((equation) => [...equation.keys()]))
        expect([...atoms].filter((atom) => isSettled(atom, rows))).toEqual([])
        seen.figures += equations.length
      }),
      { numRuns: 200, seed: 20261127, endOnFailure: true },
    )
    expect(seen.figures).toBeGreaterThan(100)
  })

  it('cannot either when they lead some of them and see those by name, nor when they were granted a leader’s org', async () => {
    const seen = { figures: 0, readers: 0 }
    const cases = casesOf(250)
    await fc.assert(
      fc.asyncProperty(company, async (drawn) => {
        const { before: people } = charts(drawn)
        const service = stats({ ...tablesOf(drawn), people }, { minimumGroup, clock: movableClock(new Date('2026-11-23T12:00:00Z')) })
        const shown: Equation[] = []
        for (const subject of subjectsOf(people))
          for (const monday of mondays) shown.push(...(await collect(service, subject, weekFrom(monday))))
        const distinct = [...new Map(shown.map((equation) => [JSON.stringify([...equation].toSorted()), equation])).values()]
        seen.figures += distinct.length
        const chart = orgChart(people)
        for (const { id } of chart.managers) {
          const below = chart.org(id).map((each) => each.id)
          for (const known of [new Set(below), new Set([...below, id])]) {
            const isUnknown = (atom: string): boolean => !known.has(idOf(Number(atom.split(' ')[1]) % 16))
            const equations = distinct.map((equation) => new Map([...equation].filter(([atom]) => isUnknown(atom))))
            const rows = reduced(equations)
            const atoms = new Set(equations.flatMap((equation) => [...equation.keys()]))
            expect([...atoms].filter((atom) => isSettled(atom, rows))).toEqual([])
            // Nor the sum of fewer people than a group holds; a leader in the group knows their own part of it, as every member does.
            for (const whole of distinct) {
              const of = new Set([...whole.keys()].map((atom) => idOf(Number(atom.split(' ')[1]) % 16)))
              const others = [...of].filter((each) => !known.has(each)).length
              if (others > 0) expect(others).toBeGreaterThanOrEqual(minimumGroup - (known.has(id) && of.has(id) ? 1 : 0))
            }
            seen.readers += 1
          }
        }
      }),
      { numRuns: cases, seed: 20261126, endOnFailure: true },
    )
    expect(seen.figures).toBeGreaterThan(cases * 3)
    expect(seen.readers).toBeGreaterThan(cases * 1.5)
  })

  it('cannot as a member of the team who leads some of it since, coaches or views them', async () => {
    const seen = { figures: 0, besides: 0 }
    const cases = casesOf(500)
    const index = fc.integer({ min: 0, max: 13 })
    const roles = fc.array(fc.record({ who: index, of: index, isCoach: fc.boolean() }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(company, roles, async (drawn, granted) => {
        const { after: people } = charts(drawn)
        const service = stats({ ...tablesOf(drawn), people }, { minimumGroup, clock: movableClock(new Date(`${secondLook}T12:00:00Z`)) })
        const chart = orgChart(people)
        for (const reader of chart.active) {
          const [manager] = chart.above(reader.id)
          const grants = granted
            .filter(({ who }) => idOf(who) === reader.id)
            .map(({ of, isCoach }): Grant => (isCoach ? { type: 'coach', personId: idOf(of) } : { type: 'viewer', orgOf: idOf(of) }))
          const viewer: Viewer = { slackUserId: 'U1', person: reader, standing: 'member', isAdmin: false, grants }
          const subject = { type: 'team', managerId: manager?.id ?? '' } as const
          const verdict = maySee(viewer, subject, chart, secondLook)
          if (!verdict.allowed || verdict.detail !== 'medians') continue
          const shown: Equation[] = []
          for (const monday of mondays) shown.push(...(await collect(service, subject, weekFrom(monday), viewer)))
          const isSeen = (id: string): boolean => maySee(viewer, { type: 'person', personId: id }, chart, secondLook).allowed
          const whose = (atom: string): string => idOf(Number(atom.split(' ')[1]) % 16)
          const unknown = shown.map((equation) => new Map([...equation].filter(([atom]) => !isSeen(whose(atom)))))
          const rows = reduced(unknown)
          expect([...new Set(unknown.flatMap((equation) => [...equation.keys()]))].filter((atom) => isSettled(atom, rows))).toEqual([])
          for (const equation of shown) {
            const of = new Set([...equation.keys()].map(whose))
            const others = [...of].filter((id) => !isSeen(id)).length
            if (others > 0) expect(others).toBeGreaterThanOrEqual(minimumGroup - (of.has(reader.id) ? 1 : 0))
          }
          seen.figures += shown.length
          if (shown.length > 0 && people.some(({ id }) => id !== reader.id && isSeen(id))) seen.besides += 1
        }
      }),
      { numRuns: cases, seed: 4711, endOnFailure: true },
    )
    expect(seen.figures).toBeGreaterThan(cases * 6)
    expect(seen.besides).toBeGreaterThan(cases / 3)
  })

  it('cannot as the leader of four whose org also has a team of six and its leader', async () => {
    // Ada leads a1–a4; Ben, who reports to the same boss, leads b1–b6. Before, a1–a4, Ada and Ben stood together: less Ada's own, Ben's 11.
    const calls: Readonly<Record<string, number>> = {
      ada: 7,
      ben: 11,
      a1: 1,
      a2: 2,
      a3: 3,
      a4: 4,
      b1: 1,
      b2: 1,
      b3: 1,
      b4: 1,
      b5: 1,
      b6: 1,
    }
    const led = ['a1', 'a2', 'a3', 'a4']
      .map((id) => person(id, 'ada'))
      .concat(['b1', 'b2', 'b3', 'b4', 'b5', 'b6'].map((id) => person(id, 'ben')))
    const everybody = [person('boss'), person('ada', 'boss'), person('ben', 'boss'), ...led]
    const key = periodKey(week)
    const service = stats({
      people: everybody,
      interaction: { [key]: Object.keys(calls).map((personId) => ({ personId, callsCount: 5, talkShare: 0.5 })) },
      activity: { [key]: Object.entries(calls).map(([personId, callsAsHost]) => ({ personId, callsAsHost })) },
      scorecards: Object.keys(calls).map((id) =>
        card(id, 'boss', '2026-11-18T10:00:00Z', { overallScore: 2, overallRange: { min: 0, max: 5 } }),
      ),
    })
    const org = { type: 'org', managerId: 'boss' } as const
    const report = await service.team(org, week, 'medians')
    // Ben's six alone: 6 × 1. With the rest, 7 + 11 + 1 + 2 + 3 + 4 = 28, Ada could take away 17.
    expect(valueOrWhy(report.measures.get('calls-hosted')?.value)).toBe(6)
    const cards = await service.scorecards(org, week, { type: 'group' })
    expect(cards.cards.map(({ average }) => average.n)).toEqual([6])
  })

  it('is shown the same of a week whenever they look', async () => {
    await fc.assert(
      fc.asyncProperty(company, async (drawn) => {
        const { before, after } = charts(drawn)
        const tables = tablesOf(drawn)
        const look = (people: readonly Person[], today: string) =>
          stats({ ...tables, people }, { minimumGroup, clock: movableClock(new Date(`${today}T12:00:00Z`)) })
        for (const subject of subjectsOf(before)) {
          const [first, second] = [
            await look(before, firstLook).team(subject, weekFrom('2026-11-02'), 'medians'),
            await look(after, secondLook).team(subject, weekFrom('2026-11-02'), 'medians'),
          ]
          expect(second.measures).toEqual(first.measures)
          expect(second.trend).toEqual(first.trend)
          expect(second.counts).toEqual(first.counts)
        }
      }),
      { numRuns: casesOf(100), seed: 7 },
    )
  })

  it('is shown nothing of days and parts of weeks, and of months no sum', async () => {
    const range = fc.tuple(fc.integer({ min: 0, max: 34 }), fc.integer({ min: 1, max: 34 }))
    await fc.assert(
      fc.asyncProperty(company, range, async (drawn, [start, days]) => {
        const from = addDays('2026-10-19', start)
        const period = { from, to: addDays(from, days) }
        fc.pre(days !== 7 || start % 7 !== 0)
        const isMonth = periodKey(period) === '2026-10-01..2026-10-31' || periodKey(period) === '2026-11-01..2026-11-30'
        const { after } = charts(drawn)
        const service = stats(
          { ...tablesOf(drawn), people: after },
          { minimumGroup, clock: movableClock(new Date('2026-12-24T12:00:00Z')) },
        )
        for (const subject of subjectsOf(after)) {
          const report = await service.team(subject, period, 'medians')
          for (const { id, value, change } of report.measures.values())
            if (!isMonth || id === 'calls-hosted')
              expect([valueOrWhy(value), valueOrWhy(change)].map((each) => typeof each)).toEqual(['string', 'string'])
          expect(report.daily.every(({ callsAsHost }) => !callsAsHost.known)).toBe(true)
          if (!isMonth) expect(report.counts).toEqual({ members: report.members.length, neverRead: 0 })
          expect(await service.scorecards(subject, period, { type: 'group' })).toMatchObject({ answered: 0, cards: [], tooFewPeople: true })
        }
      }),
      { numRuns: casesOf(150), seed: 11 },
    )
  })
})

it('a rep in a team of four learns no colleague’s figure from any answer', async () => {
  const names = ['ana', 'ben', 'eva', 'jon']
  const rows = names.map((personId, index) => ({
    personId,
    callsCount: 10 + index,
    talkShare: 0.41 + index / 100,
    callsAsHost: 31 + index,
  }))
  const same = <T>(of: readonly T[]): Record<string, readonly T[]> => new Proxy({}, { get: () => of })
  const service = stats({
    people: [person('vera'), person('maria', 'vera'), ...teamOf(...names).slice(1)],
    interaction: same(rows),
    activity: same(rows),
    daily: names.map((personId, index) => ({ personId, date: '2026-11-17', callsAsHost: 31 + index })),
    scorecards: names.map((name, index) =>
      card(name, 'maria', '2026-11-17T10:00:00Z', { overallScore: 51 + index, overallRange: { min: 0, max: 100 } }),
    ),
  })
  const team = { type: 'team', managerId: 'maria' } as const
  const answers: unknown[] = []
  for (const period of [week, weekFrom('2026-11-09'), { from: '2026-10-01', to: '2026-11-01' }, { from: '2026-11-01', to: '2026-11-16' }]) {
    const { measures, trend, daily, people, counts, isShort } = await service.team(team, period, 'medians')
    const { state: _, ...cards } = await service.scorecards(team, period, { type: 'group' })
    answers.push({ measures, trend, daily, people, counts, isShort }, cards, (await service.person('ana', period)).team)
  }
  // Every number in all of it, wherever it stands: members of the team, and the minimum.
  expect(new Set(numbersIn(answers))).toEqual(new Set([0, 4, 5]))
})

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  if (value instanceof Map) return [...value.values()].flatMap(numbersIn)
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}
