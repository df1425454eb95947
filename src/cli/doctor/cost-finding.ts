// What reading Gong will take, in words: the first time, or what is left of it, and on a normal day.
import { type Plan, refreshShare } from '../../sync/plan.ts'
import type { Finding } from './finding.ts'

/**
 * What is due now and how long that takes; what a normal day takes after: readings of periods that can still move are made again each
 * hour, or less often where that would take more than refreshing's share of the day.
 */
export function costFinding(plan: Plan, limits: { readonly perSecond: number; readonly perDay: number }): Finding {
  const requests = plan.due.reduce((total, read) => total + read.requests, 0)
  const aDay = Math.min(plan.moving * 24, Math.floor(refreshShare * limits.perDay))
  const normal = `a normal day takes up to ${aDay} of ${limits.perDay}.`
  const time = `about ${Math.max(1, Math.ceil(requests / limits.perSecond / 60))} min at ${limits.perSecond} a second`
  const says =
    requests === 0
      ? `Everything wanted was read, nothing is due now; ${normal}`
      : plan.due.length === plan.wanted
        ? `The first reading takes ${requests} requests, ${time}; ${normal}`
        : `${requests} requests are due now, ${time}; ${normal}`
  return { area: 'Gong', state: 'good', says }
}
