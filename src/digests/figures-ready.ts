// Whether a digest's figures were fetched after its week had settled; if not, fetches them. While Gong cannot be reached the digest waits for
// up to two hours; then it goes out with the figures there are and says how old they are.
import type { Clock } from '../clock.ts'
import type { FigureKind } from '../domain/figure-gap.ts'
import type { GongPurpose } from '../domain/gong-ports.ts'
import { type Period, periodKey } from '../domain/period.ts'
import { GongRateLimited, GongRefused, GongSurprise, GongUnavailable } from '../errors.ts'
import type { Log } from '../log.ts'
import { readAnew } from '../one-reading.ts'
import type { Store } from '../store/store.ts'
import type { RefreshOnce } from '../sync/refresh-once.ts'
import { type PeriodReading, type PeriodReadingDeps, readingOf } from './period-reading.ts'

/** What digests need of sync. */
export interface SyncForDigests {
  refresh(purpose: GongPurpose, signal?: AbortSignal): Promise<unknown>
  ensureFetched(
    need: { readonly period: Period; readonly personIds: readonly string[] | 'all'; readonly asker: string },
    wait: (expectedSeconds: number) => Promise<void>,
  ): Promise<void>
}

/** `lacks`: kinds that were not fetched since the week settled, and are not waited for any longer. */
interface Ready {
  readonly type: 'ready'
  readonly lacks: readonly FigureKind[]
}

export type FiguresReady = (
  period: Period,
  settledAt: Date,
  dueAt: Date,
) => Promise<Ready | { readonly type: 'later'; readonly retryAfterMs: number; readonly reason: string }>

/** A digest waits this long for fresh figures before it goes out with older ones. */
const patienceMs = 2 * 3_600_000

export function createFiguresReady(deps: {
  readonly store: PeriodReadingDeps & Pick<Store, 'gaps'>
  readonly sync: SyncForDigests
  readonly refresh: RefreshOnce
  readonly clock: Clock
  readonly log: Log
}): FiguresReady {
  const { store, sync, refresh, clock, log } = deps

  async function fetch(period: Period): Promise<boolean> {
    // What was read before may not hold after a wait for Gong.
    readAnew()
    const done = await refresh('scheduled')
    if (done && !(await store.windows.state('interaction', period, 'all'))) {
      await sync.ensureFetched({ period, personIds: 'all', asker: 'schedule' }, async () => undefined)
    }
    return done
  }

  /** Figures only get newer: a period that is ready stays ready, and the other digests of that Monday need not ask again. */
  const ready = new Map<string, Date>()

  /** Digests of one Monday ask at one moment: what is being read of a period answers all of them. */
  const underWay = new Map<string, Promise<PeriodReading>>()

  function readingTogether(period: Period, settledAt: Date): Promise<PeriodReading> {
    const key = `${periodKey(period)} ${settledAt.toISOString()}`
    const reading = underWay.get(key) ?? readingOf(period, settledAt, store).finally(() => underWay.delete(key))
    underWay.set(key, reading)
    return reading
  }

  const missingOf = async (period: Period, settledAt: Date) => [...(await readingOf(period, settledAt, store)).missing]

  /** Whether one of them may come: those behind a closed door are not waited for. */
  async function mayCome(missing: readonly FigureKind[]): Promise<boolean> {
    const gaps = await store.gaps.all()
    return gaps.some(({ kind, why }) => missing.includes(kind) && (why === 'unavailable' || why === 'untrusted'))
  }

  return async (period, settledAt, dueAt) => {
    const key = periodKey(period)
    const known = ready.get(key)
    if (known && known >= settledAt) return { type: 'ready', lacks: [] }
    const { at: before, isRestricted } = await readingTogether(period, settledAt)
    if (before && before >= settledAt) {
      if (ready.size > 100) ready.clear()
      if (!isRestricted) ready.set(key, before)
      return { type: 'ready', lacks: [] }
    }
    const isPatient = clock.now().getTime() - dueAt.getTime() <= patienceMs
    try {
      if (!(await fetch(period))) return { type: 'later', retryAfterMs: 15_000, reason: 'figures are being read' }
      const lacks = await missingOf(period, settledAt)
      if (isPatient && (await mayCome(lacks))) return { type: 'later', retryAfterMs: 300_000, reason: 'Gong cannot be read' }
      return { type: 'ready', lacks }
    } catch (error) {
      if (!isGongs(error)) throw error
      log.warn({ err: error }, 'A digest waits for figures')
      const { isAnyThere, missing } = await readingOf(period, settledAt, store)
      if (!isPatient && isAnyThere) return { type: 'ready', lacks: [...missing] }
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
