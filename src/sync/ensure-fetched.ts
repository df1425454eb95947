// Makes sure that a period somebody asks about has been fetched for the people asked about: at once when it has, otherwise now and for
// these people only. Two who ask for the same at the same time share one fetch, on two replicas too.

import { setTimeout as pause } from 'node:timers/promises'
import { ageMs } from '../domain/age.ts'
import type { FigureKind } from '../domain/figure-gap.ts'
import type { LookBack } from '../domain/look-back.ts'
import { lengthDays, localDateOf, type Period, periodBefore, samePeriod, type Weekday } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import { isSettled } from '../domain/settled.ts'
import { GongRateLimited } from '../errors.ts'
import type { Store } from '../store/store.ts'
import { type FetchDeps, fetchAndStore, lockOf } from './fetch-and-store.ts'
import { isOfOneKind, isOutage, leftAloneMs, shownKinds } from './fetch-failures.ts'
import { keptRanges, keptWindows, weeksKept } from './kept-periods.ts'
import { leastMaximumAgeMs, pagesOf } from './plan.ts'

export interface FetchNeed {
  readonly period: Period
  readonly personIds: readonly PersonId[] | 'all'
  /** Managers whose coaching is shown besides; none unless given. */
  readonly managerIds?: readonly PersonId[]
  /** Slack id of whoever asks; each has a daily cap. */
  readonly asker: string
  /** What the figures are held against. It is fetched for some people, never for the whole company; a failure leaves it out. */
  readonly lookBack?: LookBack | undefined
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
/** The look back of one question may take this many requests; the answer says what was not fetched. */
const lookBackRequestsAtMost = 24
/** Where each manager costs a request, the coaching of more of them is not read for one question: the answer says it was not read. */
const managersAtMost = 10

const isSameFetch = (a: Missing, b: Missing): boolean => a.kind === b.kind && samePeriod(a.period, b.period)
/** One look back has one stretch of scorecards, which shrinks when the period itself was fetched first. */
const isSameLookBack = (a: Missing, b: Missing): boolean => isSameFetch(a, b) || (a.kind === 'scorecards' && b.kind === 'scorecards')

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
    { neverRead, readAt }: { readonly neverRead: ReadonlySet<PersonId>; readonly readAt?: Date | undefined },
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

  /** What the figures are held against and was never fetched, most telling first, within the limit. */
  async function missingLookBack({ period, personIds, managerIds = [], lookBack = {} }: FetchNeed): Promise<readonly Missing[]> {
    if (personIds === 'all' || personIds.length === 0) return []
    const restricted = await deps.onlyPeople()
    const closed = await closedKinds()
    const { cardsFrom, weeks = [], coachingWeeks = [] } = lookBack
    const cards =
      cardsFrom === undefined || cardsFrom >= period.from ? [] : await missingCards({ from: cardsFrom, to: period.to }, personIds)
    const newestFirst = weeks.toSorted((a, b) => (a.to < b.to ? 1 : -1))
    const figures = await Promise.all(newestFirst.map((week) => missingFigures(week, personIds, false, restricted)))
    const coaching = await Promise.all(coachingWeeks.map((week) => missingCoaching(week, managerIds)))
    const all = [...cards, ...figures.flat().filter(({ kind }) => kind === 'interaction' || kind === 'activity'), ...coaching.flat()]
    let requests = 0
    return all.filter(({ kind, requests: each }) => {
      if (closed.has(kind) || requests + each > lookBackRequestsAtMost) return false
      requests += each
      return true
    })
  }

  /** The dates before the stretch that is known. About one card per person and week is the most that was seen. */
  async function missingCards(wanted: Period, personIds: readonly PersonId[]): Promise<readonly Missing[]> {
    const { whole } = await deps.store.records.readScorecards(wanted, { reviewedIds: personIds, withoutQuestionsOf: 'everybody' })
    const period = { from: wanted.from, to: whole?.from ?? wanted.to }
    if (period.to <= period.from) return []
    const requests = pagesOf(personIds.length * Math.ceil(lengthDays(period) / 7))
    return [{ kind: 'scorecards', period, scope: personIds, requests }]
  }

  /** Fetches it, or waits for the replica that is fetching it and then fetches what that one left. */
  async function read(
    wanted: Missing,
    need: FetchNeed,
    missingNow: () => Promise<readonly Missing[]>,
    isSame = isSameFetch,
  ): Promise<void> {
    const { kind } = wanted
    const readWhatIsLeft = async (): Promise<true> => {
      const left = (await missingNow()).find((other) => isSame(other, wanted))
      if (left) await fetchAndStore({ kind, period: left.period, scope: left.scope, purpose: 'asked', asker: need.asker }, deps)
      return true
    }
    while (!(await deps.store.exclusively(lockOf(wanted, wanted.scope), readWhatIsLeft))) await pause(lookAgainMs)
  }

  return async (need, wait) => {
    const [missing, past] = await Promise.all([missingFor(need, 'open'), missingLookBack(need)])
    if (missing.length + past.length === 0) return
    const requests = [...missing, ...past].reduce((sum, { requests: each }) => sum + each, 0)
    const { perSecond } = await deps.store.budget.today()
    await wait(Math.max(1, Math.ceil(requests / perSecond)))
    const failures = new Map<FigureKind, unknown>()
    for (const wanted of missing) {
      // One closed door never keeps the other figures away: what failed is remembered as a gap, and the answer says so.
      if (failures.has(wanted.kind)) continue
      await fetchOnce(wanted, need, () => missingFor(need, 'all')).catch((error: unknown) => {
        if (!isOfOneKind(error)) throw error
        failures.set(wanted.kind, error)
      })
    }
    await fetchLookBack(need, past, new Set(failures.keys()))
    const [first] = failures.values()
    if (first !== undefined && (isOutage(failures) || (await hasNothing(need, failures)))) throw first
  }

  /** The period itself is there: what fails here is left out, and the answer says how far back it knows. */
  async function fetchLookBack(need: FetchNeed, past: readonly Missing[], failed: Set<FigureKind>): Promise<void> {
    for (const wanted of past) {
      if (failed.has(wanted.kind)) continue
      try {
        await fetchOnce(wanted, need, () => missingLookBack(need), isSameLookBack)
      } catch (error) {
        if (error instanceof GongRateLimited) return
        if (!isOfOneKind(error)) throw error
        failed.add(wanted.kind)
      }
    }
  }

  /** Two who ask for the same share one fetch. `missingNow`: looked at again once nobody else is fetching. */
  function fetchOnce(
    wanted: Missing,
    need: FetchNeed,
    missingNow: () => Promise<readonly Missing[]>,
    isSame = isSameFetch,
  ): Promise<unknown> {
    const key = lockOf(wanted, wanted.scope)
    const running = underWay.get(key)
    if (running) return running
    const started = read(wanted, need, missingNow, isSame).finally(() => underWay.delete(key))
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
