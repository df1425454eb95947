// `data_table` and `table` as HTML tables: the first row is the header; number columns align right and the browser can sort by them.
import { isJson } from '../../slack/method.ts'
import type { SimulatedSlack } from '../../slack/simulated-slack.ts'
import type { Json } from '../../slack/workspace.ts'
import { h, type ReactNode } from './element.ts'
import { libraryBlock } from './words.ts'

const cellsOf = (row: unknown): readonly Json[] => (Array.isArray(row) ? row.filter(isJson) : [])

/** What a cell says; numbers may carry their own words. */
function cellText(cell: Json): string {
  if (typeof cell.text === 'string') return cell.text
  if (isJson(cell.text) && typeof cell.text.text === 'string') return cell.text.text
  return cell.value === undefined || cell.value === null ? '' : String(cell.value)
}

function cell(one: Json, slack: SimulatedSlack): ReactNode {
  return one.type === 'rich_text' ? libraryBlock(one, slack) : cellText(one)
}

export function dataTable(block: Json, slack: SimulatedSlack): ReactNode {
  const rows = Array.isArray(block.rows) ? block.rows.map(cellsOf) : []
  const [header = [], ...body] = rows
  const isNumber = header.map((_, column) => body.length > 0 && body.every((row) => row[column]?.type === 'raw_number'))
  const settings = Array.isArray(block.column_settings) ? block.column_settings.filter(isJson) : []
  const className = (column: number): string | undefined => (isNumber[column] || settings[column]?.align === 'right' ? 'number' : undefined)
  const sortable = block.type === 'data_table'
  const pageSize = Number(block.page_size ?? 0)
  return h(
    'div',
    { className: 'table-frame', tabIndex: 0, role: 'region', 'aria-label': String(block.caption ?? 'Table') },
    h(
      'table',
      { className: 'data-table', ...(pageSize > 0 && body.length > pageSize && { 'data-page-size': pageSize }) },
      typeof block.caption === 'string' && h('caption', null, h('span', null, block.caption)),
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          header.map((one, column) =>
            h(
              'th',
              { key: `${column}`, scope: 'col', className: className(column) },
              sortable ? h('button', { type: 'button', 'data-sort': column }, cell(one, slack)) : cell(one, slack),
            ),
          ),
        ),
      ),
      h(
        'tbody',
        null,
        body.map((row, index) =>
          h(
            'tr',
            { key: `${index}`, ...(pageSize > 0 && index >= pageSize && { hidden: true }) },
            row.map((one, column) =>
              h(
                column === 0 ? 'th' : 'td',
                {
                  key: `${column}`,
                  ...(column === 0 && { scope: 'row' }),
                  className: className(column),
                  ...(one.value !== undefined && { 'data-value': String(one.value) }),
                },
                cell(one, slack),
              ),
            ),
          ),
        ),
      ),
    ),
    pageSize > 0 && body.length > pageSize && h('button', { type: 'button', className: 'show-rows' }, `Show all ${body.length}`),
  )
}
