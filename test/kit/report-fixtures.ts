// A company for report tests, and a narrow fake of the statistics over it: every answer is given, nothing is computed. Defaults make
// an ordinary week; each builder takes what a test wants otherwise.
import type { AnsweredScorecard, GongContract } from '../../src/domain/gong-figures.ts'
import { known, type Measured, noData } from '../../src/domain/measured.ts'
import { datesIn, type Period, weeksThrough } from '../../src/domain/period.ts'
import type { Person } from '../../src/domain/person.ts'
import type { Subject, Viewer } from '../../src/domain/policy.ts'
import { changeAsPrinted } from '../../src/domain/unit.ts'
import type { ReportContext } from '../../src/reports/section.ts'
import { asReadBy } from '../../src/stats/coaching/as-read-by.ts'
import type {
  CoachingEffect,
  CoachingOverview,
  CoachingReceived,
  CoachingReport,
  QuestionsSince,
  ReportCoverage,
} from '../../src/stats/coaching/results.ts'
import type { DataState } from '../../src/stats/data-state.ts'
import { withheldDaily } from '../../src/stats/figures/daily.ts'
import type {
  DailyTotals,
  MeasureDefinition,
  PersonFigures,
  PersonMeasure,
  PersonReport,
  TeamMeasure,
  TeamReport,
  TrendPoint,
} from '../../src/stats/figures/results.ts'
import { type ListedMeasure, type MeasureId, measures } from '../../src/stats/measures/index.ts'
import { definitionOf } from '../../src/stats/measures/measure.ts'
import type { StatsService } from '../../src/stats/results.ts'
import type { CardSummary, ScoreAverage, ScorecardReport } from '../../src/stats/scorecards/results.ts'

/** Monday 16 to Sunday 22 November 2026. */
const week: Period = { from: '2026-11-16', to: '2026-11-23' }
const weekBefore: Period = { from: '2026-11-09', to: '2026-11-16' }
/** Monday 23 November, 09:00 in Berlin. */
export const now = new Date('2026-11-23T08:00:00Z')
const readAt = new Date('2026-11-23T07:41:00Z')

export const person = (id: string, name: string, more: Partial<Person> = {}): Person => ({ id, name, emails: [], active: true, ...more })

export const maria = person('100', 'Maria Lind', { title: 'Director' })
const [ana, ben, kai, lena, omar, priya, sam, tess] = [
  'Ana Diaz',
  'Ben Okafor',
  'Kai Tanaka',
  'Lena Vogt',
  'Omar Haddad',
  'Priya Nair',
  'Sam Ito',
  'Tess Byrne',
].map((name, index) => person(String(101 + index), name, { managerId: '100' })) as [
  Person,
  Person,
  Person,
  Person,
  Person,
  Person,
  Person,
  Person,
]

export { ana, ben, kai, lena, tess }
export const team = [ana, ben, kai, lena, omar, priya, sam, tess]

export const state = (more: Partial<DataState> = {}): DataState => ({
  contract: 'documented',
  zone: 'Europe/Berlin',
  readAt,
  mayMove: true,
  quarantined: 0,
  neverRead: 0,
  ...more,
})

export const definitions = (contract: GongContract = 'documented'): readonly MeasureDefinition[] =>
  measures.flatMap((measure: ListedMeasure) => definitionOf(measure, contract) ?? [])

const unknown = noData('no-comparison')

const unitOfMeasure = (id: MeasureId) => definitions().find((each) => each.id === id)?.unit ?? 'none'

const changeOf = (id: MeasureId, value: Measured, before: Measured): Measured =>
  value.known && before.known ? known(changeAsPrinted(value.value, before.value, unitOfMeasure(id))) : unknown

export const teamMeasure = (
  id: MeasureId,
  value: Measured,
  before: Measured = unknown,
  people = 6,
  more: Partial<TeamMeasure> = {},
): TeamMeasure => ({ id, value, before, change: changeOf(id, value, before), people, ...more })

/** Five of six talked less, and the team's 51 % lies below its usual 52–60 %. */
const talkedLess: Partial<TeamMeasure> = {
  moved: { up: 0, down: 5, unchanged: 1 },
  didMostMove: true,
  usualRange: { low: 0.52, high: 0.6, middle: 0.56, weeks: 7 },
  news: { direction: 'down', why: 'outside-usual', size: 1.25 },
  target: { range: { measure: 'talk-ratio', low: 0.43, high: 0.65, source: 'Gong 2025' }, position: 'within' },
}

export const trendOf = (values: readonly (number | undefined)[], last: Period = week): readonly TrendPoint[] =>
  weeksThrough(last, values.length).map((period, index) => {
    const value = values[index]
    return { period, value: value === undefined ? noData('too-few-calls') : known(value), people: value === undefined ? 0 : 6 }
  })

export const dailyOf = (calls: readonly number[], period: Period = week): readonly DailyTotals[] =>
  datesIn(period).map((date, index) => ({
    date,
    callsAsHost: known(calls[index] ?? 0),
    callsAttended: unknown,
    commentsGiven: unknown,
    recordingsAccessed: unknown,
  }))

const byId = <Of extends { readonly id: MeasureId }>(list: readonly Of[]): ReadonlyMap<MeasureId, Of> =>
  new Map(list.map((one) => [one.id, one]))

export const teamReport = (more: Partial<TeamReport> = {}): TeamReport => ({
  subject: { type: 'team', managerId: maria.id },
  manager: maria,
  members: team,
  period: week,
  before: weekBefore,
  measures: byId([
    teamMeasure('talk-ratio', known(0.51), known(0.56), 6, talkedLess),
    teamMeasure('longest-monologue', known(170), known(145), 6, { moved: { up: 4, down: 2, unchanged: 0 } }),
    teamMeasure('interactivity', known(6.1), known(6)),
    teamMeasure('patience', known(0.9), known(0.9)),
    teamMeasure('question-rate', known(13), known(10)),
    teamMeasure('calls-hosted', known(54), known(49), 8),
  ]),
  people: [],
  trend: new Map([['talk-ratio', trendOf([0.55, 0.54, 0.56, 0.58, 0.6, 0.58, 0.56, 0.51])]]),
  daily: dailyOf([12, 11, 10, 13, 8, 0, 0]),
  counts: { members: 8, enoughCalls: 6, tooFewCalls: 1, noCalls: 1, neverRead: 0 },
  minimumPeople: 5,
  minimumCalls: 3,
  state: state(),
  ...more,
})

export const personMeasure = (
  id: MeasureId,
  value: Measured,
  before: Measured = unknown,
  usualWeek: Measured = unknown,
  more: Partial<PersonMeasure> = {},
): PersonMeasure => ({
  id,
  value,
  before,
  change: changeOf(id, value, before),
  usualWeek,
  changeFromUsualWeek: changeOf(id, value, usualWeek),
  ...more,
})

/** 1:55 against a usual 2:20–4:00. */
const shorterMonologue: Partial<PersonMeasure> = {
  usualRange: { low: 140, high: 240, middle: 190, weeks: 8 },
  news: { direction: 'down', why: 'outside-usual', size: 1.5 },
}

export const personFigures = (of: Person = ana, more: Partial<PersonFigures> = {}): PersonFigures => ({
  person: of,
  callCount: { calls: known(12), basis: 'exact' },
  callCountBefore: { calls: known(10), basis: 'exact' },
  enoughCalls: true,
  isNew: false,
  quiet: false,
  measures: byId([
    personMeasure('talk-ratio', known(0.48), known(0.5), known(0.54)),
    personMeasure('longest-monologue', known(115), known(180), known(190), shorterMonologue),
    personMeasure('interactivity', known(6.4), known(6.2), known(6.1)),
    personMeasure('patience', known(0.8), known(0.8), known(0.8)),
    personMeasure('question-rate', known(14), known(12), known(11)),
    personMeasure('calls-hosted', known(12), known(10), known(10)),
    personMeasure('calls-attended', known(3), known(2), known(3)),
    personMeasure('comments-received', known(2), known(0), known(1)),
  ]),
  ...more,
})

export const personReport = (more: Partial<PersonReport> = {}): PersonReport => ({
  figures: personFigures(),
  period: week,
  before: weekBefore,
  team: byId([
    teamMeasure('talk-ratio', known(0.51)),
    teamMeasure('longest-monologue', known(170)),
    teamMeasure('question-rate', known(13)),
  ]),
  trend: new Map([
    ['talk-ratio', trendOf([0.55, 0.54, 0.56, 0.53, 0.54, 0.52, 0.5, 0.48])],
    ['longest-monologue', trendOf([180, 205, 190, 170, 220, 190, 180, 115])],
  ]),
  daily: dailyOf([3, 2, 2, 4, 1, 0, 0]),
  state: state(),
  ...more,
})

export const average = (value: number | undefined, before?: number, n = 7): ScoreAverage => ({
  value: value === undefined ? noData('not-given') : known(value),
  before: before === undefined ? unknown : known(before),
  change: value !== undefined && before !== undefined ? known(changeAsPrinted(value, before, 'score')) : unknown,
  n: value === undefined ? 0 : n,
})

export const card = (more: Partial<CardSummary> = {}): CardSummary => ({
  scorecardId: 'd1',
  name: 'Discovery',
  method: 'human',
  average: average(3.8, 3.6),
  answered: 7,
  answeredBefore: 5,
  questions: [
    { questionId: 'q1', text: 'Pain confirmed', average: average(4.5, 4.2), notApplicable: 0 },
    { questionId: 'q2', text: 'Agreed next step', average: average(2.9, 3.1), notApplicable: 1 },
    { questionId: 'q3', text: 'Budget named', average: average(3.6, 3.6), notApplicable: 0 },
  ],
  ...more,
})

export const answered = (more: Partial<AnsweredScorecard> = {}): AnsweredScorecard => ({
  id: 'a1',
  callId: '7782342274025937895',
  scorecardId: 'd1',
  scorecardName: 'Discovery',
  reviewedId: ana.id,
  reviewerId: maria.id,
  answeredAt: new Date('2026-11-17T13:00:00Z'),
  method: 'human',
  visibility: 'unmarked',
  overallScore: 4.1,
  questions: [
    { questionId: 'q1', text: 'Pain confirmed', score: 4.5, notApplicable: false },
    { questionId: 'q2', text: 'Agreed next step', score: 3, notApplicable: false },
  ],
  ...more,
})

export const scorecardReport = (more: Partial<ScorecardReport> = {}): ScorecardReport => ({
  subject: { type: 'team', managerId: maria.id },
  period: week,
  before: weekBefore,
  answered: 9,
  answeredBefore: 6,
  cards: [card()],
  single: [],
  peopleReviewed: 6,
  minimumPeople: 5,
  state: state(),
  ...more,
})

export const coverage = (of: Person, more: Partial<ReportCoverage> = {}): ReportCoverage => ({
  report: of,
  weeksSince: unknown,
  scorecardsInPeriod: 0,
  isNew: false,
  callsInPeriod: known(6),
  ...more,
})

const coached = (of: Person, weeks: number, more: Partial<ReportCoverage> = {}): ReportCoverage =>
  coverage(of, {
    lastScorecard: answered({ reviewedId: of.id, answeredAt: new Date(Date.UTC(2026, 10, 20 - 7 * weeks, 10)) }),
    weeksSince: known(weeks),
    ...more,
  })

const noTotals = {
  callsListenedTo: known(9),
  commentsGiven: known(14),
  scorecardsFilled: known(5),
  callsScored: known(5),
  othersCallsListenedTo: known(9),
}

export const coachingReport = (more: Partial<CoachingReport> = {}): CoachingReport => ({
  manager: maria,
  period: week,
  before: weekBefore,
  totals: noTotals,
  totalsBefore: { ...noTotals, scorecardsFilled: known(3) },
  reports: [
    coached(ana, 0, { scorecardsInPeriod: 1 }),
    coached(ben, 4, {
      lowest: {
        card: answered({ reviewedId: ben.id, answeredAt: new Date('2026-11-12T10:00:00Z'), callId: '42' }),
        questionText: 'Agreed next step',
        score: 2,
      },
    }),
    coverage(kai, { isNew: true, callsInPeriod: known(2) }),
    coverage(lena, { callsInPeriod: known(0), lastScorecard: answered({ reviewedId: lena.id }), weeksSince: known(5) }),
    coached(omar, 0, { scorecardsInPeriod: 1 }),
    coached(priya, 1),
    coached(sam, 0, { scorecardsInPeriod: 2 }),
    coached(tess, 3),
  ],
  coachedIn2Weeks: 4,
  coachedIn4Weeks: 6,
  coachedBefore: { in2Weeks: 5, in4Weeks: 6 },
  basis: 'scorecards',
  state: state(),
  ...more,
})

export const coachingOverview = (more: Partial<CoachingOverview> = {}): CoachingOverview => ({
  subject: { type: 'company' },
  period: week,
  managers: [
    {
      manager: maria,
      reports: 8,
      coachedIn2Weeks: 5,
      coachedIn4Weeks: 7,
      coachedBefore: { in2Weeks: 4, in4Weeks: 5 },
      scorecardsFilled: known(5),
    },
    {
      manager: person('200', 'Noor Aziz'),
      reports: 6,
      coachedIn2Weeks: 0,
      coachedIn4Weeks: 0,
      coachedBefore: { in2Weeks: 0, in4Weeks: 1 },
      scorecardsFilled: known(0),
    },
  ],
  state: state(),
  ...more,
})

export const coachingReceived = (more: Partial<CoachingReceived> = {}): CoachingReceived => ({
  person: ana,
  period: week,
  cards: [answered()],
  commentsReceived: known(2),
  lastCard: answered(),
  state: state(),
  ...more,
})

export const coachingEffect = (more: Partial<QuestionsSince> = {}): CoachingEffect => ({
  subject: { type: 'org', managerId: maria.id },
  period: week,
  since: { rose: ['101', '105', '106'], unchanged: ['107'], fell: ['108'], notScoredSince: ['102'], ...more },
})

/** What the fake answers; whatever is left out is an ordinary week. */
export interface Answers {
  readonly contract?: GongContract
  /** The statistics there are; default: those of the contract. */
  readonly definitions?: readonly MeasureDefinition[]
  readonly person?: PersonReport
  readonly team?: TeamReport
  readonly scorecards?: ScorecardReport
  readonly coaching?: CoachingReport
  readonly coachingOverview?: CoachingOverview
  readonly coachingReceived?: CoachingReceived
  readonly coachingEffect?: CoachingEffect
}

export interface RecordedStats extends StatsService {
  /** Every question asked, as `team {"type":"company"} medians`. */
  readonly asked: readonly string[]
}

/** What the statistics leave out of a group without names: people, days, and counts that are not enough people's. */
function withoutNames(report: TeamReport): TeamReport {
  const { members, neverRead, enoughCalls = 0, noCalls } = report.counts
  const counts = enoughCalls >= report.minimumPeople ? { members, enoughCalls, neverRead } : { members, neverRead }
  return {
    ...report,
    people: [],
    measures: new Map([...report.measures].map(([id, { moved: _heads, ...measure }]) => [id, measure])),
    daily: report.daily.length === 0 ? [] : withheldDaily(report.period),
    counts: noCalls === members ? report.counts : counts,
  }
}

export function fakeStats(answers: Answers = {}): RecordedStats {
  const asked: string[] = []
  const note = (...words: unknown[]): void => {
    asked.push(words.map((word) => (typeof word === 'string' ? word : JSON.stringify(word))).join(' '))
  }
  return {
    asked,
    measures: async () => answers.definitions ?? definitions(answers.contract),
    async person(personId, period) {
      note('person', personId, period)
      return answers.person ?? personReport()
    },
    async team(subject, period, detail) {
      note('team', subject, period, detail)
      const report = answers.team ?? teamReport()
      return detail === 'by-name' ? { ...report, minimumPeople: 0 } : withoutNames(report)
    },
    async scorecards(subject, period, viewer) {
      note('scorecards', subject, period, viewer.type)
      const report = answers.scorecards ?? scorecardReport()
      return viewer.type === 'person' ? { ...report, minimumPeople: 0 } : report
    },
    async coaching(managerId, period, viewer) {
      note('coaching', managerId, period)
      const report = answers.coaching ?? coachingReport()
      return { ...report, reports: report.reports.map((coverage) => asReadBy(viewer, coverage)) }
    },
    async coachingOverview(subject, period) {
      note('overview', subject, period)
      return answers.coachingOverview ?? coachingOverview()
    },
    async coachingEffect(subject, period) {
      note('effect', subject, period)
      return answers.coachingEffect ?? coachingEffect()
    },
    async coachingReceived(personId, period) {
      note('received', personId, period)
      return answers.coachingReceived ?? coachingReceived()
    },
  }
}

export const viewer = (of: Person | undefined = maria, more: Partial<Viewer> = {}): Viewer => ({
  slackUserId: 'U100',
  ...(of && { person: of }),
  standing: 'member',
  isAdmin: false,
  grants: [],
  ...more,
})

/** A channel reading Maria's team. */
export const inChannel = (answers: Answers = {}, more: Partial<ReportContext> = {}): ReportContext => ({
  subject: { type: 'team', managerId: maria.id },
  period: week,
  audience: { type: 'group', byName: false },
  detail: 'medians',
  stats: fakeStats(answers),
  today: '2026-11-23',
  now,
  locale: 'en-GB',
  zone: 'Europe/Berlin',
  gongAppUrl: 'https://app.gong.io',
  ...more,
})

/** One reader; Maria about her team unless said otherwise. */
export const toReader = (answers: Answers = {}, more: Partial<ReportContext> = {}): ReportContext =>
  inChannel(answers, { audience: { type: 'person', viewer: viewer() }, detail: 'by-name', ...more })

/** Ana about herself. */
export const toAna = (answers: Answers = {}, more: Partial<ReportContext> = {}): ReportContext =>
  toReader(
    {
      scorecards: scorecardReport({
        subject: { type: 'person', personId: ana.id },
        answered: 1,
        answeredBefore: 1,
        cards: [card({ answered: 1, answeredBefore: 1, average: average(4.1, 3.9, 1), questions: [] })],
        single: [answered()],
        peopleReviewed: 1,
        minimumPeople: 0,
      }),
      ...answers,
    },
    { subject: { type: 'person', personId: ana.id } as Subject, audience: { type: 'person', viewer: viewer(ana) }, ...more },
  )
