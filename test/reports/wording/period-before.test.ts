// The figure compared with is called by its period, so that it is not taken for the usual one beside it.
import { expect, it } from 'vitest'
import { periodBefore } from '../../../src/domain/period.ts'
import { figureBefore } from '../../../src/reports/wording/period-before.ts'

it.each([
  ['2026-11-16', '2026-11-23', '49 the week before'],
  ['2026-10-01', '2026-11-01', '49 the month before'],
  ['2026-07-01', '2026-10-01', '49 the quarter before'],
  ['2025-01-01', '2026-01-01', '49 the year before'],
  // Two months have no name.
  ['2026-09-01', '2026-11-01', '1 Jul–31 Aug: 49'],
  ['2026-11-09', '2026-11-23', '26 Oct–8 Nov: 49'],
  // Monday and Tuesday of this week are compared with those of last week.
  ['2026-11-23', '2026-11-25', '16–17 Nov: 49'],
])('from %s to %s: %s', (from, to, expected) => {
  const period = { from, to }
  expect(figureBefore('49', { period, before: periodBefore(period) }, 'en-GB')).toBe(expected)
})
