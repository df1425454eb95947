// Whom a coaching reminder names. Pure: the same report, goal and items always give the same plan. Knows nothing of messages or of
// when a reminder is sent; what Gong shows afterwards is reminder-evidence.ts.
import { type CoachingGoal, isWaiting, type ReminderItem } from '../../domain/coaching.ts'
import { addDays, type LocalDate, localDateOf } from '../../domain/period.ts'
import type { Person } from '../../domain/person.ts'
import type { CoachingReport, ReportCoverage } from './results.ts'

/** A reminder names at most this many people: a longer list is read by nobody. */
const mostNamed = 3

export interface NamedReport {
  readonly coverage: ReportCoverage
  /** The item that already stands for this report, when there is one. */
  readonly item?: ReminderItem
}

export interface ReminderPlan {
  /**
   * Whom to coach first: who was put off until today, then longest without coaching (never on record first), newcomers last. At most
   * `mostNamed`.
   */
  readonly named: readonly NamedReport[]
  /** Due as well, but not named this week. */
  readonly more: number
  /** Reports coached within the goal, by Gong's evidence or the manager's word. */
  readonly done: number
  /** Reports the goal counts: without those away and those marked *Not mine*. */
  readonly counted: number
  /** Reports without any call in the period: away, not neglected. */
  readonly away: readonly Person[]
}

/** `date`: the day of the message in its reader's zone, by which people are put off; missing = today. */
export interface PlannedMessage {
  readonly date?: LocalDate | undefined
  /** Names just those who were put off until then. */
  readonly only?: 'put-off' | undefined
}

/**
 * Plans a manager's reminder on `today` (company zone).
 * A report is coached when a human scorecard, or per-report coaching Gong gives, lies within the goal's weeks; "Done" counts
 * for as long. Empty `named` = the goal is met: nothing is sent.
 */
export function planReminder(
  report: CoachingReport,
  goal: CoachingGoal,
  items: readonly ReminderItem[],
  today: LocalDate,
  zone: string,
  { date = today, only }: PlannedMessage = {},
): ReminderPlan {
  const since = addDays(today, -7 * goal.everyWeeks)
  const latest = latestItems(items)
  const due: NamedReport[] = []
  const away: Person[] = []
  let done = 0
  let counted = 0

  for (const coverage of report.reports) {
    const item = latest.get(coverage.report.id)
    if (item?.status === 'not-mine') continue
    const cardDate = coverage.lastScorecard && localDateOf(coverage.lastScorecard.answeredAt, zone)
    const coached = (cardDate !== undefined && cardDate >= since) || isCountedSince(since, coverage)
    const said = item?.status === 'done-said' && item.closedAt !== undefined && localDateOf(item.closedAt, zone) >= since
    if (!coached && !said && coverage.callsInPeriod.known && coverage.callsInPeriod.value === 0) {
      away.push(coverage.report)
      continue
    }
    counted += 1
    if (coached || said) done += 1
    else if (item?.status === 'snoozed' && item.snoozedUntil !== undefined && item.snoozedUntil > date) continue
    else due.push({ coverage, ...(item && isWaiting(item) ? { item } : {}) })
  }

  due.sort(
    (a, b) =>
      Number(isBack(b)) - Number(isBack(a)) ||
      daysWithout(b.coverage, today, zone) - daysWithout(a.coverage, today, zone) ||
      (a.coverage.report.name < b.coverage.report.name ? -1 : 1),
  )
  const named = only === 'put-off' ? due.filter(isBack) : due.slice(0, mostNamed)
  return { named, more: due.length - named.length, done, counted, away }
}

/** Items open for two weeks or more without an answer, oldest first. Empty when there are none. */
export function unansweredOf(items: readonly ReminderItem[], today: LocalDate, zone: string): readonly ReminderItem[] {
  const twoWeeksAgo = addDays(today, -14)
  return [...latestItems(items).values()].filter((item) => item.status === 'open' && localDateOf(item.openedAt, zone) <= twoWeeksAgo)
}

/** Was put off until a day that has come. */
const isBack = ({ item }: NamedReport): boolean => item?.status === 'snoozed'

/** One item per report: the newest that no later message repeats decides, except that *Not mine* is remembered for good. */
function latestItems(items: readonly ReminderItem[]): ReadonlyMap<string, ReminderItem> {
  const latest = new Map<string, ReminderItem>()
  for (const item of items.toSorted((a, b) => a.openedAt.getTime() - b.openedAt.getTime())) {
    if (item.status === 'named-again') continue
    if (latest.get(item.reportId)?.status !== 'not-mine') latest.set(item.reportId, item)
  }
  return latest
}

/**
 * Coaching of any kind that Gong counts per report (live contract), in a week of which some days lie within the goal: nobody is named by
 * mistake.
 */
const isCountedSince = (since: LocalDate, { coachedWeeks = [] }: ReportCoverage): boolean =>
  coachedWeeks.some((from) => addDays(from, 7) > since)

/** Days since the last scorecard; never coached counts as longest. A newcomer without one waits behind those left alone for weeks. */
function daysWithout(coverage: ReportCoverage, today: LocalDate, zone: string): number {
  if (!coverage.lastScorecard) return coverage.isNew ? 0 : Number.MAX_SAFE_INTEGER
  return Math.round((Date.parse(today) - Date.parse(localDateOf(coverage.lastScorecard.answeredAt, zone))) / 86_400_000)
}
