// Managers whose coaching figures are prefetched. Gong's live API needs one request per manager, so only those in a digest or reminder are
// prefetched; any other is fetched on demand.
import type { PersonId } from '../domain/person.ts'
import type { Subscription } from '../domain/subscription.ts'
import type { OrgChart } from '../domain/team.ts'
import { managersOf } from '../stats/groups/subject-people.ts'
import type { Store } from '../store/store.ts'

/** As {@link managersInDigests}, from the store. */
export async function coachedManagers(store: Pick<Store, 'subscriptions' | 'people'>): Promise<readonly PersonId[]> {
  const [subscriptions, chart] = await Promise.all([store.subscriptions.all(), store.people.chart()])
  return managersInDigests(subscriptions, chart)
}

/**
 * Manager digests and reminders cover their manager or coach, an org digest the managers below, a company digest all. Paused ones count:
 * they may resume any day.
 */
export function managersInDigests(
  subscriptions: readonly Pick<Subscription, 'kind' | 'subjectId' | 'status'>[],
  chart: Pick<OrgChart, 'managers' | 'org'>,
): readonly PersonId[] {
  const wanted = subscriptions.filter(({ status }) => status !== 'stopped')
  if (wanted.some(({ kind }) => kind === 'company')) return chart.managers.map(({ id }) => id)
  const ids = wanted.flatMap(({ kind, subjectId }) => {
    if (subjectId === undefined) return []
    if (kind === 'org') return managersOf({ type: 'org', managerId: subjectId }, chart).map(({ id }) => id)
    return kind === 'manager' || kind === 'reminder' ? [subjectId] : []
  })
  return [...new Set(ids)].toSorted()
}
