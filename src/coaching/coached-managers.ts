// Whose coaching is read ahead where Gong answers for one manager a request: those whom a digest or a reminder tells of. Who asks about
// another manager gets that one read for the question.
import type { PersonId } from '../domain/person.ts'
import type { Subscription } from '../domain/subscription.ts'
import type { OrgChart } from '../domain/team.ts'
import type { Store } from '../store/store.ts'

/** As {@link managersToldOf}, from the store. */
export async function coachedManagers(store: Pick<Store, 'subscriptions' | 'people'>): Promise<readonly PersonId[]> {
  const [subscriptions, chart] = await Promise.all([store.subscriptions.all(), store.people.chart()])
  return managersToldOf(subscriptions, chart)
}

/** Manager digests and reminders tell of their manager or coach, a company digest of all managers. Paused ones may go on any day. */
export function managersToldOf(
  subscriptions: readonly Pick<Subscription, 'kind' | 'subjectId' | 'status'>[],
  chart: Pick<OrgChart, 'managers'>,
): readonly PersonId[] {
  const wanted = subscriptions.filter(({ status }) => status !== 'stopped')
  if (wanted.some(({ kind }) => kind === 'company')) return chart.managers.map(({ id }) => id)
  const ids = wanted.flatMap(({ kind, subjectId }) => ((kind === 'manager' || kind === 'reminder') && subjectId ? [subjectId] : []))
  return [...new Set(ids)].toSorted()
}
