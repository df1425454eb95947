// A rule that creates subscriptions for every team, manager or person of an org. A plain shape; enrolling is done in digests/programmes.
import type { PersonId } from './person.ts'
import type { DigestKind, Recurrence } from './subscription.ts'

export interface Programme {
  readonly id: string
  /** `team`: every team below `orgOf`; `manager`: every manager; `org`: every manager of managers; `personal`: every rep. */
  readonly kind: Exclude<DigestKind, 'company'>
  /** The org's manager; missing = the whole company. */
  readonly orgOf?: PersonId | undefined
  readonly recurrence: Recurrence
  readonly stage: 'preview' | 'pilot' | 'everyone'
  /** Managers whose teams take part in the pilot. */
  readonly pilotTeams: readonly PersonId[]
  readonly whenEmpty: 'skip' | 'say'
  readonly ownerSlackId: string
  readonly status: 'active' | 'stopped'
  readonly createdAt: Date
}
