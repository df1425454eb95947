// The runs to come of a rule, told as plain data: where the clock changes on the way, where a wall time is left out or doubled,
// where a run has to wait for its week to settle, and which days are skipped.
import type { LocalDate } from '../domain/period.ts'
import type { Recurrence } from '../domain/subscription.ts'
import { offsetMinutes } from '../domain/zone-offset.ts'
import type { UpcomingRun } from '../reports/digest-desk.ts'
import { type Company, dueAtOf } from './due.ts'
import { nextRuns } from './recurrence.ts'

/** The next `count` runs after `after`, skipped days included and marked. */
export function upcomingRuns(
  rule: Recurrence,
  skipDates: readonly LocalDate[],
  after: Date,
  count: number,
  company: Company,
): UpcomingRun[] {
  let offsetBefore = offsetMinutes(rule.zone, after.getTime())
  return nextRuns(rule, after, count).map((run) => {
    const offset = offsetMinutes(rule.zone, run.at.getTime())
    const changes = offset !== offsetBefore
    offsetBefore = offset
    const dueAt = dueAtOf(run, company)
    return {
      ...run,
      isSkipped: skipDates.includes(run.date),
      ...(changes && { newOffsetMinutes: offset }),
      ...(dueAt > run.at && { waitsUntil: dueAt }),
    }
  })
}
