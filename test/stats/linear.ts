// Whether one unknown is settled by a set of linear equations: Gaussian elimination modulo a large prime, so that nothing is rounded.
// Knows nothing of statistics.

const prime = 2_147_483_647n

const modulo = (value: bigint): bigint => ((value % prime) + prime) % prime

function inverse(value: bigint): bigint {
  let [result, base, exponent] = [1n, modulo(value), prime - 2n]
  for (; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % prime
    base = (base * base) % prime
  }
  return result
}

type Row = Map<string, bigint>

const plus = (row: Row, other: Row, factor: bigint): Row => {
  const sum = new Map(row)
  for (const [atom, coefficient] of other) {
    const value = modulo((sum.get(atom) ?? 0n) + factor * coefficient)
    if (value === 0n) sum.delete(atom)
    else sum.set(atom, value)
  }
  return sum
}

/** The equations as rows that each begin with another unknown. */
export function reduced(equations: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, Row> {
  const rows = new Map<string, Row>()
  for (const equation of equations) {
    let row: Row = new Map([...equation].map(([atom, coefficient]) => [atom, modulo(BigInt(coefficient))]))
    row = withoutLeads(row, rows)
    const [lead] = [...row.keys()].toSorted()
    if (lead === undefined) continue
    const scaled = plus(new Map(), row, inverse(row.get(lead) ?? 1n))
    for (const [other, existing] of rows) rows.set(other, plus(existing, scaled, -(existing.get(lead) ?? 0n)))
    rows.set(lead, scaled)
  }
  return rows
}

function withoutLeads(row: Row, rows: ReadonlyMap<string, Row>): Row {
  let left = row
  for (const [lead, by] of rows) left = plus(left, by, -(left.get(lead) ?? 0n))
  return left
}

/** Whether the unknown has one value in every solution of the reduced equations. */
export const isSettled = (atom: string, rows: ReadonlyMap<string, Row>): boolean => isSumSettled(new Map([[atom, 1]]), rows)

/** The same for unknowns added up, each so many times. */
export const isSumSettled = (sum: ReadonlyMap<string, number>, rows: ReadonlyMap<string, Row>): boolean =>
  withoutLeads(new Map([...sum].map(([atom, coefficient]) => [atom, modulo(BigInt(coefficient))])), rows).size === 0
