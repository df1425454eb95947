// The table `npm run bench` prints: a target, what was measured, their ratio, and whether it was met. Knows no measurement.

export interface Row {
  readonly name: string
  readonly target: number
  /** What the target is, when it is not a plain number: `2 × bare`. */
  readonly targetNote?: string
  readonly result: number
  readonly unit: 'ms' | 's' | 'MB' | '×'
  readonly note?: string
}

const shown = (value: number, unit: Row['unit']): string => `${value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)} ${unit}`

export const isMet = ({ target, result }: Row): boolean => result <= target

/** Columns aligned with spaces, notes indented below their row. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.name,
    `≤ ${shown(row.target, row.unit)}${row.targetNote ? ` (${row.targetNote})` : ''}`,
    shown(row.result, row.unit),
    row.target === 0 ? '' : (row.result / row.target).toFixed(2),
    isMet(row) ? 'yes' : 'NO',
  ])
  const lines = [['measure', 'target', 'result', 'ratio', 'met?'], ...cells]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .flatMap((line, index) => {
      const note = rows[index - 1]?.note
      return [line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '), ...(note ? [`    ${note}`] : [])]
    })
    .join('\n')
}

/** The value below which that share of the values lies; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)
