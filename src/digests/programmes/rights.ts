// Who may set up, change and stop a programme, and which drafts can be carried out.
import type { LocalDate } from '../../domain/period.ts'
import type { PersonId } from '../../domain/person.ts'
import { maySee, type Viewer } from '../../domain/policy.ts'
import type { Programme } from '../../domain/programme.ts'
import type { OrgChart } from '../../domain/team.ts'
import { AskError } from '../../errors.ts'
import type { ProgrammeDraft } from '../service.ts'
import { type ProgrammeDeps, todayOf } from './deps.ts'

/** Leaders of the org by name, viewers of it by grant, and admins; the whole company is for admins. */
export function mayLead(viewer: Viewer, orgOf: string | undefined, chart: OrgChart, today: LocalDate): boolean {
  const verdict = maySee(viewer, orgOf === undefined ? { type: 'company' } : { type: 'org', managerId: orgOf }, chart, today)
  return verdict.allowed && verdict.detail === 'by-name'
}

/** The programme, if it goes on and the viewer may change it. @throws AskError */
export async function programmeLedBy(viewer: Viewer, id: string, deps: ProgrammeDeps): Promise<Programme> {
  const programme = (await deps.store.subscriptions.programmes()).find((one) => one.id === id)
  if (programme?.status !== 'active' || !mayLead(viewer, programme.orgOf, await deps.store.people.chart(), todayOf(deps)))
    throw new AskError('That programme is gone, or it is not yours to change.', [
      { label: 'My digests', command: '/gong-digest', text: '' },
    ])
  return programme
}

/**
 * The draft as it may be carried out: the teams of a pilot are its organization's, each once. `before`: teams it has already that left the
 * organization are dropped. @throws AskError where the viewer may not set it up, or something of it is missing or is no such team
 */
export async function soundDraft(
  viewer: Viewer,
  draft: ProgrammeDraft,
  deps: ProgrammeDeps,
  before: readonly PersonId[] = [],
): Promise<ProgrammeDraft> {
  const chart = await deps.store.people.chart()
  if (!mayLead(viewer, draft.orgOf, chart, todayOf(deps)))
    throw new AskError('You can set up programmes for the people below you; admins for everybody.')
  if (draft.recurrence.weekdays.length === 0) throw new AskError('Choose at least one weekday.')
  if (draft.stage !== 'pilot') return { ...draft, pilotTeams: [] }
  const chosen = [...new Set(draft.pilotTeams)]
  const pilotTeams = chosen.filter((id) => isTeamOf(draft.orgOf, id, chart))
  if (chosen.some((id) => !pilotTeams.includes(id) && !before.includes(id)))
    throw new AskError('The teams of a pilot are teams of its organization. Choose them from the list.')
  if (pilotTeams.length === 0) throw new AskError('Choose the teams of the pilot.')
  return { ...draft, pilotTeams }
}

const isTeamOf = (orgOf: string | undefined, managerId: PersonId, chart: OrgChart): boolean =>
  chart.team(managerId).length > 0 && (orgOf === undefined || orgOf === managerId || chart.above(managerId).some(({ id }) => id === orgOf))
