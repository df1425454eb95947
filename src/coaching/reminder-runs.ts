// Checks before a reminder is built: has this week's one message been sent already, is the coach away. Building and delivery are the same as
// for any digest.

import type { Clock } from '../clock.ts'
import type { ReminderItem } from '../domain/coaching.ts'
import type { Company } from '../domain/company.ts'
import { daysBetween, includes, type LocalDate, localDateOf, weekOf } from '../domain/period.ts'
import type { Viewer } from '../domain/policy.ts'
import type { Delivery, Subscription } from '../domain/subscription.ts'
import type { DigestRequest } from '../reports/digest.ts'
import type { CoachingStore } from '../store/digests/coaching.ts'
import type { DeliveryStore } from '../store/digests/deliveries.ts'
import type { FactsOf } from './facts.ts'
import { dateOfRun, extraRow, inDigest, isUnasked, nextFreeDay, runOf } from './reminder-days.ts'

export interface ReminderRuns {
  /** Why this run is left out; undefined when it goes ahead. Moves nothing. */
  whyLeftOut(subscription: Subscription, delivery: Delivery): Promise<'already-reminded' | 'away' | undefined>
  /** The same; a run that moves to another day has reserved that day by then. */
  leftOut(subscription: Subscription, delivery: Delivery): Promise<{ readonly type: 'skip'; readonly reason: string } | undefined>
  /** What the builder needs. `zone`: the reminder's own. `delivery` is missing in a preview. */
  request(viewer: Viewer, zone: string, delivery?: Delivery): Promise<NonNullable<DigestRequest['reminder']>>
  /** Stores the people it names before it is posted, so that every button finds its item. */
  opened(delivery: Delivery, items: readonly ReminderItem[]): Promise<void>
}

export function createReminderRuns(deps: {
  readonly deliveries: Pick<DeliveryStore, 'history' | 'reserve'>
  readonly coaching: Pick<CoachingStore, 'name'>
  readonly clock: Clock
  readonly company: Company
  readonly factsOf: FactsOf
  /** By the Slack status; presence is not used. */
  isAway(slackUserId: string): Promise<boolean>
}): ReminderRuns {
  const { deliveries, clock, company } = deps

  return {
    whyLeftOut,
    async leftOut(subscription, delivery) {
      const reason = await whyLeftOut(subscription, delivery)
      if (reason === 'away') await moveOn(subscription, delivery, { deliveries, clock, company })
      return reason && { type: 'skip', reason }
    },
    async request(viewer, zone, delivery) {
      const now = clock.now()
      const facts = await deps.factsOf(viewer, localDateOf(now, company.zone))
      const today = localDateOf(now, zone)
      const planned = delivery && dateOfRun(delivery.occurrence)
      // Later than today where another zone was chosen since the run was planned.
      const date = planned !== undefined && planned > today ? planned : today
      return { ...facts, date, ...(delivery && runOf(delivery) === 'snoozed' && { only: 'put-off' as const }) }
    },
    opened: (delivery, items) => deps.coaching.name(delivery.id, items),
  }

  async function whyLeftOut(subscription: Subscription, delivery: Delivery): Promise<'already-reminded' | 'away' | undefined> {
    if (runOf(delivery) === 'manual' || subscription.destination.type !== 'dm') return undefined
    if (isUnasked(delivery) && (await hasRecentMessage(subscription, delivery))) return 'already-reminded'
    return (await deps.isAway(subscription.destination.slackUserId)) ? 'away' : undefined
  }

  /** Whether another planned message was or may have been sent this week, or only days ago. */
  async function hasRecentMessage(subscription: Subscription, delivery: Delivery): Promise<boolean> {
    const { zone } = subscription.recurrence
    const today = localDateOf(clock.now(), zone)
    const week = weekOf(today, company.weekStart)
    const dayOf = (row: Delivery): LocalDate =>
      row.sentAt ? localDateOf(row.sentAt, zone) : (dateOfRun(row.occurrence) ?? localDateOf(row.dueAt, zone))
    const rows = await deliveries.history(subscription.id, 30)
    return rows.some(
      (row) =>
        row.id !== delivery.id &&
        isUnasked(row) &&
        (row.status === 'sent' || row.status === 'posting' || row.status === 'doubtful' || row.reason === inDigest) &&
        (includes(week, dayOf(row)) || Math.abs(daysBetween(dayOf(row), today)) < leastDaysApart),
    )
  }
}

/** Reminders are at least five days apart. If this week's slipped to Thursday or Friday, next Monday's is skipped. */
const leastDaysApart = 5

/** Reserves a row on the next working day, unless next week's message comes first. Safe to repeat: the row is reserved once. */
export async function moveOn(
  subscription: Subscription,
  delivery: Pick<Delivery, 'occurrence' | 'dueAt'>,
  deps: { readonly deliveries: Pick<DeliveryStore, 'reserve'>; readonly clock: Clock; readonly company: Company },
): Promise<void> {
  const from = dateOfRun(delivery.occurrence) ?? localDateOf(delivery.dueAt, subscription.recurrence.zone)
  const now = deps.clock.now()
  const today = localDateOf(now, subscription.recurrence.zone)
  // A run that comes late, after downtime, moves on from today.
  const next = nextFreeDay(from < today ? today : from, subscription)
  const row = next && extraRow(subscription, runOf(delivery) === 'snoozed' ? 'snooze' : 'moved', next, now, deps.company)
  if (row) await deps.deliveries.reserve(row, {})
}
