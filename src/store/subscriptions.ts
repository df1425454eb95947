// Subscriptions and the programmes that make them. Whether one is due is a comparison of `nextAt` with the clock handed in.

import type { PersonId } from '../domain/person.ts'
import type { DigestKind, Recurrence, Subscription } from '../domain/subscription.ts'

export interface Programme {
  readonly id: string
  /** `team`: every team below `orgOf`; `manager`: every manager; `personal`: every rep. */
  readonly kind: Exclude<DigestKind, 'company'>
  /** The org's manager; missing = the whole company. */
  readonly orgOf?: PersonId
  readonly recurrence: Recurrence
  readonly stage: 'preview' | 'pilot' | 'everyone'
  /** Managers whose teams take part in the pilot. */
  readonly pilotTeams: readonly PersonId[]
  readonly whenEmpty: 'skip' | 'say'
  readonly ownerSlackId: string
  readonly status: 'active' | 'stopped'
  readonly createdAt: Date
}

/** Fields to write; `null` clears an optional one, an absent one stays as it is. */
export type SubscriptionChange = {
  readonly [Field in Exclude<keyof Subscription, 'id' | 'createdAt'>]?: undefined extends Subscription[Field]
    ? Subscription[Field] | null
    : Subscription[Field]
}

export interface SubscriptionStore {
  insert(subscription: Subscription): Promise<void>
  /** Writes the given fields; `null` clears an optional one. */
  update(id: string, change: SubscriptionChange): Promise<void>
  remove(id: string): Promise<void>
  find(id: string): Promise<Subscription | undefined>
  ownedBy(slackUserId: string): Promise<readonly Subscription[]>
  /** Those that post to this person or to one of these channels. */
  receivedBy(slackUserId: string): Promise<readonly Subscription[]>
  inChannel(channelId: string): Promise<readonly Subscription[]>
  ofProgramme(programmeId: string): Promise<readonly Subscription[]>
  all(): Promise<readonly Subscription[]>
  /** Active, `nextAt` at or before `now`, oldest first. */
  due(now: Date, limit: number): Promise<readonly Subscription[]>
  /** The earliest `nextAt` after `now` of anything active: where a moved clock stops next. */
  nextDueAfter(now: Date): Promise<Date | undefined>
  insertProgramme(programme: Programme): Promise<void>
  updateProgramme(id: string, change: Partial<Omit<Programme, 'id' | 'createdAt'>>): Promise<void>
  programmes(): Promise<readonly Programme[]>
  /** A person's stop: survives re-enrolment by any programme of that kind. */
  optOut(slackUserId: string, kind: DigestKind, at: Date): Promise<void>
  optIn(slackUserId: string, kind: DigestKind): Promise<void>
  optedOut(kind: DigestKind): Promise<ReadonlySet<string>>
}
