// JSON whose whole numbers keep every digit: Gong's ids have up to 20, a float holds 15. Long integers become text. Texts are cleaned here,
// once for everything Gong says.
import { cleanJson } from '../../domain/outside-text.ts'

/**
 * A run of 16 digits that does not open a text: without one no number can lose a digit, and looking at each value costs ten times as much.
 */
const mayHoldLongNumber = /(?:^|[:,[\s-])\d{16}/

/** An escape that stands for NUL or half of a surrogate pair: the only way either gets into parsed JSON. */
const mayHoldOddText = /\\u(?:0000|[dD][89a-fA-F])/

/**
 * Parses JSON; an integer of 16 or more digits arrives as text, and every text is well-formed and free of NUL. @throws SyntaxError when it
 * is not JSON.
 */
export function parseJson(text: string): unknown {
  const value: unknown = mayHoldLongNumber.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
  return mayHoldOddText.test(text) ? cleanJson(value) : value
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source
  return typeof value === 'number' && source !== undefined && /^-?\d{16,}$/.test(source) ? source : value
}
