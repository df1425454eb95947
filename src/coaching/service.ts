// What coaching reminders, their buttons, the goal modal and Home may ask of the schedule. Plain data and acts; every act checks the
// viewer again, because ids in buttons and modals are claims. Implemented in schedule/coaching-care.ts.

import type { ReminderItem } from '../domain/coaching.ts'
import type { Person } from '../domain/person.ts'
import type { Viewer } from '../domain/policy.ts'
import type { UpcomingRun } from '../domain/upcoming.ts'
import type { Message } from '../render/message.ts'
import type { GoalInForce, ReminderAnswer } from '../reports/reminder-facts.ts'

export interface ReminderState {
  readonly on: boolean
  /** The subscription while it is on. */
  readonly subscriptionId?: string
  readonly nextRun?: UpcomingRun
}

/** Every method throws AskError, with words and a next step, when the viewer may not or the thing is gone. */
export interface CoachingService {
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
