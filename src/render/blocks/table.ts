// Tables: the native sortable block and its plain form, one line per row. Unknown figures show why they are unknown and sort below
// the known ones; they never become zero.
import type { DataTableBlock, RichTextBlock } from '@slack/types'
import { limits } from '../limits.ts'
import type { Cell, TablePart } from '../message.ts'
import { bold, clean, clip, joined, type Line, line, link } from '../text/text.ts'
import { unbroken } from '../text/unbroken.ts'

const longestCell = 100

function shown(cell: Cell): string {
  const text = cell.type === 'text' || cell.type === 'link' ? cell.text : cell.type === 'number' ? cell.shown : cell.why
  return clip(clean(text).trim(), longestCell) || '–'
}

/** Slack sorts a column by number only when every cell is one: so an unknown figure gets a value below all others, for sorting only. */
function belowAll(rows: readonly (readonly Cell[])[], column: number): number | undefined {
  const values = rows.flatMap((row) => {
    const cell = row[column]
    return cell?.type === 'number' && Number.isFinite(cell.value) ? [cell.value] : []
  })
  return values.length === 0 ? undefined : Math.floor(Math.min(...values)) - 1
}

/** The native table; undefined without rows or columns. Rows beyond Slack's limit are the caller's to move elsewhere. */
export function tableBlock(part: TablePart): DataTableBlock | undefined {
  const known = laidOut.get(part)
  if (known) return known
  const block = layOut(part)
  if (block) laidOut.set(part, block)
  return block
}

/** A table is weighed before it is written, for the message and for its thread: it is laid out once. */
const laidOut = new WeakMap<TablePart, DataTableBlock>()

function layOut(part: TablePart): DataTableBlock | undefined {
  const columns = part.columns.slice(0, limits.dataTableColumns)
  if (columns.length === 0 || part.rows.length === 0) return undefined
  const below = columns.map((_, index) => belowAll(part.rows, index))
  const cell = (given: Cell | undefined, column: number): DataTableBlock['rows'][number][number] => {
    const of = given ?? { type: 'empty', why: '–' }
    const lowest = below[column]
    if (of.type === 'number' && Number.isFinite(of.value)) return { type: 'raw_number', value: of.value, text: unbroken(shown(of)) }
    if (of.type === 'empty' && lowest !== undefined) return { type: 'raw_number', value: lowest, text: shown(of) }
    if (of.type === 'link' && isWebAddress(of.url)) return linkCell(of.url, shown(of))
    return { type: 'raw_text', text: shown(of) }
  }
  return {
    type: 'data_table',
    caption: clip(clean(part.caption).trim(), limits.header) || '–',
    page_size: Math.min(limits.dataTablePage, Math.max(5, Math.min(part.rows.length, 25))),
    rows: [
      columns.map(({ title }) => ({ type: 'raw_text', text: clip(clean(title).trim(), longestCell) || '–' })),
      ...part.rows.slice(0, limits.dataTableRows).map((row) => columns.map((_, index) => cell(row[index], index))),
    ],
  }
}

/** Anything but http(s) stays text. */
const isWebAddress = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)

const linkCell = (url: string, text: string): RichTextBlock => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'link', url: new URL(url).href, text }] }],
})

/**
 * One line per row: the first cell bold, then `title figure` for each other column. Made as they are asked for: a message rarely has room
 * for all.
 */
export function* tableLines(part: TablePart): Generator<Line> {
  yield line(bold(clip(part.caption, limits.header)))
  for (const [first, ...others] of part.rows) {
    yield joined([
      bold(first ? shown(first) : '–'),
      ...others.map((cell, index) =>
        cell.type === 'link' ? link(cell.url, shown(cell)) : line(`${part.columns[index + 1]?.title ?? ''} `, shown(cell)),
      ),
    ])
  }
}
