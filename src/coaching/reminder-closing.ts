// Closes reminders by evidence from Gong: after each refresh, every waiting item is compared with the scorecards and counts fetched since,
// and the posted message says what Gong shows. The message is updated first, so that a crash in between repeats it and loses nothing.

import type { Clock } from '../clock.ts'
import { isWaiting, type ReminderItem } from '../domain/coaching.ts'
import type { Company } from '../domain/company.ts'
import { addDays, localDateOf, weekBefore } from '../domain/period.ts'
import type { Reads } from '../domain/reads.ts'
import { guarded } from '../guarded.ts'
import type { Log } from '../log.ts'
import { type ClosedItem, type CoachingWindow, evidenceOf } from '../stats/coaching/reminder-evidence.ts'
import type { CoachingStore } from '../store/digests/coaching.ts'
import { thisWeekSoFar } from '../sync/kept-periods.ts'
import type { ReminderMessages } from './reminder-messages.ts'

/** Older items stay as they are: nobody reads their message any more. */
const daysLookedAt = 91

/** Returns how many items were closed. */
export async function closeByEvidence(deps: {
  readonly coaching: Pick<CoachingStore, 'waiting' | 'ofDelivery' | 'saveItem'>
  readonly reads: Pick<Reads, 'tenant' | 'scorecards' | 'coaching'>
  readonly messages: ReminderMessages
  readonly clock: Clock
  readonly company: Company
  readonly log: Log
}): Promise<number> {
  const { coaching, clock, company } = deps
  const now = clock.now()
  const today = localDateOf(now, company.zone)
  const oldest = addDays(today, -daysLookedAt)
  const waiting = (await coaching.waiting()).filter(({ openedAt }) => localDateOf(openedAt, company.zone) >= oldest)
  if (waiting.length === 0) return 0
  const closed = evidenceOf(waiting, await cardsSince(waiting), await windows(waiting), company.zone)
  let count = 0
  for (const [deliveryId, ofMessage] of Map.groupBy(closed, ({ item }) => item.deliveryId))
    await guarded(() => close(deliveryId, ofMessage), { log: deps.log, deliveryId }, 'A reminder could not be closed')
  return count

  async function close(deliveryId: string, ofMessage: readonly ClosedItem[]): Promise<void> {
    const after = new Map(ofMessage.map((one) => [one.item.id, asClosed(one)]))
    // An answer given meanwhile is newer than the items read above, unless it still waits for Gong.
    const items = (await coaching.ofDelivery(deliveryId)).map((item) => (isWaiting(item) ? (after.get(item.id) ?? item) : item))
    if ((await deps.messages.show(deliveryId, items)) === 'later') return
    for (const item of items) {
      if (!after.has(item.id) || item.status !== 'closed-by-evidence') continue
      await coaching.saveItem(item)
      count += 1
    }
  }

  function asClosed({ item, evidence }: ClosedItem): ReminderItem {
    const { snoozedUntil: _over, ...rest } = item
    return { ...rest, status: 'closed-by-evidence', closedAt: now, evidence }
  }

  async function cardsSince(items: readonly ReminderItem[]) {
    const first = items.reduce((earliest, { openedAt }) => (openedAt < earliest ? openedAt : earliest), now)
    const period = { from: localDateOf(first, company.zone), to: addDays(today, 1) }
    return (await deps.reads.scorecards(period, { reviewerIds: managersOf(items) })).records
  }

  async function windows(items: readonly ReminderItem[]): Promise<CoachingWindow[]> {
    if ((await deps.reads.tenant()).coachingRows !== 'per-report') return []
    const soFar = thisWeekSoFar(today, company.weekStart)
    const periods = [weekBefore(today, company.weekStart), ...(soFar ? [soFar] : [])]
    const managerIds = managersOf(items)
    const answers = await Promise.all(
      periods.map(async ({ from, to }) => ({ from, answer: await deps.reads.coaching({ from, to }, managerIds) })),
    )
    return answers.flatMap(({ from, answer }) =>
      managerIds.map((managerId) => ({ managerId, from, rows: answer.rows.get(managerId) ?? [] })),
    )
  }
}

const managersOf = (items: readonly ReminderItem[]): string[] => [...new Set(items.map(({ managerId }) => managerId))]
