// Numbers that look random and are the same for the same seed, on every machine: a company needs no files and no memory.

/** Mixes whole numbers into one 32-bit number; the same parts give the same result. */
export function mix(...parts: readonly number[]): number {
  let hash = 0x811c9dc5
  for (const part of parts) {
    hash = Math.imul(hash ^ part, 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
    hash ^= hash >>> 13
  }
  return hash >>> 0
}

/** A stream of numbers from 0 (in) to 1 (out): mulberry32. */
export function seeded(...parts: readonly number[]): () => number {
  let state = mix(...parts)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** About normal: the mean of four draws, spread so that two thirds lie within `spread` of `middle`. */
export const around = (next: () => number, middle: number, spread: number): number =>
  middle + ((next() + next() + next() + next() - 2) / 0.577) * spread

/** One of the list. @throws RangeError when it is empty. */
export function oneOf<T>(next: () => number, list: readonly T[]): T {
  const picked = list[Math.floor(next() * list.length)]
  if (picked === undefined) throw new RangeError('nothing to pick from')
  return picked
}
