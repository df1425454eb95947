// Parses a long answer in small pieces, so that the event loop runs in between: the lists of the outermost object are cut at their entries,
// and a few entries are parsed at a time. Knows no operation.
import { nextTurn } from '../../yielding.ts'
import { parseJson } from './json.ts'

/** Parsing this much takes a millisecond or two. */
const pieceLength = 64 * 1024
/** Shorter texts are parsed at once. */
const shortLength = 2 * pieceLength
/** One record of Gong's has some kilobytes. */
const longestEntry = 1024 * 1024

/** An entry, or what stands beside the lists, is longer than any of Gong's. */
export class EntryTooLong extends Error {
  constructor() {
    super(`the answer has an entry longer than ${longestEntry} characters`)
  }
}

interface Entries {
  readonly key: string
  /** Texts of some entries each, to be parsed within brackets. */
  readonly pieces: string[]
}

/** @throws SyntaxError when it is not JSON, EntryTooLong */
export async function parseYielding(text: string): Promise<unknown> {
  if (text.length <= shortLength) return parseJson(text)
  const { rest, lists } = await cut(text)
  const parsed = parseJson(rest)
  for (const { key, pieces } of lists) {
    const entries = (parsed as Record<string, unknown[]>)[key]
    for (const piece of pieces) {
      const some = parseJson(`[${piece}]`) as unknown[]
      for (const entry of some) entries?.push(entry)
      await nextTurn()
    }
  }
  return parsed
}

const isOpening = (code: number): boolean => code === 0x5b || code === 0x7b
const isClosing = (code: number): boolean => code === 0x5d || code === 0x7d

/** `rest`: the text with the outermost object's lists emptied; `lists`: what stood in them. */
async function cut(text: string): Promise<{ readonly rest: string; readonly lists: readonly Entries[] }> {
  const lists: Entries[] = []
  let rest = ''
  let restFrom = 0
  let depth = 0
  let textFrom = -1
  let key = ''
  /** Where the list began that is being cut, where its current piece began, and where its last whole entry ended. */
  let list: (Entries & { pieceFrom: number; entryFrom: number }) | undefined
  for (let at = 0, turnAt = pieceLength * 4; at < text.length; at += 1) {
    if (at >= turnAt) {
      turnAt = at + pieceLength * 4
      await nextTurn()
    }
    const code = text.charCodeAt(at)
    if (code === 0x22) {
      const end = endOfText(text, at)
      if (depth === 1) [textFrom, key] = [at, text.slice(at, end + 1)]
      at = end
    } else if (isOpening(code)) {
      depth += 1
      if (depth === 2 && code === 0x5b && textFrom >= 0) {
        list = { key: String(parseJson(key)), pieces: [], pieceFrom: at + 1, entryFrom: at + 1 }
        rest += text.slice(restFrom, at + 1)
        lists.push(list)
      }
    } else if (isClosing(code)) {
      depth -= 1
      if (depth === 1 && list) {
        take(list, text, at, true)
        restFrom = at
        list = undefined
      }
    } else if (code === 0x2c && depth === 2 && list) take(list, text, at, false)
  }
  rest += text.slice(restFrom)
  if (rest.length > longestEntry) throw new EntryTooLong()
  return { rest, lists }
}

/** An entry ends at `at`: the piece it belongs to is kept when it is long enough, or the last one. */
function take(list: { pieces: string[]; pieceFrom: number; entryFrom: number }, text: string, at: number, isLast: boolean): void {
  if (at - list.entryFrom > longestEntry) throw new EntryTooLong()
  list.entryFrom = at + 1
  if (!isLast && at - list.pieceFrom < pieceLength) return
  const piece = text.slice(list.pieceFrom, at)
  if (piece.trim() !== '') list.pieces.push(piece)
  else if (list.pieces.length > 0) throw new SyntaxError('a list ends with a comma')
  list.pieceFrom = at + 1
}

/** The closing quote of the text that opens at `from`; the end when there is none. */
function endOfText(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0
    while (text.charCodeAt(at - 1 - backslashes) === 0x5c) backslashes += 1
    if (backslashes % 2 === 0) return at
  }
  return text.length
}
