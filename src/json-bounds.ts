// How deep JSON text is nested and how much it is made of, found byte by byte before anything parses it: parsing text nested millions deep,
// or a megabyte of names that all differ, holds the event loop for seconds. Knows nothing of what the text means.

/** No answer of Gong's or payload of Slack's is nested half as deep. */
const deepestJson = 64

/** Two hundred members of Slack's, or a hundred digests of ours, come to less. Parsing as many takes 40 ms where each name is another one. */
const usualValues = 150_000

/** What one byte outside texts adds: an entry of a list counts one, a field of an object five, because a name costs as much as four values. */
export const valuesOfByte = new Uint8Array(256)

const quote = 0x22
const comma = 0x2c
const colon = 0x3a
const openBracket = 0x5b
const backslash = 0x5c
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d
for (const byte of [comma, openBracket, openBrace]) valuesOfByte[byte] = 1
valuesOfByte[colon] = 4

export interface JsonBounds {
  /** Takes the next bytes. Returns, as soon as a bound is passed, what the text is: "nested deeper than 64 levels". */
  take(bytes: Uint8Array): string | undefined
}

/** `values`: as many as the text may be made of. */
export function jsonBounds(values = usualValues): JsonBounds {
  let depth = 0
  let made = 0
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
          continue
        }
        if (byte === quote) inText = true
        else if (byte === openBracket || byte === openBrace) {
          depth += 1
          if (depth > deepestJson) return `nested deeper than ${deepestJson} levels`
        } else if (byte === closeBracket || byte === closeBrace) depth -= 1
        made += valuesOfByte[byte] as number
        if (made > values) return `made of more than ${values} values`
      }
      return undefined
    },
  }
}

/** What a whole text is that is not to be parsed; undefined where it may be. */
export const jsonExcess = (text: string): string | undefined => jsonBounds().take(Buffer.from(text))
