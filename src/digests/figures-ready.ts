// Whether a digest's figures were fetched after its week had settled; if not, fetches them. While Gong cannot be reached the digest waits for
// up to two hours; then it goes out with the figures there are and says how old they are.
import type { Clock } from '../clock.ts'
import type { FigureKind } from '../domain/figure-gap.ts'
import type { GongPurpose } from '../domain/gong-ports.ts'
import { type Period, periodKey, samePeriod } from '../domain/period.ts'
import { GongRateLimited, GongRefused, GongSurprise, GongUnavailable } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { RefreshOnce } from '../sync/refresh-once.ts'
import { pilotPeople } from './programmes/pilot-people.ts'

/** What digests need of sync. */
export interface SyncForDigests {
  refresh(purpose: GongPurpose, signal?: AbortSignal): Promise<unknown>
  ensureFetched(
    need: { readonly period: Period; readonly personIds: readonly string[] | 'all'; readonly asker: string },
    wait: (expectedSeconds: number) => Promise<void>,
  ): Promise<void>
}

export type FiguresReady = (
  period: Period,
  settledAt: Date,
  dueAt: Date,
) => Promise<{ readonly type: 'ready' } | { readonly type: 'later'; readonly retryAfterMs: number; readonly reason: string }>

interface PeriodState {
  readonly at: Date | undefined
  readonly isRestricted: boolean
  readonly missing: ReadonlySet<FigureKind>
  readonly isAnyThere: boolean
}

/** What a digest shows, in the order the states are read. */
const kinds: readonly FigureKind[] = ['interaction', 'activity', 'scorecards', 'daily-activity']

/** A digest waits this long for fresh figures before it goes out with older ones. */
const patienceMs = 2 * 3_600_000

export function createFiguresReady(deps: {
  readonly store: Pick<Store, 'windows' | 'records' | 'subscriptions' | 'people' | 'gaps'>
  readonly sync: SyncForDigests
  readonly refresh: RefreshOnce
  readonly clock: Clock
  readonly log: Log
}): FiguresReady {
  const { store, sync, refresh, clock, log } = deps

  /**
   * The oldest company-wide reading of what a digest shows; undefined while one of them was never made, or was made for fewer people than
   * get digests now. `isRestricted`: it may come to lack somebody. `missing`: kinds not fetched since the week settled.
   */
  async function readingOf(period: Period, settledAt: Date): Promise<PeriodState> {
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
    const missing = new Set(kinds.filter((_, at) => (states[at]?.readAt.getTime() ?? 0) < settledAt.getTime()))
    return {
      at: lacks ? undefined : oldest,
      isRestricted: covered.length > 0,
      missing,
      isAnyThere: states.some((state) => state !== undefined),
    }
  }

  async function fetch(period: Period): Promise<boolean> {
    const done = await refresh('scheduled')
    if (done && !(await store.windows.state('interaction', period, 'all'))) {
      await sync.ensureFetched({ period, personIds: 'all', asker: 'schedule' }, async () => undefined)
    }
    return done
  }

  /** Figures only get newer: a period that is ready stays ready, and the other digests of that Monday need not ask again. */
  const ready = new Map<string, Date>()

  /** Kinds that are not there yet and may come: those behind a closed door are not waited for. */
  async function worthWaiting(period: Period, settledAt: Date): Promise<boolean> {
    const { missing } = await readingOf(period, settledAt)
    const gaps = await store.gaps.all()
    return gaps.some(({ kind, why }) => missing.has(kind) && (why === 'unavailable' || why === 'untrusted'))
  }

  return async (period, settledAt, dueAt) => {
    const key = periodKey(period)
    const known = ready.get(key)
    if (known && known >= settledAt) return { type: 'ready' }
    const { at: before, isRestricted } = await readingOf(period, settledAt)
    if (before && before >= settledAt) {
      if (ready.size > 100) ready.clear()
      if (!isRestricted) ready.set(key, before)
      return { type: 'ready' }
    }
    const isPatient = clock.now().getTime() - dueAt.getTime() <= patienceMs
    try {
      if (!(await fetch(period))) return { type: 'later', retryAfterMs: 15_000, reason: 'figures are being read' }
      if (isPatient && (await worthWaiting(period, settledAt)))
        return { type: 'later', retryAfterMs: 300_000, reason: 'Gong cannot be read' }
      return { type: 'ready' }
    } catch (error) {
      if (!isGongs(error)) throw error
      log.warn({ err: error }, 'A digest waits for figures')
      if (!isPatient && (await readingOf(period, settledAt)).isAnyThere) return { type: 'ready' }
      return {
        type: 'later',
        retryAfterMs: error instanceof GongRateLimited ? Math.min(error.retryAfterMs, 3_600_000) : 300_000,
        reason: 'Gong cannot be read',
      }
    }
  }
}

const isGongs = (error: unknown): error is Error =>
  error instanceof GongRateLimited || error instanceof GongUnavailable || error instanceof GongRefused || error instanceof GongSurprise
