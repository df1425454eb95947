// What a bare command is about: oneself for a rep, the team for a manager, the org for a manager of managers, the company for an admin. For
// coaching, a manager's own coverage and what a rep received come before the company.
import type { LocalDate } from '../../domain/period.ts'
import { type Subject, type Viewer, viewedOrgs } from '../../domain/policy.ts'
import { leadsLeaders, type OrgChart } from '../../domain/team.ts'

/** The first org somebody views who is not in Gong. Undefined when the asker has no match, no such role, and is no admin. */
export function defaultSubject(viewer: Viewer, chart: OrgChart, about: 'figures' | 'coaching', today: LocalDate): Subject | undefined {
  const self = viewer.person
  const leads = self !== undefined && chart.team(self.id).length > 0
  if (viewer.isAdmin && (about === 'figures' || !leads)) return { type: 'company' }
  if (self === undefined) {
    const [managerId] = viewedOrgs(viewer, today)
    return managerId === undefined ? undefined : { type: 'org', managerId }
  }
  if (!leads) return { type: 'person', personId: self.id }
  return { type: about === 'figures' && leadsLeaders(self.id, chart) ? 'org' : 'team', managerId: self.id }
}
