// The median: the middle value, used for teams and for a person's usual week because one odd week or person does not move it.

/**
 * Median of the values; the mean of the two middle ones when their number is even. Undefined for none.
 * `median([0.4, 0.5, 0.9])` is 0.5; `median([10, 14])` is 12.
 */
export function median(values: readonly number[]): number | undefined {
  const sorted = new Float64Array(values).sort()
  const half = sorted.length >> 1
  const upper = sorted[half]
  const lower = sorted[half - 1]
  if (upper === undefined) return undefined
  return sorted.length % 2 === 1 || lower === undefined ? upper : (lower + upper) / 2
}
