// A coach's weekly reminder as a subscription: turned on and off, and when it comes next.

import type { Viewer } from '../domain/policy.ts'
import { nextRun } from '../domain/recurrence.ts'
import { kindsThatSayMore, meetInSomeHour } from '../domain/same-hour.ts'
import type { Recurrence, Subscription } from '../domain/subscription.ts'
import { upcomingRuns } from '../domain/upcoming.ts'
import { mustBeKept } from '../people/must-be-kept.ts'
import { mustCoach } from './coachees.ts'
import type { CoachingServiceDeps } from './deps.ts'
import { changeBy } from './record-change.ts'
import type { ReminderState } from './service.ts'

/** Monday 08:30 in the coach's own zone. */
export const weeklyReminder = (zone: string): Subscription['recurrence'] => ({ weekdays: [1], time: '08:30', zone })

/** The viewer's own reminder: the active one if there is one, else any, including stopped ones. */
export async function ownReminder(viewer: Viewer, { store }: Pick<CoachingServiceDeps, 'store'>): Promise<Subscription | undefined> {
  const received = await store.subscriptions.receivedBy(viewer.slackUserId)
  const reminders = received.filter(({ kind, subjectId }) => kind === 'reminder' && subjectId === viewer.person?.id)
  return reminders.find(({ status }) => status === 'active') ?? reminders[0]
}

export async function reminderState(viewer: Viewer, deps: CoachingServiceDeps): Promise<ReminderState> {
  const reminder = await ownReminder(viewer, deps)
  if (reminder?.status !== 'active') return { on: false }
  const { recurrence, skipDates, nextAt } = reminder
  const [run] = nextAt ? upcomingRuns(recurrence, skipDates, new Date(nextAt.getTime() - 1), 1, deps.company) : []
  return { on: true, subscriptionId: reminder.id, nextRun: run, comesWith: await digestOfItsHour(viewer, reminder, deps) }
}

async function digestOfItsHour(
  viewer: Viewer,
  { recurrence, subjectId }: Subscription,
  { store, clock }: CoachingServiceDeps,
): Promise<Recurrence | undefined> {
  const received = await store.subscriptions.receivedBy(viewer.slackUserId)
  const kinds = kindsThatSayMore('reminder')
  return received.find(
    (one) =>
      one.status === 'active' &&
      one.subjectId === subjectId &&
      kinds.includes(one.kind) &&
      meetInSomeHour(one.recurrence, recurrence, clock.now()),
  )?.recurrence
}

/** `zone`: the viewer's; used the first time. */
export async function turnOnReminder(viewer: Viewer, zone: string, deps: CoachingServiceDeps): Promise<ReminderState> {
  const subjectId = await mustCoach(viewer, deps)
  // Two presses at once set up one reminder: the second waits for nothing and finds the first.
  await deps.store.exclusively(`reminder of ${viewer.slackUserId}`, () => setUpReminder(viewer, subjectId, zone, deps))
  return reminderState(viewer, deps)
}

async function setUpReminder(viewer: Viewer, subjectId: string, zone: string, deps: CoachingServiceDeps): Promise<void> {
  const now = deps.clock.now()
  const before = await ownReminder(viewer, deps)
  if (before?.status === 'active') return
  const reader = { slackUserId: viewer.slackUserId, kind: 'reminder', isAsking: true } as const
  const recurrence = before?.recurrence ?? weeklyReminder(zone)
  const nextAt = nextRun(recurrence, now).at
  const record = changeBy(viewer, 'coaching reminders turned on', deps)
  if (before)
    await deps.store.recorded(
      ({ subscriptions }) => subscriptions.start(before.id, { status: 'active', nextAt, pausedWhy: null, pausedUntil: null }, reader),
      (isStarted) => (isStarted ? [record] : []),
    )
  else {
    const reminder: Subscription = {
      id: crypto.randomUUID(),
      kind: 'reminder',
      subjectId,
      destination: { type: 'dm', slackUserId: viewer.slackUserId },
      recurrence,
      whenEmpty: 'skip',
      skipDates: [],
      showNames: false,
      ownerSlackId: viewer.slackUserId,
      status: 'active',
      nextAt,
      createdAt: now,
    }
    await deps.store.recorded(
      ({ subscriptions }) => subscriptions.insert(reminder, reader),
      () => [record],
    )
    await mustBeKept([viewer.slackUserId, subjectId], deps.store, viewer.slackUserId)
  }
}

export async function turnOffReminder(viewer: Viewer, deps: CoachingServiceDeps): Promise<void> {
  const record = changeBy(viewer, 'coaching reminders turned off', deps)
  await deps.store.recorded(
    ({ subscriptions }) => subscriptions.stopAll(viewer.slackUserId, 'reminder', deps.clock.now()),
    (wasOn) => (wasOn ? [record] : []),
  )
}
