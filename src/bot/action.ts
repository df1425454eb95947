// What people press and submit: one file per group of controls, joined by the list in actions/index.ts. The presser is always the Slack
// user of the signed request; ids in values and modal state are claims that are checked again.
import type { Viewer } from '../domain/policy.ts'
import type { Message, Part } from '../render/message.ts'
import type { Choice, Modal } from '../render/modal.ts'
import type { BotServices } from './command.ts'

export interface Press {
  /** `actionId` of the control, or `callbackId` of the submitted modal. */
  readonly actionId: string
  /** Button value, selected option, or picked conversation, user, time or date. */
  readonly value?: string | undefined
  /** Values of a modal's inputs by id; many-valued inputs as lists. */
  readonly inputs: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly privateMetadata?: string | undefined
  readonly from: 'message' | 'home' | 'modal' | 'submission'
  /** Of a submitted form: the same when it is submitted again because its answer got lost. */
  readonly submission?: string | undefined
  /** Pressed in a private reply, which may be replaced; never set for a message others see. */
  readonly inPrivateReply?: boolean | undefined
  readonly viewer: Viewer
  /** The presser's address as Slack has it. */
  readonly email?: string | undefined
  readonly channelId?: string | undefined
  readonly messageTs?: string | undefined
  readonly triggerId: string
  readonly now: Date
  readonly locale: string
  readonly zone: string
}

export type Outcome =
  /** A private reply to the presser. */
  | { readonly type: 'reply'; readonly message: Message }
  /** Replaces the message that was pressed. */
  | { readonly type: 'replace'; readonly message: Message }
  /** Opens a modal (or replaces the loading view that was opened in its place). */
  | { readonly type: 'modal'; readonly modal: Modal }
  /** Redraws the modal that was pressed or submitted in. */
  | { readonly type: 'redraw'; readonly modal: Modal }
  /** Inline errors of a submission, by input id. */
  | { readonly type: 'errors'; readonly errors: Readonly<Record<string, string>> }
  /** Nothing to show; closes a submitted modal. `home`: the Home tab is drawn again. */
  | { readonly type: 'done'; readonly home?: boolean }

export interface Action {
  /** Handles every actionId / callbackId that equals this or begins with it and a colon. */
  readonly id: string
  /** A loading view is opened at once, because the trigger lives 3 s. */
  readonly opensModal?: boolean
  /** The private reply that was pressed stays; the answer comes beside it. Default: the answer takes its place. */
  readonly keepsReply?: boolean
  /** `waiting` shows a line first (replies only). */
  handle(press: Press, services: BotServices, waiting: (message: Message) => Promise<void>): Promise<Outcome>
  /** Answers a `search` input. */
  options?(query: string, press: Press, services: BotServices): Promise<readonly Choice[]>
}

/** A part of App Home; the list in home/index.ts orders them. Undefined = nothing for this viewer. */
export interface HomeSection {
  readonly id: string
  write(
    viewer: Viewer,
    services: BotServices,
    at: { readonly now: Date; readonly locale: string; readonly zone: string },
  ): Promise<readonly Part[] | undefined>
}
