// One person's figures: own value, the period before, the usual week, the target. Pure; what is shown to whom is decided above.
import { type Measured, noData } from '../../domain/measured.ts'
import { daysBetween, lastDate, type Period } from '../../domain/period.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import type { ListedMeasure, MeasureId } from '../measures/index.ts'
import { unitOf } from '../measures/measure.ts'
import { onDemand } from '../on-demand.ts'
import { changeBetween } from './change.ts'
import { callCountOf, comparableOf, figureOf, hasEnoughCalls, type PeriodFigures } from './period-figures.ts'
import type { PersonFigures, PersonMeasure, TargetRange, TrendPoint } from './results.ts'
import { comparePerCall, isShort } from './short-week.ts'
import { targetFor } from './target.ts'
import { usualOf } from './usual-week.ts'
import { isWeekLong } from './weeks.ts'

/** The first days in which a person reads "new": no figure of theirs is held against anything as low. */
const newForDays = 90

export type MeasuresById = ReadonlyMap<MeasureId, ListedMeasure>

export interface PersonRules {
  readonly minimumCalls: number
  readonly targets: readonly TargetRange[]
}

/** What a person's figures are made of. `usual`: the eight weeks before, any order; empty where no past is wanted. */
export interface PersonPast {
  readonly now: PeriodFigures
  readonly before: PeriodFigures
  readonly usual: readonly PeriodFigures[]
}

/** In the first 90 days as of the period's last date; false when nobody knows since when the person is there. */
export const isNewIn = (person: Person, period: Period): boolean =>
  person.since !== undefined && daysBetween(person.since, lastDate(period)) < newForDays

export function personFigures(
  person: Person,
  past: PersonPast,
  measures: MeasuresById,
  rules: PersonRules,
  othersHadCalls: boolean,
): PersonFigures {
  const callCount = callCountOf(past.now, person.id)
  const callCountBefore = callCountOf(past.before, person.id)
  const short = isShort(
    callCount.calls,
    callCountBefore.calls,
    isWeekLong(past.now.period)
      ? usualOf(past.usual.map((week) => callCountOf(week, person.id).calls).filter(isSome))
      : noData('no-comparison'),
  )
  return {
    person,
    callCount,
    callCountBefore,
    enoughCalls: hasEnoughCalls(past.now, person.id, rules.minimumCalls),
    isNew: isNewIn(person, past.now.period),
    quiet: othersHadCalls && callCount.calls.known && callCount.calls.value === 0,
    ...(short && { isShort: true as const }),
    measures: onDemand(measures, (measure) => personMeasure(measure, person.id, past, rules, short)),
  }
}

const isSome = (calls: Measured): boolean => calls.known && calls.value > 0

function personMeasure(measure: ListedMeasure, id: PersonId, past: PersonPast, rules: PersonRules, short: boolean): PersonMeasure {
  const value = figureOf(measure, past.now, id)
  const before = figureOf(measure, past.before, id)
  const comparable = comparableOf(measure, past.now, id, rules.minimumCalls)
  const target = comparable.known ? targetFor(measure.id, comparable.value, rules.targets) : undefined
  const counts = unitOf(measure, past.now.contract) === 'count'
  let usual: Measured | undefined
  return {
    id: measure.id,
    value,
    before,
    change:
      short && counts ? noData('no-comparison') : changeBetween(comparable, comparableOf(measure, past.before, id, rules.minimumCalls)),
    // Eight weeks are only looked through for whoever reads the answer.
    get usual() {
      usual ??= usualFigure(measure, id, past, rules.minimumCalls)
      return usual
    },
    get changeFromUsual() {
      return short && counts ? noData('no-comparison') : changeBetween(comparable, this.usual)
    },
    ...(target && { target }),
    ...(short &&
      counts && {
        perCall: comparePerCall(
          measure,
          value,
          before,
          callCountOf(past.now, id).calls,
          callCountOf(past.before, id).calls,
          rules.minimumCalls,
        ),
      }),
  }
}

/** Weeks with enough calls only. Counts of a week say nothing about a month, so other periods have no usual count. */
function usualFigure(measure: ListedMeasure, id: PersonId, past: PersonPast, minimumCalls: number): Measured {
  if (unitOf(measure, past.now.contract) === 'count' && !isWeekLong(past.now.period)) return noData('no-comparison')
  return usualOf(past.usual.filter((week) => hasEnoughCalls(week, id, minimumCalls)).map((week) => figureOf(measure, week, id)))
}

/** A person's weeks, oldest first; weeks without enough calls have no conversation figure. */
export const personTrend = (measure: ListedMeasure, id: PersonId, weeks: readonly PeriodFigures[], minimumCalls: number): TrendPoint[] =>
  weeks.map((week) => {
    const value = comparableOf(measure, week, id, minimumCalls)
    return { period: week.period, value, people: value.known ? 1 : 0 }
  })
