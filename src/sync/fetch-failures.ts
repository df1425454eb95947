// What a failure of one fetch means for a question: which kinds of figures it shows, when a kind that failed is tried again, and when it
// is Gong as a whole that does not answer. Pure.
import type { FigureKind, GapReason } from '../domain/figure-gap.ts'
import { GongRefused, GongSurprise, GongUnavailable } from '../errors.ts'

/** Shown by every answer about figures; coaching is asked for by name. */
export const shownKinds: readonly FigureKind[] = ['interaction', 'activity', 'scorecards', 'daily-activity']

/**
 * A kind that just failed is not asked for again by a question within this time; the hourly refresh tries it. An outage may be over when
 * somebody presses Try again, so that one is tried each time.
 */
export const leftAloneMs: Readonly<Record<GapReason, number>> = {
  scope: 3_600_000,
  refused: 600_000,
  unavailable: 0,
  untrusted: 300_000,
}

/** Failures that concern one operation; a limit or a cancellation concerns all. */
export const isOfOneKind = (error: unknown): boolean =>
  error instanceof GongRefused || error instanceof GongUnavailable || error instanceof GongSurprise

/** Gong as a whole does not answer: neither of the two kinds that every figure of a period rests on could be fetched. */
export const isOutage = (failures: ReadonlyMap<FigureKind, unknown>): boolean =>
  failures.has('interaction') && failures.has('activity') && [...failures.values()].every((error) => error instanceof GongUnavailable)
