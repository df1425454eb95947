// Unknown is never zero: every figure a person sees is a Measured, and a renderer must say why it is missing.

/**
 * Why there is no figure. `not-read`: Gong was not asked yet. `not-given`: Gong's answer lacks it. `quarantined`: Gong's value was
 * impossible. `not-whole`: without names it is shown for whole weeks only, so that no two periods differ by a few days. `deleted`: without
 * names it was shown with somebody's figures that were deleted since. `other-setting`: without names it may have been shown by settings that
 * were changed since. `not-kept`: without names it begins before the days of which everything is kept.
 */
export type Missing =
  | 'no-calls'
  | 'too-few-calls'
  | 'too-few-people'
  | 'not-read'
  | 'not-given'
  | 'quarantined'
  | 'no-comparison'
  | 'not-whole'
  | 'deleted'
  | 'other-setting'
  | 'not-kept'

export type Measured<T = number> = { readonly known: true; readonly value: T } | { readonly known: false; readonly why: Missing }

export const known = <T>(value: T): Measured<T> => ({ known: true, value })

export const noData = (why: Missing): { readonly known: false; readonly why: Missing } => unknown[why]

/** One of each: a report holds thousands, and none is ever changed. */
const unknown: { readonly [Why in Missing]: { readonly known: false; readonly why: Why } } = {
  'no-calls': { known: false, why: 'no-calls' },
  'too-few-calls': { known: false, why: 'too-few-calls' },
  'too-few-people': { known: false, why: 'too-few-people' },
  'not-read': { known: false, why: 'not-read' },
  'not-given': { known: false, why: 'not-given' },
  quarantined: { known: false, why: 'quarantined' },
  'no-comparison': { known: false, why: 'no-comparison' },
  'not-whole': { known: false, why: 'not-whole' },
  deleted: { known: false, why: 'deleted' },
  'other-setting': { known: false, why: 'other-setting' },
  'not-kept': { known: false, why: 'not-kept' },
}

/** A present number becomes a known figure; null and undefined stay unknown for the reason given. */
export const measuredOr = <T>(value: T | null | undefined, why: Missing): Measured<T> =>
  value === null || value === undefined ? noData(why) : known(value)
