// Parses a long answer in small pieces, so that the event loop runs in between: the lists of the outermost object are cut at their entries,
// and a few entries are parsed at a time. An answer that has more of anything than Gong's own is refused before it is parsed. Works on bytes:
// making one text of a long answer takes as long as parsing it. Knows no operation.
import { AnswerTooLong } from '../../bounded-answer.ts'
import { valuesOfByte } from '../../json-bounds.ts'
import { nextTurn } from '../../yielding.ts'
import { parseJson } from './json.ts'

/** Looking through or parsing this much takes a millisecond or two. */
const pieceLength = 64 * 1024
const pieceValues = 4000
/** Shorter answers, as Gong's usual pages are, are parsed at once: whatever they are made of, it takes some milliseconds. */
const shortLength = pieceLength

/** One record of Gong's has some kilobytes and some hundred values; a week of coaching with the calls of 50 direct reports a few thousand. */
const longestEntry = 1024 * 1024
const mostValues = 15_000
/** Gong's pages have about 100; a list that is not paged has no more than a company has people. */
const mostEntries = 50_000
/** Gong's answers have one. */
const mostLists = 20

const quote = 0x22
const comma = 0x2c
const openBracket = 0x5b
const backslash = 0x5c
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d

/** Where some entries stand, which are parsed within brackets. */
type Piece = readonly [from: number, to: number]

interface List {
  readonly key: string
  readonly pieces: Piece[]
  entries: number
  /** Where its current piece began, of how much that is made, and where the last whole entry ended. */
  pieceFrom: number
  pieceValues: number
  entryFrom: number
}

/** How far the text is looked through. */
interface Cut {
  at: number
  depth: number
  inText: boolean
  /** The last text in the outermost object, which may name a list. */
  textFrom: number
  textTo: number
  /** The text without what stands in the lists, and from where it is still to be copied. */
  rest: string
  restFrom: number
  restValues: number
  /** Of the entry at hand, or of the rest since the last list. */
  values: number
  list: List | undefined
  readonly lists: List[]
}

/** @throws SyntaxError when it is not JSON, AnswerTooLong */
export async function parseYielding(bytes: Buffer): Promise<unknown> {
  if (bytes.length <= shortLength) return parseJson(bytes.toString('utf8'))
  const { rest, lists } = await cut(bytes)
  const parsed = parseJson(rest)
  for (const { key, pieces } of lists) {
    const entries = (parsed as Record<string, unknown[]>)[key]
    for (const [from, to] of pieces) {
      const some = parseJson(`[${bytes.toString('utf8', from, to)}]`) as unknown[]
      for (const entry of some) entries?.push(entry)
      await nextTurn()
    }
  }
  return parsed
}

async function cut(bytes: Buffer): Promise<Cut> {
  const state: Cut = {
    ...{ at: 0, depth: 0, inText: false, textFrom: -1, textTo: -1 },
    ...{ rest: '', restFrom: 0, restValues: 0, values: 0, list: undefined, lists: [] },
  }
  while (state.at < bytes.length) {
    lookThrough(state, bytes, Math.min(state.at + pieceLength, bytes.length))
    if (state.list) checkEntry(state, state.list, state.at)
    else checkRest(state)
    await nextTurn()
  }
  state.rest += bytes.toString('utf8', state.restFrom)
  return state
}

function lookThrough(state: Cut, bytes: Buffer, to: number): void {
  let { at, depth, inText } = state
  for (; at < to; at += 1) {
    const byte = bytes[at] as number
    if (inText) {
      if (byte === backslash) at += 1
      else if (byte === quote) {
        inText = false
        if (depth === 1) state.textTo = at
      }
      continue
    }
    state.values += valuesOfByte[byte] as number
    if (byte === quote) {
      inText = true
      if (depth === 1) state.textFrom = at
    } else if (byte === openBracket || byte === openBrace) {
      depth += 1
      if (depth === 2 && byte === openBracket && state.textTo >= 0) beginList(state, bytes, at)
    } else if (byte === closeBracket || byte === closeBrace) {
      depth -= 1
      if (depth === 1 && state.list) endList(state, state.list, bytes, at)
    } else if (byte === comma && depth === 2 && state.list) {
      endEntry(state, state.list, at)
      if (isLongEnough(state.list, at)) keepPiece(state.list, at)
    }
  }
  Object.assign(state, { at, depth, inText })
}

function beginList(state: Cut, bytes: Buffer, at: number): void {
  if (state.lists.length >= mostLists) throw new AnswerTooLong(`has more than ${mostLists} lists`)
  const key = String(parseJson(bytes.toString('utf8', state.textFrom, state.textTo + 1)))
  state.rest += bytes.toString('utf8', state.restFrom, at + 1)
  state.restValues += state.values
  state.values = 0
  state.list = { key, pieces: [], entries: 0, pieceFrom: at + 1, pieceValues: 0, entryFrom: at + 1 }
  state.lists.push(state.list)
}

function endList(state: Cut, list: List, bytes: Buffer, at: number): void {
  endEntry(state, list, at)
  if (!isBlank(bytes, list.pieceFrom, at)) keepPiece(list, at)
  else if (list.pieces.length > 0) throw new SyntaxError('a list ends with a comma')
  state.restFrom = at
  state.list = undefined
}

/** @throws AnswerTooLong where it, or the list, is more than any of Gong's */
function endEntry(state: Cut, list: List, at: number): void {
  checkEntry(state, list, at)
  list.entries += 1
  if (list.entries > mostEntries) throw new AnswerTooLong(`lists more than ${mostEntries} records at once`)
  list.pieceValues += state.values
  list.entryFrom = at + 1
  state.values = 0
}

const isLongEnough = (list: List, at: number): boolean => at - list.pieceFrom >= pieceLength || list.pieceValues >= pieceValues

function keepPiece(list: List, at: number): void {
  list.pieces.push([list.pieceFrom, at])
  list.pieceFrom = at + 1
  list.pieceValues = 0
}

function checkEntry({ values }: Cut, { entryFrom }: List, at: number): void {
  if (at - entryFrom > longestEntry) throw new AnswerTooLong(`has an entry longer than ${longestEntry} bytes`)
  if (values > mostValues) throw new AnswerTooLong(`has an entry made of more than ${mostValues} values`)
}

/** What stands beside the lists is bounded as one entry is. */
function checkRest({ rest, restFrom, restValues, values, at }: Cut): void {
  if (rest.length + at - restFrom > longestEntry) throw new AnswerTooLong(`has more than ${longestEntry} bytes beside its lists`)
  if (restValues + values > mostValues) throw new AnswerTooLong(`has more than ${mostValues} values beside its lists`)
}

/** Whether only white space stands there. */
function isBlank(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if ((bytes[at] as number) > 0x20) return false
  return true
}
