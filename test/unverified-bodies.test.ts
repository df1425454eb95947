// Bodies from strangers over real connections: bounds of length, time and memory, and whose turn it is to give way.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, it } from 'vitest'
import { type BodyBounds, createUnverifiedBodies } from '../src/unverified-bodies.ts'

let server: Server
let port = 0
const sockets: Socket[] = []

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
})

const mostBytes = 1000

/** Answers with the length of the body, or with the status it is refused with. */
async function serve(bounds: BodyBounds): Promise<void> {
  const bodies = createUnverifiedBodies(bounds)
  server = createServer(async (request, response) => {
    const body = await bodies.read(request, mostBytes)
    response.writeHead(typeof body === 'number' ? body : 200, { connection: 'close' }).end(typeof body === 'number' ? '' : `${body.length}`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
}

/** Sends the beginning of a body that says to be `length` long. */
async function begin(part: string, length = mostBytes): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n${part}`)
  return socket
}

const statusOf = async (socket: Socket): Promise<string> => (await text(socket)).slice(9, 12)
const roomy = { withinMs: 60_000, bytesHeld: 1_000_000 }

it('a body within the bounds is read whole, of any length up to the longest', async () => {
  await serve(roomy)
  for (const length of [0, 1, mostBytes]) {
    const answer = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: 'x'.repeat(length) })
    expect([answer.status, await answer.text()]).toEqual([200, `${length}`])
  }
})

it('one that is longer is refused, by what it says of itself or by what came', async () => {
  await serve(roomy)
  expect(await statusOf(await begin('x', mostBytes + 1))).toBe('413')
  const chunked = connect(port, '127.0.0.1')
  sockets.push(chunked)
  chunked.write(`POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n44C\r\n${'x'.repeat(1100)}\r\n`)
  expect(await statusOf(chunked)).toBe('413')
})

it('one that does not come is refused in time', async () => {
  await serve({ ...roomy, withinMs: 20 })
  expect(await statusOf(await begin('x'))).toBe('408')
})

it('the oldest gives way to the newest, which is whole', async () => {
  // Three beginnings of 900 bytes and what they cost besides find room; a fourth does not.
  await serve({ withinMs: 60_000, bytesHeld: 3600 })
  const [oldest, second, third] = [await begin('x'.repeat(900)), await begin('x'.repeat(900)), await begin('x'.repeat(900))]
  const answer = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: 'x'.repeat(900) })
  expect([answer.status, await answer.text()]).toEqual([200, '900'])
  expect(await statusOf(oldest)).toBe('408')
  // The others had their room back, and end as they would have.
  for (const socket of [second, third]) {
    socket.write('x'.repeat(100))
    expect(await statusOf(socket)).toBe('200')
  }
})

it('single bytes count as what they cost in memory', async () => {
  await serve({ withinMs: 60_000, bytesHeld: 2000 })
  const slow = await begin('x')
  const answered = statusOf(slow)
  for (let sent = 1; sent < 20 && !slow.destroyed; sent += 1) {
    slow.write('x')
    await new Promise((turn) => setTimeout(turn, 5))
  }
  expect(await answered).toBe('408')
})
