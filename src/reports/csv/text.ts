// Rows become CSV text that a spreadsheet opens as figures and never runs: RFC 4180 quoting, and every text that would begin a
// formula is made harmless. Knows no statistic.

import { decimal } from '../../render/text/numbers.ts'

/** A number is written as it is, an unknown figure as an empty cell. */
export type CsvCell = string | number | undefined

/** Spreadsheets take these for the beginning of a formula (or skip them and find one after). Source: OWASP, CSV injection. */
const dangerous = /^[=+\-@\t\r\n＝＋－＠]/

/** Tabs and every sign that some spreadsheet takes for the end of a row. */
const breaks = String.raw`\t\r\n\v\f\u0085\u2028\u2029`

/** The same after what separates cells or rows where the reader separates by another sign: then a quote inside a row protects nothing. */
const dangerousAfter = (separators: string): RegExp =>
  new RegExp(`([${separators}|${breaks}])(?=(?:"|[^\\S${breaks}])*[=+\\-@＝＋－＠])`, 'g')

/** A comma is another sign only where the file has a semicolon. */
const dangerousWithin = { ',': dangerousAfter(';'), ';': dangerousAfter(',;') } as const

/**
 * The whole file, with a byte order mark so that Excel reads UTF-8, and CRLF between rows. `separator`: what the reader's spreadsheet
 * expects.
 * @example csvText([['person', 'calls'], ['=1+1', 12]]) // '\uFEFF"person","calls"\r\n"\'=1+1",12\r\n'
 */
export const csvText = (rows: readonly (readonly CsvCell[])[], separator: ',' | ';' = ','): string => {
  return `\uFEFF${rows.map((row) => `${row.map((value) => cell(value, separator)).join(separator)}\r\n`).join('')}`
}

/** Where a comma stands between whole and fraction, spreadsheets expect a semicolon between cells. `separatorFor('de-DE')` is `;`. */
export const separatorFor = (locale: string): ',' | ';' => (decimal(0.5, locale, 1).includes(',') ? ';' : ',')

function cell(value: CsvCell, separator: ',' | ';'): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? plainNumber(value, separator === ';' ? ',' : '.') : ''
  // The guard comes before the quotes: a quoted cell is unquoted first, then read as a formula.
  const within = value.replace(dangerousWithin[separator], "$1'")
  const harmless = dangerous.test(within.trimStart()) || dangerous.test(within) ? `'${within}` : within
  return `"${harmless.replaceAll('"', '""')}"`
}

/** At most six decimals, no exponent. A number is never a formula, so a negative one is written as one. */
const plainNumber = (value: number, mark: ',' | '.'): string => String(Math.round(value * 1_000_000) / 1_000_000).replace('.', mark)
