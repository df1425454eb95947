// What a question needs of Gong that the store does not hold, or holds too old, and how many requests that takes. Reads the store alone;
// knows nothing of fetching.
import type { Clock } from '../clock.ts'
import { ageMs } from '../domain/age.ts'
import type { FigureKind } from '../domain/figure-gap.ts'
import type { LookBack } from '../domain/look-back.ts'
import { lengthDays, localDateOf, type Period, periodBefore, samePeriod, type Weekday } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import type { ReadState } from '../domain/reads.ts'
import { isSettled } from '../domain/settled.ts'
import type { Store } from '../store/store.ts'
import { leftAloneMs } from './fetch-failures.ts'
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

export interface MissingDeps {
  readonly store: Pick<Store, 'windows' | 'records' | 'gaps'>
  readonly clock: Clock
  /** IANA zone in which Gong counts days. */
  readonly zone: string
  readonly weekStart: Weekday
  /** Fetching is restricted to these people (a pilot); undefined = everybody the key sees. */
  readonly onlyPeople: () => Promise<readonly PersonId[] | undefined>
  readonly activeIds: () => Promise<readonly PersonId[]>
  /** Managers whose coaching the refresh fetches. */
  readonly managers: () => Promise<{ readonly ids: readonly PersonId[] }>
  /** Answers that can still change are fetched again after this long. */
  readonly maximumAgeMs: () => Promise<number>
  /** Whether coaching costs one request for each manager, and how many weeks of it the refresh keeps. */
  readonly coachingCost: () => Promise<{ readonly perManager: boolean; readonly weeksKept: number }>
}

/** One fetch to make. */
export interface Missing {
  readonly kind: FigureKind
  readonly period: Period
  readonly scope: 'all' | readonly PersonId[]
  /** To expect. */
  readonly requests: number
}

/** What the refresh keeps fresh by itself: for these people, so many weeks of coaching. `ids` undefined = for everybody. */
interface KeptByRefresh {
  readonly ids: ReadonlySet<PersonId> | undefined
  readonly coachingWeeks: number
}

/** The look back of one question may take this many requests; the answer says what was not fetched. */
const lookBackRequestsAtMost = 24
/** Where each manager costs a request, the coaching of more of them is not fetched for one question: the answer says so. */
const managersAtMost = 10

/** The period and the one before it. `open`: without the kinds that failed a moment ago, which would only fail again. */
export async function missingFor(deps: MissingDeps, need: FetchNeed, which: 'open' | 'all'): Promise<readonly Missing[]> {
  const { period, personIds, managerIds = [] } = need
  const restricted = await deps.onlyPeople()
  // A pilot's restriction holds for the company too: nobody outside is fetched because somebody asked about everybody.
  const people = personIds === 'all' ? (restricted ?? (await deps.activeIds())) : personIds
  if (people.length === 0) return []
  // A figure is shown with what it is compared to, so both periods are needed.
  const periods = [period, periodBefore(period)]
  const scope = personIds === 'all' ? 'all' : 'these'
  const missing = await Promise.all([
    ...periods.map((each) => missingFigures(deps, each, people, { kinds: figuresOfPeriod, scope, restricted })),
    ...periods.map((each) => missingCoaching(deps, each, managerIds)),
  ])
  const closed = which === 'open' ? await closedKinds(deps) : new Set<FigureKind>()
  return missing.flat().filter(({ kind }) => !closed.has(kind))
}

/** What the figures are held against and was never fetched, most useful first, within the limit. */
export async function missingLookBack(deps: MissingDeps, need: FetchNeed): Promise<readonly Missing[]> {
  const { period, personIds, managerIds = [], lookBack = {} } = need
  if (personIds === 'all' || personIds.length === 0) return []
  const restricted = await deps.onlyPeople()
  const closed = await closedKinds(deps)
  const { cardsFrom, weeks = [], coachingWeeks = [] } = lookBack
  const cards =
    cardsFrom === undefined || cardsFrom >= period.from ? [] : await missingCards(deps, { from: cardsFrom, to: period.to }, personIds)
  const newestFirst = weeks.toSorted((a, b) => (a.to < b.to ? 1 : -1))
  const figures = await Promise.all(
    newestFirst.map((week) => missingFigures(deps, week, personIds, { kinds: figuresOfWeeks, scope: 'these', restricted })),
  )
  const coaching = await Promise.all(coachingWeeks.map((week) => missingCoaching(deps, week, managerIds)))
  const all = [...cards, ...figures.flat(), ...coaching.flat()]
  let requests = 0
  return all.filter(({ kind, requests: each }) => {
    if (closed.has(kind) || requests + each > lookBackRequestsAtMost) return false
    requests += each
    return true
  })
}

interface Looking {
  readonly kinds: readonly Kind[]
  readonly scope: 'all' | 'these'
  readonly restricted: readonly PersonId[] | undefined
}

type Kind = Exclude<FigureKind, 'coaching'>

const figuresOfPeriod: readonly Kind[] = ['interaction', 'activity', 'scorecards', 'daily-activity']
/** What a figure is held against. */
const figuresOfWeeks: readonly Kind[] = ['interaction', 'activity']

function stateOf(kind: Kind, period: Period, personIds: readonly PersonId[], { store }: MissingDeps): Promise<ReadState> {
  const { windows, records } = store
  switch (kind) {
    case 'scorecards':
      return records.readScorecards(period, { reviewedIds: personIds, withoutQuestionsOf: 'everybody' })
    case 'daily-activity':
      return records.readDailyActivity(period, personIds)
    default:
      return windows.read(kind, period, personIds)
  }
}

async function missingFigures(
  deps: MissingDeps,
  period: Period,
  personIds: readonly PersonId[],
  { kinds, scope, restricted }: Looking,
): Promise<Missing[]> {
  const kept = { ids: restricted && new Set(restricted), coachingWeeks: 0 }
  const missing = kinds.map(async (kind): Promise<Missing[]> => {
    const state = await stateOf(kind, period, personIds, deps)
    const ids = await missingPeople(deps, { kind, period }, personIds, state, kept)
    return ids.length === 0 ? [] : [{ kind, period, scope: scope === 'all' ? 'all' : ids, requests: pagesOf(ids.length) }]
  })
  return (await Promise.all(missing)).flat()
}

async function missingCoaching(deps: MissingDeps, period: Period, managerIds: readonly PersonId[]): Promise<Missing[]> {
  const { perManager, weeksKept: coachingWeeks } = await deps.coachingCost()
  if (managerIds.length === 0 || (perManager && managerIds.length > managersAtMost)) return []
  const { gaps, windows } = deps.store
  const [{ ids: refreshed }, refused] = await Promise.all([deps.managers(), gaps.refusedManagers(deps.clock.now())])
  const kept = { ids: new Set(refreshed), coachingWeeks }
  const open = managerIds.filter((id) => !refused.has(id))
  const state = await windows.readCoaching(period, managerIds)
  const ids = await missingPeople(deps, { kind: 'coaching', period }, open, state, kept)
  if (ids.length === 0) return []
  // One answer holds every manager: the next question about another finds it.
  const forAll = !perManager && ids.every((id) => kept.ids.has(id))
  return [{ kind: 'coaching', period, scope: forAll ? 'all' : ids, requests: perManager ? ids.length : 1 }]
}

/** The dates before the stretch that is known. About one card per person and week is the most that was seen. */
async function missingCards({ store }: MissingDeps, wanted: Period, personIds: readonly PersonId[]): Promise<readonly Missing[]> {
  const { whole } = await store.records.readScorecards(wanted, { reviewedIds: personIds, withoutQuestionsOf: 'everybody' })
  const period = { from: wanted.from, to: whole?.from ?? wanted.to }
  if (period.to <= period.from) return []
  const requests = pagesOf(personIds.length * Math.ceil(lengthDays(period) / 7))
  return [{ kind: 'scorecards', period, scope: personIds, requests }]
}

/** Whom of `ids` to fetch: who never was, and everybody the refresh leaves alone when the answer is too old. */
async function missingPeople(
  deps: MissingDeps,
  { kind, period }: Pick<Missing, 'kind' | 'period'>,
  ids: readonly PersonId[],
  { neverRead, readAt }: { readonly neverRead: ReadonlySet<PersonId>; readonly readAt?: Date | undefined },
  kept: KeptByRefresh,
): Promise<readonly PersonId[]> {
  const isFresh = readAt === undefined || isSettled(period, localDateOf(readAt, deps.zone))
  const oldMs = isFresh ? 0 : ageMs(readAt, deps.clock.now())
  const isOld = oldMs >= leastMaximumAgeMs && oldMs >= (await deps.maximumAgeMs())
  const isKept = isOld && refreshKeeps(deps, kind, period, kept.coachingWeeks)
  return ids.filter((id) => neverRead.has(id) || (isOld && !(isKept && (kept.ids?.has(id) ?? true))))
}

/** Periods the refresh keeps fresh are never fetched for a question because of their age. */
function refreshKeeps({ clock, zone, weekStart }: MissingDeps, kind: FigureKind, period: Period, coachingWeeks: number): boolean {
  const today = localDateOf(clock.now(), zone)
  const isOneOf = (periods: readonly Period[]) => periods.some((wanted) => samePeriod(wanted, period))
  if (kind === 'interaction' || kind === 'activity') return isOneOf(keptWindows(today, weekStart))
  if (kind === 'coaching') return isOneOf(keptRanges(today, weekStart, coachingWeeks))
  const ranges = keptRanges(today, weekStart, weeksKept)
  return ranges.some(({ to }) => to >= period.to) && ranges.some(({ from }) => from <= period.from)
}

async function closedKinds({ store, clock }: MissingDeps): Promise<ReadonlySet<FigureKind>> {
  const nowMs = clock.now().getTime()
  const gaps = await store.gaps.all()
  return new Set(gaps.filter(({ why, triedAt }) => nowMs - triedAt.getTime() < leftAloneMs[why]).map(({ kind }) => kind))
}
