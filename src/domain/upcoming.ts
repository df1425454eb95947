// The next runs of a rule as plain data: where the clocks change on the way, where a wall time is missing or doubled, where a run
// has to wait for its week to settle, and which days are skipped.

import type { Company } from './company.ts'
import type { LocalDate } from './period.ts'
import { dueAtOf } from './planned-run.ts'
import { nextRuns } from './recurrence.ts'
import type { Recurrence } from './subscription.ts'
import { offsetMinutes } from './zone-offset.ts'

/** A run to come. */
export interface UpcomingRun {
  readonly at: Date
  /** Local date and wall time as planned, in `zone`. */
  readonly date: LocalDate
  readonly time: string
  readonly zone: string
  /** `skipped`: the clock change leaves that time out, so it runs later. `twice`: that time exists twice; the first. */
  readonly wallTime: 'once' | 'skipped' | 'twice'
  /** When the clocks of this zone change between the run before this and this one: its new UTC offset in minutes. */
  readonly newOffsetMinutes?: number
  /** Set when the week it shows has not settled at `at`: it waits until then. */
  readonly waitsUntil?: Date
  /** The date is among the days to skip. */
  readonly isSkipped: boolean
}

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
