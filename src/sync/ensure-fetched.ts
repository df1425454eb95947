// Makes sure that a period somebody asks about has been fetched for the people asked about: at once when it has, otherwise now and for
// these people only. Two who ask for the same at the same time share one fetch, on two replicas too.

import { setTimeout as pause } from 'node:timers/promises'
import { ageMs } from '../domain/age.ts'
import type { FigureKind, GapReason } from '../domain/figure-gap.ts'
import { localDateOf, type Period, periodBefore, samePeriod, type Weekday } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import { isSettled } from '../domain/settled.ts'
import { GongRefused, GongSurprise, GongUnavailable } from '../errors.ts'
import type { Store } from '../store/store.ts'
import { type FetchDeps, fetchAndStore, lockOf } from './fetch-and-store.ts'
import { keptRanges, keptWindows, weeksKept } from './kept-periods.ts'
import { leastMaximumAgeMs, pagesOf } from './plan.ts'

export interface FetchNeed {
  readonly period: Period
  readonly personIds: readonly PersonId[] | 'all'
  /** Managers whose coaching is shown besides; none unless given. */
  readonly managerIds?: readonly PersonId[]
  /** Slack id of whoever asks; each has a daily cap. */
  readonly asker: string
}

export interface EnsureDeps extends FetchDeps {
  readonly store: Store
  readonly activeIds: () => Promise<readonly PersonId[]>
  readonly weekStart: Weekday
  /** Readings that can still change are made again after this long. */
  readonly maximumAgeMs: () => Promise<number>
  /** Whether coaching costs one request for each manager, and how many weeks of it the refresh keeps. */
  readonly coachingCost: () => Promise<{ readonly perManager: boolean; readonly weeksKept: number }>
}

interface Missing {
  readonly kind: FigureKind
  readonly period: Period
  readonly scope: 'all' | readonly PersonId[]
  /** To expect. */
  readonly requests: number
}

/** How often to look whether another replica has read what is wanted here too. */
const lookAgainMs = 250
/** Where each manager costs a request, the coaching of more of them is not read for one question: the answer says it was not read. */
const managersAtMost = 10

/** Shown by every answer about figures; coaching is asked for by name. */
const shownKinds: readonly FigureKind[] = ['interaction', 'activity', 'scorecards', 'daily-activity']

/**
 * A kind that just failed is not asked for again by a question within this time; the hourly refresh tries it. An outage may be over when
 * somebody presses Try again, so that one is tried each time.
 */
const leftAloneMs: Readonly<Record<GapReason, number>> = {
  scope: 3_600_000,
  refused: 600_000,
  unavailable: 0,
  untrusted: 300_000,
}

/** Failures that concern one operation; a limit or a cancellation concerns all. */
const isOfOneKind = (error: unknown): boolean =>
  error instanceof GongRefused || error instanceof GongUnavailable || error instanceof GongSurprise

/** Gong as a whole does not answer: neither of the two kinds that every figure of a period rests on could be fetched. */
const isOutage = (failures: ReadonlyMap<FigureKind, unknown>): boolean =>
  failures.has('interaction') && failures.has('activity') && [...failures.values()].every((error) => error instanceof GongUnavailable)

export function createEnsureFetched(
  deps: EnsureDeps,
): (need: FetchNeed, wait: (expectedSeconds: number) => Promise<void>) => Promise<void> {
  const underWay = new Map<string, Promise<unknown>>()

  /** Periods the refresh keeps fresh are never read here for their age. */
  function refreshKeeps(kind: FigureKind, period: Period, coachingWeeks: number): boolean {
    const today = localDateOf(deps.clock.now(), deps.zone)
    const isOneOf = (periods: readonly Period[]) => periods.some((wanted) => samePeriod(wanted, period))
    if (kind === 'interaction' || kind === 'activity') return isOneOf(keptWindows(today, deps.weekStart))
    if (kind === 'coaching') return isOneOf(keptRanges(today, deps.weekStart, coachingWeeks))
    const ranges = keptRanges(today, deps.weekStart, weeksKept)
    return ranges.some(({ to }) => to >= period.to) && ranges.some(({ from }) => from <= period.from)
  }

  /** Whom of `ids` to read: who never was, and everybody the refresh leaves alone when the reading is too old. */
  async function missingOf(
    kind: FigureKind,
    period: Period,
    ids: readonly PersonId[],
    { neverRead, readAt }: { readonly neverRead: ReadonlySet<PersonId>; readonly readAt?: Date },
    kept: { readonly ids: ReadonlySet<PersonId> | undefined; readonly coachingWeeks: number },
  ): Promise<readonly PersonId[]> {
    const isFresh = readAt === undefined || isSettled(period, localDateOf(readAt, deps.zone))
    const oldMs = isFresh ? 0 : ageMs(readAt, deps.clock.now())
    const isOld = oldMs >= leastMaximumAgeMs && oldMs >= (await deps.maximumAgeMs())
    const keeps = isOld && refreshKeeps(kind, period, kept.coachingWeeks)
    return ids.filter((id) => neverRead.has(id) || (isOld && !(keeps && (kept.ids?.has(id) ?? true))))
  }

  async function missingFigures(
    period: Period,
    personIds: readonly PersonId[],
    everybody: boolean,
    restricted: readonly PersonId[] | undefined,
  ): Promise<Missing[]> {
    const { windows, records } = deps.store
    const kept = { ids: restricted && new Set(restricted), coachingWeeks: 0 }
    const [interaction, activity, scorecards, daily] = await Promise.all([
      windows.read('interaction', period, personIds),
      windows.read('activity', period, personIds),
      records.readScorecards(period, { reviewedIds: personIds }),
      records.readDailyActivity(period, personIds),
    ])
    const states = [
      ['interaction', interaction],
      ['activity', activity],
      ['scorecards', scorecards],
      ['daily-activity', daily],
    ] as const
    const missing = states.map(async ([kind, state]): Promise<Missing[]> => {
      const ids = await missingOf(kind, period, personIds, state, kept)
      return ids.length === 0 ? [] : [{ kind, period, scope: everybody ? 'all' : ids, requests: pagesOf(ids.length) }]
    })
    return (await Promise.all(missing)).flat()
  }

  async function missingCoaching(period: Period, managerIds: readonly PersonId[]): Promise<Missing[]> {
    const { perManager, weeksKept: coachingWeeks } = await deps.coachingCost()
    if (managerIds.length === 0 || (perManager && managerIds.length > managersAtMost)) return []
    const [{ ids: refreshed }, refused] = await Promise.all([deps.managers(), deps.store.gaps.refusedManagers(deps.clock.now())])
    const kept = { ids: new Set(refreshed), coachingWeeks }
    const open = managerIds.filter((id) => !refused.has(id))
    const ids = await missingOf('coaching', period, open, await deps.store.windows.readCoaching(period, managerIds), kept)
    if (ids.length === 0) return []
    // One answer holds every manager: the next question about another finds it.
    const forAll = !perManager && ids.every((id) => kept.ids.has(id))
    return [{ kind: 'coaching', period, scope: forAll ? 'all' : ids, requests: perManager ? ids.length : 1 }]
  }

  /** `open`: without the kinds that failed a moment ago, which would only fail again. */
  async function missingFor({ period, personIds, managerIds = [] }: FetchNeed, which: 'open' | 'all'): Promise<readonly Missing[]> {
    const everybody = personIds === 'all'
    const restricted = await deps.onlyPeople()
    // A pilot's restriction holds for the company too: nobody outside is read because somebody asked about everybody.
    const people = everybody ? (restricted ?? (await deps.activeIds())) : personIds
    if (people.length === 0) return []
    // A figure is shown with what it is compared to, so both periods are needed.
    const periods = [period, periodBefore(period)]
    const missing = await Promise.all([
      ...periods.map((each) => missingFigures(each, people, everybody, restricted)),
      ...periods.map((each) => missingCoaching(each, managerIds)),
    ])
    const closed = which === 'open' ? await closedKinds() : new Set<FigureKind>()
    return missing.flat().filter(({ kind }) => !closed.has(kind))
  }

  async function closedKinds(): Promise<ReadonlySet<FigureKind>> {
    const nowMs = deps.clock.now().getTime()
    const gaps = await deps.store.gaps.all()
    return new Set(gaps.filter(({ why, triedAt }) => nowMs - triedAt.getTime() < leftAloneMs[why]).map(({ kind }) => kind))
  }

  /** Fetches it, or waits for the replica that is fetching it and then fetches what that one left. */
  async function read(wanted: Missing, need: FetchNeed): Promise<void> {
    const { kind, period } = wanted
    const readWhatIsLeft = async (): Promise<true> => {
      const left = (await missingFor(need, 'all')).find((other) => other.kind === kind && samePeriod(other.period, period))
      if (left) await fetchAndStore({ kind, period, scope: left.scope, purpose: 'asked', asker: need.asker }, deps)
      return true
    }
    while (!(await deps.store.exclusively(lockOf(wanted, wanted.scope), readWhatIsLeft))) await pause(lookAgainMs)
  }

  return async (need, wait) => {
    const missing = await missingFor(need, 'open')
    if (missing.length === 0) return
    const requests = missing.reduce((sum, { requests: each }) => sum + each, 0)
    const { perSecond } = await deps.store.budget.today()
    await wait(Math.max(1, Math.ceil(requests / perSecond)))
    const failures = new Map<FigureKind, unknown>()
    for (const wanted of missing) {
      // One closed door never keeps the other figures away: what failed is remembered as a gap, and the answer says so.
      if (failures.has(wanted.kind)) continue
      await fetchOnce(wanted, need).catch((error: unknown) => {
        if (!isOfOneKind(error)) throw error
        failures.set(wanted.kind, error)
      })
    }
    const [first] = failures.values()
    if (first !== undefined && (isOutage(failures) || (await hasNothing(need, failures)))) throw first
  }

  /** Two who ask for the same share one fetch. */
  function fetchOnce(wanted: Missing, need: FetchNeed): Promise<unknown> {
    const key = lockOf(wanted, wanted.scope)
    const running = underWay.get(key)
    if (running) return running
    const started = read(wanted, need).finally(() => underWay.delete(key))
    underWay.set(key, started)
    return started
  }

  /** Whether no figure at all is there to answer with. */
  async function hasNothing(need: FetchNeed, failed: ReadonlyMap<FigureKind, unknown>): Promise<boolean> {
    const left = new Set((await missingFor(need, 'all')).filter(({ period }) => samePeriod(period, need.period)).map(({ kind }) => kind))
    const asked: readonly FigureKind[] = [...shownKinds, ...((need.managerIds ?? []).length > 0 ? (['coaching'] as const) : [])]
    return failed.size > 0 && asked.every((kind) => left.has(kind))
  }
}
