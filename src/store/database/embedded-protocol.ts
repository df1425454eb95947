// What embedded-client.ts asks of the thread of the embedded database, and what comes back.

/** What the thread is started with. */
export interface ThreadData {
  readonly folder: string
  readonly startParams: string[]
  /** Address of a module whose `sync` replaces the usual one (tests that lose the power). */
  readonly syncModule?: string | undefined
}

/** How rows come back; `textTypes` are Postgres types whose values stay as Postgres writes them. */
export interface RowOptions {
  readonly rowMode?: 'array' | 'object' | undefined
  readonly textTypes?: readonly number[] | undefined
}

/** `transaction`: the one the statement belongs to, by the id of its `begin`. */
export type EmbeddedRequest =
  | {
      readonly type: 'query'
      readonly text: string
      readonly params?: unknown[] | undefined
      readonly rows: RowOptions
      readonly transaction?: number | undefined
    }
  | { readonly type: 'exec'; readonly text: string; readonly rows: RowOptions; readonly transaction?: number | undefined }
  | { readonly type: 'begin' }
  | { readonly type: 'end'; readonly transaction: number; readonly commit: boolean }
  | { readonly type: 'dump' }
  | { readonly type: 'close' }

export interface RequestMessage {
  readonly id: number
  readonly request: EmbeddedRequest
}

/** What was thrown, as plain values: a thread cannot hand over classes. */
export interface Failure {
  readonly message: string
  readonly [property: string]: unknown
}

export type ResponseMessage = { readonly id: number; readonly result: unknown } | { readonly id: number; readonly failure: Failure }

/** Under which the thread says once that the database is open, or why it is not. */
export const readyId = 0
