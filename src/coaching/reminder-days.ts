// The local day on which a reminder is sent: planned, moved because its day is skipped or the coach is away, or chosen by a snooze. Pure;
// never moves to a weekend. A snoozed one does not count as the week's one message.
import type { Company } from '../domain/company.ts'
import { deliveryIdOf } from '../domain/delivery-id.ts'
import { addDays, type LocalDate, localDateOf, type Weekday, weekdayOf } from '../domain/period.ts'
import { dueAtOf } from '../domain/planned-run.ts'
import { instantOfWallTime, nextRun, plannedDateOf, runOn } from '../domain/recurrence.ts'
import type { Delivery, Recurrence, Subscription } from '../domain/subscription.ts'

export type ReminderRun = 'planned' | 'moved' | 'snoozed' | 'manual'

/** Why a run that a digest of the same hour brought is not sent alone. */
export const inDigest = 'in-digest'

export function runOf({ occurrence }: Pick<Delivery, 'occurrence'>): ReminderRun {
  if (plannedDateOf(occurrence) !== undefined) return 'planned'
  return occurrence.startsWith('moved:') ? 'moved' : occurrence.startsWith('snooze:') ? 'snoozed' : 'manual'
}

/** Sent without anybody asking: at most one of these a week. */
export const isUnasked = (row: Pick<Delivery, 'occurrence'>): boolean => runOf(row) === 'planned' || runOf(row) === 'moved'

/** The local date in an occurrence; undefined for manual sends. */
export const dateOfRun = (occurrence: string): LocalDate | undefined =>
  plannedDateOf(occurrence) ?? /^(?:moved|snooze):(\d{4}-\d{2}-\d{2})$/.exec(occurrence)?.[1]

type Rule = Pick<Subscription, 'recurrence' | 'skipDates'>

const isFree = (date: LocalDate, { skipDates }: Rule): boolean => weekdayOf(date) <= (5 satisfies Weekday) && !skipDates.includes(date)

/** The next working day after `date` that is not skipped; undefined when the planned run of the week after comes no later. */
export function nextFreeDay(date: LocalDate, rule: Rule): LocalDate | undefined {
  for (let days = 1; days <= 7; days += 1) {
    const next = addDays(date, days)
    if (runOn(rule.recurrence, next)) return undefined
    if (isFree(next, rule)) return next
  }
  return undefined
}

/** Two days after `now`, moved on past weekends and skipped days. */
export function twoDaysOn(now: Date, rule: Rule): LocalDate {
  let date = addDays(localDateOf(now, rule.recurrence.zone), 2)
  for (let moved = 0; moved < 60 && !isFree(date, rule); moved += 1) date = addDays(date, 1)
  return date
}

/** The date of the next weekly message. */
export const nextWeekly = (now: Date, rule: Recurrence): LocalDate => nextRun(rule, now).date

/** A row for an extra day: undefined when the weekly message comes on that very day. */
export function extraRow(
  subscription: Pick<Subscription, 'id' | 'recurrence'>,
  kind: 'moved' | 'snooze',
  date: LocalDate,
  now: Date,
  company: Company,
): Omit<Delivery, 'status' | 'attempts' | 'looks'> | undefined {
  const { recurrence } = subscription
  if (runOn(recurrence, date)) return undefined
  const occurrence = `${kind}:${date}`
  return {
    id: deliveryIdOf({ subscriptionId: subscription.id, occurrence }),
    subscriptionId: subscription.id,
    occurrence,
    dueAt: dueAtOf({ date, at: instantOfWallTime(date, recurrence.time, recurrence.zone).at }, company),
    createdAt: now,
  }
}
