// What Gong shows after a reminder named somebody: the evidence that closes it by itself. Pure; coaching/reminder-closing.ts decides which
// items wait and what becomes of them.
import { type CoachingEvidence, isWaiting, type ReminderItem } from '../../domain/coaching.ts'
import type { AnsweredScorecard, CoachingCounts } from '../../domain/gong-figures.ts'
import { addDays, type LocalDate, localDateOf } from '../../domain/period.ts'
import { isCoached, isCoaching } from './coverage.ts'

/** Gong's counts per report of one manager, over a window that begins on `from`. */
export interface CoachingWindow {
  readonly managerId: string
  readonly from: LocalDate
  readonly rows: readonly CoachingCounts[]
}

export interface ClosedItem {
  readonly item: ReminderItem
  readonly evidence: CoachingEvidence
}

/**
 * The waiting items that Gong shows as done, in their order: the first card by a person from this manager that was answered after
 * the report was named, else counts per report of a week that was not over on that day (it had none then, or nobody was named).
 */
export function evidenceOf(
  items: readonly ReminderItem[],
  cards: readonly AnsweredScorecard[],
  windows: readonly CoachingWindow[],
  zone: string,
): readonly ClosedItem[] {
  const cardsBy = Map.groupBy(cards.filter(isCoaching), (card) => pair(card.reviewerId ?? '', card.reviewedId))
  return items.filter(isWaiting).flatMap((item): ClosedItem[] => {
    const answered = (cardsBy.get(pair(item.managerId, item.reportId)) ?? [])
      .map(({ answeredAt }) => answeredAt)
      .filter((at) => at > item.openedAt)
      .toSorted((a, b) => a.getTime() - b.getTime())
    const [first] = answered
    if (first) return [{ item, evidence: { type: 'scored', on: localDateOf(first, zone) } }]
    const named = localDateOf(item.openedAt, zone)
    const window = windows
      .filter(({ managerId, from }) => managerId === item.managerId && addDays(from, 7) > named)
      .toSorted((a, b) => (a.from < b.from ? -1 : 1))
      .find(({ rows }) => rows.some((row) => row.reportId === item.reportId && isCoached(row)))
    return window ? [{ item, evidence: { type: 'coached', on: window.from } }] : []
  })
}

const pair = (managerId: string, reportId: string): string => `${managerId} ${reportId}`
