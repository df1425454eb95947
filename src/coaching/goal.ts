// The goal somebody coaches by: their own, or the company's.

import { type CoachingGoal, defaultGoal, goalOf } from '../domain/coaching.ts'
import type { Viewer } from '../domain/policy.ts'
import { AskError } from '../errors.ts'
import { mustBeKept } from '../people/must-be-kept.ts'
import type { GoalInForce } from '../reports/reminder-facts.ts'
import { mustCoach } from './coachees.ts'
import type { CoachingServiceDeps } from './deps.ts'
import { changeBy } from './record-change.ts'

/** With whoever set it, as the viewer reads it. */
export async function goalInForce(
  goal: CoachingGoal,
  viewer: Viewer,
  nameOf: (slackUserId: string) => Promise<string>,
): Promise<GoalInForce> {
  if (goal.setBySlackId === undefined) return { goal }
  return { goal, setBy: goal.setBySlackId === viewer.slackUserId ? 'you' : await nameOf(goal.setBySlackId) }
}

export const goalFor = async (viewer: Viewer, { store, nameOf }: CoachingServiceDeps): Promise<GoalInForce> =>
  goalInForce(goalOf(viewer.person?.id ?? '', await store.coaching.goals()), viewer, nameOf)

export async function companyGoal(viewer: Viewer, { store, nameOf }: CoachingServiceDeps): Promise<GoalInForce> {
  const goal = (await store.coaching.goals()).find(({ managerId }) => managerId === undefined)
  return goalInForce(goal ?? defaultGoal, viewer, nameOf)
}

/** @throws AskError when the viewer coaches nobody, or is no admin and sets the company's */
export async function setGoal(
  viewer: Viewer,
  everyWeeks: number,
  scope: 'mine' | 'company',
  deps: CoachingServiceDeps,
): Promise<GoalInForce> {
  const isCompany = scope === 'company'
  if (isCompany && !(viewer.isAdmin && viewer.standing === 'member')) {
    throw new AskError("The company's goal is for the bot's admins to set. You can set your own once you coach somebody.")
  }
  const own = isCompany ? {} : { managerId: await mustCoach(viewer, deps) }
  const goal = { ...own, everyWeeks, setBySlackId: viewer.slackUserId, setAt: deps.clock.now() }
  const record = changeBy(viewer, `coaching goal${isCompany ? ' of the company' : ''}: every ${everyWeeks} weeks`, deps)
  await deps.store.recorded(
    ({ coaching }) => coaching.setGoal(goal),
    (isSet) => (isSet ? [record] : []),
  )
  await mustBeKept([own.managerId], deps.store)
  return goalInForce(goal, viewer, deps.nameOf)
}
