// What the steps of a delivery are given to work with, and the names of the points at which a test can cut one off.

import type { Clock } from '../../clock.ts'
import type { HoldReason } from '../../domain/hold-reason.ts'
import type { Delivery, Subscription } from '../../domain/subscription.ts'
import type { Log } from '../../log.ts'
import type { Outages } from '../../people/outages.ts'
import type { DeliveryBody } from '../../reports/delivery-body.ts'
import type { ChannelReaders, Gate, Poster, Reconciler, RenderForSlack } from '../../slack-ports.ts'
import type { SubscriptionStore } from '../../store/digests/subscriptions.ts'
import type { Store } from '../../store/store.ts'
import type { CorrectionDeps } from '../correct-digests.ts'
import type { SendingRights } from '../sending-rights.ts'
import type { InStep } from './in-step.ts'
import type { LeaseDeps } from './lease.ts'
import type { BuildOutcome, OwnerNotice } from './outcomes.ts'
import type { Refusals } from './refusals.ts'

export interface DeliverDeps extends LeaseDeps {
  readonly subscriptions: Pick<SubscriptionStore, 'find' | 'updateUnlessStopped'>
  readonly poster: Poster
  readonly gate: Gate
  readonly reconciler: Reconciler
  readonly render: RenderForSlack
  readonly log: Log
  readonly lookTimes: LookTimes
  /** Between which instants rows that were acknowledged may last have been lost; undefined: never. */
  readonly lostRows: Store['lostRows']
  readonly keyedHash: Store['keyedHash']
  build(subscription: Subscription, delivery: Delivery, readers: ChannelReaders | undefined): Promise<BuildOutcome>
  /** Builds a posted one again, for its thread. */
  readonly rebuild: CorrectionDeps['rebuild']
  /** What may be shown now, and to whom. */
  rights(
    subscription: Subscription,
    readers: ChannelReaders | undefined,
  ): Promise<SendingRights | { readonly type: 'hold'; readonly reason: HoldReason }>
  /** Whether a notice may be posted to the person it is for. */
  mayReadNotice(notice: Delivery): Promise<boolean>
  notifyOwner(subscription: Subscription, delivery: Delivery, notice: OwnerNotice): Promise<void>
  /** Before a message is posted: the access log. May run twice after a crash. */
  recordSent(
    subscription: Subscription | undefined,
    delivery: Delivery,
    body: DeliveryBody,
    readers: ChannelReaders | undefined,
  ): Promise<void>
  /** Before a row is marked sent: the first-contact mark. May run twice after a crash. */
  recordIntroduced(body: DeliveryBody): Promise<void>
  /** Episodes in which Slack refuses the bot as a whole. */
  readonly outages: Outages
  readonly onEnd?: OnDeliveryEnd | undefined
  /** Named steps, for tests that stop the process at one of them. */
  readonly step?: ((name: DeliveryStep) => Promise<void> | void) | undefined
}

/** As handed to the steps of one delivery. */
export interface StepDeps extends DeliverDeps {
  /** Both shared by all deliveries of this process. */
  readonly refusals: Refusals
  readonly inStep: InStep
  /** Delivers a further row, which is reserved, after the one at hand. */
  follow(deliveryId: string): void
}

/**
 * When the first and the second look for a post that timed out are due, counted from the attempt: it can still land. `sendMs`: the
 * longest a send takes, from the moment another worker's right to it has ended.
 */
export interface LookTimes {
  readonly sendMs: number
  readonly firstMs: number
  readonly secondMs: number
}

/** Called when a row reaches an end. `delaySeconds`: from the planned instant to the confirmed post, of digests that were sent. */
export type OnDeliveryEnd = (outcome: 'sent' | 'held' | 'skipped' | 'failed', delaySeconds?: number) => void

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

/** The instant `ms` from now. */
export const inMs = (clock: Clock, ms: number): Date => new Date(clock.now().getTime() + ms)
