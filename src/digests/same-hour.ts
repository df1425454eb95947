// One message an hour: where somebody gets a digest that says all that another message of the same hour would, the other is not sent. The
// digest's row owns the message; the other row waits for it, and goes alone when that digest ends without being sent.

import type { Clock } from '../clock.ts'
import { inDigest } from '../coaching/reminder-days.ts'
import type { ReminderRuns } from '../coaching/reminder-runs.ts'
import type { Company } from '../domain/company.ts'
import { deliveryIdOf } from '../domain/delivery-id.ts'
import type { Viewer } from '../domain/policy.ts'
import { plannedDateOf } from '../domain/recurrence.ts'
import { isWithinTheHour, kindsThatSayMore, meetInSomeHour, runsWithinTheHour } from '../domain/same-hour.ts'
import type { Delivery, Subscription } from '../domain/subscription.ts'
import { readBody } from '../reports/delivery-body.ts'
import type { DigestRequest } from '../reports/digest.ts'
import type { DeliveryStore } from '../store/digests/deliveries.ts'
import type { SubscriptionStore } from '../store/digests/subscriptions.ts'
import type { BuildOutcome } from './delivery/outcomes.ts'
import { isManual } from './delivery/row-kind.ts'

/** What a digest brings besides its own. */
export interface Brought {
  /** The delivery of the reminder that is not sent alone. */
  readonly reminderRow: string
  readonly reminder: NonNullable<DigestRequest['reminder']>
}

export interface SameHour {
  /** The row is left to a digest of the same hour, or waits for it; undefined when it goes alone. */
  leftToAnother(subscription: Subscription, delivery: Delivery): Promise<Extract<BuildOutcome, { type: 'skip' | 'later' }> | undefined>
  /** The reminder whose rows this digest brings to its reader; undefined for none. */
  brought(subscription: Subscription, delivery: Delivery, reader: Viewer): Promise<Brought | undefined>
  /** Whether a digest like this would bring the reminder of its reader, in some week. */
  wouldBring(digest: Pick<Subscription, 'kind' | 'subjectId' | 'destination' | 'recurrence'>, reader: Viewer): Promise<boolean>
}

interface SameHourDeps {
  readonly subscriptions: Pick<SubscriptionStore, 'receivedBy'>
  readonly deliveries: Pick<DeliveryStore, 'find' | 'history'>
  readonly reminders: Pick<ReminderRuns, 'whyLeftOut' | 'request'>
  readonly clock: Clock
  readonly company: Company
}

/** A digest that is not through after this long is waited for no longer, unless it may have arrived. */
const longestWaitMs = 6 * 3_600_000
/** Asked again so long after the digest's time. */
const askAgainMs = 60_000

export function createSameHour(deps: SameHourDeps): SameHour {
  return {
    leftToAnother: (subscription, delivery) => leftToAnother(subscription, delivery, deps),
    brought: (subscription, delivery, reader) => brought(subscription, delivery, reader, deps),
    async wouldBring(digest, reader) {
      const reminder = await reminderOf(digest, reader, deps)
      return reminder !== undefined && meetInSomeHour(reminder.recurrence, digest.recurrence, deps.clock.now())
    },
  }
}

async function leftToAnother(subscription: Subscription, delivery: Delivery, deps: SameHourDeps): ReturnType<SameHour['leftToAnother']> {
  const other = isManual(delivery) ? undefined : await saysMore(subscription, delivery, deps)
  if (!other) return undefined
  const { row, dueAt } = other
  const isLeft = { type: 'skip', reason: inDigest } as const
  if (row?.status === 'sent') return subscription.kind !== 'reminder' || bringsRow(row, delivery.id) ? isLeft : undefined
  if (row && (row.status === 'skipped' || row.status === 'held' || row.status === 'failed')) return undefined
  const now = deps.clock.now().getTime()
  if (now - Math.max(dueAt.getTime(), delivery.dueAt.getTime()) <= longestWaitMs)
    return { type: 'later', retryAfterMs: Math.max(dueAt.getTime() - now, 0) + askAgainMs, reason: 'waits-for-digest' }
  return row?.status === 'posting' || row?.status === 'doubtful' ? isLeft : undefined
}

const bringsRow = ({ body }: Delivery, reminderRow: string): boolean => body !== undefined && readBody(body).brings === reminderRow

/** The digest to the same reader about the same people that says more and goes out within the hour: its row, or when it will have one. */
async function saysMore(
  { id, kind, subjectId, destination, isExtra }: Subscription,
  { dueAt: at }: Delivery,
  { subscriptions, deliveries, company }: SameHourDeps,
): Promise<{ readonly row: Delivery | undefined; readonly dueAt: Date } | undefined> {
  const kinds = kindsThatSayMore(kind)
  if (destination.type !== 'dm' || subjectId === undefined || isExtra || kinds.length === 0) return undefined
  const received = await subscriptions.receivedBy(destination.slackUserId)
  const others = received
    .filter((one) => one.id !== id && one.subjectId === subjectId && kinds.includes(one.kind))
    .toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
  for (const other of others) {
    for (const { occurrence, plannedAt, dueAt } of runsWithinTheHour(other, at, company)) {
      const row = await deliveries.find(deliveryIdOf({ subscriptionId: other.id, occurrence }))
      const isToCome = other.status === 'active' && other.nextAt !== undefined && other.nextAt <= plannedAt
      if (row || isToCome) return { row, dueAt }
    }
  }
  return undefined
}

/** The reminder of whoever reads a digest about the people they lead; undefined for other digests, and where it is off. */
async function reminderOf(
  { kind, subjectId, destination }: Pick<Subscription, 'kind' | 'subjectId' | 'destination'>,
  reader: Viewer,
  { subscriptions }: SameHourDeps,
): Promise<Subscription | undefined> {
  if (!kindsThatSayMore('reminder').includes(kind) || destination.type !== 'dm') return undefined
  if (subjectId === undefined || reader.person?.id !== subjectId) return undefined
  const received = await subscriptions.receivedBy(destination.slackUserId)
  return received.find((one) => one.kind === 'reminder' && one.subjectId === subjectId && one.status === 'active')
}

async function brought(
  subscription: Subscription,
  delivery: Delivery,
  reader: Viewer,
  deps: SameHourDeps,
): ReturnType<SameHour['brought']> {
  // An extra one is sent by somebody, at any time: it is no reminder.
  if (plannedDateOf(delivery.occurrence) === undefined) return undefined
  const reminder = await reminderOf(subscription, reader, deps)
  const row = reminder && (await reminderRowOf(reminder, delivery.dueAt, deps))
  if (!reminder || !row || (await deps.reminders.whyLeftOut(reminder, row))) return undefined
  return { reminderRow: row.id, reminder: await deps.reminders.request(reader, reminder.recurrence.zone, row) }
}

/** The row of the reminder within the hour, reserved or to come; undefined where there is none, or it has ended. */
async function reminderRowOf(
  reminder: Subscription,
  at: Date,
  { deliveries, company, clock }: SameHourDeps,
): Promise<Delivery | undefined> {
  const rows = (await deliveries.history(reminder.id, 12)).filter((row) => !isManual(row) && isWithinTheHour(row.dueAt, at))
  // The weekly one says more than one that was snoozed to this day.
  const [weekly] = runsWithinTheHour(reminder, at, company).flatMap(({ occurrence, plannedAt, dueAt }): Delivery[] => {
    const key = { subscriptionId: reminder.id, occurrence }
    const row = rows.find((one) => one.occurrence === occurrence)
    if (row) return [row]
    const isToCome = reminder.nextAt !== undefined && reminder.nextAt <= plannedAt
    return isToCome ? [{ ...key, id: deliveryIdOf(key), dueAt, status: 'reserved', attempts: 0, looks: 0, createdAt: clock.now() }] : []
  })
  const row = weekly ?? rows[0]
  // Skipped since this digest was sent: it is built again then, and brings what it brought.
  return row && (row.status === 'reserved' || row.reason === inDigest) ? row : undefined
}
