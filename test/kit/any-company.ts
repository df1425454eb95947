// Any company as property tests meet it: hostile names and texts, nobody to hundreds of people, anything missing. Built from few
// random draws, so that thousands of cases stay fast: names come from a pool of the worst, figures from a seed.
import fc from 'fast-check'
import type { AnsweredScorecard } from '../../src/domain/gong-figures.ts'
import { known, type Measured, type Missing, noData } from '../../src/domain/measured.ts'
import type { Person } from '../../src/domain/person.ts'
import type { PersonFigures } from '../../src/stats/figures/results.ts'
import type { MeasureId } from '../../src/stats/measures/index.ts'
import {
  type Answers,
  answered,
  average,
  card,
  coachingOverview,
  coachingReceived,
  coachingReport,
  coverage,
  dailyOf,
  definitions,
  person,
  personFigures,
  personMeasure,
  personReport,
  scorecardReport,
  state,
  teamMeasure,
  teamReport,
  trendOf,
} from './report-fixtures.ts'

/** Whatever could ping, link, format, break or fill a message. */
export const hostile: readonly string[] = [
  '<!channel>',
  '<!here|x> <!everyone>',
  '<@U12345678>',
  '<#C12345678|general>',
  '<!subteam^S12345678>',
  '<https://evil.example|click me>',
  'https://evil.example/path?x=1&y=2',
  '*bold* _it_ ~no~ `code` ```block```',
  '> quoted\n> twice',
  '&lt;!channel&gt; &amp;',
  '👩‍👩‍👧‍👦👩🏽‍🚀🇩🇪'.repeat(20),
  'שלום עולם مرحبا بالعالم',
  '\u202egnp.exe\u202c \u2066x\u2069',
  '\ud800 lone \udc00',
  '\u0000\u0007\u001b[31m',
  '',
  '   ',
  ':tada: :100: :smile',
  'A'.repeat(5000),
  'Wort '.repeat(1000),
  '<'.repeat(400),
  '|>|<!date^1^{date}|x>',
  "James O'Brien & Söhne",
  'e\u0301\u0301\u0301'.repeat(200),
]

const nasty = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
)

/** Every reason a figure may be missing for. */
export const reasons: readonly Missing[] = [
  'no-calls',
  'too-few-calls',
  'too-few-people',
  'not-read',
  'not-given',
  'quarantined',
  'no-comparison',
  'not-whole',
  'deleted',
  'other-setting',
  'not-kept',
]

/** A repeatable stream of numbers in 0–1 (mulberry32). */
export function stream(seed: number): () => number {
  let now = seed
  return () => {
    now = (now + 0x6d2b79f5) | 0
    let mixed = Math.imul(now ^ (now >>> 15), 1 | now)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const ids: readonly MeasureId[] = [
  'talk-ratio',
  'longest-monologue',
  'longest-customer-story',
  'interactivity',
  'patience',
  'question-rate',
  'calls-hosted',
  'calls-attended',
  'comments-given',
  'comments-received',
  'recordings-accessed',
  'calls-scored',
  'own-calls-listened-to',
  'others-calls-listened-to',
  'feedback-requested',
  'feedback-received',
  'feedback-given',
]

const scale = (id: MeasureId): number => (id === 'talk-ratio' ? 1 : id.startsWith('longest') ? 4000 : id === 'calls-hosted' ? 100_000 : 40)

export interface AnyCompany {
  readonly answers: Answers
  readonly people: number
  /** Every foreign text in it. */
  readonly texts: readonly string[]
}

/** What a company is made from: small, so that a counterexample can be read. */
export interface Draw {
  readonly count: number
  readonly seed: number
  /** Share of figures that are missing. */
  readonly missing: number
  readonly texts: readonly string[]
  readonly contract: 'documented' | 'live'
}

/** `people`: how many at most; exactly that many with `exactly`. */
export const anyDraw = (o: { readonly people: number; readonly exactly?: boolean }): fc.Arbitrary<Draw> =>
  fc.record({
    count: o.exactly ? fc.constant(o.people) : fc.integer({ min: 0, max: o.people }),
    seed: fc.integer({ min: 0, max: 0x7fff_ffff }),
    missing: fc.constantFrom(0, 0.1, 0.5, 1),
    texts: fc.array(nasty, { minLength: 4, maxLength: 12, size: 'max' }),
    contract: fc.constantFrom('documented', 'live'),
  })

/** The company of a draw; the same each time. */
export function companyOf(drawn: Draw): AnyCompany {
  const { count, missing, texts, contract } = drawn
  const random = stream(drawn.seed)
  const isMissing = (): boolean => random() < missing
  const measured = (most: number): Measured =>
    isMissing() ? noData(reasons[Math.floor(random() * reasons.length)] ?? 'not-given') : known(random() < 0.1 ? 0 : random() * most)
  /** A figure itself lacks no comparison. */
  const figure = (most: number): Measured => {
    const drawn = measured(most)
    return !drawn.known && drawn.why === 'no-comparison' ? noData('not-read') : drawn
  }
  const text = (): string => texts[Math.floor(random() * texts.length)] ?? ''
  const names = Array.from(
    { length: count },
    (_, index): Person => person(String(1000 + index), `${text()}${random() < 0.5 ? ` ${index}` : ''}` || '?', { managerId: '1' }),
  )
  const shown = definitions(contract)
  const whole = random() < 0.1
  const measuresOf = (): ReadonlyMap<MeasureId, ReturnType<typeof personMeasure>> =>
    new Map(
      ids.filter(() => !isMissing()).map((id) => [id, personMeasure(id, figure(scale(id)), measured(scale(id)), measured(scale(id)))]),
    )
  const figures = (of: Person): PersonFigures => {
    const calls = figure(50)
    const whole: Measured = calls.known ? known(Math.round(calls.value)) : calls
    return personFigures(of, {
      callCount: { calls: whole, basis: contract === 'live' ? 'in-period' : 'exact' },
      enoughCalls: whole.known && whole.value >= 3,
      isNew: random() < 0.1,
      quiet: whole.known && whole.value === 0,
      ...(random() < 0.2 && { isShort: true as const }),
      measures: measuresOf(),
    })
  }
  const single = (): AnsweredScorecard => {
    const score = random() * 5
    return answered({
      callId: random() < 0.5 ? '7782342274025937895' : text(),
      scorecardName: text(),
      ...(random() < 0.5 && { overallRange: { min: 1, max: 5 } }),
      overallScore: score,
      method: random() < 0.5 ? 'human' : 'automatic',
      questions: Array.from({ length: Math.floor(random() * 8) }, (_, index) => ({
        questionId: String(index),
        ...(random() < 0.8 && { text: text() }),
        ...(random() < 0.8 && { score: Math.floor(random() * 5) }),
        notApplicable: random() < 0.1,
      })),
    })
  }
  const state_ = state({
    contract,
    ...(random() < 0.1 ? { readAt: new Date('2026-01-01T00:00:00Z') } : {}),
    mayMove: random() < 0.5,
    quarantined: Math.floor(random() * 3),
    neverRead: isMissing() ? count : 0,
  })
  const enoughCalls = Math.floor(random() * (count + 1))
  const averageOf = () =>
    isMissing()
      ? average(undefined)
      : { ...average(random() * 5, random() * 5, Math.floor(random() * 100)), ...(random() < 0.5 && { range: { min: 1, max: 5 } }) }
  const cards = Array.from({ length: Math.floor(random() * 6) }, (_, index) =>
    card({
      scorecardId: String(index),
      name: text(),
      method: random() < 0.5 ? 'human' : 'automatic',
      average: averageOf(),
      answered: Math.floor(random() * 40),
      answeredBefore: Math.floor(random() * 40),
      questions: Array.from({ length: Math.floor(random() * 12) }, (_unused, at) => ({
        questionId: String(at),
        ...(random() < 0.8 && { text: text() }),
        average: averageOf(),
        notApplicable: Math.floor(random() * 3),
      })),
    }),
  )
  const leader = person('1', text() || '?')
  const self = names[0] ?? person('1000', text() || '?')
  const trend = new Map([['talk-ratio' as const, trendOf(Array.from({ length: 8 }, () => (isMissing() ? undefined : random())))]])
  const cardReport = scorecardReport({
    cards,
    answered: cards.reduce((sum, { answered: one }) => sum + one, 0),
    answeredBefore: Math.floor(random() * 40),
    single: Array.from({ length: Math.min(30, Math.floor(random() * (count + 1))) }, single),
    peopleReviewed: Math.floor(random() * (count + 1)),
    ...(random() < 0.1 && { tooFewPeople: true as const, answered: 0, answeredBefore: 0, cards: [], single: [] }),
    state: state_,
  })
  const covered = names.map((of) =>
    coverage(of, {
      weeksSince: measured(20).known ? known(Math.floor(random() * 20)) : noData('no-comparison'),
      isNew: random() < 0.1,
      callsInPeriod: measured(20).known ? known(Math.floor(random() * 20)) : noData('not-read'),
      ...(random() < 0.3 && { lastScorecard: single() }),
      ...(random() < 0.3 && { lowest: { card: single(), questionText: text(), score: Math.floor(random() * 5) } }),
    }),
  )
  return {
    people: count,
    texts,
    answers: {
      contract,
      team: teamReport({
        manager: leader,
        members: names,
        people: names.map(figures),
        measures: whole
          ? new Map()
          : new Map(
              shown
                .filter(() => !isMissing())
                .map(({ id }) => [
                  id,
                  { ...teamMeasure(id, figure(scale(id)), measured(scale(id)), enoughCalls), change: measured(scale(id)) },
                ]),
            ),
        trend,
        daily: dailyOf(Array.from({ length: 7 }, () => Math.floor(random() * 90))),
        counts: {
          members: count,
          enoughCalls,
          tooFewCalls: Math.floor((count - enoughCalls) / 2),
          noCalls: Math.ceil((count - enoughCalls) / 2),
          neverRead: 0,
        },
        ...(random() < 0.2 && { isShort: true as const }),
        state: state_,
      }),
      person: personReport({
        figures: figures(self),
        trend,
        team: new Map(ids.map((id) => [id, teamMeasure(id, measured(scale(id)))])),
        state: state_,
      }),
      scorecards: cardReport,
      coaching: coachingReport({
        manager: leader,
        reports: covered,
        coachedIn2Weeks: Math.floor(count / 2),
        coachedIn4Weeks: count,
        basis: random() < 0.5 ? 'scorecards' : 'per-report',
        state: state_,
      }),
      coachingOverview: coachingOverview({
        managers: names.map((manager) => ({ manager, reports: 5, coachedIn2Weeks: 1, coachedIn4Weeks: 2, scorecardsFilled: measured(9) })),
        state: state_,
      }),
      coachingReceived: coachingReceived({
        person: self,
        cards: cardReport.single.slice(0, 3),
        commentsReceived: measured(9),
        lastCard: single(),
        state: state_,
      }),
    },
  }
}
