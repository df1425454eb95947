// Who gets which digest, where and when, and what became of each occurrence. Plain shapes; the recurrence rule itself is
// computed in recurrence.ts.

import type { FigureKind } from './figure-gap.ts'
import type { LocalDate, Weekday } from './period.ts'
import type { PersonId } from './person.ts'

/**
 * `org`: one row per team below a manager of managers. `reminder`: people a coach has not coached lately; a direct message to that coach
 * alone.
 */
export type DigestKind = 'team' | 'personal' | 'manager' | 'org' | 'company' | 'reminder'

/** These name people: they are set up by those who may see them so, and go to such. */
export const isByName = (kind: DigestKind): boolean => kind === 'manager' || kind === 'org'

export interface Recurrence {
  /** At least one, ascending. */
  readonly weekdays: readonly Weekday[]
  /** Local wall time `HH:MM`. */
  readonly time: string
  /** IANA zone. */
  readonly zone: string
}

/** Where a digest goes. A DM is posted to the Slack user id. */
export type Destination = { readonly type: 'channel'; readonly channelId: string } | { readonly type: 'dm'; readonly slackUserId: string }

export type SubscriptionStatus = 'active' | 'paused' | 'stopped'

export interface Subscription {
  readonly id: string
  readonly kind: DigestKind
  /** The manager of the team, manager or org digest, the person of a personal digest, the coach of a reminder; missing for the company. */
  readonly subjectId?: PersonId | undefined
  /** What its owner calls it: untrusted text. */
  readonly name?: string | undefined
  readonly destination: Destination
  readonly recurrence: Recurrence
  readonly whenEmpty: 'skip' | 'say'
  readonly skipDates: readonly LocalDate[]
  /** Only in a private channel, after the audience was shown. */
  readonly showNames: boolean
  readonly ownerSlackId: string
  /** Set up although its reader or channel had the same already: it is sent beside it. */
  readonly isExtra?: boolean | undefined
  readonly programmeId?: string
  /** Somebody chose the time of this digest alone: its programme's does not replace it. */
  readonly isOwnTime?: boolean
  /** The same of what it does in weeks without calls. */
  readonly isOwnWhenEmpty?: boolean
  readonly status: SubscriptionStatus
  readonly pausedUntil?: LocalDate
  /** A sentence for the owner when the bot paused it by itself. */
  readonly pausedWhy?: string
  /** The next planned instant; missing while paused or stopped. */
  readonly nextAt?: Date
  readonly createdAt: Date
}

/**
 * reserved → posting → sent is the way through. `doubtful`: an attempt may or may not have landed. `held`: the gate or the
 * owner's rights stopped it. `skipped`: empty, on a skipped day, or superseded by a later run. `failed`: given up, owner notified.
 */
export type DeliveryStatus = 'reserved' | 'posting' | 'doubtful' | 'sent' | 'held' | 'skipped' | 'failed'

export interface Delivery {
  readonly id: string
  readonly subscriptionId: string
  /**
   * The planned local date-time with zone (`2026-11-23T09:00[Europe/Berlin]`), or `manual:<trigger_id>`; of a reminder also
   * `moved:<local date>` (its day was skipped, or the coach was away) and `snooze:<local date>`. Unique per subscription.
   */
  readonly occurrence: string
  readonly dueAt: Date
  readonly status: DeliveryStatus
  readonly attempts: number
  /** Nobody (else) takes the row before this; of the store's real time, not of the clock handed in. */
  readonly leaseUntil?: Date
  /** When the next attempt is due. */
  readonly retryAt?: Date
  /** When the latest post was tried, by our clock or by Slack's, whichever is behind; a doubtful post is looked for from here on. */
  readonly postedAttemptAt?: Date
  /** Looks into the channel's history since the latest attempt. */
  readonly looks: number
  readonly channelId?: string
  /** Slack's message timestamp once confirmed. */
  readonly messageTs?: string
  /** The message to post with what it rests on, so that a retry says the same. */
  readonly body?: string
  /** Kinds of figures it was posted without, until they have come. */
  readonly lacks?: readonly FigureKind[]
  readonly reason?: string
  readonly sentBy?: string
  readonly createdAt: Date
  readonly sentAt?: Date
  /** How often somebody had been forgotten when the row was read: what is made from then on is kept only while that is so. */
  readonly forgettings?: number | undefined
}
