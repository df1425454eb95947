// Makes parts fit into the room a surface has: tables are shortened first, then parts are taken from the end of the middle; the
// heading, the first line, the buttons and the small print stay. What was taken is handed back, and a line says so: nothing is cut
// in silence.
import { limits } from '../limits.ts'
import type { NotePart, Part, TablePart } from '../message.ts'
import { splitLine } from '../text/split-line.ts'
import { line } from '../text/text.ts'

export interface Room {
  readonly blocks: number
  readonly characters: number
  readonly tableRows: number
}

export interface Weight {
  readonly blocks: number
  readonly characters: number
}

export interface Fitted {
  readonly parts: readonly Part[]
  /** What found no room, in order. */
  readonly rest: readonly Part[]
}

/** `moreWords` completes "and 12 more …": where the rest is, or how to get it. */
export function fitInto(given: readonly Part[], room: Room, weigh: (part: Part) => Weight, moreWords: string): Fitted {
  const parts = given.flatMap(inPieces)
  const weights = parts.map(weigh)
  const longTable = parts.some((part) => part.type === 'table' && part.rows.length > room.tableRows)
  const total = sum(weights)
  if (!longTable && total.blocks <= room.blocks && total.characters <= room.characters) return { parts, rest: [] }

  const rest: Part[] = []
  const shortened: Part[] = []
  let spent = total
  parts.forEach((part, index) => {
    const weight = weights[index] ?? nothingWeighs
    if (part.type !== 'table' || (fitsIn(spent, room) && part.rows.length <= room.tableRows)) {
      shortened.push(part)
      return
    }
    const left = {
      blocks: room.blocks - (spent.blocks - weight.blocks) - 1,
      characters: room.characters - (spent.characters - weight.characters) - noteReserve,
      tableRows: room.tableRows,
    }
    const keep = rowsThatFit(part, left, weigh)
    if (keep >= part.rows.length) {
      shortened.push(part)
      return
    }
    const kept = { ...part, rows: part.rows.slice(0, keep) }
    const note = moreNote(`and ${part.rows.length - keep} more ${moreWords}`)
    shortened.push(kept, note)
    rest.push({ ...part, caption: `${part.caption}, continued`, rows: part.rows.slice(keep) })
    spent = add(add(spent, weight, -1), add(weigh(kept), weigh(note), 1), 1)
  })
  return takeFromTheMiddle(shortened, rest, room, weigh, moreWords)
}

/** A text longer than one text object becomes several parts, so that its end can be moved. */
function inPieces(part: Part): readonly Part[] {
  if ((part.type !== 'text' && part.type !== 'note') || isFolded(part) || part.line.mrkdwn.length <= limits.text) return [part]
  return splitLine(part.line, limits.text).map((piece, index) =>
    index === 0 || part.type === 'note' ? { ...part, line: piece } : { type: 'text', line: piece },
  )
}

/** What is folded is moved as a whole. */
const isFolded = (part: Part): boolean => part.type === 'note' && part.foldedUnder !== undefined

const noteReserve = 200

const nothingWeighs: Weight = { blocks: 0, characters: 0 }

/** A table of one or two rows says less than the line that points to it. */
const fewestRows = 3

/** The greatest number of rows that fits, found by halving; at least a few, so that a table never disappears by itself. */
function rowsThatFit(part: TablePart, room: Room, weigh: (part: Part) => Weight): number {
  let low = Math.min(fewestRows, part.rows.length)
  let high = Math.min(part.rows.length, room.tableRows)
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fitsIn(weigh({ ...part, rows: part.rows.slice(0, middle) }), room)) low = middle
    else high = middle - 1
  }
  return low
}

/** Takes from the end of what lies between the first line and the closing buttons and small print. */
function takeFromTheMiddle(
  parts: readonly Part[],
  rest: readonly Part[],
  room: Room,
  weigh: (part: Part) => Weight,
  moreWords: string,
): Fitted {
  const weights = parts.map(weigh)
  let spent = sum(weights)
  if (fitsIn(spent, room)) return { parts, rest }
  const firstText = parts.findIndex((part) => part.type === 'text' || part.type === 'item')
  const lastBody = parts.findLastIndex((part) => part.type !== 'note' && part.type !== 'buttons')
  const taken = new Set<number>()
  spent = { blocks: spent.blocks + 1, characters: spent.characters + noteReserve }
  for (let index = lastBody; index >= 0 && !fitsIn(spent, room); index -= 1) {
    if (index === firstText || parts[index]?.type === 'heading' || parts[index]?.type === 'buttons') continue
    taken.add(index)
    spent = add(spent, weights[index] ?? nothingWeighs, -1)
  }
  const moved = parts.filter((_, index) => taken.has(index))
  if (moved.length === 0) return { parts, rest }
  const body = parts.slice(0, lastBody + 1).filter((_, index) => !taken.has(index))
  const count = moved.filter(({ type }) => type !== 'divider' && type !== 'note').length
  const note = moreNote(`and ${Math.max(1, count)} more ${moreWords}`)
  return { parts: [...body, note, ...parts.slice(lastBody + 1)], rest: tablesWhole([...moved, ...rest]) }
}

/** A table that was shortened and then taken altogether is one table again: a message may hold only one. */
function tablesWhole(parts: readonly Part[]): readonly Part[] {
  const whole: Part[] = []
  for (const part of parts) {
    const index = part.type === 'table' ? whole.findIndex((other) => other.type === 'table' && other.columns === part.columns) : -1
    const begun = whole[index]
    if (part.type === 'table' && begun?.type === 'table') whole[index] = { ...begun, rows: [...begun.rows, ...part.rows] }
    else whole.push(part)
  }
  return whole
}

const moreNote = (words: string): NotePart => ({ type: 'note', line: line(words.trim()) })

const fitsIn = (weight: Weight, room: Room): boolean => weight.blocks <= room.blocks && weight.characters <= room.characters

const add = (a: Weight, b: Weight, sign: 1 | -1): Weight => ({
  blocks: a.blocks + sign * b.blocks,
  characters: a.characters + sign * b.characters,
})

const sum = (weights: readonly Weight[]): Weight => weights.reduce((all, one) => add(all, one, 1), { blocks: 0, characters: 0 })
