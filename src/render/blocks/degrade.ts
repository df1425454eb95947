// What becomes of a part when Slack refuses a kind of block, or the surface has none: table → plain lines, chart → sparkline, fold → open
// small print, heading → bold line, buttons → left out; without sections there is text alone. Slack's one table and two charts per message
// are kept here too: what is beyond them is said in words.
import { limits } from '../limits.ts'
import type { Part } from '../message.ts'
import { bold, line } from '../text/text.ts'
import { openNote } from './note.ts'
import type { Surface } from './slack-blocks.ts'

export type Refused = ReadonlySet<string>

const none: Refused = new Set()

/** How each part is to be said, on a surface and after refusals. */
export function plainness(parts: readonly Part[], surface: Surface, refused: Refused = none): (part: Part) => boolean {
  const noTable = surface === 'modal' || refused.has('data_table') || refused.has('table')
  const noFold = surface === 'modal' || surface === 'home' || refused.has('container')
  const noChart = surface === 'modal' || surface === 'home' || refused.has('data_visualization')
  const tables = parts.filter((part) => part.type === 'table' && part.rows.length > 0).slice(0, noTable ? 0 : limits.tables)
  const charts = parts.filter((part) => part.type === 'chart').slice(0, noChart ? 0 : limits.charts)
  // A shortened table is a new object with the same columns.
  const columns = new Set(tables.map((part) => (part.type === 'table' ? part.columns : undefined)))
  return (part) => {
    if (part.type === 'table') return !columns.has(part.columns)
    if (part.type === 'chart') return !charts.includes(part)
    return noFold
  }
}

/** The part without the kinds of block that were refused. */
export function withoutRefused(part: Part, refused: Refused = none): Part | undefined {
  if (refused.size === 0) return part
  if (part.type === 'heading' && refused.has('header')) return { type: 'text', line: bold(part.text) }
  if (part.type === 'note' && refused.has('context')) return { type: 'text', line: openNote(part) }
  if (part.type === 'divider' && refused.has('divider')) return undefined
  if (!refused.has('actions')) return part
  if (part.type === 'buttons') return undefined
  if (part.type === 'text') return { type: 'text', line: part.line }
  if (part.type === 'item') return { type: 'text', line: line(part.line) }
  return part
}

/** Nothing can be said in blocks any more. */
export const isTextOnly = (refused: Refused = none): boolean => refused.has('section') || refused.has('*')
