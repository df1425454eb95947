// Whom somebody coaches, what they were told, and the goal they coach by: read for every reminder, button and list, so that grants that
// ended and people who moved count at once.

import type { CoachingGoal } from '../domain/coaching.ts'
import { goalOf } from '../domain/coaching.ts'
import type { LocalDate } from '../domain/period.ts'
import type { Person } from '../domain/person.ts'
import type { Viewer } from '../domain/policy.ts'
import type { OrgChart } from '../domain/team.ts'
import type { GoalInForce, ReminderFacts } from '../reports/reminder-facts.ts'
import type { CoachingStore } from '../store/digests/coaching.ts'

/** Direct reports, and people granted as coach or stand-in until their day; active ones, oneself never. */
export function coacheesOf(viewer: Viewer, chart: OrgChart, today: LocalDate): readonly Person[] {
  const { person } = viewer
  if (viewer.standing !== 'member' || !person?.active) return []
  const granted = viewer.grants.flatMap((grant) =>
    grant.type === 'coach' && (grant.until === undefined || today < grant.until) ? (chart.people.get(grant.personId) ?? []) : [],
  )
  const people = new Map([...chart.team(person.id), ...granted].map((each) => [each.id, each]))
  return [...people.values()].filter(({ id, active }) => active && id !== person.id)
}

export async function goalInForce(
  goal: CoachingGoal,
  viewer: Viewer,
  nameOf: (slackUserId: string) => Promise<string>,
): Promise<GoalInForce> {
  if (goal.setBySlackId === undefined) return { goal }
  return { goal, setBy: goal.setBySlackId === viewer.slackUserId ? 'you' : await nameOf(goal.setBySlackId) }
}

export type FactsOf = (viewer: Viewer, today: LocalDate) => Promise<ReminderFacts>

export function createFactsOf(parts: {
  readonly coaching: Pick<CoachingStore, 'goals' | 'items'>
  chart(): Promise<OrgChart>
  nameOf(slackUserId: string): Promise<string>
}): FactsOf {
  return async (viewer, today) => {
    const coachId = viewer.person?.id ?? ''
    const [chart, goals, items] = await Promise.all([parts.chart(), parts.coaching.goals(), parts.coaching.items(coachId)])
    return {
      coacheeIds: coacheesOf(viewer, chart, today).map(({ id }) => id),
      goal: await goalInForce(goalOf(coachId, goals), viewer, parts.nameOf),
      items,
    }
  }
}
