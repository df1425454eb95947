// What the schedule is given: the store, the clock, Gong's side, how digests are built and shown, the way to Slack, and what tests and the
// demo change. Plain values and parts; joins nothing.
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { BuildDigest } from '../reports/digest.ts'
import type { RenderForSlack } from '../slack/delivery-body.ts'
import type { DeliveryStep, OnDeliveryEnd } from '../slack/delivery-parts.ts'
import type { Directory } from '../slack/directory.ts'
import type { Pace } from '../slack/pacer.ts'
import type { PostingClient } from '../slack/posting-client.ts'
import type { LookTimes } from '../slack/reconcile.ts'
import type { Viewers } from '../slack/viewer.ts'
import type { StatsService } from '../stats/results.ts'
import type { Store } from '../store/store.ts'
import type { Company } from './due.ts'
import type { SyncForSchedule } from './figures-ready.ts'
import type { FirstContactParts } from './first-contact.ts'

export interface ScheduleOptions {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly company: Company
  readonly sync: SyncForSchedule
  /** How reading stands, for the first message to admins; without it none is sent. */
  readonly reading?: FirstContactParts['reading']
  /** Months of figures kept; 13 unless given. */
  readonly retentionMonths?: number
  readonly stats: StatsService
  readonly build: BuildDigest
  readonly render: RenderForSlack
  /** A client of `createPostingClient`: it must not retry by itself. */
  readonly client: PostingClient
  readonly viewers: Viewers
  readonly directory: Directory
  readonly settings: {
    readonly gongAppUrl: string
    readonly allowGuests: boolean
    readonly namesInChannels: 'ask' | 'never'
    /** As typed after `/invite @`. */
    readonly botName: string
    /** Emoji of a Slack status that says away; a few usual ones unless given. */
    readonly awayEmoji?: readonly string[]
  }
  /** Default: what Slack allows. */
  readonly pace?: Pace
  /** Default: 30 s and 60 s after an attempt that may have landed. */
  readonly looks?: LookTimes
  /** How long a delivery belongs to a worker that says nothing; default 30 s. */
  readonly leaseMs?: number
  /** For tests that stop the process at a named step. */
  readonly step?: (name: DeliveryStep) => Promise<void> | void
  /** For the metrics. */
  readonly onDeliveryEnd?: OnDeliveryEnd
  /** Other work that is due by the clock, started with every tick. */
  readonly alsoDue?: readonly DueSource[]
}

export interface DueSource {
  tick(): Promise<void>
  nextDueAfter(now: Date): Promise<Date | undefined>
}
