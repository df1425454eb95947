// Grants (roles) and the access log: who saw whose figures, who changed what.

import type { PersonId } from '../domain/person.ts'
import type { Grant } from '../domain/policy.ts'

export interface AccessRecord {
  readonly at: Date
  /** `view`: figures shown; `delivery`: a digest; `change`: a setting; `grant`, `link`, `move`, `forget`. */
  readonly what: 'view' | 'delivery' | 'change' | 'grant' | 'link' | 'move' | 'forget'
  /** The Slack user who did or saw it. */
  readonly bySlackId: string
  /** Whose figures; missing for changes. */
  readonly personId?: PersonId
  /** A short fixed text such as `/gong-stats` or `digest team`; never figures. */
  readonly detail: string
}

export interface AccessStore {
  record(entries: readonly AccessRecord[]): Promise<void>
  /** Who has seen this person's figures, newest first. */
  seenBy(personId: PersonId, limit: number): Promise<readonly AccessRecord[]>
  changes(limit: number): Promise<readonly AccessRecord[]>
  grant(slackUserId: string, grant: Grant, bySlackId: string, at: Date): Promise<string>
  revoke(grantId: string): Promise<void>
  grantsOf(slackUserId: string): Promise<readonly Grant[]>
  allGrants(): Promise<
    readonly (Grant & { readonly id: string; readonly slackUserId: string; readonly bySlackId: string; readonly at: Date })[]
  >
  /** Deletes log rows older than `before`. */
  prune(before: Date): Promise<number>
}
