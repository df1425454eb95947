// Rows become CSV text that a spreadsheet opens as figures and never runs: RFC 4180 quoting, and every text that would begin a
// formula is made harmless. Knows no statistic.

/** A number is written as it is, an unknown figure as an empty cell. */
export type CsvCell = string | number | undefined

/** Spreadsheets take these for the beginning of a formula (or skip them and find one after). Source: OWASP, CSV injection. */
const dangerous = /^[=+\-@\t\r\n＝＋－＠]/

/** The same after what separates cells in other countries: there a quote in the middle of a row protects nothing. */
const dangerousWithin = /([;\t|])(?=\s*[=+\-@＝＋－＠])/g

/**
 * The whole file, with a byte order mark so that Excel reads UTF-8, and CRLF between rows.
 * @example csvText([['person', 'calls'], ['=1+1', 12]]) // '\uFEFF"person","calls"\r\n"\'=1+1",12\r\n'
 */
export const csvText = (rows: readonly (readonly CsvCell[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`

function cell(value: CsvCell): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? plainNumber(value) : ''
  // The guard comes before the quotes: a quoted cell is unquoted first, then read as a formula.
  const within = value.replace(dangerousWithin, "$1'")
  const harmless = dangerous.test(within.trimStart()) || dangerous.test(within) ? `'${within}` : within
  return `"${harmless.replaceAll('"', '""')}"`
}

/** At most six decimals, no exponent; a negative number is a number, not a formula, and is quoted with the guard to be sure. */
const plainNumber = (value: number): string => {
  const rounded = Math.round(value * 1_000_000) / 1_000_000
  return rounded < 0 ? `"'${rounded}"` : String(rounded)
}
