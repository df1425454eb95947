// The bounds of an answer's size and depth, over a real connection: it is cut off while it arrives, before anything parses it.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { GongRefused, GongSurprise } from '../../src/errors.ts'
import { openGong } from '../../src/gong/open.ts'
import { options, week } from './fakes.ts'

let server: Server | undefined
afterEach(async () => {
  server?.closeAllConnections()
  await new Promise((closed) => server?.close(closed))
})

/** What becomes of one answer with this body, and how often it was asked for. */
async function answered(
  body: string | Buffer,
  { status = 200, headers = {} }: { readonly status?: number; readonly headers?: Record<string, string> } = {},
): Promise<{ readonly outcome: unknown; readonly requests: number }> {
  let requests = 0
  server?.closeAllConnections()
  server?.close()
  server = createServer((_request, response) => {
    requests += 1
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  })
  await new Promise<void>((listening) => server?.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const gong = await openGong(options({ baseUrl: `http://127.0.0.1:${port}` }).all)
  const outcome = await gong.source.fetchActivity(week, { purpose: 'background' }).catch((error: unknown) => error)
  await gong.close()
  return { outcome, requests }
}

const row = '{"userId":"7","callsAsHost":3}'
const withField = (field: string) => `{"records":{"totalRecords":1},"usersAggregatedActivity":[${row}],"more":${field}}`
/** The object around it is the first level. */
const nested = (levels: number) => withField('['.repeat(levels - 1) + ']'.repeat(levels - 1))

describe('an answer', () => {
  it('may be nested 64 levels deep, and hold any number of brackets in its texts', async () => {
    const taken = { records: [{ personId: '7', callsAsHost: 3 }] }
    expect((await answered(nested(64))).outcome).toMatchObject(taken)
    expect((await answered(withField(`"${'[{'.repeat(500)}\\\\\\"["`))).outcome).toMatchObject(taken)
  })

  it.each([
    ['65 levels', nested(65)],
    ['5,000,000 levels', nested(5_000_000)],
    ['1,000,000 levels that never close', '{"a":'.repeat(1_000_000)],
  ])('with %s is asked for once and refused in words', async (_name, body) => {
    const { outcome, requests } = await answered(body)
    expect(outcome).toBeInstanceOf(GongSurprise)
    expect(String(outcome)).toContain('nested deeper than 64 levels')
    expect(requests).toBe(1)
  })

  it('of more than 16 MiB, or with one entry of more than one, is asked for once and refused in words', async () => {
    const long = (length: number) => `"${'y'.repeat(length)}"`
    const tooLong = await answered(withField(`[${long(900_000)},${Array.from({ length: 18 }, () => long(900_000)).join(',')}]`))
    expect(String(tooLong.outcome)).toContain('longer than 16777216 bytes')
    const oneLong = await answered(withField(`[${long(1024 * 1024)}]`))
    expect(String(oneLong.outcome)).toContain('an entry longer than 1048576 bytes')
    expect([tooLong.requests, oneLong.requests]).toEqual([1, 1])
  })
  it.each([
    ['in plain', {}, (body: string) => Buffer.from(body)],
    ['compressed', { 'content-encoding': 'gzip' }, (body: string) => gzipSync(body)],
  ])('of more records than any list has is asked for once and refused in words that say where from, %s', async (_how, headers, sent) => {
    const { outcome, requests } = await answered(sent(withField(`[${Array.from({ length: 2_000_000 }, () => '{}').join(',')}]`)), {
      headers,
    })
    expect(outcome).toBeInstanceOf(GongSurprise)
    expect(outcome).toMatchObject({ endpoint: 'POST /stats/activity/aggregated' })
    expect(String(outcome)).toMatch(/lists more than 50000 records at once; check GONG_BASE_URL and what answers at 127\.0\.0\.1:\d+$/)
    expect(requests).toBe(1)
  })

  it('that refuses keeps its first errors, as long as a person reads', async () => {
    const errors = Array.from({ length: 40_000 }, (_, n) => `${n} ${'y'.repeat(350)}`)
    const body = JSON.stringify({ requestId: 'r'.repeat(5000), errors })
    const { outcome } = await answered(body, { status: 403 })
    expect(outcome).toBeInstanceOf(GongRefused)
    const { errors: kept, requestId } = outcome as GongRefused
    expect(kept).toEqual(errors.slice(0, 20).map((text) => text.slice(0, 300)))
    expect(requestId).toBe('r'.repeat(100))
  })
})
