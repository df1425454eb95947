// Fetches people once a day: the whole list, because a leaver shows only by being absent. A pilot restricts figures, not this list:
// without it nobody could be matched, no next team chosen, and everybody outside would look like a leaver.
import type { Clock } from '../clock.ts'
import type { GongPurpose } from '../domain/gong-ports.ts'
import { localDateOf } from '../domain/period.ts'
import type { GongSource } from '../gong/source.ts'
import type { Store } from '../store/store.ts'

const refreshAfterMs = 24 * 3_600_000

export interface PeopleDeps {
  readonly source: GongSource
  readonly store: Pick<Store, 'people'>
  readonly clock: Clock
  readonly zone: string
}

/** Whether the list is missing or a day old. */
export async function arePeopleDue(deps: Pick<PeopleDeps, 'store' | 'clock'>): Promise<boolean> {
  const readAt = await deps.store.people.readAt()
  return readAt === undefined || deps.clock.now().getTime() - readAt.getTime() >= refreshAfterMs
}

/** Reads everybody and replaces the list. Returns the requests it took. */
export async function refreshPeople(
  deps: PeopleDeps,
  ask: { readonly purpose: GongPurpose; readonly signal?: AbortSignal },
): Promise<number> {
  const { source, store, clock, zone } = deps
  const answer = await source.fetchPeople(ask)
  const readAt = clock.now()
  await store.people.replaceAll(answer.records, { readAt, seenOn: localDateOf(readAt, zone) })
  return answer.requests
}
