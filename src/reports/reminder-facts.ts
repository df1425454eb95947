// What a message about reminders is made of: the coach's own facts, and the ids and answers of its buttons.
import type { CoachingGoal, ReminderItem } from '../domain/coaching.ts'
import type { PersonId } from '../domain/person.ts'
import type { ImagelessCard, ReminderHead, TextPart } from '../render/message.ts'

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

/** A goal with the name of whoever set it, which is untrusted text. */
export interface GoalInForce {
  readonly goal: CoachingGoal
  /** `you` when the viewer set it; missing for the default. */
  readonly setBy?: string
}

/** What of the coach's own a message about reminders needs. */
export interface ReminderFacts {
  /** Direct reports, and people granted as coach or stand-in. */
  readonly coacheeIds: readonly PersonId[]
  readonly goal: GoalInForce
  /** Everything ever named to this coach, newest last. */
  readonly items: readonly ReminderItem[]
}

/** The part of a message that names people to hear, with the line above it that follows every answer. */
export interface ReminderRows {
  readonly head: ReminderHead
  readonly headPart: TextPart
  /** One per person named. */
  readonly rows: readonly ImagelessCard[]
  /** Those, and whoever is said to be away. */
  readonly shows: readonly PersonId[]
}
