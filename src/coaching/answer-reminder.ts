// What a coach answers to one row of a reminder: done, not mine, snoozed, undone. Answering twice, or from two devices, has the same result.

import type { ReminderItem } from '../domain/coaching.ts'
import type { Viewer } from '../domain/policy.ts'
import { AskError } from '../errors.ts'
import type { Message } from '../render/message.ts'
import type { ReminderAnswer } from '../reports/reminder-facts.ts'
import { coacheesNow } from './coachees.ts'
import type { CoachingServiceDeps } from './deps.ts'
import { extraRow, nextWeekly, twoDaysOn } from './reminder-days.ts'
import { ownReminder, weeklyReminder } from './reminder-subscription.ts'

/** Returns the message as it reads now; undefined when it is not kept any more. */
export async function answerReminder(
  viewer: Viewer,
  itemId: string,
  answer: ReminderAnswer,
  deps: CoachingServiceDeps,
): Promise<Message | undefined> {
  const item = await answerable(viewer, itemId, deps)
  // What Gong has shown, and what a later message repeats, can no longer be answered.
  if (item.status !== 'closed-by-evidence' && item.status !== 'named-again') await storeAnswer(viewer, item, answer, deps)
  return deps.messages.redraw(item.deliveryId)
}

/** One sentence for an item that does not exist, or is not the presser's: it does not say which. */
const noSuchReminder = (): AskError =>
  new AskError('That reminder is gone, or it is not yours to answer.', [{ label: 'My coaching', command: '/gong-coaching', text: '' }])

/** An item of the viewer's own, about somebody they still coach. */
async function answerable(viewer: Viewer, itemId: string, deps: CoachingServiceDeps): Promise<ReminderItem> {
  const item = await deps.store.coaching.item(itemId)
  const coachees = await coacheesNow(viewer, deps)
  if (!item || item.managerId !== viewer.person?.id || !coachees.some(({ id }) => id === item.reportId)) throw noSuchReminder()
  return item
}

async function storeAnswer(viewer: Viewer, item: ReminderItem, answer: ReminderAnswer, deps: CoachingServiceDeps): Promise<void> {
  const { coaching } = deps.store
  const now = deps.clock.now()
  const { snoozedUntil: _day, closedAt: _at, ...bare } = item
  if (answer === 'undo') {
    if (item.status !== 'open') await coaching.saveItem({ ...bare, status: 'open' })
    return
  }
  // A row answered on another device no longer has this button: that answer stands until it is undone.
  if (item.status !== 'open') return
  if (answer === 'done') return coaching.saveItem({ ...bare, status: 'done-said', closedAt: now })
  if (answer === 'not-mine') return coaching.saveItem({ ...bare, status: 'not-mine', closedAt: now })
  const snoozedUntil = await snooze(viewer, answer, now, deps)
  await coaching.saveItem({ ...bare, status: 'snoozed', snoozedUntil, closedAt: now })
}

/** Reserves a message for that day where the coach's reminder is on. Returns the day. */
async function snooze(viewer: Viewer, answer: ReminderAnswer, now: Date, deps: CoachingServiceDeps): Promise<string> {
  const reminder = await ownReminder(viewer, deps)
  const rule = reminder ?? { recurrence: weeklyReminder(deps.company.zone), skipDates: [] }
  const until = answer === 'snooze-2' ? twoDaysOn(now, rule) : nextWeekly(now, rule.recurrence)
  const row = reminder?.status === 'active' ? extraRow(reminder, 'snooze', until, now, deps.company) : undefined
  if (row) await deps.store.deliveries.reserve(row, {})
  return until
}
