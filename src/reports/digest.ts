// What building a digest needs and returns. A scheduled run, a preview and "send now" use the same.

import type { ReminderItem } from '../domain/coaching.ts'
import type { Person, PersonId } from '../domain/person.ts'
import type { DigestKind } from '../domain/subscription.ts'
import type { Message } from '../render/message.ts'
import type { PlannedMessage } from '../stats/coaching/reminder-plan.ts'
import type { ReminderFacts, ReminderRows } from './reminder-facts.ts'
import type { ReportContext } from './section.ts'

export interface DigestRequest {
  readonly kind: DigestKind
  /** The manager of a team, manager or org digest, the person of a personal digest, the coach of a reminder; missing for the company. */
  readonly subjectId?: PersonId | undefined
  /** Carried by the message's buttons; missing in a preview of something not yet saved. */
  readonly subscriptionId?: string | undefined
  /** Said in the footer when set: `late by 3 h`, `sent by Maria`, `corrected Tue 14:05: +3 scorecards`, `names shown: switched on by …`. */
  readonly remarks: readonly string[]
  /** Gong and Slack ids of whoever the remarks and the introduction name. */
  readonly mentions?: readonly string[]
  /** The first digest to this person: who switched it on, who sees it, how to stop. */
  readonly introduction?: { readonly switchedOnBy: string; readonly org: string } | undefined
  /** The delivery it is built for; missing in a preview. Buttons of a reminder carry it. */
  readonly deliveryId?: string | undefined
  /** Of reminders, and of a digest that brings its reader's. */
  readonly reminder?: (ReminderFacts & PlannedMessage) | undefined
  /** Of a digest built again after it was posted: the rows of the reminder it brought, which stay those that were answered. */
  readonly postedRows?: ReminderRows | undefined
  /** Of a manager's own digest: reports named two weeks ago or earlier and not answered since. */
  readonly unanswered?: readonly Person[]
}

export interface BuiltDigest {
  readonly message: Message
  /** Nothing happened in the period: the owner chose whether that is skipped or said. */
  readonly isEmpty: boolean
  /** Whose own figures it shows by name, for the access log. */
  readonly shows: readonly PersonId[]
  /** Gong and Slack ids of everybody it names in any words, by the first name alone too: who is forgotten is found by them. */
  readonly mentions: readonly string[]
  /** The figures it rests on in short, so that a later run can say what changed: `scorecards: 12` … */
  readonly figures: Readonly<Record<string, number>>
  /** Whom a reminder names, to be remembered before it is posted. */
  readonly opens?: readonly ReminderItem[]
}

/** Builds one digest; the list in reports/digests/index.ts holds the kinds. */
export type BuildDigest = (request: DigestRequest, context: ReportContext) => Promise<BuiltDigest>
