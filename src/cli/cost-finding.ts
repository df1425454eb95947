// What reading Gong will take, in words: the first time and on a normal day.
import type { LocalDate } from '../domain/period.ts'
import { type Plan, refreshShare } from '../sync/plan.ts'
import { isFinal } from '../sync/wanted.ts'
import type { Finding } from './finding.ts'

/**
 * What is due now and how long that takes; what a normal day takes after: readings of periods that can still move are made again each
 * hour, or less often where that would take more than refreshing's share of the day.
 */
export function costFinding(
  plan: Plan,
  limits: { readonly perSecond: number; readonly perDay: number; readonly today: LocalDate },
): Finding {
  const sum = (reads: Plan['due']) => reads.reduce((total, read) => total + read.requests, 0)
  const requests = sum(plan.due)
  if (requests === 0) return { area: 'Gong', state: 'good', says: 'Everything wanted was read; nothing is due now.' }
  const minutes = Math.max(1, Math.ceil(requests / limits.perSecond / 60))
  const moving = sum(plan.due.filter(({ period }) => !isFinal(period, limits.today)))
  const aDay = Math.min(moving * 24, Math.floor(refreshShare * limits.perDay))
  return {
    area: 'Gong',
    state: 'good',
    says: `${requests} requests are due now, about ${minutes} min at ${limits.perSecond} a second; a normal day takes up to ${aDay} of ${limits.perDay}.`,
  }
}
