// A message of the tree as Slack takes it: blocks and the top-level text, made from the same parts, within Slack's limits and without
// what Slack has refused before. What found no room goes to the thread and a line says so.
import { idsOnce } from './controls.ts'
import { isTextOnly, plainness, type Refused, withoutRefused } from './degrade.ts'
import { type Fitted, fitInto, type Room } from './fit.ts'
import { limits } from './limits.ts'
import type { Message, Part } from './message.ts'
import { partBlocks, partLines } from './part-blocks.ts'
import type { SlackBlock, SlackMessage, Surface } from './slack-blocks.ts'
import { splitLine } from './split-line.ts'
import { clip, joined, line } from './text.ts'
import { weightOf } from './weigh.ts'

export interface ToSlack {
  /** Kinds of block Slack has refused (`data_table`, `data_visualization` …); `section` leaves text alone. */
  readonly refused?: Refused
  /** `ephemeral`: a private reply, which has no thread of its own. */
  readonly surface?: 'message' | 'ephemeral'
}

const room: Room = {
  blocks: limits.messageBlocksToBeSafe,
  characters: limits.messageCharactersToBeSafe,
  tableRows: limits.dataTableRows,
}

const moreWords = { message: 'in the thread', ephemeral: '· ask for fewer people or a shorter time to see them' } as const

/** The message itself. */
export function toSlack(message: Message, o: ToSlack = {}): SlackMessage {
  const surface = o.surface ?? 'message'
  if (isTextOnly(o.refused)) return { text: textAlone(message.summary, message.parts), blocks: [] }
  const { parts } = fitted(message.parts, surface, moreWords[surface], o.refused)
  return { text: topLevelText(message.summary), blocks: blocksOf(parts, surface, o.refused) }
}

/** The reply in the thread: what was planned for it after what found no room in the message; undefined when there is nothing. */
export function threadToSlack(message: Message, o: ToSlack = {}): SlackMessage | undefined {
  const { rest } = isTextOnly(o.refused) ? { rest: [] } : fitted(message.parts, 'message', moreWords.message, o.refused)
  const parts = [...rest, ...(message.thread ?? [])]
  if (!parts.some((part) => part.type !== 'divider')) return undefined
  const summary = `Details: ${message.summary}`
  if (isTextOnly(o.refused)) return { text: textAlone(summary, parts), blocks: [] }
  const kept = fitted(parts, 'message', '· type the command with CSV to have them all', o.refused)
  const blocks = blocksOf(kept.parts, 'message', o.refused)
  return blocks.length === 0 ? undefined : { text: topLevelText(summary), blocks }
}

/** Parts that fit a surface's room, and what did not. */
export function fitted(parts: readonly Part[], surface: Surface, more: string, refused?: Refused, within: Room = room): Fitted {
  const allowed = parts.flatMap((part) => withoutRefused(part, refused) ?? [])
  const isPlain = plainness(allowed, surface, refused)
  const fit = fitInto(allowed, within, (part) => weightOf(partBlocks(part, isPlain(part), (id) => id)), more)
  // The line that says how much is missing was added by the fitting: it too does without what was refused.
  return { ...fit, parts: fit.parts.flatMap((part) => withoutRefused(part, refused) ?? []) }
}

/** Blocks of parts that fit already; action ids are unique among them. */
export function blocksOf(parts: readonly Part[], surface: Surface, refused?: Refused): SlackBlock[] {
  const isPlain = plainness(parts, surface, refused)
  const idOnce = idsOnce()
  return parts.flatMap((part) => partBlocks(part, isPlain(part), idOnce))
}

/** Escaped: a summary is a plain string with names in it. Never empty, because Slack refuses that. */
const topLevelText = (summary: string): string =>
  splitLine(line(clip(summary.trim(), limits.text) || '–'), limits.topLevelText)[0]?.mrkdwn ?? '–'

/** Everything in words, for when Slack takes no blocks. */
function textAlone(summary: string, parts: readonly Part[]): string {
  const lines = [line(summary), ...parts.flatMap(partLines)].filter(({ plain }) => plain.trim() !== '')
  const [first, ...more] = splitLine(joined(lines, '\n'), limits.topLevelText - 40)
  return `${first?.mrkdwn ?? '–'}${more.length > 0 ? '\n… and more: ask again for fewer people.' : ''}`
}
