// Coaching for leaders: each manager's coverage, and who coached nobody.
import { periodBefore } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { Cell, TablePart } from '../../render/message.ts'
import { decimal, listWords, measuredWords, missingWords, plural } from '../../render/text/numbers.ts'
import { bold, line } from '../../render/text/text.ts'
import type { Coachees, CoachingOverview } from '../../stats/coaching/results.ts'
import type { ReportContext, SectionOutput } from '../section.ts'
import { type Counted, coachedAsCounted } from './coached-as-counted.ts'
import { coachedBeforeWords, coachedUnknown } from './coverage.ts'
import { nameOf } from './subject.ts'

/** So many managers are named; more are counted. */
const named = 3

export function coachingOfLeader(report: CoachingOverview, context: ReportContext): SectionOutput {
  const { locale } = context
  const { managers } = report
  /** Unknown as soon as one manager's is. */
  const sum = (of: (manager: CoachingOverview['managers'][number]) => number | undefined): number | undefined =>
    managers.reduce<number | undefined>((all, one) => {
      const more = of(one)
      return all === undefined || more === undefined ? undefined : all + more
    }, 0)
  const reports = sum((manager) => manager.reports) ?? 0
  const [in4Weeks, in2Weeks] = [sum((manager) => manager.coachedIn4Weeks), sum((manager) => manager.coachedIn2Weeks)]
  const idle = managers.filter(({ coachedIn4Weeks, reports: under }) => under > 0 && coachedIn4Weeks === 0)
  const before = managers.every(({ coachedBefore }) => coachedBefore) ? sum(({ coachedBefore }) => coachedBefore?.in4Weeks) : undefined
  const sentence =
    in4Weeks === undefined
      ? coachedUnknown
      : `${in4Weeks} of ${plural(reports, 'person', locale, 'people')} coached in the last 4 weeks${coachedBeforeWords(before, { period: report.period, before: periodBefore(report.period) }, locale)}${in2Weeks === undefined ? '' : `, ${decimal(in2Weeks, locale)} of ${decimal(reports, locale)} in the last 2 weeks`}; ${idleWords(
          idle.map(({ manager }) => nameOf(context, manager)),
          managers.length,
          locale,
        )}.`
  const table: TablePart = {
    type: 'table',
    caption: 'Coaching by manager',
    columns: [
      { title: 'Manager', align: 'left' },
      { title: 'Reports', align: 'right' },
      { title: 'Coached in 2 weeks', align: 'right' },
      { title: 'In 4 weeks', align: 'right' },
      { title: 'Scorecards', align: 'right' },
    ],
    rows: managers.map(({ manager, reports: under, coachedIn2Weeks, coachedIn4Weeks, scorecardsFilled }): Cell[] => [
      { type: 'text', text: nameOf(context, manager) },
      count(under, locale),
      count(coachedIn2Weeks, locale),
      count(coachedIn4Weeks, locale),
      scorecardsFilled.known
        ? count(scorecardsFilled.value, locale)
        : { type: 'empty', why: measuredWords(scorecardsFilled, 'count', locale) },
    ]),
  }
  return {
    parts: [{ type: 'text', line: line(bold('Coaching:'), ` ${sentence}`) }],
    thread: [table],
    summary: sentence,
    shows: [...managers.map(({ manager }) => manager.id), ...coachedAsCounted(countsOf(managers, before !== undefined), context)],
    ...(in4Weeks !== undefined && { figures: { 'people coached in 4 weeks': in4Weeks } }),
  }
}

/** Each manager's two counts, and that of all at the end of the period before where it is said. */
function countsOf(managers: CoachingOverview['managers'], isBeforeSaid: boolean): readonly Counted[] {
  const known = managers.flatMap(({ coachees }) => coachees ?? [])
  const all = (of: (each: Coachees) => readonly PersonId[] | undefined) => [...new Set(known.flatMap((each) => of(each) ?? []))]
  return [
    ...known.flatMap(({ all: among, in2Weeks, in4Weeks }) => [in2Weeks, in4Weeks].map((coached) => ({ among, coached }))),
    ...(isBeforeSaid ? [{ among: all((each) => each.all), coached: all(({ in4WeeksBefore }) => in4WeeksBefore) }] : []),
  ]
}

/** Managers who coached nobody, by name while they are few. */
function idleWords(idle: readonly string[], managers: number, locale: string): string {
  if (idle.length === 0) return 'every manager coached somebody'
  const who = idle.length <= named ? ` (${listWords(idle)})` : ''
  return `${decimal(idle.length, locale)} of ${plural(managers, 'manager', locale)} coached nobody${who}`
}

const count = (value: number | undefined, locale: string): Cell =>
  value === undefined ? { type: 'empty', why: missingWords('not-read') } : { type: 'number', value, shown: decimal(value, locale) }
