// Block Kit's tables: `data_table`, whose header row is words only, and `table`, which takes words only. Rows are of one width.
import { limits } from '../../render/limits.ts'
import type { Check } from './block-kit-check.ts'
import { checkCell } from './block-kit-objects.ts'
import type { BlockRule } from './block-kit-rule.ts'

const headerCells = ['raw_text', 'raw_number']
const dataTableCells = ['raw_text', 'raw_number', 'rich_text']
const tableCells = ['raw_text']

export const dataTable: BlockRule = {
  surfaces: ['message', 'home'],
  fields: ['rows', 'caption', 'page_size', 'row_header_column_index'],
  check(check, block, at) {
    check.text(block.caption, `${at}/caption`, limits.text)
    const size = block.page_size
    if (size !== undefined && (!Number.isInteger(size) || Number(size) < 1 || Number(size) > limits.dataTablePage)) {
      check.add(`${at}/page_size`, `must be from 1 to ${limits.dataTablePage}`)
    }
    rows(check, block.rows, `${at}/rows`, {
      most: limits.dataTableRows + 1,
      least: 2,
      columns: limits.dataTableColumns,
      characters: limits.dataTableCharacters,
      cell: (cell, here, isHeader) => checkCell(check, cell, here, isHeader ? headerCells : dataTableCells),
    })
  },
}

export const table: BlockRule = {
  surfaces: ['message'],
  fields: ['rows', 'column_settings'],
  check: (check, block, at) =>
    rows(check, block.rows, `${at}/rows`, {
      most: limits.tableRows,
      least: 1,
      columns: limits.tableColumns,
      characters: limits.tableCharacters,
      cell: (cell, here) => checkCell(check, cell, here, tableCells),
    }),
}

function rows(
  check: Check,
  value: unknown,
  at: string,
  o: {
    readonly least: number
    readonly most: number
    readonly columns: number
    readonly characters: number
    /** Checks one cell; the characters it shows. */
    readonly cell: (cell: unknown, at: string, isHeader: boolean) => number
  },
): void {
  let characters = 0
  let width: number | undefined
  check.list(value, at, o.least, o.most).forEach((row, index) => {
    const cells = check.list(row, `${at}/${index}`, 1, o.columns)
    width ??= cells.length
    if (cells.length !== width) check.add(`${at}/${index}`, 'every row must have as many cells as the first')
    cells.forEach((cell, column) => {
      characters += o.cell(cell, `${at}/${index}/${column}`, index === 0)
    })
  })
  if (characters > o.characters) check.add(at, `no more than ${o.characters} characters allowed`)
}
