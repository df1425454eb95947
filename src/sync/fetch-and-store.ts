// One fetch: asks the source for a kind and period and stores the whole answer. A window is replaced only by a complete answer; an answer
// that the source rejects is thrown before anything is written.

import type { Clock } from '../clock.ts'
import { rememberWorkspaces } from '../domain/closed-workspaces.ts'
import { type FigureGap, type FigureKind, scopeOfKind } from '../domain/figure-gap.ts'
import type { GongPurpose } from '../domain/gong-ports.ts'
import { latestDate, withholdEarlier } from '../domain/group-settings.ts'
import { rememberLogin } from '../domain/login-refused.ts'
import { localDateOf, type Period, periodKey } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import { isSettled } from '../domain/settled.ts'
import { GongRefused, GongSurprise, GongUnavailable } from '../errors.ts'
import type { GongAnswer, GongSource, PageProgress } from '../gong/source.ts'
import { asOneReading } from '../one-reading.ts'
import type { WindowRows } from '../store/figures/window-rows.ts'
import type { Store } from '../store/store.ts'

export interface Fetch {
  readonly kind: FigureKind
  readonly period: Period
  /** Everybody, or these people only (kept as their own small windows). */
  readonly scope: 'all' | readonly PersonId[]
  readonly purpose: GongPurpose
  readonly asker?: string | undefined
  readonly signal?: AbortSignal | undefined
  onPage?: ((progress: PageProgress) => void) | undefined
}

export interface FetchDeps {
  readonly source: GongSource
  readonly store: Pick<Store, 'windows' | 'records' | 'gaps' | 'tenant'>
  readonly clock: Clock
  readonly zone: string
  /** The setting "cards that count"; an empty list means all. */
  readonly cardsThatCount: () => Promise<readonly string[]>
  /** Fetching is restricted to these people (a pilot); undefined = everybody the key sees. */
  readonly onlyPeople: () => Promise<readonly PersonId[] | undefined>
  /** Called with the owners of records the database refused; mostly an empty list. */
  readonly refused: (kind: FigureKind, ids: readonly PersonId[]) => void
  /** Managers whose coaching is fetched. */
  readonly managers: () => Promise<{ readonly ids: readonly PersonId[]; readonly areAll: boolean }>
}

/** The lock under which a fetch is made: one at a time over all replicas, asked for or due. */
export const lockOf = ({ kind, period }: Pick<Fetch, 'kind' | 'period'>, scope: Fetch['scope']): string =>
  `sync ${kind} ${periodKey(period)}${scope === 'all' ? '' : ` ${scope.toSorted().join()}`}`

/**
 * Returns the requests it took. A failure is remembered as a gap of this kind, a success closes it.
 * @throws what the source throws; the store then still has what it had.
 */
export async function fetchAndStore(fetch: Fetch, deps: FetchDeps): Promise<number> {
  const { gaps } = deps.store
  try {
    const { requests, keep } = await fetchKind(fetch, deps)
    await rememberLogin(deps.store.tenant, deps.clock.now(), undefined)
    await asOneReading(async () => {
      if (await countsCalls(fetch.kind, deps)) await withholdEarlier(deps.store.tenant, latestDate(deps.clock.now()))
      await keep()
      await gaps.close(fetch.kind)
    })
    return requests
  } catch (error) {
    const isLogin = error instanceof GongRefused && error.login !== undefined
    if (isLogin) await rememberLogin(deps.store.tenant, deps.clock.now(), error.login)
    const gap = gapOf(error, fetch.kind)
    // What is known of a scope is not forgotten for a login that ended.
    if (gap && !(isLogin && (await gaps.all()).some(({ kind, why }) => kind === fetch.kind && why === 'scope')))
      await gaps.open({ kind: fetch.kind, ...gap }, deps.clock.now())
    throw error
  }
}

/** Whether calls can be counted from now on that could not before: other people have enough of them then, in weeks that were shown. */
async function countsCalls(kind: FigureKind, { source, store: { gaps } }: FetchDeps): Promise<boolean> {
  if (kind !== 'activity' || source.contract !== 'live') return false
  return (await gaps.all()).some((gap) => gap.kind === kind && gap.why === 'scope')
}

/** Undefined for what says nothing about this kind of figures: a limit, a cancellation, a bug. */
function gapOf(error: unknown, kind: FigureKind): Pick<FigureGap, 'why' | 'scope'> | undefined {
  if (error instanceof GongRefused && error.login === undefined && (error.missingScope || error.status === 403))
    return { why: 'scope', scope: error.missingScope ?? scopeOfKind[kind] }
  if (error instanceof GongRefused) return { why: 'refused' }
  if (error instanceof GongUnavailable) return { why: 'unavailable' }
  return error instanceof GongSurprise ? { why: 'untrusted' } : undefined
}

/** An answer of Gong that is not stored yet. */
interface Fetched {
  readonly requests: number
  keep(): Promise<void>
}

async function fetchKind(fetch: Fetch, deps: FetchDeps): Promise<Fetched> {
  const { kind, period, scope } = fetch
  const { source, store } = deps
  const { people, managers, onlyCards } = await asOneReading(async () => ({
    people: scope === 'all' ? await deps.onlyPeople() : scope,
    managers: kind === 'coaching' ? await deps.managers() : { ids: [], areAll: true },
    onlyCards: kind === 'scorecards' ? await deps.cardsThatCount() : [],
  }))
  const ask = {
    purpose: fetch.purpose,
    asker: fetch.asker,
    signal: fetch.signal,
    personIds: people,
    onPage: fetch.onPage,
  }
  /** An answer that lacks a workspace, or what may come later, is not final: it is fetched again, whole once the door is open. */
  const state = ({ isPartial, closedWorkspaces }: GongAnswer<unknown>) => {
    const readAt = deps.clock.now()
    return { readAt, final: isSettled(period, localDateOf(readAt, deps.zone)) && !isPartial && !closedWorkspaces }
  }
  // What of the company a fetch over everybody covers, so that widening the restriction makes it due again.
  const restricted = scope === 'all' && people ? { onlyPeople: people } : {}
  switch (kind) {
    case 'interaction': {
      const answer = await source.fetchInteraction(period, ask)
      return { requests: answer.requests, keep: () => keepWindow('interaction', answer) }
    }
    case 'activity': {
      const answer = await source.fetchActivity(period, ask)
      return { requests: answer.requests, keep: () => keepWindow('activity', answer) }
    }
    case 'coaching': {
      const managerIds = scope === 'all' ? managers.ids : scope
      if (managerIds.length === 0) return { requests: 0, keep: async () => undefined }
      const answer = await source.fetchCoaching(period, { ...ask, managerIds })
      return { requests: answer.requests, keep: () => keepCoaching(answer, managerIds) }
    }
    case 'scorecards': {
      const answer = await source.fetchScorecards(period, { ...ask, ...(onlyCards.length > 0 && { scorecardIds: onlyCards }) })
      const range = { period, scope, ...restricted, ...state(answer), ...setAside(answer) }
      const cards = onlyCards.length > 0 ? { onlyCards } : {}
      const keep = async () => deps.refused(kind, await store.records.keepScorecards({ ...range, ...cards }, answer.records))
      return { requests: answer.requests, keep }
    }
    case 'daily-activity': {
      const answer = await source.fetchDailyActivity(period, ask)
      const range = { period, scope, ...restricted, ...state(answer), ...setAside(answer) }
      const keep = async () => deps.refused(kind, await store.records.keepDailyActivity(range, answer.records))
      return { requests: answer.requests, keep }
    }
  }

  async function keepCoaching(answer: Awaited<ReturnType<GongSource['fetchCoaching']>>, managerIds: readonly PersonId[]): Promise<void> {
    await rememberWorkspaces(store.tenant, deps.clock.now(), answer.closedWorkspaces ?? { closed: 0, of: 0 })
    const kept = { rows: answer.records, ...setAside(answer), ...state(answer) }
    const missing = new Set(answer.notFetched)
    await store.gaps.refuseManagers([...missing], deps.clock.now())
    const answered = managerIds.filter((id) => !missing.has(id))
    const isWhole = managers.areAll && missing.size === 0
    if (scope !== 'all') deps.refused('coaching', await store.windows.replaceFor('coaching', period, answered, kept))
    else deps.refused('coaching', await store.windows.replace('coaching', period, { ...kept, ...(!isWhole && { onlyPeople: answered }) }))
  }

  async function keepWindow<K extends 'interaction' | 'activity'>(window: K, answer: GongAnswer<WindowRows[K]>): Promise<void> {
    const kept = { rows: answer.records, ...setAside(answer), ...state(answer) }
    if (scope === 'all') deps.refused(window, await store.windows.replace(window, period, { ...kept, ...restricted }))
    else deps.refused(window, await store.windows.replaceFor(window, period, scope, kept))
  }
}

const setAside = (answer: GongAnswer<unknown>): { quarantined: number; quarantinedIds: PersonId[] } => ({
  quarantined: answer.quarantined.length,
  quarantinedIds: [...new Set(answer.quarantined.flatMap(({ personId }) => personId ?? []))],
})
