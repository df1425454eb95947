// Coaching counts of several workspaces, added up per manager and report: a call belongs to one workspace.
import type { CoachingCounts } from '../domain/gong-figures.ts'

const counters = ['callsListenedTo', 'commentsGiven', 'scorecardsFilled', 'callsAttended', 'callsWithFeedback'] as const

/** One row per manager and report. A counter none of the rows gives stays unknown. */
export function addCoaching(rows: readonly CoachingCounts[]): readonly CoachingCounts[] {
  const sums = new Map<string, CoachingCounts>()
  for (const row of rows) {
    const key = `${row.managerId}/${row.reportId ?? ''}`
    const before = sums.get(key)
    sums.set(key, before ? add(before, row) : row)
  }
  return [...sums.values()]
}

function add(a: CoachingCounts, b: CoachingCounts): CoachingCounts {
  const sum: { -readonly [K in keyof CoachingCounts]: CoachingCounts[K] } = { ...a }
  for (const counter of counters) {
    const value = b[counter]
    if (value !== undefined) sum[counter] = (a[counter] ?? 0) + value
  }
  return sum
}
