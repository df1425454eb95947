// Fetches everything that is due, newest first and several at once, so that slow answers do not hold up the rate. Each fetch runs once
// over all replicas. A refresh is resumable, because what is done is in the store; a fetch that was cut off begins again at its first
// page. One operation's failure does not stop the others.
import type { GongPurpose } from '../domain/gong-ports.ts'
import { periodKey } from '../domain/period.ts'
import { GongRateLimited, GongRefused, GongSurprise, GongUnavailable } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { type FetchDeps, fetchAndStore, lockOf } from './fetch-and-store.ts'
import { createFetchQueue, keyOf } from './fetch-queue.ts'
import { arePeopleDue, type PeopleDeps, refreshPeople } from './people.ts'
import type { Plan, PlannedFetch } from './plan.ts'
import type { Problems } from './problems.ts'
import type { SyncProgress } from './progress.ts'
import { followRefresh, type RefreshProgress } from './refresh-progress.ts'
import { severalAtOnce } from './several-at-once.ts'

/** Enough for answers of three seconds at two requests a second. */
const readingsAtOnce = 6

export interface SyncSummary {
  /** Readings made by this call. */
  readonly done: number
  readonly requests: number
  /** Readings that failed or were left because their operation is refused. */
  readonly failed: number
}

export interface RefreshDeps extends FetchDeps, PeopleDeps {
  readonly store: Store
  readonly log: Log
  readonly problems: Problems
  plan(): Promise<Plan>
  show(progress: SyncProgress): void
}

/** @throws GongRateLimited; GongUnavailable when nothing at all could be fetched. What was fetched is kept. */
export async function refresh(deps: RefreshDeps, purpose: GongPurpose, signal?: AbortSignal): Promise<SyncSummary> {
  const { store, log, problems } = deps
  const queue = createFetchQueue()
  const following: RefreshProgress = followRefresh(queue.waiting, deps.show)
  const ask = { purpose, signal }
  let done = 0
  let failed = 0
  let requests = 0
  /** Gong failed on its side. While something else works this is one operation's trouble, not an outage. */
  let outage: GongUnavailable | undefined
  let peopleFetched = false

  try {
    following.counted(await store.budget.today())
    let peopleDue = await arePeopleDue(deps)
    // A pilot's people are found in the list, so it comes first; otherwise the list and the newest figures are fetched side by side.
    if (!(peopleDue && (await deps.onlyPeople()))) queue.replace((await deps.plan()).due)
    await severalAtOnce<PlannedFetch | 'people'>({
      atOnce: readingsAtOnce,
      next() {
        if (signal?.aborted) return undefined
        if (!peopleDue) return queue.next()
        peopleDue = false
        return 'people'
      },
      work: (what, lookAgain) => guarded(what, () => (what === 'people' ? readPeople() : readOnce(what, lookAgain))),
    })
    signal?.throwIfAborted()
    if (outage && done === 0 && !peopleFetched) throw outage
    failed += queue.leftOut().length
    following.counted(await store.budget.today())
    following.close({ finishedAt: deps.clock.now() })
    if (done > 0 && failed === 0) problems.clear()
    if (done > 0 || failed > 0) log.info({ done, failed, requests }, 'Gong was read')
    return { done, requests, failed }
  } catch (error) {
    problems.add(error)
    following.close(error instanceof GongRateLimited ? { resumeAt: new Date(deps.clock.now().getTime() + error.retryAfterMs) } : {})
    throw error
  }

  /** Runs one reading; a refusal or an answer that cannot be trusted is remembered and the others go on. */
  async function guarded(what: PlannedFetch | 'people', work: () => Promise<number | undefined>): Promise<void> {
    const kind = what === 'people' ? what : what.kind
    let taken: number | undefined
    following.begin(what)
    try {
      taken = await work()
      requests += taken ?? 0
    } catch (error) {
      if (!(error instanceof GongRefused || error instanceof GongSurprise || error instanceof GongUnavailable)) throw error
      problems.add(error)
      failed += 1
      if (error instanceof GongUnavailable) outage = error
      if (!(error instanceof GongSurprise) && kind !== 'people') queue.refused(kind)
      log.error({ kind, endpoint: error.endpoint, requestId: error.requestId, code: error.code }, 'a reading of Gong failed')
    } finally {
      if (kind !== 'people') queue.answered(kind)
      const kept = what !== 'people' && taken !== undefined
      if (kept) done += 1
      following.end(what, kept)
    }
  }

  async function readPeople(): Promise<number | undefined> {
    const taken = await store.exclusively('sync people', async () => {
      try {
        const taken = (await arePeopleDue(deps)) ? await refreshPeople(deps, ask) : 0
        peopleFetched = true
        return taken
      } finally {
        queue.replace((await deps.plan()).due)
        following.counted(await store.budget.today())
      }
    })
    // Another replica is refreshing people; meanwhile fetch what the current list allows.
    if (taken === undefined) queue.replace((await deps.plan()).due)
    return taken
  }

  async function storedAt({ kind, period }: PlannedFetch): Promise<Date | undefined> {
    const isRecords = kind === 'scorecards' || kind === 'daily-activity'
    const stored = isRecords ? store.records.range(kind, period) : store.windows.state(kind, period, 'all')
    return (await stored)?.readAt
  }

  async function readOnce(read: PlannedFetch, onAnswer: () => void): Promise<number | undefined> {
    const { kind, period } = read
    const taken = await store.exclusively(lockOf(read, 'all'), async () => {
      // Another replica may have read it since the plan was made; whether it read all that is wanted here, a new plan says.
      const wasRead = (await storedAt(read))?.getTime() !== read.readAt?.getTime()
      if (wasRead && !(await deps.plan()).due.some((other) => keyOf(other) === keyOf(read))) return undefined
      const onPage = ({ page, pages }: { readonly page: number; readonly pages?: number | undefined }) => {
        following.page(read, page, pages)
        queue.answered(kind)
        onAnswer()
      }
      return fetchAndStore({ kind, period, scope: 'all', ...ask, onPage }, deps)
    })
    if (taken !== undefined) log.debug({ kind, period: periodKey(period), requests: taken }, 'a reading of Gong was kept')
    return taken
  }
}
