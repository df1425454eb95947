// What coaches do about reminders: on and off, the goal, the answers. Every act checks the viewer again; answering twice, or from two
// devices, comes to the same.

import type { Clock } from '../clock.ts'
import { defaultGoal, goalOf, type ReminderItem } from '../domain/coaching.ts'
import type { Company } from '../domain/company.ts'
import { type LocalDate, localDateOf } from '../domain/period.ts'
import type { Viewer } from '../domain/policy.ts'
import { nextRun } from '../domain/recurrence.ts'
import type { Subscription } from '../domain/subscription.ts'
import { upcomingRuns } from '../domain/upcoming.ts'
import { AskError } from '../errors.ts'
import type { ReminderAnswer } from '../reports/reminder-facts.ts'
import type { Store } from '../store/store.ts'
import { coacheesOf, goalInForce } from './coachees.ts'
import { extraRow, nextWeekly, twoDaysOn } from './reminder-days.ts'
import type { ReminderMessages } from './reminder-messages.ts'
import type { CoachingService, ReminderState } from './service.ts'

export interface CoachingServiceDeps {
  readonly store: Pick<Store, 'people' | 'subscriptions' | 'deliveries' | 'coaching' | 'access' | 'exclusively'>
  readonly clock: Clock
  readonly company: Company
  readonly messages: ReminderMessages
  nameOf(slackUserId: string): Promise<string>
}

/** Monday 08:30 in the coach's own zone. */
const weeklyReminder = (zone: string): Subscription['recurrence'] => ({ weekdays: [1], time: '08:30', zone })

const notACoach = (): AskError =>
  new AskError('Reminders are for those who coach: nobody reports to you in Gong, and nobody was given to you to coach.', [
    { label: 'Coaching I received', command: '/gong-coaching', text: 'me' },
  ])

/** One sentence for an item that is not there, or not the presser's: which of the two is not said. */
const noSuchReminder = (): AskError =>
  new AskError('That reminder is gone, or it is not yours to answer.', [{ label: 'My coaching', command: '/gong-coaching', text: '' }])

export function createCoachingService(parts: CoachingServiceDeps): CoachingService {
  const { store, clock, company, messages } = parts
  const { subscriptions, deliveries, coaching } = store
  const now = (): Date => clock.now()
  const today = (): LocalDate => localDateOf(now(), company.zone)
  const coachees = async (viewer: Viewer) => coacheesOf(viewer, await store.people.chart(), today())
  const record = (viewer: Viewer, detail: string) =>
    store.access.record([{ at: now(), what: 'change', bySlackId: viewer.slackUserId, detail }])

  /** The viewer's own reminder, stopped ones too. */
  async function own(viewer: Viewer): Promise<Subscription | undefined> {
    const received = await subscriptions.receivedBy(viewer.slackUserId)
    const reminders = received.filter(({ kind, subjectId }) => kind === 'reminder' && subjectId === viewer.person?.id)
    return reminders.find(({ status }) => status === 'active') ?? reminders[0]
  }

  async function state(viewer: Viewer): Promise<ReminderState> {
    const reminder = await own(viewer)
    if (reminder?.status !== 'active') return { on: false }
    const [run] = reminder.nextAt
      ? upcomingRuns(reminder.recurrence, reminder.skipDates, new Date(reminder.nextAt.getTime() - 1), 1, company)
      : []
    return { on: true, subscriptionId: reminder.id, ...(run && { nextRun: run }) }
  }

  async function mustCoach(viewer: Viewer): Promise<string> {
    const { person } = viewer
    if (!person || (await coachees(viewer)).length === 0) throw notACoach()
    return person.id
  }

  /** An item of the viewer's own, about somebody they still coach. */
  async function answerable(viewer: Viewer, itemId: string): Promise<ReminderItem> {
    const item = await coaching.item(itemId)
    const theirs = await coachees(viewer)
    if (!item || item.managerId !== viewer.person?.id || !theirs.some(({ id }) => id === item.reportId)) throw noSuchReminder()
    return item
  }

  return {
    coachees,
    async goal(viewer) {
      return goalInForce(goalOf(viewer.person?.id ?? '', await coaching.goals()), viewer, parts.nameOf)
    },
    async companyGoal(viewer) {
      const company = (await coaching.goals()).find(({ managerId }) => managerId === undefined)
      return goalInForce(company ?? defaultGoal, viewer, parts.nameOf)
    },
    async setGoal(viewer, everyWeeks, scope) {
      if (scope === 'company' && !(viewer.isAdmin && viewer.standing === 'member')) {
        throw new AskError("The company's goal is for the bot's admins to set. You can set your own once you coach somebody.")
      }
      const managerId = scope === 'mine' ? await mustCoach(viewer) : undefined
      const goal = { everyWeeks, setBySlackId: viewer.slackUserId, setAt: now(), ...(managerId !== undefined && { managerId }) }
      await coaching.setGoal(goal)
      await record(viewer, `coaching goal${scope === 'company' ? ' of the company' : ''}: every ${everyWeeks} weeks`)
      return goalInForce(goal, viewer, parts.nameOf)
    },
    state,
    async turnOn(viewer, zone) {
      const subjectId = await mustCoach(viewer)
      // Two presses at once set up one: the second finds the first at it, or done.
      await store.exclusively(`reminder of ${viewer.slackUserId}`, async () => {
        const before = await own(viewer)
        if (before?.status === 'active') return
        await subscriptions.optIn(viewer.slackUserId, 'reminder')
        const recurrence = before?.recurrence ?? weeklyReminder(zone)
        const nextAt = nextRun(recurrence, now()).at
        if (before) await subscriptions.update(before.id, { status: 'active', nextAt, pausedWhy: null, pausedUntil: null })
        else {
          await subscriptions.insert({
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
            createdAt: now(),
          })
        }
        await record(viewer, 'coaching reminders turned on')
      })
      return state(viewer)
    },
    async turnOff(viewer) {
      const reminder = await own(viewer)
      if (reminder && reminder.status !== 'stopped') {
        await subscriptions.update(reminder.id, { status: 'stopped', nextAt: null })
        await record(viewer, 'coaching reminders turned off')
      }
      await subscriptions.optOut(viewer.slackUserId, 'reminder', now())
    },
    async answer(viewer, itemId, answer) {
      const item = await answerable(viewer, itemId)
      await answered(item, answer, await own(viewer))
      return messages.redraw(item.deliveryId)
    },
    async message(viewer, deliveryId) {
      if (viewer.standing !== 'member') return undefined
      const items = await coaching.ofDelivery(deliveryId)
      if (items.length === 0 || items.some(({ managerId }) => managerId !== viewer.person?.id)) return undefined
      return messages.redraw(deliveryId, items)
    },
    async show(itemId) {
      const item = await coaching.item(itemId)
      if (item) await messages.show(item.deliveryId)
    },
    async waiting(viewer) {
      if (!viewer.person) return []
      const [items, theirs] = await Promise.all([coaching.items(viewer.person.id), coachees(viewer)])
      return items.filter(({ status, reportId }) => status === 'open' && theirs.some(({ id }) => id === reportId))
    },
  }

  /** What Gong has shown, and what a later message repeats, is past answering; the same answer twice changes nothing. */
  async function answered(item: ReminderItem, answer: ReminderAnswer, reminder: Subscription | undefined): Promise<void> {
    if (item.status === 'closed-by-evidence' || item.status === 'named-again') return
    const { snoozedUntil: _day, closedAt: _at, ...bare } = item
    if (answer === 'undo') {
      if (item.status !== 'open') await coaching.saveItem({ ...bare, status: 'open' })
      return
    }
    // A row that was answered on another device has no such button any more: that answer stands until it is undone.
    if (item.status !== 'open') return
    if (answer === 'done') return coaching.saveItem({ ...bare, status: 'done-said', closedAt: now() })
    if (answer === 'not-mine') return coaching.saveItem({ ...bare, status: 'not-mine', closedAt: now() })
    const rule = reminder ?? { recurrence: weeklyReminder(company.zone), skipDates: [] }
    const snoozedUntil = answer === 'snooze-2' ? twoDaysOn(now(), rule) : nextWeekly(now(), rule.recurrence)
    const row = reminder?.status === 'active' ? extraRow(reminder, 'snooze', snoozedUntil, now()) : undefined
    if (row) await deliveries.reserve(row, {})
    await coaching.saveItem({ ...bare, status: 'snoozed', snoozedUntil, closedAt: now() })
  }
}
