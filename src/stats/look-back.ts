// What the answers look back at, so that it can be fetched with the question. Pure; what was not fetched the answers say themselves.
import type { LookBack } from '../domain/look-back.ts'
import { addDays, type Period, periodKey, samePeriod, type Weekday, weekOf, weeksThrough } from '../domain/period.ts'
import { coachingLookBack } from './coaching/coverage.ts'
import { planPeriods } from './figures/weeks.ts'

/** The weeks a figure is usual by, and those of the trend; without the period itself. */
export function figuresLookBack(period: Period, weekStart: Weekday): LookBack {
  const { weeksBefore, trend } = planPeriods(period, weekStart)
  const weeks = [...weeksBefore, ...trend].filter((week) => !samePeriod(week, period))
  return { weeks: [...new Map(weeks.map((week) => [periodKey(week), week])).values()] }
}

/** Scorecards back to the last coaching, and the weeks Gong counts coaching in. */
export const coachingAnswerLookBack = (period: Period, weekStart: Weekday): LookBack => ({
  cardsFrom: coachingLookBack(period).from,
  coachingWeeks: coachingWeeksOf(period, weekStart),
})

/** The last four weeks up to the period's end. */
export const coachingWeeksOf = (period: Period, weekStart: Weekday): readonly Period[] =>
  weeksThrough(weekOf(addDays(period.to, -1), weekStart), 4)
