// Why a message is held back: names of the reasons, worded in reports/wording/hold-reason.ts.

/** Why a channel's gate is closed. `not-member`: the bot must be invited. `shared`: with another company, or about to be. */
export type GateReason = 'not-member' | 'archived' | 'shared' | 'guests' | 'outsiders'

/** The gate, or `owner-rights`, `recipient` (its reader's right), `subject-left`. */
export type HoldReason = GateReason | 'owner-rights' | 'recipient' | 'subject-left'
