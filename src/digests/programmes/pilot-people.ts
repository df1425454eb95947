// People whose figures are prefetched while every programme is only a pilot: its teams, and the teams of digests set up beside it. Nobody
// else's are (data minimization); other people's figures are fetched on demand.
import type { PersonId } from '../../domain/person.ts'
import type { Programme } from '../../domain/programme.ts'
import type { Subscription } from '../../domain/subscription.ts'
import type { OrgChart } from '../../domain/team.ts'
import { managersOf } from '../../stats/groups/subject-people.ts'
import type { Store } from '../../store/store.ts'

/** As {@link peopleOfPilots}, from the store. */
export async function pilotPeople(store: Pick<Store, 'subscriptions' | 'people'>): Promise<readonly PersonId[] | undefined> {
  const programmes = await store.subscriptions.programmes()
  if (!areOnlyPilots(programmes)) return undefined
  const [subscriptions, chart] = await Promise.all([store.subscriptions.all(), store.people.chart()])
  return peopleOfPilots(programmes, subscriptions, chart)
}

/**
 * Undefined = everybody: no programme is a pilot, one has reached everyone, or somebody gets a digest of the company. A programme that
 * is only previewed prefetches nobody, and restricts nothing by itself.
 */
export function peopleOfPilots(
  programmes: readonly Pick<Programme, 'stage' | 'status' | 'pilotTeams'>[],
  subscriptions: readonly Pick<Subscription, 'kind' | 'subjectId' | 'status' | 'programmeId'>[],
  chart: OrgChart,
): readonly PersonId[] | undefined {
  if (!areOnlyPilots(programmes)) return undefined
  const beside = subscriptions.filter(({ status, programmeId }) => status !== 'stopped' && programmeId === undefined)
  if (beside.some(({ kind, subjectId }) => kind === 'company' || subjectId === undefined)) return undefined
  const people = new Set<PersonId>()
  for (const { status, stage, pilotTeams } of programmes)
    if (status === 'active' && stage === 'pilot') for (const id of pilotTeams) addTeam(id, chart, people)
  for (const { kind, subjectId = '' } of beside) {
    people.add(subjectId)
    if (kind === 'org') for (const { id } of managersOf({ type: 'org', managerId: subjectId }, chart)) addTeam(id, chart, people)
    // A personal digest shows the team's medians beside the own figures.
    addTeam(kind === 'personal' ? chart.managerAbove(subjectId)?.id : subjectId, chart, people)
  }
  const active = [...people].filter((id) => chart.people.get(id)?.active)
  return active.length === 0 ? undefined : active.toSorted()
}

const areOnlyPilots = (programmes: readonly Pick<Programme, 'stage' | 'status'>[]): boolean => {
  const active = programmes.filter(({ status }) => status === 'active')
  return active.some(({ stage }) => stage === 'pilot') && active.every(({ stage }) => stage !== 'everyone')
}

/** The manager, the direct reports, and who was one: a week without names is of those who were there then. */
function addTeam(managerId: PersonId | undefined, chart: OrgChart, people: Set<PersonId>): void {
  if (managerId === undefined) return
  people.add(managerId)
  for (const { id } of chart.team(managerId)) people.add(id)
  for (const { id, pastPlaces = [] } of chart.people.values()) if (pastPlaces.some((place) => place.managerId === managerId)) people.add(id)
}
