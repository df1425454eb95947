// The people somebody coaches. Read anew for every reminder, button and list, so that grants that
// ended and people who moved count at once.

import { type LocalDate, localDateOf } from '../domain/period.ts'
import type { Person } from '../domain/person.ts'
import { coachedByRole, type Viewer } from '../domain/policy.ts'
import type { OrgChart } from '../domain/team.ts'
import { AskError } from '../errors.ts'
import type { CoachingServiceDeps } from './deps.ts'

/** Direct reports, and people granted as coach or stand-in until their day; active ones, oneself never. */
export function coacheesOf(viewer: Viewer, chart: OrgChart, today: LocalDate): readonly Person[] {
  const { person } = viewer
  if (viewer.standing !== 'member' || !person?.active) return []
  const granted = coachedByRole(viewer, today).flatMap((id) => chart.people.get(id) ?? [])
  const people = new Map([...chart.team(person.id), ...granted].map((each) => [each.id, each]))
  return [...people.values()].filter(({ id, active }) => active && id !== person.id)
}

export const coacheesNow = async (
  viewer: Viewer,
  { store, clock, company }: Pick<CoachingServiceDeps, 'store' | 'clock' | 'company'>,
): Promise<readonly Person[]> => coacheesOf(viewer, await store.people.chart(), localDateOf(clock.now(), company.zone))

/** The viewer's own Gong id. @throws AskError when the viewer coaches nobody */
export async function mustCoach(viewer: Viewer, deps: Pick<CoachingServiceDeps, 'store' | 'clock' | 'company'>): Promise<string> {
  if (viewer.person && (await coacheesNow(viewer, deps)).length > 0) return viewer.person.id
  throw new AskError(
    'Reminders are for those who coach. You have no direct reports in Gong, and nobody has been assigned to you for coaching.',
    viewer.person ? [{ label: 'Coaching I received', command: '/gong-coaching', text: 'me' }] : [],
  )
}
