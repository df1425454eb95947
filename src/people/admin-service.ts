// What admins can see and correct: matches, managers, roles, scorecards that count, and the state of fetching. Callers have checked that the
// viewer is an admin. Implemented in create-admin-service.ts.
import type { GongPause } from '../domain/gong-ports.ts'
import type { Person, PersonId } from '../domain/person.ts'
import type { Grant, Viewer } from '../domain/policy.ts'
import type { FirstReading } from '../sync/first-reading.ts'
import type { ReadingState } from '../sync/reading-state.ts'
import type { OpenOutage } from './outages.ts'

/**
 * A Gong person no Slack user is matched to, and why. `shared-link`: others are linked to the same Slack user, as versions before this one let
 * admins do. `link-without-user`: whom they are linked to is no member. `shared-email`: two Gong people carry the same address.
 */
export interface Unmatched {
  readonly person: Person
  readonly why: 'shared-link' | 'link-without-user' | 'no-email' | 'no-slack-user' | 'shared-email'
}

export interface RoleRow {
  readonly id: string
  readonly slackUserId: string
  readonly grant: Grant
  readonly bySlackId: string
  readonly at: Date
}

/** A scorecard by the name it had when it was last answered. Untrusted text. */
export interface CardChoice {
  readonly id: string
  readonly name: string
}

/** Something that was set up, changed or sent by hand. Names are untrusted text. */
export interface ChangeRow {
  readonly at: Date
  readonly by: string
  /** A fixed text such as `digest team created`; never figures. */
  readonly detail: string
  /** The person it is about; missing when it is about nobody. */
  readonly about?: string | undefined
}

export interface LinkOutcome {
  /** Others who were linked to the Slack user. */
  readonly ended: readonly Person[]
  /** Whom `PEOPLE_FILE` links again, because an admin's link is gone. */
  readonly again: readonly { readonly person: Person; readonly slackUserId: string }[]
}

export interface AdminService {
  /** From the access log, newest first. */
  changes(limit: number): Promise<readonly ChangeRow[]>
  /** Active people without a match, by name. */
  unmatched(): Promise<readonly Unmatched[]>
  /**
   * Ties a Gong person to a Slack user (`null` unties); survives refreshes and is written to the access log. A Slack user is one person: links
   * to others end, and links of `PEOPLE_FILE` may hold again.
   * @throws AskError where somebody it names was forgotten, as `move` and `grant`: then nothing is stored
   */
  link(personId: PersonId, slackUserId: string | null, bySlackId: string): Promise<LinkOutcome>
  /** The Slack users whom admins linked, by person. */
  links(): Promise<ReadonlyMap<PersonId, string>>
  /** Puts a person under another manager (`null`: as Gong says); survives refreshes and is written to the access log. */
  move(personId: PersonId, managerId: PersonId | null, bySlackId: string): Promise<void>
  /** Those that have not ended, newest first. */
  roles(): Promise<readonly RoleRow[]>
  /** Those whose holder's name, or that of whom they are about, contains what was typed; the newest `most`. Names are untrusted text. */
  searchRoles(typed: string, most: number): Promise<readonly (RoleRow & { readonly holder: string; readonly subject: string })[]>
  grant(slackUserId: string, grant: Grant, bySlackId: string): Promise<void>
  revoke(roleId: string, bySlackId: string): Promise<void>
  /** Scorecards seen so far, and those that count; none = all count. */
  cards(): Promise<{ readonly known: readonly CardChoice[]; readonly counted: readonly CardChoice[] }>
  /** Names of the scorecards this viewer may know of; an admin of all. `minimumGroup`: people whom a figure without names rests on. */
  cardNamesFor(viewer: Viewer, minimumGroup: number): Promise<readonly string[]>
  /** From now on only these scorecards count, in what is fetched and in every statistic; none = all. Written to the access log. */
  countCards(ids: readonly string[], bySlackId: string): Promise<void>
  reading(): Promise<ReadingState>
  /** The same in short, while nobody of Gong's is known. */
  firstReading(): Promise<FirstReading>
  /** What Slack refuses the bot as a whole at this moment. */
  outages(): Promise<readonly OpenOutage[]>
  /** An admin's answer to a shrunk list of people, written to the access log. False when the question is over. */
  answerShrunkList(decision: 'use' | 'keep', bySlackId: string): Promise<boolean>
  /** Today's Gong requests, and the pause Gong asked for when one is in force. */
  budget(): Promise<{
    readonly used: number
    readonly perDay: number
    readonly perSecond: number
    /** What one person's questions may use. */
    readonly perAsker?: number | undefined
    readonly pause?: GongPause | undefined
  }>
}
