// When a digest comes next, on a day it has no run of yet.
import type { Clock } from '../clock.ts'
import type { LocalDate } from '../domain/period.ts'
import { nextRunFrom, plannedDateOf } from '../domain/recurrence.ts'
import type { Recurrence } from '../domain/subscription.ts'
import type { Store } from '../store/store.ts'

/** The first run from now, or from a local date. Days of `digest` that were sent or left out already do not count. */
export async function nextFreeRun(
  recurrence: Recurrence,
  digest: { readonly id: string; readonly from?: LocalDate | undefined } | undefined,
  { store, clock }: { readonly store: Pick<Store, 'deliveries'>; readonly clock: Clock },
): Promise<Date> {
  const past = digest ? await store.deliveries.history(digest.id, 100) : []
  const taken = new Set(past.map(({ occurrence }) => plannedDateOf(occurrence)))
  return nextRunFrom(recurrence, clock.now(), digest?.from, taken).at
}
