// A small strict reader of comma-separated values (RFC 4180): quotes may hold commas, line ends and doubled quotes. Keeps line
// numbers, so that an error can name the line a person sees in an editor.

export interface CsvLine {
  /** 1 for the first line of the file. */
  readonly line: number
  readonly cells: readonly string[]
}

/** Line by line. @throws CsvError naming the line. Empty lines are left out; a byte-order mark at the start is dropped. */
export function* readCsv(text: string): Generator<CsvLine, void> {
  const cell = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y
  const source = text.replace(/^\uFEFF/, '')
  let line = 1
  let startLine = 1
  let cells: string[] = []
  while (cell.lastIndex < source.length || cells.length > 0) {
    const match = cell.exec(source)
    if (!match) throw new CsvError(line, 'a quote is not closed, or text stands beside one')
    if (match[0].length > longestCell) throw new CsvError(line, `a cell is longer than ${longestCell} characters`)
    const [whole, quoted, plain = '', end] = match
    cells.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'))
    line += (whole.match(/\r\n|\n|\r/g) ?? []).length
    if (end === ',') continue
    if (cells.length > 1 || cells[0] !== '') yield { line: startLine, cells }
    cells = []
    startLine = line
    if (end === '') return
  }
}

/** No name, title or address is a tenth as long. */
const longestCell = 10_000

export class CsvError extends Error {
  readonly line: number
  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}
