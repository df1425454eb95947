// Follows one refresh page by page and reports how far it has come. Knows neither Gong nor the store.

import { keyOf } from './fetch-queue.ts'
import type { PlannedFetch } from './plan.ts'
import type { FetchNow, RequestsToday, SyncProgress } from './progress.ts'

export interface RefreshProgress {
  begin(what: PlannedFetch | 'people'): void
  page(what: PlannedFetch | 'people', page: number, pages: number | undefined): void
  /** `kept`: it counts among the fetches that are done. */
  end(what: PlannedFetch | 'people', kept: boolean): void
  /** What was counted in the store; pages that come meanwhile are added. */
  counted(today: RequestsToday): void
  close(how: Pick<SyncProgress, 'finishedAt' | 'resumeAt'>): void
}

/** `waiting`: fetches not begun yet. */
export function followRefresh(waiting: () => readonly PlannedFetch[], show: (progress: SyncProgress) => void): RefreshProgress {
  const underWay = new Map<string, { readonly now: FetchNow; readonly requestsLeft: number }>()
  let done = 0
  let today: RequestsToday | undefined
  let pagesSince = 0

  function report(how: Pick<SyncProgress, 'finishedAt' | 'resumeAt'> = {}): void {
    const left = waiting()
    const fetches = [...underWay.values()]
    show({
      fetching: fetches.map(({ now }) => now),
      done,
      planned: done + left.length + fetches.filter(({ now }) => now.kind !== 'people').length,
      requestsLeft: [...left.map(({ requests }) => requests), ...fetches.map(({ requestsLeft }) => requestsLeft)].reduce(
        (a, b) => a + b,
        0,
      ),
      ...(today && { today: { ...today, used: today.used + pagesSince } }),
      ...how,
    })
  }

  function at(what: PlannedFetch | 'people', page: number, pages: number | undefined): void {
    const expected = pages ?? (what === 'people' ? 1 : what.requests)
    const named = what === 'people' ? { kind: what } : { kind: what.kind, period: what.period }
    underWay.set(nameOf(what), {
      now: { ...named, page, pages },
      requestsLeft: Math.max(0, expected - page + 1),
    })
    report()
  }

  return {
    begin: (what) => at(what, 1, undefined),
    page(what, page, pages) {
      pagesSince += 1
      at(what, page + 1, pages)
    },
    end(what, kept) {
      underWay.delete(nameOf(what))
      if (kept) done += 1
      report()
    },
    counted(now) {
      today = now
      pagesSince = 0
    },
    close(how) {
      underWay.clear()
      report(how)
    },
  }
}

const nameOf = (what: PlannedFetch | 'people'): string => (what === 'people' ? what : keyOf(what))
