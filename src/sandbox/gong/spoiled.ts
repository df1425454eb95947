// Impossible figures in an otherwise good answer: what a broken Gong might send.

/** The answer with every count negative and every ratio far above the possible. `personIds`: in the records of these people alone. */
export function spoiled(value: unknown, personIds?: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => (personIds && isRecordOfAnother(one, personIds) ? one : spoiled(one, personIds)))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      if (name === 'records') return [name, field]
      if (name === 'talkRatio') return [name, 140]
      if (typeof field === 'number') return [name, -Math.abs(field) - 1]
      return [name, spoiled(field, personIds)]
    }),
  )
}

const isRecordOfAnother = (value: unknown, personIds: readonly string[]): boolean =>
  typeof value === 'object' && value !== null && 'userId' in value && !personIds.includes(String(value.userId))
