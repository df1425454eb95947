// Reads everything that is due, newest first. Single-flight per reading over all replicas; resumable, because what is done is in
// the store; one operation's failure does not stop the others, a Gong that is away or takes no more does.
import type { GongPurpose } from '../domain/gong-ports.ts'
import { periodKey } from '../domain/period.ts'
import { GongRateLimited, GongRefused, GongSurprise } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { arePeopleDue, type PeopleParts, refreshPeople } from './people.ts'
import type { Plan, PlannedRead, ReadKind } from './plan.ts'
import type { Problems } from './problems.ts'
import { idleProgress, type SyncProgress } from './progress.ts'
import { type ReadParts, readAndKeep } from './read-and-keep.ts'

export interface SyncSummary {
  /** Readings made by this call. */
  readonly done: number
  readonly requests: number
  /** Readings that failed or were left because their operation is refused. */
  readonly failed: number
}

export interface RefreshParts extends ReadParts, PeopleParts {
  readonly store: Store
  readonly log: Log
  readonly problems: Problems
  plan(): Promise<Plan>
  show(progress: SyncProgress): void
}

/** @throws GongRateLimited, GongUnavailable: nothing more can be read now; what was read is kept. */
export async function refresh(parts: RefreshParts, purpose: GongPurpose, signal?: AbortSignal): Promise<SyncSummary> {
  const { store, log, problems } = parts
  let done = 0
  let failed = 0
  let requests = 0
  let planned = 0
  let requestsLeft = 0
  const show = (current?: SyncProgress['current'], more: Partial<SyncProgress> = {}) =>
    parts.show({ ...idleProgress, ...(current && { current }), done, planned, requests, requestsLeft, ...more })

  try {
    if (await arePeopleDue(parts)) {
      show({ kind: 'people', page: 1 })
      await guarded('people', async () => {
        await store.exclusively('sync people', async () => {
          if (await arePeopleDue(parts)) requests += await refreshPeople(parts, { purpose, ...(signal && { signal }) })
        })
      })
    }
    const { due } = await parts.plan()
    planned = due.length
    requestsLeft = due.reduce((sum, read) => sum + read.requests, 0)
    const refused = new Set<ReadKind>()
    for (const read of due) {
      signal?.throwIfAborted()
      requestsLeft -= read.requests
      if (refused.has(read.kind)) {
        failed += 1
        continue
      }
      const ok = await guarded(read.kind, () => readOnce(read))
      if (ok === 'refused') refused.add(read.kind)
    }
    show(undefined, { requestsLeft: 0, finishedAt: parts.clock.now() })
    if (done > 0 && failed === 0) problems.clear()
    if (done > 0 || failed > 0) log.info({ done, failed, requests }, 'Gong was read')
    return { done, requests, failed }
  } catch (error) {
    const resumeAt = error instanceof GongRateLimited ? new Date(parts.clock.now().getTime() + error.retryAfterMs) : undefined
    problems.add(error)
    show(undefined, resumeAt && { resumeAt })
    throw error
  }

  /** Runs one reading; a refusal or an answer that cannot be trusted is remembered and the next reading goes on. */
  async function guarded(kind: ReadKind | 'people', work: () => Promise<void>): Promise<'ok' | 'refused' | 'failed'> {
    try {
      await work()
      return 'ok'
    } catch (error) {
      if (!(error instanceof GongRefused || error instanceof GongSurprise)) throw error
      problems.add(error)
      failed += 1
      log.error({ kind, endpoint: error.endpoint, requestId: error.requestId, code: error.code }, 'a reading of Gong failed')
      return error instanceof GongRefused ? 'refused' : 'failed'
    }
  }

  async function readOnce(read: PlannedRead): Promise<void> {
    const { kind, period } = read
    const at = (page: number, pages?: number) => show({ kind, period, page, ...(pages !== undefined && { pages }) })
    at(1)
    const taken = await store.exclusively(`sync ${kind} ${periodKey(period)}`, async () => {
      // Another replica may have read it since the plan was made.
      if (!(await parts.plan()).due.some((other) => other.kind === kind && periodKey(other.period) === periodKey(period))) return 0
      return readAndKeep(
        { kind, period, scope: 'all', purpose, ...(signal && { signal }), onPage: ({ page, pages }) => at(page, pages) },
        parts,
      )
    })
    if (taken === undefined) return
    requests += taken
    done += 1
    log.debug({ kind, period: periodKey(period), requests: taken }, 'a reading of Gong was kept')
  }
}
