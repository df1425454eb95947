// What a digest is about: as a subject of the policy, and in words.
import type { Subject } from '../domain/policy.ts'
import type { Subscription } from '../domain/subscription.ts'
import { leadsLeaders, type OrgChart } from '../domain/team.ts'

type About = Pick<Subscription, 'kind' | 'subjectId'>

export function subjectOf({ kind, subjectId }: About): Subject {
  if (kind === 'company' || subjectId === undefined) return { type: 'company' }
  if (kind === 'personal') return { type: 'person', personId: subjectId }
  return { type: kind === 'org' ? 'org' : 'team', managerId: subjectId }
}

/** "Priya Nair's team", "Ana Diaz", "the company": untrusted text. */
export function aboutOf({ kind, subjectId }: About, chart: Pick<OrgChart, 'people'>): string {
  const name = subjectId === undefined ? undefined : chart.people.get(subjectId)?.name
  if (kind === 'company' || name === undefined) return 'the company'
  return kind === 'personal' || kind === 'reminder' ? name : `${name}'s ${kind === 'org' ? 'org' : 'team'}`
}

/** Whether the person still works here and the team still has people. */
export function subjectExists({ kind, subjectId }: About, chart: OrgChart): boolean {
  if (kind === 'company' || subjectId === undefined) return kind === 'company'
  if (!chart.people.get(subjectId)?.active) return false
  if (kind === 'org') return leadsLeaders(subjectId, chart)
  // A coach may coach by grant alone; a reminder without coachees is empty, and its subject still exists.
  return kind === 'personal' || kind === 'reminder' || chart.team(subjectId).length > 0
}
