// What only a real connection shows: answers cut off, connections reset, slow bodies, the deadline, keep-alive and a proxy.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { GongSurprise, GongUnavailable } from '../../src/errors.ts'
import { type GongOptions, openGong } from '../../src/gong/open.ts'
import { options, week } from './fakes.ts'

type Answer = (response: ServerResponse, request: IncomingMessage) => void

const page = JSON.stringify({ requestId: 'r', records: { totalRecords: 1 }, usersAggregatedActivity: [{ userId: '1', callsAsHost: 2 }] })
const json = { 'content-type': 'application/json' }
const good: Answer = (response) => response.writeHead(200, json).end(page)
const cutOff: Answer = (response) => {
  response.writeHead(200, { ...json, 'content-length': page.length }).write(page.slice(0, 20), () => response.destroy())
}
const cutOffChunked: Answer = (response) => {
  response.writeHead(200, json).write(page.slice(0, 20), () => response.destroy())
}
const reset: Answer = (_response, request) => (request.socket as Socket).resetAndDestroy()

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A server that answers in turn and notes what it was asked. */
async function serve(...answers: Answer[]) {
  const seen: { url: string | undefined; range: string | undefined; port: number | undefined }[] = []
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      seen.push({ url: request.url, range: request.headers.range, port: request.socket.remotePort })
      ;(answers.shift() ?? good)(response, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { seen, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

async function read(given: Partial<GongOptions>, signal?: AbortSignal) {
  const gong = await openGong(options(given).all)
  closers.unshift(gong.close)
  return gong.source.fetchActivity(week, { purpose: 'background', ...(signal && { signal }) })
}

it('asks again, from the start, after answers cut off and connections reset', async () => {
  const { seen, baseUrl } = await serve(cutOff, reset, cutOffChunked)
  expect(await read({ baseUrl })).toMatchObject({ records: [{ personId: '1', callsAsHost: 2 }], requests: 4 })
  expect(seen.map(({ range }) => range)).toEqual([undefined, undefined, undefined, undefined])
})

it('takes a server that always resets for unavailable', async () => {
  const { baseUrl } = await serve(reset, reset, reset, reset, reset, reset)
  await expect(read({ baseUrl })).rejects.toThrow(GongUnavailable)
})

it('ends an answer that never ends at the deadline', async () => {
  const { baseUrl } = await serve((response) => response.writeHead(200, json).write('{"requestId":'))
  await expect(read({ baseUrl, limits: { deadlineMs: 100 } })).rejects.toThrow('no whole answer within')
})

it('breaks off an answer longer than any page, without asking again', async () => {
  const { seen, baseUrl } = await serve((response) => response.writeHead(200, json).end(`{"x":"${'y'.repeat(5000)}"}`))
  await expect(read({ baseUrl, limits: { maxBytes: 1000 } })).rejects.toThrow(GongSurprise)
  expect(seen).toHaveLength(1)
})

it('ends at once when cancelled or closed while Gong is silent', async () => {
  const stop = new AbortController()
  const silent = await serve(() => stop.abort(new Error('stop now')))
  await expect(read({ baseUrl: silent.baseUrl }, stop.signal)).rejects.toThrow('stop now')
  const setup = options({})
  const asked = Promise.withResolvers<void>()
  const other = await serve(() => asked.resolve())
  const gong = await openGong({ ...setup.all, baseUrl: other.baseUrl })
  const reading = gong.source.fetchActivity(week, { purpose: 'background' })
  const ended = expect(reading).rejects.toThrow('being closed')
  await asked.promise
  await gong.close()
  await ended
})

it('keeps its connections, also after a 503: eight requests share the pool of four', async () => {
  const down: Answer = (response) => response.writeHead(503, json).end('{}')
  const { seen, baseUrl } = await serve(good, down, good, down, good, down, good, good)
  const gong = await openGong(options({ baseUrl }).all)
  closers.unshift(gong.close)
  for (let count = 0; count < 5; count += 1) await gong.source.fetchActivity(week, { purpose: 'background' })
  expect(seen).toHaveLength(8)
  expect(new Set(seen.map(({ port }) => port)).size).toBeLessThanOrEqual(4)
})

it('goes through the proxy, except to the hosts that are to be reached directly', async () => {
  const target = await serve()
  const proxy = await serve()
  const viaProxy = { httpsProxy: proxy.baseUrl }
  await read({ baseUrl: target.baseUrl, proxy: viaProxy })
  expect(proxy.seen.map(({ url }) => url)).toEqual([`${target.baseUrl}/v2/stats/activity/aggregated`])
  expect(target.seen).toHaveLength(0)
  await read({ baseUrl: target.baseUrl, proxy: { ...viaProxy, noProxy: '127.0.0.1' } })
  expect(target.seen).toHaveLength(1)
})
