// Figures of one period as they stood at an earlier time, from what later releases replaced. Pure.
import type { HeldBack } from '../../domain/reads.ts'

/** What was shown until the first of these releases: of each person what the earliest one replaced, else what is held back now. */
export function shownUntil(releases: readonly HeldBack[], held: HeldBack): HeldBack {
  const latestFirst = [held, ...releases.toReversed()]
  return {
    interaction: new Map(latestFirst.flatMap(({ interaction }) => [...interaction])),
    activity: new Map(latestFirst.flatMap(({ activity }) => [...activity])),
    scorecards: new Map(latestFirst.flatMap(({ scorecards }) => [...scorecards])),
  }
}
