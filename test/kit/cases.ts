// How many of a suite's random cases run: a tenth, and all of them in `npm run test:full`.
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** 0–1. */
    readonly shareOfCases: number
  }
}

export const casesOf = (all: number): number => Math.ceil(all * inject('shareOfCases'))
