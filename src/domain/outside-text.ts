// Text from outside (Gong, Slack, a file) made safe to keep: well-formed Unicode without NUL, which Postgres refuses, and cut between
// two characters as a person sees them. Escaping is the renderer's work, not done here.

/** The text with lone surrogates replaced by U+FFFD and NUL removed; the same text when there is nothing to change. */
export function cleanText(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed()
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', '') : wellFormed
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Code units looked at beyond the cut: no character in use is longer. */
const beyond = 64

/** The first characters of clean text, at most `most` UTF-16 code units: an emoji or an accent is kept whole or left out whole. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  const at = graphemes.segment(text.slice(0, most + beyond).toWellFormed()).containing(most)?.index ?? most
  // A character longer than the whole cut (a letter under thousands of marks) is cut between two code points.
  return text.slice(0, at > 0 ? at : isLowSurrogate(text.charCodeAt(most)) ? most - 1 : most)
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

/** Cleans every text of a JSON value, names of fields too. Walks without recursion: the value may be nested deeply. */
export function cleanJson<T>(value: T): T {
  if (typeof value === 'string') return cleanText(value) as T
  const open: unknown[] = [value]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue
    const holder = next as Record<string, unknown>
    for (const [key, inner] of Object.entries(holder)) {
      const cleanKey = Array.isArray(holder) ? key : cleanText(key)
      const cleaned = typeof inner === 'string' ? cleanText(inner) : inner
      if (cleanKey !== key) delete holder[key]
      if (cleanKey !== key || cleaned !== inner) Object.defineProperty(holder, cleanKey, { value: cleaned, ...plain })
      if (typeof cleaned === 'object' && cleaned !== null) open.push(cleaned)
    }
  }
  return value
}

/** As an assignment would define it, also for a field called `__proto__`. */
const plain = { writable: true, enumerable: true, configurable: true } as const
