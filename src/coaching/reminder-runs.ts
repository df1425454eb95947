// What is asked before a reminder is built: is this week's one message out already, is the coach away. And what is remembered once it
// is built. The digest itself is the reports', delivery is the same as of any digest.

import type { Clock } from '../clock.ts'
import type { ReminderItem } from '../domain/coaching.ts'
import type { Company } from '../domain/company.ts'
import { daysBetween, includes, type LocalDate, localDateOf, weekOf } from '../domain/period.ts'
import type { Viewer } from '../domain/policy.ts'
import type { Delivery, Subscription } from '../domain/subscription.ts'
import type { DigestRequest } from '../reports/digest.ts'
import type { CoachingStore } from '../store/digests/coaching.ts'
import type { DeliveryStore } from '../store/digests/deliveries.ts'
import type { FactsOf } from './coachees.ts'
import { dateOfRun, extraRow, isUnasked, nextFreeDay, runOf } from './reminder-days.ts'

export interface ReminderRuns {
  /** Why this run is left out, after its place was kept for another day where it moves; undefined when it goes ahead. */
  leftOut(subscription: Subscription, delivery: Delivery): Promise<{ readonly type: 'skip'; readonly reason: string } | undefined>
  /** What the builder needs. `delivery` is missing in a preview. */
  request(viewer: Viewer, delivery?: Delivery): Promise<NonNullable<DigestRequest['reminder']>>
  /** Before it is posted, so that every button finds its item. */
  opened(delivery: Delivery, items: readonly ReminderItem[]): Promise<void>
}

export function createReminderRuns(parts: {
  readonly deliveries: Pick<DeliveryStore, 'history' | 'reserve'>
  readonly coaching: Pick<CoachingStore, 'name'>
  readonly clock: Clock
  readonly company: Company
  readonly factsOf: FactsOf
  /** By the Slack status; presence is not looked at. */
  isAway(slackUserId: string): Promise<boolean>
}): ReminderRuns {
  const { deliveries, clock, company } = parts

  return {
    async leftOut(subscription, delivery) {
      if (runOf(delivery) === 'manual' || subscription.destination.type !== 'dm') return undefined
      if (isUnasked(delivery) && (await isOneOut(subscription, delivery))) return { type: 'skip', reason: 'already-reminded' }
      if (!(await parts.isAway(subscription.destination.slackUserId))) return undefined
      await moveOn(subscription, delivery, { deliveries, clock })
      return { type: 'skip', reason: 'away' }
    },
    async request(viewer, delivery) {
      const facts = await parts.factsOf(viewer, localDateOf(clock.now(), company.zone))
      return { ...facts, ...(delivery && runOf(delivery) === 'snoozed' && { only: 'put-off' as const }) }
    },
    opened: (delivery, items) => parts.coaching.name(delivery.id, items),
  }

  /** Another message that came by itself, or may have come, in this week or only days ago. */
  async function isOneOut(subscription: Subscription, delivery: Delivery): Promise<boolean> {
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
        (row.status === 'sent' || row.status === 'posting' || row.status === 'doubtful') &&
        (includes(week, dayOf(row)) || Math.abs(daysBetween(dayOf(row), today)) < leastDaysApart),
    )
  }
}

/** A message that was moved to a Thursday or Friday is that of the Monday after too: nobody is reminded twice within days. */
const leastDaysApart = 5

/** Keeps a place on the next working day, unless the next week's message comes first. Safe to repeat: the place is taken once. */
export async function moveOn(
  subscription: Subscription,
  delivery: Pick<Delivery, 'occurrence' | 'dueAt'>,
  parts: { readonly deliveries: Pick<DeliveryStore, 'reserve'>; readonly clock: Clock },
): Promise<void> {
  const from = dateOfRun(delivery.occurrence) ?? localDateOf(delivery.dueAt, subscription.recurrence.zone)
  const now = parts.clock.now()
  const today = localDateOf(now, subscription.recurrence.zone)
  // A run that comes late, after downtime, moves on from today.
  const next = nextFreeDay(from < today ? today : from, subscription)
  const row = next && extraRow(subscription, runOf(delivery) === 'snoozed' ? 'snooze' : 'moved', next, now)
  if (row) await parts.deliveries.reserve(row, {})
}
