// What of a period's figures has been fetched since it settled, for everybody who gets digests: read from the store.
import type { FigureKind } from '../domain/figure-gap.ts'
import { type Period, samePeriod } from '../domain/period.ts'
import type { Store } from '../store/store.ts'
import { pilotPeople } from './programmes/pilot-people.ts'

export interface PeriodReading {
  /** Of the kind fetched longest ago; undefined while one never was, or was for fewer people than get digests now. */
  readonly at: Date | undefined
  /** It may come to lack somebody. */
  readonly isRestricted: boolean
  /** Not fetched since the period settled. */
  readonly missing: ReadonlySet<FigureKind>
  readonly isAnyThere: boolean
}

export type PeriodReadingDeps = Pick<Store, 'windows' | 'records' | 'subscriptions' | 'people'>

/** What a digest shows, in the order the states are read. */
const kinds: readonly FigureKind[] = ['interaction', 'activity', 'scorecards', 'daily-activity']

export async function readingOf(period: Period, settledAt: Date, store: PeriodReadingDeps): Promise<PeriodReading> {
  const [interaction, activity, scorecards, days] = await Promise.all([
    store.windows.state('interaction', period, 'all'),
    store.windows.state('activity', period, 'all'),
    store.records.ranges('scorecards'),
    store.records.ranges('daily-activity'),
  ])
  const rangeOf = (ranges: typeof scorecards) => ranges.find((range) => range.scope === 'all' && samePeriod(range.period, period))
  const states = [interaction, activity, rangeOf(scorecards), rangeOf(days)]
  const covered = states.flatMap((state) => (state?.onlyPeople ? [new Set(state.onlyPeople)] : []))
  const wanted = covered.length > 0 ? await pilotPeople(store) : undefined
  const lacks = covered.some((people) => wanted?.some((id) => !people.has(id)) ?? true)
  const oldest = states
    .map((state) => state?.readAt)
    .reduce((least, at) => (least === undefined || at === undefined ? undefined : at < least ? at : least))
  return {
    at: lacks ? undefined : oldest,
    isRestricted: covered.length > 0,
    missing: new Set(kinds.filter((_, at) => (states[at]?.readAt.getTime() ?? 0) < settledAt.getTime())),
    isAnyThere: states.some((state) => state !== undefined),
  }
}
