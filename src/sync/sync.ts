// Keeps the store as fresh as the request budget allows: joins the plan, the refresh and fetches on demand. Knows no report.
import type { Clock } from '../clock.ts'
import type { FigureKind } from '../domain/figure-gap.ts'
import type { GongPurpose } from '../domain/gong-ports.ts'
import { localDateOf, type Weekday } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import type { GongSource } from '../gong/source.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { coversWhat } from './coverage.ts'
import { dataProblems } from './data-problems.ts'
import { createEnsureFetched, type EnsureFetched } from './ensure-fetched.ts'
import { scorecardWeeksKept } from './kept-periods.ts'
import { type Plan, planFetches } from './plan.ts'
import { createProblems, type SyncProblem } from './problems.ts'
import { idleProgress, progressInWords, progressTeller, type SyncProgress } from './progress.ts'
import { refresh, type SyncSummary } from './refresh.ts'

export type { SyncProgress } from './progress.ts'

export interface SyncOptions {
  readonly source: GongSource
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  /** IANA zone in which Gong counts days. */
  readonly zone: string
  readonly weekStart: Weekday
  /** Figures of these people alone are read for everybody's windows (a pilot); default and undefined: everybody the key sees. */
  readonly onlyPeople?: () => Promise<readonly PersonId[] | undefined>
  /** Managers with a digest or reminder: where each costs a request, only theirs is read. Default all managers. */
  readonly coachedManagers?: () => Promise<readonly PersonId[]>
}

/** How reading stands, for admins. */
export interface ReadingState {
  readonly windowsReady: number
  readonly windowsWanted: number
  /** Seconds until everything due is read; missing when nothing is due. */
  readonly secondsLeft?: number | undefined
  /** The newest reading. */
  readonly readAt?: Date | undefined
  /** How many people reading is restricted to; missing = not restricted. */
  readonly onlyPeople?: number
  /** What is being read at this moment, in words; missing when nothing is. */
  readonly now?: string
  readonly problems: readonly SyncProblem[]
}

export interface Sync {
  /** Reads what is due. @throws GongRateLimited, GongUnavailable: nothing more can be read now. */
  refresh(purpose: GongPurpose, signal?: AbortSignal): Promise<SyncSummary>
  /** Makes sure the period and the one before were read for these people, and these managers' coaching; `wait` is called with the seconds to expect when they were not. */
  readonly ensureFetched: EnsureFetched
  progress(): SyncProgress
  reading(): Promise<ReadingState>
  /** What is due now, what is wanted in all, and how old a reading may become. */
  plan(): Promise<Plan>
}

export function createSync(options: SyncOptions): Sync {
  const { source, store, clock, log, zone, weekStart } = options
  const problems = createProblems(clock)
  let progress: SyncProgress = idleProgress
  const tellProgress = progressTeller(log, clock)
  const chart = () => store.people.chart()
  const onlyPeople = async () => options.onlyPeople?.()
  const cardsThatCount = async () => (await store.cards.counted()).map(({ id }) => id)
  const coachedManagers = async () => ((await isPaidPerManager()) ? options.coachedManagers?.() : undefined)
  /** Managers whose coaching is read: all, or fewer where each costs a request or reading is restricted. */
  const managers = async () => {
    const [{ managers: everyManager }, coached, people] = await Promise.all([chart(), coachedManagers(), onlyPeople()])
    const lists = [coached, people].flatMap((list) => (list ? [new Set(list)] : []))
    const refused = await store.gaps.refusedManagers(clock.now())
    const ids = everyManager.map(({ id }) => id).filter((id) => lists.every((list) => list.has(id)) && !refused.has(id))
    return { ids, areAll: lists.length === 0 && refused.size === 0 }
  }
  const isPaidPerManager = async (): Promise<boolean> =>
    source.contract === 'live' || (await store.tenant.get('coaching-rows')) === 'per-report'

  async function plan(): Promise<Plan> {
    const now = clock.now()
    const [windows, scorecards, daily, everybody, budget, perManager, coached, people, cards] = await Promise.all([
      store.windows.states(),
      store.records.ranges('scorecards'),
      store.records.ranges('daily-activity'),
      chart(),
      store.budget.today(),
      isPaidPerManager(),
      managers(),
      onlyPeople(),
      cardsThatCount(),
    ])
    const covers = coversWhat({ people, ...(!coached.areAll && { managers: coached.ids }), ...(cards.length > 0 && { cards }) })
    return planFetches({
      today: localDateOf(now, zone),
      zone,
      now,
      weekStart,
      windows,
      ranges: [...scorecards, ...daily],
      covers,
      people: people?.length ?? everybody.active.length,
      coachingRequests: coached.ids.length === 0 ? 0 : perManager ? coached.ids.length : 1,
      coachingWeeks: coachingWeeks(perManager),
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
    managers,
    cardsThatCount,
    onlyPeople,
    refused(kind: FigureKind, ids: readonly PersonId[]) {
      if (ids.length === 0) return
      problems.setAside(kind, ids)
      log.error({ kind, personIds: ids }, 'The database refused records of these people; they are set aside')
    },
    show(now: SyncProgress) {
      progress = now
      tellProgress(now)
    },
  }

  const ensureFetched = createEnsureFetched({
    ...read,
    weekStart,
    maximumAgeMs: async () => (await plan()).maximumAgeMs,
    coachingCost: async () => {
      const perManager = await isPaidPerManager()
      return { perManager, weeksKept: coachingWeeks(perManager) }
    },
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
    ensureFetched,
    progress: () => progress,
    async reading() {
      const [{ due, wanted }, { perSecond }, states, only] = await Promise.all([
        plan(),
        store.budget.today(),
        store.windows.states(),
        onlyPeople(),
      ])
      const newest = states.reduce<Date | undefined>((latest, { readAt }) => (!latest || readAt > latest ? readAt : latest), undefined)
      const requests = due.reduce((sum, { requests: each }) => sum + each, 0)
      const words = progressInWords(progress)
      return {
        windowsReady: wanted - due.length,
        windowsWanted: wanted,
        ...(due.length > 0 && { secondsLeft: Math.ceil(requests / perSecond) }),
        ...(newest && { readAt: newest }),
        ...(only && { onlyPeople: only.length }),
        ...(words !== undefined && { now: words }),
        problems: [
          ...(await dataProblems(store, clock.now())).map(({ key, since, words, asks }) => ({ at: since, endpoint: key, words, asks })),
          ...problems.list(),
        ],
      }
    },
    plan,
  }
}

/** Many weeks where one request covers all managers; this week and the last where each manager costs a request. */
const coachingWeeks = (perManager: boolean): number => (perManager ? 1 : scorecardWeeksKept)
