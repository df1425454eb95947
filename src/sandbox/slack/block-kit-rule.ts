// The contract of one block's rule, and the surfaces a block may stand on. Knows no block.
import type { Check, Fields } from './block-kit-check.ts'

export type BlockSurface = 'message' | 'modal' | 'home'

export interface BlockRule {
  readonly surfaces: readonly BlockSurface[]
  /** Besides `type` and `block_id`. */
  readonly fields: readonly string[]
  check(check: Check, block: Fields, at: string): void
}

export const everywhere: readonly BlockSurface[] = ['message', 'modal', 'home']
