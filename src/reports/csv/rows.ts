// The figures behind a reply as rows: the same the message shows, one row per person (or per statistic for one person and for
// groups without names), each with its period, zone and time of reading, so that a file still says what it is.
import type { Measured } from '../../domain/measured.ts'
import { lastDate, type Period } from '../../domain/period.ts'
import { roundedAs } from '../../domain/unit.ts'
import type { DataState } from '../../stats/data-state.ts'
import type { CallCount, MeasureDefinition, PersonReport, TeamMeasure, TeamReport } from '../../stats/figures/results.ts'
import type { MeasureUnit } from '../../stats/measures/measure.ts'
import type { ScorecardReport } from '../../stats/scorecards/results.ts'
import type { CsvCell } from './text.ts'

type Rows = readonly (readonly CsvCell[])[]

const figure = (measured: Measured | undefined): number | undefined => (measured?.known ? measured.value : undefined)

const rounded = (value: number | undefined, unit: MeasureUnit): number | undefined =>
  value === undefined ? undefined : roundedAs(value, unit)

const unitWords: Readonly<Record<MeasureUnit, string>> = {
  share: 'share 0-1',
  seconds: 'seconds',
  score: 'score',
  'per-call': 'per call',
  count: 'count',
  none: '',
}

const titled = ({ label, unit }: MeasureDefinition): string => (unitWords[unit] ? `${label} (${unitWords[unit]})` : label)

const aboutTitles = ['from', 'to (last day)', 'zone', 'read at (UTC)', 'people as of (UTC)'] as const
const about = (period: Period, state: DataState): readonly CsvCell[] => [
  period.from,
  lastDate(period),
  state.zone,
  state.readAt?.toISOString(),
  state.peopleReadAt?.toISOString(),
]

/** As the message writes them: the value rounded, and the change of the rounded ones. */
const shownTitles = ['value as shown', 'change as shown'] as const

/** How many added to a sum is a figure of its own, which no message says without names. */
const peopleIn = ({ ofTeam }: MeasureDefinition, team: TeamMeasure | undefined): number | undefined =>
  ofTeam === 'sum' ? undefined : team?.people

const callsTitle = (count: CallCount): string => (count.basis === 'exact' ? 'calls' : 'calls in period')

/** One row per statistic. */
export function personRows(report: PersonReport, measures: readonly MeasureDefinition[]): Rows {
  const { figures, period, state } = report
  return [
    [
      'person',
      'statistic',
      'value',
      'before',
      'usual',
      'team median',
      'people in median',
      callsTitle(figures.callCount),
      ...shownTitles,
      ...aboutTitles,
    ],
    ...measures.map((measure): readonly CsvCell[] => {
      const own = figures.measures.get(measure.id)
      const team = report.team.get(measure.id)
      const median = rounded(figure(team?.value), measure.unit)
      return [
        figures.person.name,
        titled(measure),
        figure(own?.value),
        figure(own?.before),
        figure(own?.usualWeek),
        median,
        median === undefined ? undefined : peopleIn(measure, team),
        figure(figures.callCount.calls),
        rounded(figure(own?.value), measure.unit),
        figure(own?.change),
        ...about(period, state),
      ]
    }),
  ]
}

/** One row per person where names may be seen; otherwise one row per statistic, without anybody's own figures. */
export function teamRows(report: TeamReport, measures: readonly MeasureDefinition[], detail: 'by-name' | 'medians'): Rows {
  const { period, state } = report
  if (detail === 'medians') {
    return [
      ['statistic', 'team figure', 'before', 'people', 'change as shown', ...aboutTitles],
      ...measures
        .filter(({ ofTeam }) => ofTeam !== 'none')
        .map((measure): readonly CsvCell[] => {
          const team = report.measures.get(measure.id)
          const value = figure(team?.value)
          return [
            titled(measure),
            // Rounded as the message writes it: from an exact figure more could be worked out than from the message.
            rounded(value, measure.unit),
            value === undefined ? undefined : rounded(figure(team?.before), measure.unit),
            value === undefined ? undefined : peopleIn(measure, team),
            rounded(figure(team?.change), measure.unit),
            ...about(period, state),
          ]
        }),
    ]
  }
  const [first] = report.people
  return [
    [
      'person',
      first ? callsTitle(first.callCount) : 'calls',
      'new',
      ...measures.map(titled),
      ...measures.map((measure) => `${titled(measure)}: change as shown`),
      ...aboutTitles,
    ],
    ...report.people.map((each): readonly CsvCell[] => [
      each.person.name,
      figure(each.callCount.calls),
      each.isNew ? 'new' : '',
      ...measures.map(({ id }) => figure(each.measures.get(id)?.value)),
      ...measures.map(({ id }) => (each.isNew ? undefined : figure(each.measures.get(id)?.change))),
      ...about(period, state),
    ]),
  ]
}

/** One row per card and question; averages of a group without names rounded as the message writes them. */
export function scorecardRows(report: ScorecardReport): Rows {
  const { period, state } = report
  const average = (of: Measured): number | undefined => (report.minimumPeople > 0 ? rounded(figure(of), 'score') : figure(of))
  return [
    ['scorecard', 'answered by', 'question', 'average', 'before', 'answers', 'lowest possible', 'highest possible', ...aboutTitles],
    ...report.cards.flatMap((card): (readonly CsvCell[])[] => [
      [
        card.name,
        card.method,
        'overall',
        average(card.average.value),
        average(card.average.before),
        card.average.value.known ? card.average.n : undefined,
        card.average.range?.min,
        card.average.range?.max,
        ...about(period, state),
      ],
      ...card.questions.map((question): readonly CsvCell[] => [
        card.name,
        card.method,
        question.text ?? question.questionId,
        average(question.average.value),
        average(question.average.before),
        question.average.value.known ? question.average.n : undefined,
        question.average.range?.min,
        question.average.range?.max,
        ...about(period, state),
      ]),
    ]),
  ]
}
