// What reminders, their buttons, the goal modal and Home can do about coaching. Every method checks the viewer again, because ids in buttons
// and modals are claims. Implemented in create-coaching-service.ts.

import type { ReminderItem } from '../domain/coaching.ts'
import type { Person } from '../domain/person.ts'
import type { Viewer } from '../domain/policy.ts'
import type { Recurrence } from '../domain/subscription.ts'
import type { UpcomingRun } from '../domain/upcoming.ts'
import type { Message } from '../render/message.ts'
import type { GoalInForce, ReminderAnswer } from '../reports/reminder-facts.ts'

export interface ReminderState {
  readonly on: boolean
  /** The subscription while it is on. */
  readonly subscriptionId?: string | undefined
  readonly nextRun?: UpcomingRun | undefined
  /** The rule of the digest of the same hour that brings it, and is sent in its place. */
  readonly comesWith?: Recurrence | undefined
}

/** Every method throws AskError, with words and a next step, when the viewer may not or the thing is gone. */
export interface CoachingService {
  /** The people the viewer coaches; empty when there are none. */
  coachees(viewer: Viewer): Promise<readonly Person[]>
  /** Before anything is offered that is for those who coach. */
  mustCoach(viewer: Viewer): Promise<unknown>
  goal(viewer: Viewer): Promise<GoalInForce>
  companyGoal(viewer: Viewer): Promise<GoalInForce>
  /** The company's is for admins. */
  setGoal(viewer: Viewer, everyWeeks: number, scope: 'mine' | 'company'): Promise<GoalInForce>
  state(viewer: Viewer): Promise<ReminderState>
  /** `zone`: the viewer's; used the first time. */
  turnOn(viewer: Viewer, zone: string): Promise<ReminderState>
  turnOff(viewer: Viewer): Promise<void>
  /** Returns the message as it reads now; undefined when it is not kept any more. */
  answer(viewer: Viewer, itemId: string, answer: ReminderAnswer): Promise<Message | undefined>
  /** The posted message as it reads now. */
  message(viewer: Viewer, deliveryId: string): Promise<Message | undefined>
  /** Updates the posted message after an answer given elsewhere. */
  show(itemId: string): Promise<void>
  /** Items without an answer, about people the viewer still coaches; oldest first. */
  waiting(viewer: Viewer): Promise<readonly ReminderItem[]>
}
