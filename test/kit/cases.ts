// How much of a suite runs: of its random cases a tenth, of a crowd a smaller one, and all of it in `npm run test:full`.
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** 0–1. */
    readonly shareOfCases: number
  }
}

export const casesOf = (all: number): number => Math.ceil(all * inject('shareOfCases'))

/** How many people, digests or kills show the same claim: `usual` in `npm test`, `whole` in `npm run test:full`. */
export const sizeOf = ({ usual, whole }: { readonly usual: number; readonly whole: number }): number =>
  inject('shareOfCases') === 1 ? whole : usual
