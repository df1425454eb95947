// A scorecard's name as somebody types it: without case, punctuation and emoji. Pure.

/**
 * Two names are the same card when these are equal. A name of nothing but signs stays as it is. `cardAsTyped('Discovery ⭐')` is
 * `discovery`.
 */
export function cardAsTyped(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase().trim()
  const letters = plain.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim()
  return letters === '' ? plain : letters
}
