// What a delivery works with and what it may answer: the contract between whoever composes digests, whoever tells owners, and the
// walk of a row in deliver.ts. Knows no order of steps beyond their names.

import type { Clock } from '../../clock.ts'
import type { Delivery, Subscription } from '../../domain/subscription.ts'
import type { Log } from '../../log.ts'
import type { bodyOf, DeliveryBody } from '../../reports/delivery-body.ts'
import type { ChannelReaders, Gate, GateReason, Poster, Reconciler, RenderForSlack } from '../../slack-ports.ts'
import type { DeliveryStore } from '../../store/digests/deliveries.ts'
import type { Wake } from '../../store/digests/delivery-writes.ts'
import type { SubscriptionStore } from '../../store/digests/subscriptions.ts'
import type { LookTimes } from './look-times.ts'

/** What a digest's composer answers. */
export type Composed =
  | {
      readonly type: 'ready'
      readonly built: Parameters<typeof bodyOf>[0]
      readonly introduces?: string
      readonly namesDropped?: NamesDropped
    }
  | { readonly type: 'skip'; readonly reason: string }
  /** Somebody has to decide first: the owner lost the right, the subject left. */
  | { readonly type: 'hold'; readonly reason: HoldReason }
  /** Its figures are not there yet. */
  | { readonly type: 'later'; readonly retryAfterMs: number; readonly reason: string }

export type HoldReason = GateReason | 'owner-rights' | 'recipient' | 'subject-left'

/** What the owner of a subscription is told, once per delivery. */
export type OwnerNotice =
  | { readonly type: 'channel-gone'; readonly slackError: string }
  | { readonly type: 'held'; readonly reason: HoldReason; readonly people?: number }
  | { readonly type: 'doubt' }
  | ({ readonly type: 'names-dropped' } & NamesDropped)
  | { readonly type: 'given-up'; readonly slackError: string }

/** Why people who were to be shown by name were not. */
export interface NamesDropped {
  /** Slack ids of readers from outside the team. */
  readonly outsiders: readonly string[]
  /** The channel is not private any more. */
  readonly isPublic: boolean
}

export type OnDeliveryEnd = (outcome: 'sent' | 'held' | 'skipped' | 'failed', delaySeconds?: number) => void

export interface DeliverDeps {
  readonly deliveries: DeliveryStore
  readonly subscriptions: Pick<SubscriptionStore, 'find' | 'update'>
  readonly poster: Poster
  readonly gate: Gate
  readonly reconciler: Reconciler
  readonly render: RenderForSlack
  readonly clock: Clock
  readonly log: Log
  readonly looks: LookTimes
  /** Default 30 s. */
  readonly leaseMs?: number
  compose(subscription: Subscription, delivery: Delivery, audience: ChannelReaders | undefined): Promise<Composed>
  tellOwner(subscription: Subscription, delivery: Delivery, notice: OwnerNotice): Promise<void>
  /** Before a row is marked sent: the access log, the first-contact mark. May happen twice after a crash. */
  beforeSent(subscription: Subscription | undefined, delivery: Delivery, body: DeliveryBody): Promise<void>
  readonly wake: Wake
  /** A row reached an end. `delaySeconds`: from the planned instant to the confirmed post, of digests that were sent. */
  onEnd?: OnDeliveryEnd
  /** Named steps, for tests that stop the process at one of them. */
  step?(name: DeliveryStep): Promise<void> | void
}

/** Every point at which a delivery can be cut off, in order. */
export const deliverySteps = [
  'taken',
  'gated',
  'composed',
  'marked-posting',
  'posted',
  'before-confirm',
  'thread-reserved',
  'confirmed',
  'looked',
  'marked-doubtful',
] as const
export type DeliveryStep = (typeof deliverySteps)[number]

/** A digest, planned or manual; not a notice or a thread reply. */
export const isDigest = (row: Pick<Delivery, 'occurrence'>): boolean => !/^(notice|thread):/.test(row.occurrence)
