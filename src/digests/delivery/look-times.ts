// When to look for a post that may or may not have landed.

/** When the first and the second look are due, counted from the attempt: a post that timed out can still land. */
export interface LookTimes {
  readonly firstMs: number
  readonly secondMs: number
}

export const patientLooks: LookTimes = { firstMs: 30_000, secondMs: 60_000 }
