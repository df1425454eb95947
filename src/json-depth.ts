// How deep JSON text is nested, found byte by byte before anything parses it: parsing text nested millions deep holds the event loop for
// seconds. Knows nothing of what the text means.

/** No answer of Gong's or payload of Slack's is nested half as deep. */
export const deepestJson = 64

export interface JsonDepth {
  /** Takes the next bytes. Returns false as soon as the text is nested deeper than `deepest`. */
  take(bytes: Uint8Array): boolean
}

const quote = 0x22
const backslash = 0x5c
const openBracket = 0x5b
const openBrace = 0x7b
const closeBracket = 0x5d
const closeBrace = 0x7d

export function jsonDepth(deepest = deepestJson): JsonDepth {
  let depth = 0
  let inText = false
  let isEscaped = false
  return {
    take(bytes) {
      for (let at = 0; at < bytes.length; at += 1) {
        const byte = bytes[at] as number
        if (inText) {
          if (isEscaped) isEscaped = false
          else if (byte === backslash) isEscaped = true
          else if (byte === quote) inText = false
        } else if (byte === quote) inText = true
        else if (byte === openBracket || byte === openBrace) {
          depth += 1
          if (depth > deepest) return false
        } else if (byte === closeBracket || byte === closeBrace) depth -= 1
      }
      return true
    },
  }
}

/** Whether the whole text stays within the depth. */
export const isShallowJson = (text: string, deepest = deepestJson): boolean => jsonDepth(deepest).take(Buffer.from(text))
