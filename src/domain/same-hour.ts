// What one person gets in the same hour is one message: which kinds of digest say all that another says, and which runs of a rule fall
// within the hour of an instant. Pure; whether a digest was sent is asked in digests/same-hour.ts.
import type { Company } from './company.ts'
import { dueAtOf } from './planned-run.ts'
import { nextRuns, occurrenceOf, runsBetween } from './recurrence.ts'
import type { DigestKind, Recurrence, Subscription } from './subscription.ts'

const hourMs = 3_600_000
/** A run waits for its week to settle, at most a day where a zone is far from the company's. */
const longestWaitMs = 24 * hourMs

/** An hour apart or less. */
export const isWithinTheHour = (a: Date, b: Date): boolean => Math.abs(a.getTime() - b.getTime()) <= hourMs

/** Kinds whose message about the same person's team, to the same reader, says more than one of this kind: the first is the best. */
export function kindsThatSayMore(kind: DigestKind): readonly DigestKind[] {
  if (kind === 'team' || kind === 'reminder') return ['org', 'manager']
  return kind === 'manager' ? ['org'] : []
}

/** Both go out on some day within the same hour. A week of each is looked at, from `after`. */
export function meetInSomeHour(a: Recurrence, b: Recurrence, after: Date): boolean {
  const weekOf = (rule: Recurrence): readonly Date[] => nextRuns(rule, after, rule.weekdays.length + 1).map(({ at }) => at)
  const others = weekOf(b)
  return weekOf(a).some((at) => others.some((other) => isWithinTheHour(at, other)))
}

/** A planned run: its key, and when it goes out. */
export interface RunWithinTheHour {
  readonly occurrence: string
  readonly plannedAt: Date
  readonly dueAt: Date
}

/** The runs of a digest that go out within the hour of `at`, skipped days left out. */
export const runsWithinTheHour = (
  { recurrence, skipDates }: Pick<Subscription, 'recurrence' | 'skipDates'>,
  at: Date,
  company: Company,
): readonly RunWithinTheHour[] =>
  runsBetween(recurrence, new Date(at.getTime() - hourMs - longestWaitMs - 1), new Date(at.getTime() + hourMs))
    .filter(({ date }) => !skipDates.includes(date))
    .map((run) => ({ occurrence: occurrenceOf(run), plannedAt: run.at, dueAt: dueAtOf(run, company) }))
    .filter(({ dueAt }) => isWithinTheHour(dueAt, at))
