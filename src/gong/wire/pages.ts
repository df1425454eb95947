// The only cursor loop. It always ends: a repeated cursor, a page without anything new, more or fewer records than Gong announced, two
// different records of one identity, or a later page that is missing are failures. A list may move while it is fetched, so it is
// fetched from the start once more before such a failure counts; so it is after an expired cursor.
import { GongRefused, GongSurprise } from '../../errors.ts'
import { forEachYielding } from '../../yielding.ts'
import type { AskGong } from '../source.ts'
import type { GongCall, GongReply, RequestGong } from './request.ts'

export type Row = Readonly<Record<string, unknown>>

export interface PagedList {
  call(cursor: string | undefined): GongCall
  /** The answer's field that holds the list. */
  readonly listKey: string
  /** What makes two records the same one; undefined when this one lacks what identifies it. */
  identify(row: Row): string | undefined
  /** Two different records of one identity, also at the second try: `fail` rejects the list, `set-aside` rejects those records. */
  readonly onClash?: 'fail' | 'set-aside' | undefined
}

export interface WholeList {
  /** Each identity once, in Gong's order; entries that are no objects are `null`. */
  readonly rows: readonly (Row | null)[]
  /** Different records of one identity, where such are set aside; none of them is in `rows`. */
  readonly clashing?: readonly Row[] | undefined
  readonly requests: number
  readonly requestId: string | undefined
  /** The company's zone, where the answer names it (live). */
  readonly timeZone: string | undefined
}

/** Reads every page. @throws GongSurprise when the list cannot be trusted, and whatever the request throws. */
export async function fetchPages(request: RequestGong, list: PagedList, ask: AskGong): Promise<WholeList> {
  const spent = { requests: 0 }
  const first = await fetchOnce(request, list, ask, spent, 'fail')
  if (!(first instanceof GongSurprise || first instanceof GongRefused)) return first
  const second = await fetchOnce(request, list, ask, spent, list.onClash ?? 'fail')
  if (second instanceof Error) throw second
  return second
}

/** A whole list, or a failure that is worth one new start. @throws every other failure. */
async function fetchOnce(
  request: RequestGong,
  list: PagedList,
  ask: AskGong,
  spent: { requests: number },
  onClash: 'fail' | 'set-aside',
): Promise<WholeList | GongSurprise | GongRefused> {
  const seen = new Map<string, Row>()
  const clashing = new Map<string, Row[]>()
  const cursors = new Set<string>()
  const rows: (Row | null)[] = []
  let received = 0
  let bytes = 0
  let timeZone: string | undefined
  let cursor: string | undefined
  for (let page = 1; ; page += 1) {
    const call = list.call(cursor)
    const endpoint = `${call.method} ${call.path}`
    let reply: GongReply
    try {
      reply = await request(call, ask)
    } catch (error) {
      if (cursor !== undefined && isExpiredCursor(error)) return error
      throw error
    }
    spent.requests += reply.requests
    const requestId = reply.requestId
    const surprise = (what: string, paths: readonly string[] = []) => new GongSurprise({ endpoint, requestId, what, paths })
    if (page > 1 && reply.json === 'empty') return surprise('a later page is missing', [list.listKey])
    const { entries, total, next, zone } = readPage(reply.json, list.listKey, surprise)
    timeZone = zone ?? timeZone
    received += entries.length
    bytes += reply.bytes
    if (bytes > mostBytes) throw surprise(`more than ${mostBytes / 1024 / 1024} MiB in one list`, [list.listKey])
    const kept = rows.length
    await forEachYielding(entries, (given) => {
      const entry = asRow(given)
      const identity = entry === null ? undefined : list.identify(entry)
      const before = identity === undefined ? undefined : seen.get(identity)
      if (entry === null || before === undefined) {
        rows.push(entry)
        if (entry !== null && identity !== undefined) seen.set(identity, entry)
      } else if (identity !== undefined && JSON.stringify(before) !== JSON.stringify(entry)) {
        const same = clashing.get(identity) ?? [before]
        same.push(entry)
        clashing.set(identity, same)
      }
    })
    if (clashing.size > 0 && onClash === 'fail') return surprise('two different records of one identity', [list.listKey])
    ask.onPage?.({
      page,
      ...(total === undefined || entries.length === 0 ? {} : { pages: page + pagesLeft(total - received, entries.length) }),
    })
    if (next === undefined) {
      const aside = new Set<Row | null>()
      await forEachYielding([...clashing.values()].flat(), (row) => void aside.add(row))
      const known = rows.length + aside.size - clashing.size
      if (total !== undefined && known > total) return surprise('more records than it announced', ['records.totalRecords'])
      if (total !== undefined && received < total) return surprise('fewer records than it announced', ['records.totalRecords'])
      if (clashing.size === 0) return { rows, requests: spent.requests, requestId, timeZone }
      const trusted: (Row | null)[] = []
      await forEachYielding(rows, (row) => {
        if (!aside.has(row)) trusted.push(row)
      })
      return { rows: trusted, clashing: [...clashing.values()].flat(), requests: spent.requests, requestId, timeZone }
    }
    if (cursors.has(next)) throw surprise('a cursor came back: the pages go in a circle', ['records.cursor'])
    if (rows.length === kept) throw surprise('a page with nothing new says there is more', ['records.cursor'])
    if (total !== undefined && received > 2 * total + 1000) throw surprise('more records than it announced', ['records.totalRecords'])
    if (received > mostRecords) throw surprise('more records than any list has', ['records.cursor'])
    cursors.add(next)
    cursor = next
  }
}

/** Of one list that announces no total: a company of 10,000 people fills in fewer cards in a year. */
const mostRecords = 2_000_000
/** A busy week of 10,000 people, day by day with the ids of all calls, has about 45 MiB. */
const mostBytes = 128 * 1024 * 1024

const pagesLeft = (recordsLeft: number, pageSize: number): number => Math.max(0, Math.ceil(recordsLeft / pageSize))

function isExpiredCursor(error: unknown): error is GongRefused {
  return error instanceof GongRefused && error.status === 400 && error.errors.some((text) => /cursor/i.test(text))
}

interface Page {
  readonly entries: readonly unknown[]
  readonly total: number | undefined
  readonly next: string | undefined
  readonly zone: string | undefined
}

function readPage(json: GongReply['json'], listKey: string, surprise: (what: string, paths: readonly string[]) => Error): Page {
  if (json === 'empty') return { entries: [], total: undefined, next: undefined, zone: undefined }
  const listed = json[listKey]
  if (!Array.isArray(listed)) throw surprise('the list is missing', [listKey])
  const records = asRow(json.records)
  const total = records?.totalRecords
  const cursor = records?.cursor
  if (total !== undefined && total !== null && !(Number.isInteger(total) && (total as number) >= 0))
    throw surprise('the announced total is no count', ['records.totalRecords'])
  if (cursor !== undefined && cursor !== null && typeof cursor !== 'string') throw surprise('the cursor is no text', ['records.cursor'])
  return {
    entries: listed,
    total: typeof total === 'number' ? total : undefined,
    next: typeof cursor === 'string' && cursor !== '' ? cursor : undefined,
    zone: typeof json.timeZone === 'string' ? json.timeZone : undefined,
  }
}

const asRow = (value: unknown): Row | null => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Row) : null)
