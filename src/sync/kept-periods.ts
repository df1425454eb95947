// Which periods are kept for everybody: what digests and the usual words ("this week", "last week") show, with what they are compared
// to. Pure; any other period is fetched when somebody asks for it.
import { addDays, type LocalDate, type Period, periodBefore, type Weekday, weekBefore, weekOf, weeksThrough } from '../domain/period.ts'

/** Full weeks kept: last week and the eight it is usually compared with. */
export const weeksKept = 9
/** Weeks of answered scorecards kept: a quarter, so that "not coached since" is known. */
export const scorecardWeeksKept = 13

/** This week through its last complete day; undefined on its first day, when no day is complete. */
export function thisWeekSoFar(today: LocalDate, weekStart: Weekday): Period | undefined {
  const { from } = weekOf(today, weekStart)
  return from === today ? undefined : { from, to: today }
}

/** Windows wanted for everybody, newest first. */
export function keptWindows(today: LocalDate, weekStart: Weekday): Period[] {
  const soFar = thisWeekSoFar(today, weekStart)
  const weeks = weeksThrough(weekBefore(today, weekStart), weeksKept).toReversed()
  return newestFirst(soFar ? [soFar, periodBefore(soFar), ...weeks] : weeks)
}

/** Ranges of records wanted for everybody, newest first: whole weeks, so that each date is fetched once when it is final. */
export function keptRanges(today: LocalDate, weekStart: Weekday, weeks: number): Period[] {
  const soFar = thisWeekSoFar(today, weekStart)
  return newestFirst([...(soFar ? [soFar] : []), ...weeksThrough(weekBefore(today, weekStart), weeks)])
}

/**
 * Ranges of answered scorecards wanted for everybody, newest first. They are fetched by the day they were answered, so this week's reach
 * through today, Mondays included: a reminder whose card is filled today closes at the next refresh. The range is one whatever its end.
 */
export function keptCardRanges(today: LocalDate, weekStart: Weekday, weeks: number): Period[] {
  const soFar = { from: weekOf(today, weekStart).from, to: addDays(today, 1) }
  return [soFar, ...newestFirst(weeksThrough(weekBefore(today, weekStart), weeks))]
}

const newestFirst = (periods: readonly Period[]): Period[] =>
  periods.toSorted((a, b) => (a.to === b.to ? (a.from > b.from ? -1 : 1) : a.to > b.to ? -1 : 1))
