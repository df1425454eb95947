// App Home from the same parts as messages: tables are native, charts are sparklines (Home has none).
import type { HomeView, KnownBlock } from '@slack/types'
import { blocksOf, fitted } from './blocks/blocks.ts'
import { limits } from './limits.ts'
import type { Part } from './message.ts'

/** Home's own budget is unpublished; it takes more than a message. */
const room = { blocks: limits.viewBlocks - 2, characters: 30_000, tableRows: limits.dataTableRows }

export function toHomeView(parts: readonly Part[]): HomeView {
  const { parts: kept } = fitted(parts, 'home', '· type the command to see them', undefined, room)
  // No chart can be among them: on this surface they are words.
  return { type: 'home', blocks: blocksOf(kept, 'home') as KnownBlock[] }
}
