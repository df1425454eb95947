// Whether a group was shown with figures that are deleted by now, or had people of a leader who is forgotten. When somebody is forgotten,
// readers remember the figure with that person, and one without would be the difference: so no group that their team was part of is shown for
// that period again. By teams, because every group without names is made of whole ones. Pure.
import { everyPeriodFrom } from '../../domain/forgotten-place.ts'
import { lengthDays, type Period } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import type { Subject } from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'

/** `members`: who was in the group when the period ended. */
export function lacksDeletedFigures(
  subject: Subject,
  period: Period,
  members: readonly { readonly id: PersonId }[],
  { forgottenPlaces }: Pick<OrgChart, 'forgottenPlaces'>,
): boolean {
  return forgottenPlaces.some(({ period: shown, managerId }) => isHeldAgainst(period, shown) && containsTeamOf(managerId, subject, members))
}

/** The same period, or a week beside which another begins on another day. A month's medians cannot be subtracted from a week's. */
const isHeldAgainst = (period: Period, shown: Period): boolean =>
  shown.from === everyPeriodFrom
    ? period.to <= shown.to
    : period.from < shown.to && shown.from < period.to && lengthDays(period) === lengthDays(shown)

function containsTeamOf(managerId: PersonId | undefined, subject: Subject, members: readonly { readonly id: PersonId }[]): boolean {
  if (subject.type === 'company') return true
  if (managerId === undefined || subject.type === 'person') return false
  return subject.managerId === managerId || (subject.type === 'org' && members.some(({ id }) => id === managerId))
}
