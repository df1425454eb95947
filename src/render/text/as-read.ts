// A message as a person reads it in Slack, in plain text: for previews, reviewed fixtures and tests. Says where blocks stand, not how
// Slack paints them. It is read in terminals: no name moves a cursor or begins a line.

import { partLines } from '../blocks/part-blocks.ts'
import type { Control, Message, Part } from '../message.ts'
import { clean } from './text.ts'

const controlWords = (control: Control): string =>
  control.type === 'button'
    ? `[${clean(control.label)}]`
    : control.type === 'select'
      ? `[${clean(control.placeholder)} ▾]`
      : `[⋯ ${control.options.map(({ label }) => clean(label)).join(' · ')}]`

function partText(part: Part): string {
  switch (part.type) {
    case 'heading':
      return `# ${clean(part.text)}${part.beside === undefined ? '' : ` — ${clean(part.beside)}`}`
    case 'divider':
      return '---'
    case 'buttons':
      return part.controls.map(controlWords).join(' ')
    case 'chart':
      return `[chart: ${clean(part.title)}]\n${indented(Array.from(partLines(part), ({ plain }) => plain))}`
    case 'table':
      return `[table: ${clean(part.caption)}]\n${tableText(part)}`
    case 'note':
      return `${part.foldedUnder === undefined ? '' : `[▸ ${part.foldedUnder}]\n`}${indented(part.line.plain.split('\n'))}`
    case 'text':
      return [part.line.plain, part.control ? controlWords(part.control) : ''].filter(Boolean).join(' ')
    case 'item':
      return [part.line.plain, ...part.controls.map(controlWords)].join(' ')
    case 'facts':
      return inColumns(part.facts.map(({ plain }) => plain))
  }
}

/** Two figures side by side, as Slack lays out fields. */
function inColumns(facts: readonly string[]): string {
  const rows = Array.from({ length: Math.ceil(facts.length / 2) }, (_, row) => facts.slice(2 * row, 2 * row + 2))
  const width = Math.max(0, ...rows.map(([left = '']) => left.length))
  return rows.map(([left = '', right]) => (right === undefined ? left : `${left.padEnd(width)}   ${right}`)).join('\n')
}

const indented = (lines: readonly string[]): string => lines.map((line) => `  ${line}`).join('\n')

function tableText(part: Extract<Part, { type: 'table' }>): string {
  const rows = [
    part.columns.map(({ title }) => clean(title)),
    ...part.rows.map((row) =>
      row.map((cell) => (cell.type === 'text' || cell.type === 'link' ? clean(cell.text) : cell.type === 'number' ? cell.shown : cell.why)),
    ),
  ]
  const widths = part.columns.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return indented(
    rows.map((row) =>
      part.columns
        .map(({ align }, column) =>
          align === 'right' ? (row[column] ?? '').padStart(widths[column] ?? 0) : (row[column] ?? '').padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    ),
  )
}

/** The whole message: notification text, message, thread. */
export function asRead(message: Message): string {
  const thread = message.thread?.length ? ['', '--- in the thread ---', ...message.thread.map(partText)] : []
  return `${[`(notification) ${clean(message.summary)}`, '', ...message.parts.map(partText), ...thread].join('\n')}\n`
}
