// Impossible figures in an otherwise good answer: what a broken Gong might send.

/** The answer with every count negative and every ratio far above the possible. */
export function spoiled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spoiled)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      if (name === 'records') return [name, field]
      if (name === 'talkRatio') return [name, 140]
      if (typeof field === 'number') return [name, -Math.abs(field) - 1]
      return [name, spoiled(field)]
    }),
  )
}
