// Which digests the rule of a programme calls for.
import type { Person, PersonId } from '../../domain/person.ts'
import type { Programme } from '../../domain/programme.ts'
import type { Subscription } from '../../domain/subscription.ts'
import { leadsLeaders, type OrgChart } from '../../domain/team.ts'
import { AskError } from '../../errors.ts'
import type { Store } from '../../store/store.ts'

/** One digest the rule calls for. `readerId`: the Gong person who gets it by direct message. */
export interface WantedDigest {
  readonly subjectId: PersonId
  readonly readerId: PersonId
}

/**
 * The digests the rule calls for today at the programme's stage. Team, manager and org digests go to the manager, personal ones to the rep.
 */
export function wantedOf(programme: Pick<Programme, 'kind' | 'orgOf' | 'stage' | 'pilotTeams'>, chart: OrgChart): WantedDigest[] {
  if (programme.stage === 'preview') return []
  const org = programme.orgOf
  const head = org === undefined ? undefined : chart.people.get(org)
  const everybody: readonly Person[] = org === undefined ? chart.active : [...(head?.active ? [head] : []), ...chart.org(org)]
  return everybody.filter((person) => isOfRule(person, programme, chart)).map(({ id }) => ({ subjectId: id, readerId: id }))
}

/** Whether the programme that set it up still does: it has not ended, and whom the digest is about is part of it. */
function isWanted({ kind, subjectId = '' }: Pick<Subscription, 'kind' | 'subjectId'>, programme: Programme, chart: OrgChart): boolean {
  const person = chart.people.get(subjectId)
  if (programme.status !== 'active' || programme.stage === 'preview' || kind !== programme.kind || !person?.active) return false
  const { orgOf } = programme
  const isIn = orgOf === undefined || person.id === orgOf || chart.above(person.id).some(({ id }) => id === orgOf)
  return isIn && isOfRule(person, programme, chart)
}

/** Of somebody in its organization. */
function isOfRule(person: Person, programme: Pick<Programme, 'kind' | 'stage' | 'pilotTeams'>, chart: OrgChart): boolean {
  const isManager = programme.kind === 'org' ? leadsLeaders(person.id, chart) : chart.team(person.id).length > 0
  if ((programme.kind === 'personal') === isManager) return false
  const teamOf = programme.kind === 'personal' ? chart.managerAbove(person.id)?.id : person.id
  return programme.stage === 'everyone' || [teamOf, person.id].some((id) => id !== undefined && programme.pilotTeams.includes(id))
}

/** False where a programme set it up and would do so no more: it ends with the next alignment, whatever is saved about it until then. */
export async function goesOn(one: Subscription, { subscriptions, people }: Pick<Store, 'subscriptions' | 'people'>): Promise<boolean> {
  if (one.programmeId === undefined) return true
  const programme = (await subscriptions.programmes()).find(({ id }) => id === one.programmeId)
  return programme !== undefined && isWanted(one, programme, await people.chart())
}

/** @throws AskError where it does not: nobody is promised a next one */
export async function mustGoOn(one: Subscription, store: Pick<Store, 'subscriptions' | 'people'>): Promise<void> {
  if (await goesOn(one, store)) return
  throw new AskError(
    'The programme that set this digest up has ended, or does not reach whom it is about any more: it does not come again. Set up one of your own instead.',
    [{ label: 'New digest', command: '/gong-digest', text: 'new' }],
  )
}
