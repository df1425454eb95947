// Who a subject is made of: a team is the direct reports, an org everybody below, the company everybody active.
import type { Person } from '../../domain/person.ts'
import type { Subject } from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'

/** The active people of a subject, by name; a person is a group of one, leavers included. */
export function membersOf(subject: Subject, chart: OrgChart): readonly Person[] {
  switch (subject.type) {
    case 'person': {
      const person = chart.people.get(subject.personId)
      return person ? [person] : []
    }
    case 'team':
      return chart.team(subject.managerId)
    case 'org':
      return chart.org(subject.managerId)
    case 'company':
      return chart.active
  }
}

/** The manager whose team or org it is; undefined for a person, the company, or somebody unknown. */
export const managerOf = (subject: Subject, chart: OrgChart): Person | undefined =>
  subject.type === 'team' || subject.type === 'org' ? chart.people.get(subject.managerId) : undefined

/** The managers of a subject, themselves included, by name. */
export function managersOf(subject: Subject, chart: Pick<OrgChart, 'managers' | 'org'>): readonly Person[] {
  if (subject.type === 'company') return chart.managers
  const top = subject.type === 'person' ? subject.personId : subject.managerId
  const below = subject.type === 'org' ? new Set(chart.org(top).map(({ id }) => id)) : new Set<string>()
  return chart.managers.filter(({ id }) => id === top || below.has(id))
}
