// Keeps the store as fresh as the request budget allows: joins the plan, the refresh and fetches on demand. Knows no report.
import type { FigureKind } from '../domain/figure-gap.ts'
import type { GongPurpose } from '../domain/gong-ports.ts'
import type { PersonId } from '../domain/person.ts'
import type { GongSource } from '../gong/source.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { type CurrentPlanDeps, cardsThatCountOf, currentPlan } from './current-plan.ts'
import { createEnsureFetched, type EnsureFetched } from './ensure-fetched.ts'
import { coachingWeeksKept, costsPerManager, fetchedManagers, onlyPeopleOf } from './fetched-for.ts'
import { type FirstReading, firstReading } from './first-reading.ts'
import type { Plan } from './plan.ts'
import { createProblems, type Problems } from './problems.ts'
import { idleProgress, progressLogger, type SyncProgress } from './progress.ts'
import { type ReadingState, readingState } from './reading-state.ts'
import { type RefreshDeps, refresh, type SyncSummary } from './refresh.ts'

export interface SyncOptions extends CurrentPlanDeps {
  readonly source: GongSource
  readonly store: Store
  readonly log: Log
}

export interface Sync {
  /** Fetches what is due. @throws GongRateLimited, GongUnavailable: nothing more can be fetched now. */
  refresh(purpose: GongPurpose, signal?: AbortSignal): Promise<SyncSummary>
  /**
   * Makes sure the period and the one before have been fetched for these people, and these managers' coaching. `wait` is called with the
   * seconds to expect when they have not.
   */
  readonly ensureFetched: EnsureFetched
  progress(): SyncProgress
  reading(): Promise<ReadingState>
  firstReading(): Promise<FirstReading>
  /** What is due now, what is wanted in all, and how old an answer may become. */
  plan(): Promise<Plan>
}

export function createSync(options: SyncOptions): Sync {
  const { store, clock, log } = options
  const problems = createProblems(clock)
  const logProgress = progressLogger(log, clock)
  let progress: SyncProgress = idleProgress
  let underWay: Promise<SyncSummary> | undefined
  const deps = fetchingWith(options, problems, (now) => {
    progress = now
    logProgress(now)
  })
  const { plan, onlyPeople } = deps
  return {
    // One refresh at a time: a second caller gets the first one's summary.
    refresh(purpose, signal) {
      underWay ??= refresh(deps, purpose, signal).finally(() => {
        underWay = undefined
      })
      return underWay
    },
    ensureFetched: createEnsureFetched({
      ...deps,
      weekStart: options.weekStart,
      maximumAgeMs: async () => (await plan()).maximumAgeMs,
      coachingCost: async () => {
        const perManager = await costsPerManager(options)
        return { perManager, weeksKept: coachingWeeksKept(perManager) }
      },
      activeIds: async () => (await store.people.chart()).active.map(({ id }) => id),
    }),
    progress: () => progress,
    firstReading: () => firstReading({ store, progress: () => progress, problems: problems.list }),
    reading: () => readingState({ store, clock, onlyPeople, plan, progress: () => progress, problems: problems.list }),
    plan,
  }
}

/** What a refresh and a fetch on demand both work with. */
function fetchingWith(options: SyncOptions, problems: Problems, show: RefreshDeps['show']): RefreshDeps {
  const { source, store, clock, log, zone } = options
  return {
    source,
    store,
    clock,
    log,
    zone,
    problems,
    show,
    plan: () => currentPlan(options),
    managers: () => fetchedManagers(options),
    cardsThatCount: () => cardsThatCountOf(store),
    onlyPeople: () => onlyPeopleOf(options),
    refused(kind: FigureKind, ids: readonly PersonId[]) {
      if (ids.length === 0) return
      problems.setAside(kind, ids)
      log.error({ kind, personIds: ids }, 'The database refused records of these people; they are set aside')
    },
  }
}
