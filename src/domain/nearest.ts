// The nearest known word to a mistyped one: a phrase, a command, a variable. Pure.

/**
 * Edits (insert, delete, replace, swap of neighbors) that turn `a` into `b`; gives up above `most`.
 * `editDistance('lats week', 'last week', 3)` is 1.
 */
function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swaps = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, replaced, swaps ? at(beforeLast, j - 2) + 1 : most + 1))
    }
    beforeLast = last
    last = row
  }
  return Math.min(at(last, b.length), most + 1)
}

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY

/** The candidate nearest to `word`, at most a third of its letters away (at least one edit) or `most` edits; undefined when none is. */
export function nearest(
  word: string,
  candidates: readonly string[],
  most: number = Math.max(1, Math.floor(word.length / 3)),
): string | undefined {
  let best: { readonly candidate: string; readonly distance: number } | undefined
  for (const candidate of candidates) {
    const distance = editDistance(word, candidate, most)
    if (distance <= most && (best === undefined || distance < best.distance)) best = { candidate, distance }
  }
  return best?.candidate
}
