// What building a digest can come to, and what its owner is notified of when it could not be sent as planned. Shapes only.
import type { FigureKind } from '../../domain/figure-gap.ts'
import type { HoldReason } from '../../domain/hold-reason.ts'
import type { bodyOf, DeliveryBody } from '../../reports/delivery-body.ts'

/** The outcome of building the digest of one delivery. */
export type BuildOutcome =
  | {
      readonly type: 'ready'
      readonly built: Parameters<typeof bodyOf>[0]
      /** In which detail it was built. */
      readonly detail: 'by-name' | 'medians'
      /** Who of its readers sees whom by name. */
      readonly readBy?: string | undefined
      /** Of whom its group figures are; missing of reminders. */
      readonly members?: DeliveryBody['members']
      /** What of its week was not fetched yet; its message is completed when it comes. */
      readonly lacks?: readonly FigureKind[] | undefined
      readonly introduces?: string | undefined
      readonly namesDropped?: NamesDropped | undefined
      /** The delivery of the reminder whose rows it brings. */
      readonly brings?: string | undefined
    }
  | { readonly type: 'skip'; readonly reason: string }
  /** Somebody has to decide first: the owner lost the right, the subject left. */
  | { readonly type: 'hold'; readonly reason: HoldReason }
  /** Its figures are not there yet. */
  | { readonly type: 'later'; readonly retryAfterMs: number; readonly reason: string }

/** Sent to the owner of a digest at most once per delivery. */
export type OwnerNotice =
  | { readonly type: 'channel-gone'; readonly slackError: string }
  | { readonly type: 'held'; readonly reason: HoldReason; readonly people?: number | undefined }
  /** `names`: people may no longer be shown as the message above shows them. `slackError`: Slack took no reply in that thread. */
  | { readonly type: 'rest-dropped'; readonly reason: HoldReason | 'names'; readonly people?: number | undefined }
  | { readonly type: 'rest-dropped'; readonly slackError: string }
  | { readonly type: 'doubt' }
  | ({ readonly type: 'names-dropped' } & NamesDropped)
  /** `attempts`: posts and questions tried. `needed`: the scope that is missing. */
  | {
      readonly type: 'given-up'
      readonly slackError: string
      readonly needed?: string | undefined
      readonly attempts: number
      readonly triedForMs: number
    }

/** Why a digest that should name people went out without names. */
export interface NamesDropped {
  /** Slack ids of readers from outside the team. */
  readonly outsiders: readonly string[]
  /** The channel is no longer private. */
  readonly isPublic: boolean
  /** Somebody has left the team, or come from another one. */
  readonly hasMoved?: boolean | undefined
}
