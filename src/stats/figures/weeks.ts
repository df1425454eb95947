// Which periods an answer needs: the one asked for, the one before, and the weeks of the trend, each read once.
import {
  daysBetween,
  lengthDays,
  type Period,
  periodBefore,
  periodKey,
  type Weekday,
  weekdayOf,
  weekOf,
  weeksThrough,
} from '../../domain/period.ts'
import { usualWeeks } from './usual-week.ts'

/** Weeks a trend shows, the period's own included. */
const trendWeeks = usualWeeks + 1

export interface PeriodPlan {
  readonly period: Period
  readonly before: Period
  /** Oldest first; the last is the period itself when it is a week or the begun part of one, else the last week that ends in it. */
  readonly trend: readonly Period[]
  /** The eight whole weeks before the period. */
  readonly weeksBefore: readonly Period[]
}

/** `2026-11-16..2026-11-22` is its own last trend week; so is `Mon–Wed`; a month ends with its last whole week. */
export function planPeriods(period: Period, weekStart: Weekday): PeriodPlan {
  const before = periodBefore(period)
  const firstWeek = weekOf(period.from, weekStart)
  const weekBeforeIt = weeksThrough(firstWeek, 2)[0] ?? firstWeek
  const weeksBefore = weeksThrough(weekBeforeIt, usualWeeks)
  if (weekdayOf(period.from) === weekStart && lengthDays(period) <= 7)
    return { period, before, trend: [...weeksBefore, period], weeksBefore }
  const lastWeek = weekOf(period.to, weekStart)
  const lastWhole = weeksThrough(lastWeek, 2)[0] ?? lastWeek
  return { period, before, trend: weeksThrough(lastWhole, trendWeeks), weeksBefore }
}

/** Whether the period is as long as a trend week, so that its counts may be held against weekly ones. */
export const isWeekLong = (period: Period): boolean => daysBetween(period.from, period.to) === 7

/** Every distinct period of a plan. */
export function distinctPeriods(plan: PeriodPlan): Period[] {
  const all = [plan.period, plan.before, ...plan.trend, ...plan.weeksBefore]
  return [...new Map(all.map((period) => [periodKey(period), period])).values()]
}
