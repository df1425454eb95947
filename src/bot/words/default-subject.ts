// What a bare command is about: oneself for a rep, the team for a manager, the company for an admin. For coaching, a manager's own
// coverage and what a rep received come before the company.
import type { Subject, Viewer } from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'

/** Undefined when the asker has no match in Gong and is no admin. */
export function defaultSubject(viewer: Viewer, chart: OrgChart, about: 'figures' | 'coaching'): Subject | undefined {
  const self = viewer.person
  const leads = self !== undefined && chart.team(self.id).length > 0
  if (viewer.isAdmin && (about === 'figures' || !leads)) return { type: 'company' }
  if (self === undefined) return undefined
  return leads ? { type: 'team', managerId: self.id } : { type: 'person', personId: self.id }
}
