// JSON whose whole numbers keep every digit: Gong's ids have up to 20, a float holds 15. Long integers become text.

/** A run of 16 digits that does not open a text: without one no number can lose a digit, and looking at each value costs ten times as much. */
const mayHoldLongNumber = /(?:^|[:,[\s-])\d{16}/

/** Parses JSON; an integer of 16 or more digits arrives as text. @throws SyntaxError when it is not JSON. */
export function parseJson(text: string): unknown {
  return mayHoldLongNumber.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source
  return typeof value === 'number' && source !== undefined && /^-?\d{16,}$/.test(source) ? source : value
}
