// One person's figures: own value, the period before, the usual week, the target. Pure; what is shown to whom is decided above.
import { type Measured, noData } from '../../domain/measured.ts'
import { daysBetween, lastDate, type Period } from '../../domain/period.ts'
import type { Person, PersonId } from '../../domain/person.ts'
import type { Unit } from '../../domain/unit.ts'
import type { ListedMeasure, MeasureId } from '../measures/index.ts'
import { unitOf } from '../measures/measure.ts'
import { onDemand } from '../on-demand.ts'
import { changeBetween } from './change.ts'
import { type News, personNews } from './news.ts'
import { asComparable, callCountOf, comparableOf, figureOf, hasEnoughCalls, isEnough, type PeriodFigures } from './period-figures.ts'
import type { PersonFigures, PersonMeasure, TargetRange, TrendPoint } from './results.ts'
import { comparePerCall, isShort } from './short-week.ts'
import { targetFor } from './target.ts'
import { type UsualRange, usualRange } from './usual-range.ts'
import { usualWeekOf } from './usual-week.ts'
import { isWeekLong } from './weeks.ts'

/** The first days in which a person reads "new": no figure of theirs is held against anything as low. */
const newForDays = 90

export type MeasuresById = ReadonlyMap<MeasureId, ListedMeasure>

export interface PersonRules {
  readonly minimumCalls: number
  readonly targets: readonly TargetRange[]
}

/** What a person's figures are made of. `weeksBefore`: the eight whole weeks before, any order; empty where no past is wanted. */
export interface PersonPast {
  readonly now: PeriodFigures
  readonly before: PeriodFigures
  readonly weeksBefore: readonly PeriodFigures[]
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
      ? usualWeekOf(past.weeksBefore.map((week) => callCountOf(week, person.id).calls).filter(isSome))
      : noData('no-comparison'),
  )
  const enoughNow = isEnough(past.now, person.id, callCount, rules.minimumCalls)
  const enoughBefore = isEnough(past.before, person.id, callCountBefore, rules.minimumCalls)
  const isNew = isNewIn(person, past.now.period)
  const atHand: PersonAtHand = { ...rules, id: person.id, past, isNew, enoughNow, enoughBefore, short }
  return {
    person,
    callCount,
    callCountBefore,
    enoughCalls: enoughNow,
    isNew,
    quiet: othersHadCalls && callCount.calls.known && callCount.calls.value === 0,
    ...(short && { isShort: true as const }),
    measures: onDemand(measures, (measure) => new FiguresOfMeasure(measure, atHand)),
  }
}

const isSome = (calls: Measured): boolean => calls.known && calls.value > 0

/** What all of a person's statistics have in common. */
interface PersonAtHand extends PersonRules {
  readonly id: PersonId
  readonly past: PersonPast
  readonly isNew: boolean
  readonly enoughNow: boolean
  readonly enoughBefore: boolean
  readonly short: boolean
}

// A class, because a report makes thousands: what few of them are asked for is worked out by getters they share.
class FiguresOfMeasure implements PersonMeasure {
  readonly id: MeasureId
  readonly value: Measured
  readonly before: Measured
  readonly #measure: ListedMeasure
  readonly #person: PersonAtHand
  #weeks: readonly Measured[] | undefined
  #range: UsualRange | 'none' | undefined

  constructor(measure: ListedMeasure, person: PersonAtHand) {
    this.id = measure.id
    this.#measure = measure
    this.#person = person
    this.value = figureOf(measure, person.past.now, person.id)
    this.before = figureOf(measure, person.past.before, person.id)
  }

  get change(): Measured {
    return this.#isShortCount
      ? noData('no-comparison')
      : changeBetween(this.#now, asComparable(this.before, this.#isCount, this.#person.enoughBefore), this.#unit)
  }

  get usualWeek(): Measured {
    return usualWeekOf(this.#weekly)
  }

  get changeFromUsualWeek(): Measured {
    return this.#isShortCount ? noData('no-comparison') : changeBetween(this.#now, this.usualWeek, this.#unit)
  }

  get usualRange(): UsualRange | undefined {
    this.#range ??= usualRange(this.#weekly, this.#unit) ?? 'none'
    return this.#range === 'none' ? undefined : this.#range
  }

  get news(): News | undefined {
    return this.#person.isNew || this.#isShortCount ? undefined : personNews(this.#now, this.usualRange, this.#unit)
  }

  get target(): PersonMeasure['target'] {
    const now = this.#now
    return now.known ? targetFor(this.id, now.value, this.#person.targets) : undefined
  }

  get perCall(): PersonMeasure['perCall'] {
    if (!this.#isShortCount) return undefined
    const { id, past, minimumCalls } = this.#person
    const [calls, callsBefore] = [callCountOf(past.now, id).calls, callCountOf(past.before, id).calls]
    return comparePerCall(this.#measure, this.value, this.before, calls, callsBefore, minimumCalls)
  }

  get #unit(): Unit {
    return unitOf(this.#measure, this.#person.past.now.contract)
  }

  get #isCount(): boolean {
    return this.#unit === 'count'
  }

  get #weekly(): readonly Measured[] {
    this.#weeks ??= weeklyFigures(this.#measure, this.#person)
    return this.#weeks
  }

  get #isShortCount(): boolean {
    return this.#person.short && this.#isCount
  }

  get #now(): Measured {
    return asComparable(this.value, this.#isCount, this.#person.enoughNow)
  }
}

/** Weeks with enough calls only. Counts of a week say nothing about a month, so other periods have no weeks to hold counts against. */
function weeklyFigures(measure: ListedMeasure, { id, past, minimumCalls }: PersonAtHand): readonly Measured[] {
  if (unitOf(measure, past.now.contract) === 'count' && !isWeekLong(past.now.period)) return []
  return past.weeksBefore.filter((week) => hasEnoughCalls(week, id, minimumCalls)).map((week) => figureOf(measure, week, id))
}

/** A person's weeks, oldest first; weeks without enough calls have no conversation figure. */
export const personTrend = (measure: ListedMeasure, id: PersonId, weeks: readonly PeriodFigures[], minimumCalls: number): TrendPoint[] =>
  weeks.map((week) => {
    const value = comparableOf(measure, week, id, minimumCalls)
    return { period: week.period, value, people: value.known ? 1 : 0 }
  })
