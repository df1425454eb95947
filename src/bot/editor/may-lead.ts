// For whom somebody may set up programmes, asked before a form names or counts anybody. The programme service asks again.
import { maySee, type Viewer } from '../../domain/policy.ts'
import type { OrgChart } from '../../domain/team.ts'
import { AskError } from '../../errors.ts'

/** `managerId` undefined: the whole company. */
export function mayLead(viewer: Viewer, managerId: string | undefined, chart: OrgChart, today: string): boolean {
  const verdict = maySee(viewer, managerId === undefined ? { type: 'company' } : { type: 'org', managerId }, chart, today)
  return verdict.allowed && verdict.detail === 'by-name'
}

/** Whether there is anybody they could set one up for. */
export const leadsSome = (viewer: Viewer, chart: OrgChart, today: string): boolean =>
  mayLead(viewer, undefined, chart, today) || chart.managers.some(({ id }) => mayLead(viewer, id, chart, today))

/** @throws AskError for an organization that is not theirs to lead */
export function mustLead(viewer: Viewer, managerId: string | undefined, chart: OrgChart, today: string): void {
  if (!mayLead(viewer, managerId, chart, today))
    throw new AskError('Programmes are for those who lead the people they are for, and for admins.')
}
