// When Gong's figures of a period no longer change. Gong analyzes some calls days later, so a reading made soon after a period is not
// the last word on it. Knows nothing of who reads.
import { addDays, type LocalDate, type Period } from './period.ts'

/** Days after a period during which its figures are fetched again. */
const settlesAfterDays = 7

/** The last local date on which a reading of the period may still be changed by a later one. `16–22 Nov` settles through 30 Nov. */
const settlesThrough = (period: Period): LocalDate => addDays(period.to, settlesAfterDays)

/** Whether a reading made on `readOn` (local date in the company's zone) is final. */
export const isSettled = (period: Period, readOn: LocalDate): boolean => readOn > settlesThrough(period)
