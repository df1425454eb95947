// Everybody of whom a digest's group figures are, so that a later version is of the same people, and whoever is forgotten is found in every
// message that their figures went into.
import { addDays, type Period } from '../domain/period.ts'
import type { PersonId } from '../domain/person.ts'
import type { OrgChart } from '../domain/team.ts'
import type { DeliveryBody } from '../reports/delivery-body.ts'
import type { ReportContext } from '../reports/section.ts'
import { membersOf } from '../stats/groups/subject-people.ts'

/** A figure without names stands beside those of the eight weeks before it, and of the week that the first of these is compared with. */
const weeksBefore = 9

/**
 * By team, whose leader is the first of it. By name it is who is in the group now, without names who was when each week ended; beside a
 * person's own figures stand those of their team without names.
 */
export function membersBehind(
  { subject, period, detail }: Pick<ReportContext, 'subject' | 'period' | 'detail'>,
  chart: OrgChart,
): NonNullable<DeliveryBody['members']> {
  const teams = new Map<PersonId, Set<PersonId>>()
  const add = (id: PersonId, then: OrgChart): void => {
    const leader = then.managerAbove(id)?.id ?? ''
    const team = teams.get(leader) ?? new Set()
    teams.set(leader, team.add(id))
  }
  for (const { id } of subject.type === 'person' || detail === 'by-name' ? membersOf(subject, chart) : []) add(id, chart)
  for (const then of subject.type === 'person' || detail === 'medians' ? chartsOf(period, chart) : []) {
    const leader = subject.type === 'person' ? then.managerAbove(subject.personId)?.id : undefined
    const shown = subject.type !== 'person' ? subject : leader !== undefined && ({ type: 'team', managerId: leader } as const)
    for (const { id } of shown ? membersOf(shown, then) : []) add(id, then)
  }
  return [...teams].map(([leader, ids]) => [leader, ...[...ids].toSorted()]).toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))
}

/** The tree as it was when the period ended, and each of the weeks before it. */
const chartsOf = ({ to }: Period, chart: OrgChart): ReadonlySet<OrgChart> =>
  new Set(Array.from({ length: weeksBefore + 1 }, (_, weeks) => chart.asOf(addDays(to, -7 * weeks))))
