// The facts a reminder is built from: coachees, goal and what earlier reminders said.

import { goalOf } from '../domain/coaching.ts'
import type { LocalDate } from '../domain/period.ts'
import type { Viewer } from '../domain/policy.ts'
import type { OrgChart } from '../domain/team.ts'
import type { ReminderFacts } from '../reports/reminder-facts.ts'
import type { CoachingStore } from '../store/digests/coaching.ts'
import { coacheesOf } from './coachees.ts'
import { goalInForce } from './goal.ts'

export type FactsOf = (viewer: Viewer, today: LocalDate) => Promise<ReminderFacts>

export function createFactsOf(deps: {
  readonly coaching: Pick<CoachingStore, 'goals' | 'items'>
  chart(): Promise<OrgChart>
  nameOf(slackUserId: string): Promise<string>
}): FactsOf {
  return async (viewer, today) => {
    const coachId = viewer.person?.id ?? ''
    const [chart, goals, items] = await Promise.all([deps.chart(), deps.coaching.goals(), deps.coaching.items(coachId)])
    return {
      coacheeIds: coacheesOf(viewer, chart, today).map(({ id }) => id),
      goal: await goalInForce(goalOf(coachId, goals), viewer, deps.nameOf),
      items,
    }
  }
}
