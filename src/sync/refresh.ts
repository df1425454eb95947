// Fetches everything that is due, newest first and several at once, so that slow answers do not hold up the rate. Each fetch runs once
// over all replicas. A refresh is resumable, because what is done is in the store; a fetch that was cut off begins again at its first
// page. One operation's failure does not stop the others.
import type { GongPurpose } from '../domain/gong-ports.ts'
import { periodKey } from '../domain/period.ts'
import { GongRateLimited, GongRefused, GongSurprise, GongUnavailable } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { type FetchDeps, fetchAndStore, lockOf } from './fetch-and-store.ts'
import { createFetchQueue, type FetchQueue, keyOf } from './fetch-queue.ts'
import { arePeopleDue, type PeopleDeps, refreshPeople } from './people.ts'
import type { Plan, PlannedFetch } from './plan.ts'
import type { Problems } from './problems.ts'
import type { SyncProgress } from './progress.ts'
import { followRefresh, type RefreshProgress } from './refresh-progress.ts'
import { severalAtOnce } from './several-at-once.ts'

/** Enough for answers of three seconds at two requests a second. */
const fetchesAtOnce = 6

export interface SyncSummary {
  /** Fetches made by this call. */
  readonly done: number
  readonly requests: number
  /** Fetches that failed or were left because their operation is refused. */
  readonly failed: number
}

export interface RefreshDeps extends FetchDeps, PeopleDeps {
  readonly store: Store
  readonly log: Log
  readonly problems: Problems
  plan(): Promise<Plan>
  show(progress: SyncProgress): void
}

type Fetched = PlannedFetch | 'people'

/** A refresh under way, and what it has come to. */
interface Run {
  readonly deps: RefreshDeps
  readonly ask: { readonly purpose: GongPurpose; readonly signal: AbortSignal | undefined }
  readonly queue: FetchQueue
  readonly following: RefreshProgress
  done: number
  failed: number
  requests: number
  /** Gong failed on its side. While something else works this is one operation's trouble, not an outage. */
  outage: GongUnavailable | undefined
  peopleFetched: boolean
}

/** @throws GongRateLimited; GongUnavailable when nothing at all could be fetched. What was fetched is kept. */
export async function refresh(deps: RefreshDeps, purpose: GongPurpose, signal?: AbortSignal): Promise<SyncSummary> {
  const { problems, clock } = deps
  const queue = createFetchQueue()
  const following = followRefresh(queue.waiting, deps.show)
  const ask = { purpose, signal }
  const run: Run = { deps, ask, queue, following, done: 0, failed: 0, requests: 0, outage: undefined, peopleFetched: false }
  try {
    await fetchAll(run)
    return await summaryOf(run)
  } catch (error) {
    problems.add(error)
    following.close(error instanceof GongRateLimited ? { resumeAt: new Date(clock.now().getTime() + error.retryAfterMs) } : {})
    throw error
  }
}

async function fetchAll(run: Run): Promise<void> {
  const { deps, queue, following } = run
  const { signal } = run.ask
  following.counted(await deps.store.budget.today())
  let peopleDue = await arePeopleDue(deps)
  // A pilot's people are found in the list, so it comes first; otherwise the list and the newest figures are fetched side by side.
  if (!(peopleDue && (await deps.onlyPeople()))) queue.replace((await deps.plan()).due)
  await severalAtOnce<Fetched>({
    atOnce: fetchesAtOnce,
    next() {
      if (signal?.aborted) return undefined
      if (!peopleDue) return queue.next()
      peopleDue = false
      return 'people'
    },
    work: (what, lookAgain) => guarded(run, what, () => (what === 'people' ? fetchPeople(run) : fetchOnce(run, what, lookAgain))),
  })
  signal?.throwIfAborted()
  if (run.outage && run.done === 0 && !run.peopleFetched) throw run.outage
}

async function summaryOf(run: Run): Promise<SyncSummary> {
  const { deps, queue, following, done, requests } = run
  const failed = run.failed + queue.leftOut().length
  following.counted(await deps.store.budget.today())
  following.close({ finishedAt: deps.clock.now() })
  if (done > 0 && failed === 0) deps.problems.clear()
  if (done > 0 || failed > 0) deps.log.info({ done, failed, requests }, 'Gong was read')
  return { done, requests, failed }
}

/** Runs one fetch; a refusal or an answer that cannot be trusted is remembered and the others go on. */
async function guarded(run: Run, what: Fetched, work: () => Promise<number | undefined>): Promise<void> {
  const { deps, queue, following } = run
  const kind = what === 'people' ? what : what.kind
  let taken: number | undefined
  following.begin(what)
  try {
    taken = await work()
    run.requests += taken ?? 0
  } catch (error) {
    if (!(error instanceof GongRefused || error instanceof GongSurprise || error instanceof GongUnavailable)) throw error
    deps.problems.add(error)
    run.failed += 1
    if (error instanceof GongUnavailable) run.outage = error
    if (!(error instanceof GongSurprise) && kind !== 'people') queue.refused(kind)
    deps.log.error({ kind, endpoint: error.endpoint, requestId: error.requestId, code: error.code }, 'a reading of Gong failed')
  } finally {
    if (kind !== 'people') queue.answered(kind)
    const kept = what !== 'people' && taken !== undefined
    if (kept) run.done += 1
    following.end(what, kept)
  }
}

/** Returns the requests it took; undefined where another replica is refreshing people. */
async function fetchPeople(run: Run): Promise<number | undefined> {
  const { deps, queue, following, ask } = run
  const taken = await deps.store.exclusively('sync people', async () => {
    try {
      const requests = (await arePeopleDue(deps)) ? await refreshPeople(deps, ask) : 0
      run.peopleFetched = true
      return requests
    } finally {
      queue.replace((await deps.plan()).due)
      following.counted(await deps.store.budget.today())
    }
  })
  // Another replica is refreshing people; meanwhile fetch what the current list allows.
  if (taken === undefined) queue.replace((await deps.plan()).due)
  return taken
}

async function storedAt(
  { kind, period }: PlannedFetch,
  { records, windows }: Pick<Store, 'records' | 'windows'>,
): Promise<Date | undefined> {
  const isRecords = kind === 'scorecards' || kind === 'daily-activity'
  const stored = isRecords ? records.range(kind, period) : windows.state(kind, period, 'all')
  return (await stored)?.readAt
}

/** Returns the requests it took; undefined where another replica fetches it, or has fetched all that is wanted. */
async function fetchOnce(run: Run, planned: PlannedFetch, onAnswer: () => void): Promise<number | undefined> {
  const { deps, queue, following, ask } = run
  const { kind, period } = planned
  const taken = await deps.store.exclusively(lockOf(planned, 'all'), async () => {
    // Another replica may have fetched it since the plan was made; whether it fetched all that is wanted here, a new plan says.
    const wasFetched = (await storedAt(planned, deps.store))?.getTime() !== planned.readAt?.getTime()
    if (wasFetched && !(await deps.plan()).due.some((other) => keyOf(other) === keyOf(planned))) return undefined
    const onPage = ({ page, pages }: { readonly page: number; readonly pages?: number | undefined }) => {
      following.page(planned, page, pages)
      queue.answered(kind)
      onAnswer()
    }
    return fetchAndStore({ kind, period, scope: 'all', ...ask, onPage }, deps)
  })
  if (taken !== undefined) deps.log.debug({ kind, period: periodKey(period), requests: taken }, 'a reading of Gong was kept')
  return taken
}
