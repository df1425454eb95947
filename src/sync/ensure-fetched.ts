// Makes sure that a period somebody asks about has been fetched for the people asked about: at once when it has, otherwise now and for
// these people only. Two who ask for the same at the same time share one fetch, on two replicas too. `missing.ts` decides what to fetch.
import { setTimeout as pause } from 'node:timers/promises'
import type { FigureKind } from '../domain/figure-gap.ts'
import { samePeriod } from '../domain/period.ts'
import { GongRateLimited } from '../errors.ts'
import { waited } from '../one-reading.ts'
import type { Store } from '../store/store.ts'
import { type FetchDeps, fetchAndStore, lockOf } from './fetch-and-store.ts'
import { isOfOneKind, isOutage, shownKinds } from './fetch-failures.ts'
import { type FetchNeed, type Missing, type MissingDeps, missingFor, missingLookBack } from './missing.ts'

export interface EnsureDeps extends FetchDeps, Omit<MissingDeps, 'store' | 'managers'> {
  readonly store: Store
}

/** Calls `wait` with the seconds to expect when something has to be fetched. @throws what fetching throws, when no figure is left to show. */
export type EnsureFetched = (need: FetchNeed, wait: (expectedSeconds: number) => Promise<void>) => Promise<void>

/** What a question's fetches work with; `underWay` has those of this process, by their lock. */
interface Fetching {
  readonly deps: EnsureDeps
  readonly need: FetchNeed
  readonly underWay: Map<string, Promise<unknown>>
}

/** How to see again what is missing once nobody else fetches, and which of it is the fetch meant. */
interface StillMissing {
  readonly look: () => Promise<readonly Missing[]>
  readonly isSame: (a: Missing, b: Missing) => boolean
}

/** How often to look whether another replica has fetched what is wanted here too. */
const lookAgainMs = 250

const isSameFetch = (a: Missing, b: Missing): boolean => a.kind === b.kind && samePeriod(a.period, b.period)
/** One look back has one stretch of scorecards, which shrinks when the period itself was fetched first. */
const isSameLookBack = (a: Missing, b: Missing): boolean => isSameFetch(a, b) || (a.kind === 'scorecards' && b.kind === 'scorecards')

export function createEnsureFetched(deps: EnsureDeps): EnsureFetched {
  const underWay = new Map<string, Promise<unknown>>()
  return async (need, wait) => {
    const [missing, past] = await Promise.all([missingFor(deps, need, 'open'), missingLookBack(deps, need)])
    if (missing.length + past.length === 0) return
    // Whoever waits for Gong asks anew what they may see and what was fetched.
    waited()
    const requests = [...missing, ...past].reduce((sum, { requests: each }) => sum + each, 0)
    const { perSecond } = await deps.store.budget.today()
    await wait(Math.max(1, Math.ceil(requests / perSecond)))
    const fetching = { deps, need, underWay }
    const failures = await fetchPeriods(fetching, missing)
    await fetchLookBack(fetching, past, new Set(failures.keys()))
    const [first] = failures.values()
    if (first !== undefined && (isOutage(failures) || (await hasNothing(fetching, failures)))) throw first
  }
}

/** Returns what failed, by kind: one closed door never keeps the other figures away. It is remembered as a gap, and the answer says so. */
async function fetchPeriods(fetching: Fetching, missing: readonly Missing[]): Promise<ReadonlyMap<FigureKind, unknown>> {
  const { deps, need } = fetching
  const failures = new Map<FigureKind, unknown>()
  for (const wanted of missing) {
    if (failures.has(wanted.kind)) continue
    const still = { look: () => missingFor(deps, need, 'all'), isSame: isSameFetch }
    await fetchOnce(fetching, wanted, still).catch((error: unknown) => {
      if (!isOfOneKind(error)) throw error
      failures.set(wanted.kind, error)
    })
  }
  return failures
}

/** The period itself is there: what fails here is left out, and the answer says how far back it knows. */
async function fetchLookBack(fetching: Fetching, past: readonly Missing[], failed: Set<FigureKind>): Promise<void> {
  const { deps, need } = fetching
  for (const wanted of past) {
    if (failed.has(wanted.kind)) continue
    try {
      await fetchOnce(fetching, wanted, { look: () => missingLookBack(deps, need), isSame: isSameLookBack })
    } catch (error) {
      if (error instanceof GongRateLimited) return
      if (!isOfOneKind(error)) throw error
      failed.add(wanted.kind)
    }
  }
}

/** Two who ask for the same share one fetch. */
function fetchOnce(fetching: Fetching, wanted: Missing, still: StillMissing): Promise<unknown> {
  const { underWay } = fetching
  const key = lockOf(wanted, wanted.scope)
  const running = underWay.get(key)
  if (running) return running
  const started = fetchUnderLock(fetching, wanted, still).finally(() => underWay.delete(key))
  underWay.set(key, started)
  return started
}

/** Fetches it, or waits for the replica that is fetching it and then fetches what that one left. */
async function fetchUnderLock({ deps, need }: Fetching, wanted: Missing, { look, isSame }: StillMissing): Promise<void> {
  const { kind } = wanted
  const fetchWhatIsLeft = async (): Promise<true> => {
    const left = (await look()).find((other) => isSame(other, wanted))
    if (left) await fetchAndStore({ kind, period: left.period, scope: left.scope, purpose: 'asked', asker: need.asker }, deps)
    return true
  }
  while (!(await deps.store.exclusively(lockOf(wanted, wanted.scope), fetchWhatIsLeft))) await pause(lookAgainMs)
}

/** Whether no figure at all is there to answer with. */
async function hasNothing({ deps, need }: Fetching, failed: ReadonlyMap<FigureKind, unknown>): Promise<boolean> {
  const missing = await missingFor(deps, need, 'all')
  const left = new Set(missing.filter(({ period }) => samePeriod(period, need.period)).map(({ kind }) => kind))
  const asked: readonly FigureKind[] = [...shownKinds, ...((need.managerIds ?? []).length > 0 ? (['coaching'] as const) : [])]
  return failed.size > 0 && asked.every((kind) => left.has(kind))
}
