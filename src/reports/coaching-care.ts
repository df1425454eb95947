// What coaching reminders, their buttons, the goal modal and Home may ask of the schedule. Plain data and acts; every act checks the
// viewer again, because ids in buttons and modals are claims. Implemented in schedule/coaching-care.ts.
import type { CoachingGoal, ReminderItem } from '../domain/coaching.ts'
import type { Person, PersonId } from '../domain/person.ts'
import type { Viewer } from '../domain/policy.ts'
import type { Message } from '../render/message.ts'
import type { UpcomingRun } from './digest-desk.ts'

/** Action ids of reminders; what is meant is the first word of the value: `done <item>`, `snooze-2 <item>`, `off <delivery>`. */
export const reminderActions = {
  answer: 'reminder',
  /** Opens the goal modal. */
  goal: 'reminder-goal',
  goalForm: 'reminder-goal-form',
} as const

/** `snooze-2`: two days on, never a weekend. `snooze-week`: with the next weekly message. `undo`: open again. */
export type ReminderAnswer = 'done' | 'snooze-2' | 'snooze-week' | 'not-mine' | 'undo'

export const reminderAnswers: readonly ReminderAnswer[] = ['done', 'snooze-2', 'snooze-week', 'not-mine', 'undo']

/** A goal with the name of whoever set it, which is hostile text. */
export interface GoalInForce {
  readonly goal: CoachingGoal
  /** `you` when the viewer set it; missing for the default. */
  readonly setBy?: string
}

export interface ReminderState {
  readonly on: boolean
  /** The subscription while it is on. */
  readonly subscriptionId?: string
  readonly nextRun?: UpcomingRun
}

/** What of the coach's own a message about reminders needs. */
export interface ReminderFacts {
  /** Direct reports, and people granted as coach or stand-in. */
  readonly coacheeIds: readonly PersonId[]
  readonly goal: GoalInForce
  /** Everything ever named to this coach, newest last. */
  readonly items: readonly ReminderItem[]
}

/** Every method throws AskError, with words and a next step, when the viewer may not or the thing is gone. */
export interface CoachingCare {
  /** Whom the viewer coaches; empty for those who coach nobody. */
  coachees(viewer: Viewer): Promise<readonly Person[]>
  goal(viewer: Viewer): Promise<GoalInForce>
  companyGoal(viewer: Viewer): Promise<GoalInForce>
  /** The company's is for admins. */
  setGoal(viewer: Viewer, everyWeeks: number, scope: 'mine' | 'company'): Promise<GoalInForce>
  state(viewer: Viewer): Promise<ReminderState>
  /** `zone`: the viewer's; used the first time. */
  turnOn(viewer: Viewer, zone: string): Promise<ReminderState>
  turnOff(viewer: Viewer): Promise<void>
  /** Returns the message that shows the item as it is to read now; undefined when there is none any more. */
  answer(viewer: Viewer, itemId: string, answer: ReminderAnswer): Promise<Message | undefined>
  /** The posted message as it is to read now. */
  message(viewer: Viewer, deliveryId: string): Promise<Message | undefined>
  /** Shows in the posted message what was answered elsewhere. */
  show(itemId: string): Promise<void>
  /** Named and without an answer, of people the viewer still coaches; oldest first. */
  waiting(viewer: Viewer): Promise<readonly ReminderItem[]>
}
