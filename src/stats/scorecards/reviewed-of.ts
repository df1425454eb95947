// Whose cards are in a figure, for who may see everybody by name: one person's cards alone are that person's own figure. Pure.
import type { Filled } from './filled-by.ts'
import type { ReviewedOf } from './results.ts'

export const reviewedOf = (now: readonly Filled[], before: readonly Filled[]): ReviewedOf => ({
  value: [...new Set(now.map(({ reviewedId }) => reviewedId))],
  before: [...new Set(before.map(({ reviewedId }) => reviewedId))],
})
