// When Gong's figures of a period no longer change. Gong analyzes some calls days later, so a reading made soon after a period is not
// the last word on it. Knows nothing of who reads.
import { addDays, type LocalDate, type Period } from './period.ts'

/** Full days after a period during which its figures are fetched again. */
const settlesAfterDays = 7

/** The last day on which a period's figures may still change: 16–22 Nov settles until 29 Nov. */
export const settlesUntil = (period: Period): LocalDate => addDays(period.to, settlesAfterDays - 1)

/** Whether a reading made on `readOn` (local date in the company's zone) is final: 16–22 Nov is settled from 30 Nov on. */
export const isSettled = (period: Period, readOn: LocalDate): boolean => readOn >= addDays(period.to, settlesAfterDays)
