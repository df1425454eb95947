// The cursor loop ends, whatever Gong answers.
import { expect, it } from 'vitest'
import { GongRefused, GongSurprise } from '../../src/errors.ts'
import { fetchPages, type PagedList } from '../../src/gong/wire/pages.ts'
import type { RequestGong } from '../../src/gong/wire/request.ts'
import { turnsOfLongPieces } from '../kit/turns-of-loop.ts'

type Answer = { ids: (string | object | null)[]; total?: unknown; cursor?: unknown } | Error

const list: PagedList = {
  call: (cursor) => ({ method: 'POST', path: '/list', body: { cursor } }),
  listKey: 'items',
  identify: (row) => row.id as string | undefined,
}

/** Answers in turn; records the cursors it was sent. */
function answering(...answers: Answer[]): { request: RequestGong; sent: unknown[] } {
  const sent: unknown[] = []
  const request: RequestGong = async (call) => {
    sent.push((call.body as { cursor?: string }).cursor)
    const answer = answers.shift()
    if (answer === undefined) throw new Error('asked once too often')
    if (answer instanceof Error) throw answer
    const items = answer.ids.map((id) => (typeof id === 'string' ? { id } : id))
    const records = { totalRecords: answer.total, currentPageSize: items.length, cursor: answer.cursor }
    return { json: { items, records, timeZone: 'Asia/Tokyo' }, requestId: 'r', bytes: 100, requests: 1 }
  }
  return { request, sent }
}

const ask = { purpose: 'background' } as const
const expired = () => new GongRefused({ endpoint: 'POST /list', status: 400, errors: ['Cursor has expired'] })

it('repeats the request with each cursor until none is left', async () => {
  const { request, sent } = answering({ ids: ['1', '2'], total: 3, cursor: 'a' }, { ids: ['3'], total: 3 })
  const pages: unknown[] = []
  const whole = await fetchPages(request, list, { ...ask, onPage: (progress) => pages.push(progress) })
  expect(whole).toMatchObject({ rows: [{ id: '1' }, { id: '2' }, { id: '3' }], requests: 2, timeZone: 'Asia/Tokyo' })
  expect(sent).toEqual([undefined, 'a'])
  expect(pages).toEqual([
    { page: 1, pages: 2 }, // 1 record left, 2 a page
    { page: 2, pages: 2 },
  ])
})

it.each([[null], [''], [undefined]])('ends where the cursor is %j', async (cursor) => {
  const { request } = answering({ ids: ['1'], total: 1, cursor })
  expect((await fetchPages(request, list, ask)).rows).toHaveLength(1)
})

it('ends at a cursor that comes back', async () => {
  const { request } = answering(
    { ids: ['1'], total: 9, cursor: 'a' },
    { ids: ['2'], total: 9, cursor: 'b' },
    { ids: ['3'], total: 9, cursor: 'a' },
  )
  await expect(fetchPages(request, list, ask)).rejects.toThrow(GongSurprise)
})

it('ends at a page that brings nothing new but promises more, with ever new cursors', async () => {
  const { request } = answering({ ids: ['1'], total: 9, cursor: 'a' }, { ids: ['1'], total: 9, cursor: 'b' })
  await expect(fetchPages(request, list, ask)).rejects.toThrow('nothing new')
})

it('does not believe more records than announced, judged by the last page', async () => {
  const grown = answering({ ids: ['1', '2'], total: 2, cursor: 'a' }, { ids: ['3'], total: 3 })
  expect((await fetchPages(grown.request, list, ask)).rows).toHaveLength(3)
  const pages = [
    { ids: ['1', '2'], total: 3, cursor: 'a' },
    { ids: ['3'], total: 2 },
  ]
  const more = answering(...pages, ...pages)
  await expect(fetchPages(more.request, list, ask)).rejects.toThrow('more records')
})

it('merges identical duplicates and refuses differing ones', async () => {
  const same = answering({ ids: ['1', '2'], total: 3, cursor: 'a' }, { ids: ['2', '3'], total: 4 })
  expect((await fetchPages(same.request, list, ask)).rows).toHaveLength(3)
  const clash = {
    ids: [
      { id: '1', calls: 2 },
      { id: '1', calls: 3 },
    ],
    total: 2,
  }
  const differing = answering(clash, clash)
  await expect(fetchPages(differing.request, list, ask)).rejects.toThrow('two different records')
})

it('starts again once when a cursor has expired', async () => {
  const { request, sent } = answering(
    { ids: ['1'], total: 2, cursor: 'a' },
    expired(),
    { ids: ['1'], total: 2, cursor: 'b' },
    { ids: ['2'], total: 2 },
  )
  const whole = await fetchPages(request, list, ask)
  expect(whole.rows).toHaveLength(2)
  expect(sent).toEqual([undefined, 'a', undefined, 'b'])
})

it('gives up when the cursor of the second start expires too', async () => {
  const { request } = answering({ ids: ['1'], total: 2, cursor: 'a' }, expired(), { ids: ['1'], total: 2, cursor: 'b' }, expired())
  await expect(fetchPages(request, list, ask)).rejects.toThrow(GongRefused)
})

it('a 400 about a cursor on the first page is no expired cursor', async () => {
  const { request, sent } = answering(expired())
  await expect(fetchPages(request, list, ask)).rejects.toThrow(GongRefused)
  expect(sent).toHaveLength(1)
})

it('reads a list again that is shorter than announced, and does not believe it twice', async () => {
  const once = answering({ ids: ['1'], total: 2 }, { ids: ['1', '2'], total: 2 })
  expect(await fetchPages(once.request, list, ask)).toMatchObject({ requests: 2, rows: [{ id: '1' }, { id: '2' }] })
  const twice = answering({ ids: ['1'], total: 2 }, { ids: ['1'], total: 2 })
  await expect(fetchPages(twice.request, list, ask)).rejects.toThrow('fewer records')
})

it.each([
  ['a total that is no count', { ids: [], total: 'many' }],
  ['a negative total', { ids: [], total: -1 }],
  ['a cursor that is no text', { ids: ['1'], total: 2, cursor: 7 }],
])('does not believe %s', async (_what, answer) => {
  await expect(fetchPages(answering(answer).request, list, ask)).rejects.toThrow(GongSurprise)
})

it('an empty first page is an empty list', async () => {
  expect((await fetchPages(answering({ ids: [], total: 0 }).request, list, ask)).rows).toEqual([])
})

it('fetches a list that moves once more from the start: somebody twice with other figures, a total that shrinks', async () => {
  const whole = { ids: [{ id: '1', calls: 3 }, '2'], total: 2 }
  const twice = answering({ ids: [{ id: '1', calls: 2 }], total: 3, cursor: 'a' }, { ids: [{ id: '1', calls: 3 }, '2'], total: 3 }, whole)
  expect((await fetchPages(twice.request, list, ask)).rows).toEqual([{ id: '1', calls: 3 }, { id: '2' }])
  const shrinking = answering({ ids: ['1', '2'], total: 3, cursor: 'a' }, { ids: ['3'], total: 2 }, whole)
  expect((await fetchPages(shrinking.request, list, ask)).rows).toHaveLength(2)
})

it('takes "nothing found" beyond the first page for a broken list: once from the start, then an error', async () => {
  const pages = [['1'], ['2']].map(([id = '']) => ({ ids: [id], total: 3, cursor: `after-${id}` }))
  const emptyLater = (healed: boolean): RequestGong => {
    let asked = 0
    return async () => {
      asked += 1
      const page = (asked - 1) % 3
      if (page === 2 && !(healed && asked > 3)) return { json: 'empty', requestId: 'r', bytes: 100, requests: 1 }
      const { ids, ...records } = pages[page] ?? { ids: ['3'], total: 3, cursor: '' }
      return {
        json: { items: ids.map((id) => ({ id })), records: { totalRecords: records.total, cursor: records.cursor } },
        requestId: 'r',
        bytes: 100,
        requests: 1,
      }
    }
  }
  expect((await fetchPages(emptyLater(true), list, ask)).rows).toHaveLength(3)
  await expect(fetchPages(emptyLater(false), list, ask)).rejects.toThrow('a later page is missing')
})

it('ends where the pages of one list have come to more than 128 MiB, however many records they hold', async () => {
  let pages = 0
  const request: RequestGong = async () => {
    pages += 1
    const json = { items: [{ id: String(pages) }], records: { cursor: `c${pages}` } }
    return { json, requestId: 'r', bytes: 16 * 1024 * 1024, requests: 1 }
  }
  await expect(fetchPages(request, list, ask)).rejects.toThrow('more than 128 MiB in one list')
  // Eight of 16 MiB are the bound.
  expect(pages).toBe(9)
})

it('lets others in while it goes through a long page', async () => {
  const { request } = answering({ ids: Array.from({ length: 500 }, (_, n) => String(n)), total: 500 })
  expect(await turnsOfLongPieces(() => fetchPages(request, list, ask))).toBeGreaterThan(400)
})
