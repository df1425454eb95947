// A message of the tree as Slack takes it: blocks and the top-level text, made from the same parts, within Slack's limits and without
// what Slack has refused before. What found no room goes to the thread and a line says so.

import { limits } from '../limits.ts'
import type { Message, Part } from '../message.ts'
import { splitLine } from '../text/split-line.ts'
import { bold, clip, joined, line, withoutMarks } from '../text/text.ts'
import { idsOnce } from './controls.ts'
import { isTextOnly, plainness, type Refused, withoutRefused } from './degrade.ts'
import { type Fitted, fitInto, type Room } from './fit.ts'
import { openNote } from './note.ts'
import { partBlocks, partLines } from './part-blocks.ts'
import type { SlackBlock, SlackMessage, Surface } from './slack-blocks.ts'
import { weightOf } from './weigh.ts'

export interface ToSlack {
  /** Kinds of block Slack has refused (`data_table`, `data_visualization` …); `section` leaves text alone. */
  readonly refused?: Refused
  /** `ephemeral`: a private reply. Neither that nor a reply in a `thread` has a thread of its own. */
  readonly surface?: 'message' | 'ephemeral' | 'thread'
}

const room: Room = {
  blocks: limits.messageBlocksToBeSafe,
  characters: limits.messageCharactersToBeSafe,
  tableRows: limits.dataTableRows,
}

const moreWords = {
  message: 'in the thread',
  ephemeral: '· ask for fewer people or a shorter time to see them',
  thread: '· type the command with CSV to have them all',
} as const

/** A message as Slack takes it. `thread`: what belongs below it, a message for the surface `thread`; missing when there is nothing. */
export interface InSlack {
  readonly message: SlackMessage
  readonly thread?: Message
}

/** The message, and for its thread what was planned for that after what found no room. */
export function inSlack(message: Message, o: ToSlack = {}): InSlack {
  const surface = o.surface ?? 'message'
  const isText = isTextOnly(o.refused)
  const kind = surface === 'thread' ? 'message' : surface
  const fit = isText ? { parts: message.parts, rest: [] } : fitted(withLead(message.parts), kind, moreWords[surface], o.refused)
  const sent = isText
    ? { text: textAlone(message.summary, message.parts), blocks: [] }
    : { text: topLevelText(message.summary, message.parts), blocks: blocksOf(fit.parts, kind, o.refused) }
  const below = surface === 'message' ? [...fit.rest, ...(message.thread ?? [])] : []
  if (!below.some((part) => saysSomething(part, o.refused))) return { message: sent }
  return { message: sent, thread: { summary: `Details: ${message.summary}`, parts: below } }
}

/** The message itself. */
export const toSlack = (message: Message, o: ToSlack = {}): SlackMessage => inSlack(message, o).message

/** The reply in the thread; undefined when there is nothing for it. */
export function threadToSlack(message: Message, o: Pick<ToSlack, 'refused'> = {}): SlackMessage | undefined {
  const { thread } = inSlack(message, o)
  return thread && toSlack(thread, { ...o, surface: 'thread' })
}

function saysSomething(part: Part, refused?: Refused): boolean {
  if (part.type === 'divider') return false
  if (isTextOnly(refused)) return true
  const allowed = withoutRefused(part, refused)
  return allowed !== undefined && partBlocks(allowed, false, (id) => id).length > 0
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

/** Title and first sentence as one block: a desktop notification shows the first block, and it must say what the message says. */
function withLead(parts: readonly Part[]): readonly Part[] {
  const [title, first, ...rest] = parts
  if (title?.type !== 'heading' || first?.type !== 'text' || first.control) return parts
  const beside = title.beside === undefined ? '' : ` — ${title.beside}`
  return [{ type: 'text', line: joined([line(bold(clip(title.text.trim(), limits.header)), beside), first.line], '\n') }, ...rest]
}

/**
 * The message for those who hear it or see a notification: the summary, then every part in words, as many whole lines as Slack takes. What
 * the summary says already is not said twice. Escaped; never empty, because Slack refuses that.
 */
function topLevelText(summary: string, parts: readonly Part[]): string {
  const head = splitLine(line(clip(summary.trim(), limits.text - longestEnd) || '–'), limits.topLevelText - longestEnd)[0]?.mrkdwn ?? '–'
  const last = parts.at(-1)
  // Where not all fits, the small print stays: what the figures rest on is not left out first.
  const end = last?.type === 'note' && last.line.mrkdwn.length <= longestEnd ? withoutMarks(openNote(last).mrkdwn) : ''
  const lines = [head]
  let left = limits.topLevelText - head.length - end.length - moreInMessage.length - 2
  for (const part of end === '' ? parts : parts.slice(0, -1)) {
    for (const { mrkdwn, plain } of partLines(part)) {
      if (plain.trim() === '' || summary.includes(plain.trim())) continue
      const words = withoutMarks(mrkdwn)
      left -= 1 + words.length
      if (left < 0) return [...lines, moreInMessage, ...(end === '' ? [] : [end])].join('\n')
      lines.push(words)
    }
  }
  return [...lines, ...(end === '' ? [] : [end])].join('\n')
}

const moreInMessage = '… and more in the message itself.'
const longestEnd = 1000

/** Everything in words, for when Slack takes no blocks. */
function textAlone(summary: string, parts: readonly Part[]): string {
  const lines = [line(summary), ...parts.flatMap((part) => [...partLines(part)])].filter(({ plain }) => plain.trim() !== '')
  const [first, ...more] = splitLine(joined(lines, '\n'), limits.topLevelText - 40)
  return `${first?.mrkdwn ?? '–'}${more.length > 0 ? '\n… and more: ask again for fewer people.' : ''}`
}
