// A small strict reader of comma-separated values (RFC 4180): quotes may hold commas, line ends and doubled quotes. What stands between
// the cells is the sign of the first line, as spreadsheets of other countries write it, or the one a line `sep=;` names. Keeps line numbers,
// so that an error can name the line a person sees in an editor.

export interface CsvLine {
  /** 1 for the first line of the file. */
  readonly line: number
  readonly cells: readonly string[]
}

/**
 * Line by line. @throws CsvError naming the line. Lines and rows without any text are left out; a byte-order mark at the start is dropped.
 */
export function* readCsv(text: string): Generator<CsvLine, void> {
  const marked = /^\uFEFF?sep=([,;\t|])(?:\r\n|\n|\r|$)/i.exec(text)
  const source = marked ? text.slice(marked[0].length) : text.replace(/^\uFEFF/, '')
  const between = marked?.[1] ?? separatorOf(source)
  const cell = cellReaders[between as keyof typeof cellReaders]()
  let line = marked ? 2 : 1
  let startLine = line
  let cells: string[] = []
  while (cell.lastIndex < source.length || cells.length > 0) {
    const match = cell.exec(source)
    if (!match) throw new CsvError(line, 'a quote is not closed, or text stands beside one')
    if (match[0].length > longestCell) throw new CsvError(line, `a cell is longer than ${longestCell} characters`)
    const [whole, quoted, plain = '', end] = match
    cells.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'))
    line += (whole.match(/\r\n|\n|\r/g) ?? []).length
    if (end === between) continue
    if (cells.some((each) => each !== '')) yield { line: startLine, cells }
    cells = []
    startLine = line
    if (end === '') return
  }
}

/** One cell and what follows it. */
const cellReaders = {
  ',': () => /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y,
  ';': () => /(?:"([^"]*(?:""[^"]*)*)"|([^";\r\n]*))(;|\r\n|\n|\r|$)/y,
  '\t': () => /(?:"([^"]*(?:""[^"]*)*)"|([^"\t\r\n]*))(\t|\r\n|\n|\r|$)/y,
  '|': () => /(?:"([^"]*(?:""[^"]*)*)"|([^"|\r\n]*))(\||\r\n|\n|\r|$)/y,
}

/** The sign that is most often in the first line that is not empty; a comma where there is none. */
function separatorOf(source: string): string {
  const [first = ''] = /[^\r\n]+/.exec(source) ?? []
  const counts = Object.keys(cellReaders).map((sign) => ({ sign, count: first.split(sign).length }))
  return counts.reduce((most, each) => (each.count > most.count ? each : most)).sign
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
