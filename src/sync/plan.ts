// What to fetch now, newest first, and what it costs. Pure: states of the store in, a list out. A final answer is never fetched again;
// newer ones have a maximum age that keeps refreshing within the day's budget.
import { ageMs } from '../domain/age.ts'
import type { FigureKind } from '../domain/figure-gap.ts'
import { type LocalDate, localDateOf, type Period, periodKey, type Weekday } from '../domain/period.ts'
import { isSettled } from '../domain/settled.ts'
import type { RangeState } from '../store/figures/record-ranges.ts'
import type { WindowState } from '../store/figures/windows.ts'
import type { Covered } from './coverage.ts'
import { keptCardRanges, keptRanges, keptWindows, scorecardWeeksKept, weeksKept } from './kept-periods.ts'

export interface PlannedFetch {
  readonly kind: FigureKind
  readonly period: Period
  /** Requests to expect: pages of 100. */
  readonly requests: number
  /** When the stored answer that is too old, or does not cover everybody wanted, was fetched; missing = there is none. */
  readonly readAt?: Date
}

type StoredAnswer<State extends WindowState | RangeState> = Pick<State, 'kind' | 'period' | 'scope' | 'readAt' | 'final'> & Covered

export interface PlanFacts {
  /** In `zone`. */
  readonly today: LocalDate
  /** The company's. */
  readonly zone: string
  readonly now: Date
  readonly weekStart: Weekday
  readonly windows: readonly StoredAnswer<WindowState>[]
  readonly ranges: readonly StoredAnswer<RangeState>[]
  /** Whether an answer holds everything that is kept now; one that does not is due. */
  readonly covers: (answer: Covered) => boolean
  readonly people: number
  /** Requests one coaching window takes; 0 = no coaching to fetch. */
  readonly coachingRequests: number
  /** Weeks of coaching kept: many where one request covers all managers, two where each manager costs one. */
  readonly coachingWeeks: number
  readonly requestsPerDay: number
}

export interface Plan {
  /** Due now, newest first. */
  readonly due: readonly PlannedFetch[]
  /** Everything wanted, due or not. */
  readonly wanted: number
  /** Requests it takes to fetch once everything that can still move. */
  readonly moving: number
  /** Answers that are not final are fetched again after this long. */
  readonly maximumAgeMs: number
}

const hourMs = 3_600_000
/** However small the company, nothing is fetched again sooner. */
export const leastMaximumAgeMs = hourMs
const pageSize = 100
/** The share of the day's budget that refreshing may take; the rest is for questions and first fetches. */
export const refreshShare = 0.7
const kindOrder: readonly FigureKind[] = ['interaction', 'activity', 'scorecards', 'coaching', 'daily-activity']

/** Requests that a list of so many people takes. */
export const pagesOf = (people: number): number => Math.ceil(people / pageSize)

export function planFetches(facts: PlanFacts): Plan {
  const { today, weekStart } = facts
  const pages = Math.max(1, pagesOf(facts.people))
  const windows = keptWindows(today, weekStart)
  const wanted: PlannedFetch[] = [
    ...windows.flatMap((period) => [
      { kind: 'interaction' as const, period, requests: pages },
      { kind: 'activity' as const, period, requests: pages },
    ]),
    ...keptRanges(today, weekStart, weeksKept).map((period) => ({ kind: 'daily-activity' as const, period, requests: pages })),
    // About one card per person and week is the most that was seen.
    ...keptCardRanges(today, weekStart, scorecardWeeksKept).map((period) => ({
      kind: 'scorecards' as const,
      period,
      requests: pages,
    })),
    ...(facts.coachingRequests === 0
      ? []
      : keptRanges(today, weekStart, facts.coachingWeeks).map((period) => ({
          kind: 'coaching' as const,
          period,
          requests: facts.coachingRequests,
        }))),
  ]
  const states = new Map(
    [...facts.windows, ...facts.ranges]
      .filter(({ scope }) => scope === 'all')
      .map((state) => [`${state.kind} ${periodKey(state.period)}`, state]),
  )
  const storedOf = (planned: PlannedFetch) => states.get(`${planned.kind} ${periodKey(planned.period)}`)
  const stateOf = (planned: PlannedFetch) => {
    const stored = storedOf(planned)
    return stored && facts.covers(stored) ? stored : undefined
  }
  const refreshed = wanted.filter((planned) => !isFinal(stateOf(planned), facts.now))
  const cost = refreshed.reduce((sum, planned) => sum + planned.requests, 0)
  const maximumAgeMs = Math.max(leastMaximumAgeMs, (cost * 24 * hourMs) / (refreshShare * facts.requestsPerDay))
  const due = refreshed.filter((planned) => {
    const { period } = planned
    const state = stateOf(planned)
    if (!state || ageMs(state.readAt, facts.now) >= maximumAgeMs) return true
    // Fetched while its last day lasted: what came on that day is missing.
    return period.to <= today && localDateOf(state.readAt, facts.zone) < period.to
  })
  const moving = wanted.filter(({ period }) => !isSettled(period, today)).reduce((sum, planned) => sum + planned.requests, 0)
  const withReadAt = (planned: PlannedFetch): PlannedFetch => {
    const stored = storedOf(planned)
    return stored ? { ...planned, readAt: stored.readAt } : planned
  }
  return { due: due.toSorted(byNewest).map(withReadAt), wanted: wanted.length, moving, maximumAgeMs }
}

/** What a clock called final that was ahead is fetched again. */
const isFinal = (state: Pick<WindowState, 'readAt' | 'final'> | undefined, now: Date): boolean =>
  state?.final === true && state.readAt.getTime() - now.getTime() < hourMs

const byNewest = (a: PlannedFetch, b: PlannedFetch): number =>
  a.period.to === b.period.to
    ? a.period.from === b.period.from
      ? kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind)
      : a.period.from > b.period.from
        ? -1
        : 1
    : a.period.to > b.period.to
      ? -1
      : 1
