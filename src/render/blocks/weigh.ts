// How much of Slack's whole-message budget blocks use. Slack does not say what it counts; every text a reader or a press could see
// is counted, which is never less.
import type { SlackBlock } from './slack-blocks.ts'

const uncounted = new Set(['type', 'block_id', 'action_id', 'style'])

/** Characters of every text, value and address in the blocks. */
export function charactersOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value === 'number') return 0
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + charactersOf(item), 0)
  if (typeof value !== 'object' || value === null) return 0
  let sum = 0
  for (const key in value) if (!uncounted.has(key)) sum += charactersOf((value as Record<string, unknown>)[key])
  return sum
}

export const weightOf = (blocks: readonly SlackBlock[]): { readonly blocks: number; readonly characters: number } => ({
  // Slack does not say whether what a container holds counts too.
  blocks: blocks.reduce((count, block) => count + 1 + (block.type === 'container' ? block.child_blocks.length : 0), 0),
  characters: charactersOf(blocks),
})
