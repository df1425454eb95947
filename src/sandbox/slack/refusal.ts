// Slack's way of saying no: HTTP 200 with `ok: false` and a code. Every method throws this and nothing else on purpose.
import type { Json } from './workspace.ts'

export class Refusal extends Error {
  readonly error: string
  /** Further fields of the answer, for example `needed`. */
  readonly fields: Json
  constructor(error: string, fields: Json = {}) {
    super(error)
    this.error = error
    this.fields = fields
  }
}

/** A refusal with JSON pointers, as `invalid_blocks` carries them. */
export const refusalWithPointers = (error: string, messages: readonly string[]): Refusal =>
  new Refusal(error, { response_metadata: { messages } })
