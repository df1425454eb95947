// The coaching service: reminders on and off, the goal, and answers, each in its own file.

import { answerReminder } from './answer-reminder.ts'
import { coacheesNow, mustCoach } from './coachees.ts'
import type { CoachingServiceDeps } from './deps.ts'
import { companyGoal, goalFor, setGoal } from './goal.ts'
import { reminderState, turnOffReminder, turnOnReminder } from './reminder-subscription.ts'
import type { CoachingService } from './service.ts'

export function createCoachingService(deps: CoachingServiceDeps): CoachingService {
  const { store, messages } = deps
  const { coaching } = store
  return {
    coachees: (viewer) => coacheesNow(viewer, deps),
    mustCoach: (viewer) => mustCoach(viewer, deps),
    goal: (viewer) => goalFor(viewer, deps),
    companyGoal: (viewer) => companyGoal(viewer, deps),
    setGoal: (viewer, everyWeeks, scope) => setGoal(viewer, everyWeeks, scope, deps),
    state: (viewer) => reminderState(viewer, deps),
    turnOn: (viewer, zone) => turnOnReminder(viewer, zone, deps),
    turnOff: (viewer) => turnOffReminder(viewer, deps),
    answer: (viewer, itemId, answer) => answerReminder(viewer, itemId, answer, deps),
    async message(viewer, deliveryId) {
      if (viewer.standing !== 'member') return undefined
      const items = await coaching.ofDelivery(deliveryId)
      if (items.length === 0 || items.some(({ managerId }) => managerId !== viewer.person?.id)) return undefined
      return messages.redraw(deliveryId, items)
    },
    async show(itemId) {
      const item = await coaching.item(itemId)
      if (item) await messages.show(item.deliveryId)
    },
    async waiting(viewer) {
      if (!viewer.person) return []
      const [items, coachees] = await Promise.all([coaching.items(viewer.person.id), coacheesNow(viewer, deps)])
      return items.filter(({ status, reportId }) => status === 'open' && coachees.some(({ id }) => id === reportId))
    },
  }
}
