// Makes sure that a period somebody asks about was read for the people asked about: at once when it was, otherwise now and for
// these people only. Two who ask the same at the same time share one reading.

import { localDateOf, type Period, periodBefore, periodKey, samePeriod, type Weekday } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import type { Store } from '../store/store.ts'
import type { ReadKind } from './plan.ts'
import { type ReadParts, readAndKeep } from './read-and-keep.ts'
import { isFinal, wantedRanges, wantedWindows, weeksKept } from './wanted.ts'

export interface ReadNeed {
  readonly period: Period
  readonly personIds: readonly PersonId[] | 'all'
  /** Slack id of whoever asks; each has a daily cap. */
  readonly asker: string
}

export interface EnsureParts extends ReadParts {
  readonly store: Store
  readonly activeIds: () => Promise<readonly PersonId[]>
  readonly weekStart: Weekday
  /** Readings that can still change are made again after this long. */
  readonly maximumAgeMs: () => Promise<number>
}

interface Missing {
  readonly kind: ReadKind
  readonly period: Period
  readonly personIds: readonly PersonId[]
}

const pageSize = 100

export function createEnsureRead(parts: EnsureParts): (need: ReadNeed, wait: (expectedSeconds: number) => Promise<void>) => Promise<void> {
  const underWay = new Map<string, Promise<unknown>>()

  /** Periods the refresh keeps fresh are never read here for their age. */
  function refreshKeeps(kind: ReadKind, period: Period): boolean {
    const today = localDateOf(parts.clock.now(), parts.zone)
    if (kind === 'interaction' || kind === 'activity')
      return wantedWindows(today, parts.weekStart).some((wanted) => samePeriod(wanted, period))
    const ranges = wantedRanges(today, parts.weekStart, weeksKept)
    return ranges.some(({ to }) => to >= period.to) && ranges.some(({ from }) => from <= period.from)
  }

  function isOutdated(kind: ReadKind, period: Period, readAt: Date | undefined, maximumAgeMs: number): boolean {
    if (readAt === undefined || refreshKeeps(kind, period) || isFinal(period, localDateOf(readAt, parts.zone))) return false
    return parts.clock.now().getTime() - readAt.getTime() >= maximumAgeMs
  }

  async function missingFor(period: Period, personIds: readonly PersonId[]): Promise<Missing[]> {
    const { windows, records } = parts.store
    const maximumAgeMs = await parts.maximumAgeMs()
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
    return states.flatMap(([kind, { neverRead, readAt }]) => {
      const wanted = isOutdated(kind, period, readAt, maximumAgeMs) ? personIds : personIds.filter((id) => neverRead.has(id))
      return wanted.length === 0 ? [] : [{ kind, period, personIds: wanted }]
    })
  }

  return async ({ period, personIds, asker }, wait) => {
    const people = personIds === 'all' ? await parts.activeIds() : personIds
    if (people.length === 0) return
    // A figure is shown with what it is compared to, so both periods are needed.
    const missing = (await Promise.all([missingFor(period, people), missingFor(periodBefore(period), people)])).flat()
    if (missing.length === 0) return
    const requests = missing.reduce((sum, { personIds: ids }) => sum + Math.ceil(ids.length / pageSize), 0)
    const { perSecond } = await parts.store.budget.today()
    await wait(Math.max(1, Math.ceil(requests / perSecond)))
    for (const { kind, period: of, personIds: ids } of missing) {
      const scope = personIds === 'all' ? 'all' : ids
      const key = `${kind} ${periodKey(of)} ${scope === 'all' ? 'all' : scope.toSorted().join()}`
      let reading = underWay.get(key)
      if (!reading) {
        reading = readAndKeep({ kind, period: of, scope, purpose: 'asked', asker }, parts).finally(() => underWay.delete(key))
        underWay.set(key, reading)
      }
      await reading
    }
  }
}
