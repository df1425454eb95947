// When a digest comes next, on a day it has no run of yet.
import type { LocalDate } from '../domain/period.ts'
import { nextRun, plannedDateOf } from '../domain/recurrence.ts'
import type { Recurrence } from '../domain/subscription.ts'
import type { DigestServiceDeps } from './deps.ts'

/** The first run from now, or from a local date. Days of `digest` that were sent or left out already do not count. */
export async function nextFreeRun(
  recurrence: Recurrence,
  digest: { readonly id: string; readonly from?: LocalDate | undefined } | undefined,
  { store, clock }: Pick<DigestServiceDeps, 'store' | 'clock'>,
): Promise<Date> {
  const past = digest ? await store.deliveries.history(digest.id, 100) : []
  const dates = new Set(past.map(({ occurrence }) => plannedDateOf(occurrence)))
  for (let run = nextRun(recurrence, clock.now()); ; run = nextRun(recurrence, run.at))
    if (!dates.has(run.date) && run.date >= (digest?.from ?? '')) return run.at
}
