// JSON whose whole numbers keep every digit: Gong's ids have up to 20, a float holds 15. Long integers stay the text they were.

/** Parses JSON; an integer of 16 or more digits arrives as text. @throws SyntaxError when it is not JSON. */
export function parseJson(text: string): unknown {
  return JSON.parse(text, keepDigits)
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source
  return typeof value === 'number' && source !== undefined && /^-?\d{16,}$/.test(source) ? source : value
}
