// Modals and their inputs as plain data; toModalView turns them into Slack's shape within its limits. Values come back by
// input id and are never trusted: whoever submits is checked again.
import type { Part } from './message.ts'

export interface Choice {
  readonly label: string
  readonly value: string
  readonly description?: string | undefined
}

export type InputElement =
  | {
      readonly type: 'text'
      readonly initial?: string | undefined
      readonly multiline?: boolean
      readonly placeholder?: string
      readonly maxLength?: number
    }
  | { readonly type: 'select'; readonly choices: readonly Choice[]; readonly initial?: string | undefined }
  /** Any number of them. */
  | { readonly type: 'multi-select'; readonly choices: readonly Choice[]; readonly initial?: readonly string[] | undefined }
  | { readonly type: 'radio'; readonly choices: readonly Choice[]; readonly initial?: string | undefined }
  | { readonly type: 'checkboxes'; readonly choices: readonly Choice[]; readonly initial?: readonly string[] | undefined }
  /** Answered by an options handler with the same id: for lists longer than 100. */
  | { readonly type: 'search'; readonly initial?: Choice | undefined; readonly placeholder?: string; readonly many?: false }
  | { readonly type: 'search'; readonly initial?: readonly Choice[] | undefined; readonly placeholder?: string; readonly many: true }
  | { readonly type: 'conversation'; readonly initial?: string | undefined }
  | { readonly type: 'user'; readonly initial?: string | undefined }
  | { readonly type: 'time'; readonly initial?: string | undefined }
  | { readonly type: 'date'; readonly initial?: string | undefined }

export interface InputPart {
  readonly type: 'input'
  /** Both block_id and action_id. */
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly optional?: boolean
  /** Sends a press with `actionId = id` whenever it changes, so that the modal can be redrawn. */
  readonly redraws?: boolean
  readonly element: InputElement
}

export interface Modal {
  /** Routes the submission. */
  readonly callbackId: string
  /** At most 24 characters. */
  readonly title: string
  readonly submit?: string
  readonly close?: string
  readonly parts: readonly (Part | InputPart)[]
  /** At most 3000 characters; checked like any value a sender could forge. */
  readonly privateMetadata?: string
}
