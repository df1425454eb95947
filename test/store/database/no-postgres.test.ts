// A start beside something that is no Postgres, or not yet: what an operator reads, and when. Nothing here depends on how long it takes.
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { ConfigError } from '../../../src/errors.ts'
import { usualLimits } from '../../../src/store/database/pool.ts'
import { openPostgres } from '../../../src/store/database/postgres.ts'
import { addressOf } from '../../../src/store/database/postgres-address.ts'
import { keptLog } from '../../kit/quiet-log.ts'
import { stillClock } from '../backends.ts'

let server: Server | undefined
afterEach(() => server?.close())

/** Does this with every connection, and with the first bytes that come over it. */
async function listening(onConnection: (socket: Socket) => unknown, onBytes: (socket: Socket) => unknown = () => undefined) {
  let connections = 0
  server = createServer((socket) => {
    connections += 1
    socket.on('error', () => undefined)
    socket.on('data', () => onBytes(socket))
    onConnection(socket)
  })
  const { port } = await new Promise<{ port: number }>((resolve) => {
    server?.listen(0, '127.0.0.1', () => resolve(server?.address() as { port: number }))
  })
  return { url: `postgres://ana:secret-word@127.0.0.1:${port}/digest`, port, connections: () => connections }
}

async function opened(
  url: string,
  more: { readonly connectMs?: number; readonly signMs?: number; readonly openingAttempts?: number } = {},
) {
  const { log, lines } = keptLog()
  const { connectMs = usualLimits.connectMs, signMs = usualLimits.signMs, openingAttempts } = more
  const refusal: unknown = await openPostgres(url, {
    clock: stillClock(),
    log,
    limits: { ...usualLimits, connectMs, signMs },
    openingAttempts,
  }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(ConfigError)
  const said = lines.join('')
  expect(said).not.toContain('secret-word')
  return { words: (refusal as ConfigError).problems.join(), said }
}

const web = (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n')

it('another service is refused with the first answer', async () => {
  const { url, connections } = await listening(() => undefined, web)
  const { words } = await opened(url)
  expect(words).toBe('DATABASE_URL: what answers at its host and port is no Postgres. Check host and port: another service listens there')
  // One to open the database, one to ask what is there.
  expect(connections()).toBe(2)
})

it('another service that speaks first is refused as well', async () => {
  const greeting = (socket: Socket) => socket.end('220 mail.acme.test ESMTP\r\n')
  const { words } = await opened((await listening(greeting)).url)
  expect(words).toContain('is no Postgres. Check host and port')
})

it.each(['', '?sslmode=require'])('another service that keeps the connection is refused as well: %s', async (parameters) => {
  const greeting = (socket: Socket) => socket.write(Buffer.from('4a0000000a382e302e333600', 'hex'))
  const { words } = await opened((await listening(greeting)).url + parameters, { connectMs: 300 })
  expect(words).toContain('is no Postgres. Check host and port')
})

it('what ends each connection is waited for, with words from the first time on', async () => {
  const { url, port, connections } = await listening((socket) => socket.end())
  const { words, said } = await opened(url, { openingAttempts: 2 })
  expect(words).toBe(
    'DATABASE_URL: the database could not be opened (ended): each connection was ended before the server said anything. Check that Postgres runs at that host and port, and start again once it does',
  )
  expect(said).toContain('Waiting for the database, which ended the connection')
  expect(said).toContain(`"port":${port}`)
  expect(connections()).toBe(4)
})

it('what stays silent is named while it is waited for', async () => {
  const { url, port } = await listening(() => undefined)
  const { words, said } = await opened(url, { connectMs: 1500, signMs: 100 })
  expect(words).toContain('nothing came back in time. Check host and port')
  expect(said).toContain('Waiting for the database to answer')
  expect(said).toContain(`"port":${port}`)
})

it('a Postgres that says it starts is waited for', async () => {
  const fields = ['SFATAL', 'C57P03', 'Mthe database system is starting up', '']
  const text = Buffer.from(`${fields.join('\0')}\0`)
  const starting = Buffer.concat([Buffer.from('E'), Buffer.from([0, 0, 0, text.length + 4]), text])
  const { url, connections } = await listening(
    () => undefined,
    (socket) => socket.end(starting),
  )
  const { words, said } = await opened(url, { openingAttempts: 2 })
  expect(words).toContain('(57P03): the server is starting up or shutting down')
  expect(said).toContain('Waiting for the database, which is starting up or shutting down')
  expect(connections()).toBe(2)
})

it('no part of a password that ends the host too early is named', () => {
  expect(addressOf('postgres://ana:12/secret@db.acme.test/digest')).toEqual({})
  expect(addressOf('postgres://ana:12?secret@db.acme.test/digest')).toEqual({})
  expect(addressOf('postgres://ana:secret@db.acme.test:6432/digest?sslmode=verify-full')).toEqual({ host: 'db.acme.test', port: 6432 })
})
