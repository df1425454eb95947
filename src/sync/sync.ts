// Keeps the store as fresh as the request budget allows: joins the plan, the refresh and readings on demand. Knows no report.
import type { Clock } from '../clock.ts'
import type { GongPurpose } from '../domain/gong-ports.ts'
import { localDateOf, type Weekday } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import type { GongSource } from '../gong/source.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { createEnsureRead, type ReadNeed } from './ensure-read.ts'
import { type Plan, planReads } from './plan.ts'
import { createProblems, type SyncProblem } from './problems.ts'
import { idleProgress, type SyncProgress } from './progress.ts'
import { refresh, type SyncSummary } from './refresh.ts'
import { scorecardWeeksKept } from './wanted.ts'

export type { SyncProgress } from './progress.ts'

export interface SyncOptions {
  readonly source: GongSource
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  /** IANA zone in which Gong counts days. */
  readonly zone: string
  readonly weekStart: Weekday
  /** The setting "cards that count"; default all. */
  readonly cardsThatCount?: () => Promise<readonly string[]>
  /** Restricts reading to a pilot's people; default everybody the key sees. */
  readonly onlyPeople?: () => Promise<readonly PersonId[] | undefined>
  /** Managers with a digest or reminder: where each costs a request, only theirs is read. Default all managers. */
  readonly coachedManagers?: () => Promise<readonly PersonId[]>
}

/** How reading stands, for admins. */
export interface ReadingState {
  readonly windowsReady: number
  readonly windowsWanted: number
  /** Seconds until everything due is read; missing when nothing is due. */
  readonly secondsLeft?: number
  /** The newest reading. */
  readonly readAt?: Date
  readonly problems: readonly SyncProblem[]
}

export interface Sync {
  /** Reads what is due. @throws GongRateLimited, GongUnavailable: nothing more can be read now. */
  refresh(purpose: GongPurpose, signal?: AbortSignal): Promise<SyncSummary>
  /** Makes sure the period and the one before were read for these people; `wait` is told the seconds to expect when they were not. */
  ensureRead(need: ReadNeed, wait: (expectedSeconds: number) => Promise<void>): Promise<void>
  progress(): SyncProgress
  reading(): Promise<ReadingState>
  /** What is due now, what is wanted in all, and how old a reading may become. */
  plan(): Promise<Plan>
}

export function createSync(options: SyncOptions): Sync {
  const { source, store, clock, log, zone, weekStart } = options
  const problems = createProblems(clock)
  let progress: SyncProgress = idleProgress
  const chart = () => store.people.chart()
  const managerIds = async (): Promise<readonly PersonId[]> => {
    const { managers } = await chart()
    if (!(await isPaidPerManager()) || !options.coachedManagers) return managers.map(({ id }) => id)
    const wanted = new Set(await options.coachedManagers())
    return managers.flatMap(({ id }) => (wanted.has(id) ? [id] : []))
  }
  const isPaidPerManager = async (): Promise<boolean> =>
    source.contract === 'live' || (await store.tenant.get('coaching-rows')) === 'per-report'

  async function plan(): Promise<Plan> {
    const now = clock.now()
    const [windows, scorecards, daily, people, budget, perManager, managers] = await Promise.all([
      store.windows.states(),
      store.records.ranges('scorecards'),
      store.records.ranges('daily-activity'),
      chart(),
      store.budget.today(),
      isPaidPerManager(),
      managerIds(),
    ])
    return planReads({
      today: localDateOf(now, zone),
      now,
      weekStart,
      windows,
      ranges: [...scorecards, ...daily],
      people: people.active.length,
      coachingRequests: managers.length === 0 ? 0 : perManager ? managers.length : 1,
      coachingWeeks: perManager ? 1 : scorecardWeeksKept,
      requestsPerDay: budget.perDay,
    })
  }

  const read = {
    source,
    store,
    clock,
    log,
    zone,
    problems,
    plan,
    managerIds,
    cardsThatCount: options.cardsThatCount ?? (async () => []),
    onlyPeople: options.onlyPeople ?? (async () => undefined),
    show: (now: SyncProgress) => {
      progress = now
    },
  }

  const ensureRead = createEnsureRead({
    ...read,
    weekStart,
    maximumAgeMs: async () => (await plan()).maximumAgeMs,
    activeIds: async () => (await chart()).active.map(({ id }) => id),
  })
  let underWay: Promise<SyncSummary> | undefined

  return {
    // One refresh at a time: a second caller gets the first one's summary.
    refresh(purpose, signal) {
      underWay ??= refresh(read, purpose, signal).finally(() => {
        underWay = undefined
      })
      return underWay
    },
    ensureRead,
    progress: () => progress,
    async reading() {
      const { due, wanted } = await plan()
      const { perSecond } = await store.budget.today()
      const states = await store.windows.states()
      const newest = states.reduce<Date | undefined>((latest, { readAt }) => (!latest || readAt > latest ? readAt : latest), undefined)
      const requests = due.reduce((sum, { requests: each }) => sum + each, 0)
      return {
        windowsReady: wanted - due.length,
        windowsWanted: wanted,
        ...(due.length > 0 && { secondsLeft: Math.ceil(requests / perSecond) }),
        ...(newest && { readAt: newest }),
        problems: problems.list(),
      }
    },
    plan,
  }
}
