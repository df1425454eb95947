// Cuts a list into pages and hands out cursors: opaque, bound to the request they came from, and good for a while. A few whole
// answers are kept, so that the pages of one list belong together even when data arrives in between.
import { createHash } from 'node:crypto'
import { type Answer, Refusal } from './operation.ts'

export interface PagedAnswer {
  readonly listKey: string
  readonly rows: readonly unknown[]
  readonly total: number
  readonly cursor: string | undefined
  readonly answer: Answer
}

export interface Pager {
  /** `key` identifies a request (operation and filter). @throws Refusal for a cursor that is unknown, foreign or expired */
  page(key: string, cursor: string | undefined, make: () => Answer, nowMs: number): PagedAnswer
  expireAll(): void
}

const answersKept = 12

export function createPager(given: { readonly pageSize: number; readonly lifetimeMs: number; readonly seed: number }): Pager {
  const cursors = new Map<string, { readonly key: string; readonly answer: Answer; readonly offset: number; readonly untilMs: number }>()
  const order: Answer[] = []
  let issued = 0

  return {
    page(key, cursor, make, nowMs) {
      const place = cursor === undefined ? undefined : cursors.get(cursor)
      if (cursor !== undefined && (!place || place.untilMs <= nowMs)) throw new Refusal(400, 'cursor: is unknown or has expired')
      if (place && place.key !== key) throw new Refusal(400, 'cursor: belongs to a request with another filter')
      const answer = place?.answer ?? make()
      const offset = place?.offset ?? 0
      const { listKey, rows } = answer
      if (!answer.paged) return { listKey, rows, total: rows.length, cursor: undefined, answer }
      const end = offset + given.pageSize
      return {
        listKey,
        rows: rows.slice(offset, end),
        total: rows.length,
        cursor: end < rows.length ? issue(key, answer, end, nowMs) : undefined,
        answer,
      }
    },
    expireAll: () => cursors.clear(),
  }

  function issue(key: string, answer: Answer, offset: number, nowMs: number): string {
    if (!order.includes(answer)) order.push(answer)
    const dropped = order.length > answersKept ? order.shift() : undefined
    if (dropped) for (const [name, place] of cursors) if (place.answer === dropped) cursors.delete(name)
    issued += 1
    const cursor = createHash('sha256').update(`${given.seed}/${issued}`).digest('base64url')
    cursors.set(cursor, { key, answer, offset, untilMs: nowMs + given.lifetimeMs })
    return cursor
  }
}
