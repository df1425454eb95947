// The long list of everybody: spaced below Slack's rate, by a client of its own that stops no other call.
import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api'
import { describe, expect, it } from 'vitest'
import { createMemberPages, withFreshCursor } from '../../src/slack/list-members.ts'
import { pagesOf } from '../../src/slack/pages-of.ts'

const refused = (error: string) => new WebAPIPlatformError({ ok: false, error } as never)

/** Reads pages until the list ends; `answer` gives what a call comes to. */
async function read(pages: number, answer: (call: number, cursor: string | undefined) => Error | undefined, mostWaitMs?: number) {
  const waits: number[] = []
  const cursors: (string | undefined)[] = []
  const apiCall = async (_method: string, given: unknown) => {
    const { cursor } = given as { readonly cursor?: string }
    cursors.push(cursor)
    const error = answer(cursors.length, cursor)
    if (error) throw error
    const next = Number(cursor ?? 0) + 1
    return { ok: true, response_metadata: { next_cursor: next < pages ? String(next) : '' } }
  }
  const list = createMemberPages({ apiCall } as never, async (ms) => void waits.push(ms), undefined, undefined, mostWaitMs)
  const all = withFreshCursor(async () => {
    let count = 0
    for await (const _page of pagesOf(list, 1000)) count += 1
    return count
  })
  return { all, waits, cursors }
}

describe('a list of 25 pages', () => {
  it('is spaced below 20 pages a minute after the first five', async () => {
    const { all, waits } = await read(25, () => undefined)
    expect(await all).toBe(25)
    expect(waits).toEqual(Array.from({ length: 20 }, () => 3200))
    expect(60_000 / 3200).toBeLessThan(20)
  })

  it('waits where Slack asks to and goes on with the same page', async () => {
    const { all, waits, cursors } = await read(2, (call) => (call <= 4 ? new WebAPIRateLimitedError(30) : undefined))
    expect(await all).toBe(2)
    expect(waits).toEqual([30_000, 30_000, 30_000, 30_000])
    expect(cursors).toEqual([undefined, undefined, undefined, undefined, undefined, '1'])
  })

  it('is handed back to who looks on once Slack has asked for a minute in all', async () => {
    const { all, waits } = await read(5, (call) => (call % 2 === 0 ? new WebAPIRateLimitedError(25) : undefined), 60_000)
    await expect(all).rejects.toThrow(WebAPIRateLimitedError)
    expect(waits).toEqual([25_000, 25_000])
  })

  it('asks again for a page that did not come, and gives up after three times', async () => {
    const once = await read(2, (call) => (call === 2 ? new Error('socket hang up') : undefined))
    expect([await once.all, once.waits]).toEqual([2, [1000]])
    const always = await read(2, (_call, cursor) => (cursor === '1' ? refused('internal_error') : undefined))
    await expect(always.all).rejects.toThrow('internal_error')
    expect(always.cursors).toEqual([undefined, '1', '1', '1'])
  })

  it('begins anew when its cursor runs out', async () => {
    const { all, cursors } = await read(3, (call) => (call === 3 ? refused('invalid_cursor') : undefined))
    expect(await all).toBe(3)
    expect(cursors).toEqual([undefined, '1', '2', undefined, '1', '2'])
  })

  it('is refused at once where a retry changes nothing', async () => {
    const { all, waits } = await read(3, () => refused('missing_scope'))
    await expect(all).rejects.toThrow('missing_scope')
    expect(waits).toEqual([])
  })
})

describe('a page', () => {
  /** How many members are asked for, page by page, in a workspace of so many bytes each. */
  async function limits(bytesEach: number, member = (bytes: number): unknown => ({ name: 'n'.repeat(bytes - 11) })) {
    const asked: number[] = []
    const sizes: number[] = []
    const apiCall = async (_method: string, { limit }: { readonly limit: number }) => {
      asked.push(limit)
      const answer = {
        ok: true,
        members: Array.from({ length: limit }, () => member(bytesEach)),
        response_metadata: { next_cursor: `${asked.length}` },
      }
      sizes.push(Buffer.byteLength(JSON.stringify(answer)))
      return answer
    }
    const list = createMemberPages({ apiCall } as never, async () => undefined)
    for (const cursor of [undefined, '1', '2']) await list(cursor)
    return { asked, sizes }
  }

  it('has the 200 members Slack recommends where they are short', async () => {
    expect((await limits(1000)).asked).toEqual([50, 200, 200])
  })

  it('has fewer where they are long, whatever their letters take', async () => {
    // 300,000 bytes, with 12,000 and a comma a member: 24.99.
    expect((await limits(12_000)).asked).toEqual([50, 24, 24])
    const wide = await limits(12_000, (bytes) => ({ name: '😀'.repeat((bytes - 12) / 4) }))
    expect(wide.asked).toEqual([50, 24, 24])
    expect(Math.max(...wide.sizes.slice(1))).toBeLessThan(310_000)
  })

  it('has some members however long they are, and as many as before where a page has none', async () => {
    expect((await limits(20_000)).asked).toEqual([50, 20, 20])
    const asked: number[] = []
    const apiCall = async (_method: string, { limit }: { readonly limit: number }) => {
      asked.push(limit)
      return { ok: true, members: [] }
    }
    const list = createMemberPages({ apiCall } as never, async () => undefined)
    await list(undefined)
    await list('1')
    expect(asked).toEqual([50, 50])
  })
})
