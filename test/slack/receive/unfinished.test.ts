// Strangers who send long bodies and never end them: their memory is bounded, and Slack is answered meanwhile.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { type Edge, startEdge } from '../edge-kit.ts'

let edge: Edge
const strangers: Socket[] = []
afterEach(async () => {
  for (const socket of strangers.splice(0)) socket.destroy()
  await edge.stop()
})

it('of a hundred megabytes 32 are held, and a command is answered', async () => {
  edge = await startEdge('http')
  const part = Buffer.alloc(990_000, 'x')
  let turnedAway = 0
  for (let nth = 0; nth < 100; nth += 1) {
    const socket = connect(edge.port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.on('data', (answer) => {
      if (answer.toString().startsWith('HTTP/1.1 408')) turnedAway += 1
    })
    await once(socket, 'connect')
    socket.write('POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 999999\r\n\r\n')
    socket.write(part)
    strangers.push(socket)
  }
  await edge.slack.type('U0ANA', 'C0EMEA', '/gong-stats me')
  await edge.idle()
  expect(edge.slack.messages('C0EMEA', 'U0ANA').at(-1)?.text).toContain('Ana')
  // 33 bodies of 990,000 bytes are 32.7 million; 32 mebibytes are 33.6 million.
  await expect.poll(() => turnedAway).toBeGreaterThanOrEqual(66)
})
