// What stands between a company's machine and the internet, on loopback: a CONNECT proxy that remembers where to, an authority of the
// company's own, and https in front of a simulated service.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Duplex } from 'node:stream'
import { type Listening, listening } from './listening.ts'

/** Both ways, until one end is gone. */
function join(client: Duplex, upstream: Duplex): void {
  upstream.pipe(client)
  client.pipe(upstream)
  upstream.on('error', () => client.destroy())
  upstream.on('close', () => client.destroy())
  client.on('error', () => upstream.destroy())
  client.on('close', () => upstream.destroy())
}

/** `tunnels`: every host and port it was asked for, by CONNECT or, for plain http, by a whole address. */
export async function connectProxy(): Promise<Listening & { readonly url: string; readonly tunnels: string[] }> {
  const tunnels: string[] = []
  const server = createServer((incoming, response) => {
    tunnels.push(new URL(incoming.url ?? '').host)
    const { method, headers } = incoming
    const onward = request(incoming.url ?? '', { ...(method !== undefined && { method }), headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    incoming.pipe(onward)
  })
  server.on('connect', (asked, client, head) => {
    tunnels.push(asked.url ?? '')
    const [, port] = (asked.url ?? '').split(':')
    const upstream = connect({ host: '127.0.0.1', port: Number(port) }, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      upstream.write(head)
      join(client, upstream)
    })
    upstream.on('error', () => client.destroy())
  })
  const opened = await listening(server)
  return { ...opened, url: `http://127.0.0.1:${opened.port}`, tunnels }
}

export interface OwnAuthority {
  /** For NODE_EXTRA_CA_CERTS. */
  readonly certificateFile: string
  /** A server whose certificate this authority signed, for localhost. */
  readonly host: { readonly key: Buffer; readonly cert: Buffer }
  remove(): void
}

export const hasOpenssl = (() => {
  try {
    return execFileSync('openssl', ['version'], { encoding: 'utf8' }).startsWith('OpenSSL')
  } catch {
    return false
  }
})()

export function ownAuthority(): OwnAuthority {
  const folder = mkdtempSync(path.join(tmpdir(), 'authority-'))
  const run = (args: string) => execFileSync('openssl', args.split(' '), { cwd: folder, stdio: 'ignore' })
  run('req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=own-authority')
  run('req -newkey rsa:2048 -nodes -keyout host.key -out host.csr -subj /CN=localhost -addext subjectAltName=DNS:localhost')
  run('x509 -req -in host.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out host.pem -days 2 -copy_extensions copy')
  return {
    certificateFile: path.join(folder, 'ca.pem'),
    host: { key: readFileSync(path.join(folder, 'host.key')), cert: readFileSync(path.join(folder, 'host.pem')) },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** `https://localhost:<port>` before a plain service: answers name the new address wherever they named the old one; sockets go through. */
export async function httpsBefore(origin: string, { host }: OwnAuthority): Promise<Listening & { readonly origin: string }> {
  const behind = new URL(origin)
  let front = ''
  const server = createTlsServer(host, (incoming, response) => {
    const { method, headers, url } = incoming
    const onward = request(new URL(url ?? '', origin), { ...(method !== undefined && { method }), headers }, async (answer) => {
      const chunks: Buffer[] = []
      for await (const chunk of answer) chunks.push(chunk as Buffer)
      const body = Buffer.concat(chunks)
        .toString('utf8')
        .replaceAll(`//${behind.host}`, `//${front}`)
        .replaceAll(`ws://${front}`, `wss://${front}`)
        .replaceAll(`http://${front}`, `https://${front}`)
      const { 'content-length': _, 'transfer-encoding': __, ...kept } = answer.headers
      response.writeHead(answer.statusCode ?? 502, { ...kept, 'content-length': Buffer.byteLength(body) }).end(body)
    })
    incoming.pipe(onward)
  }) as unknown as Server
  server.on('upgrade', (asked, client, head) => {
    const upstream = connect({ host: behind.hostname, port: Number(behind.port) }, () => {
      const lines = Object.entries(asked.headers).map(([name, value]) => `${name}: ${String(value)}`)
      upstream.write(`GET ${asked.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
      upstream.write(head)
      join(client, upstream)
    })
  })
  const opened = await listening(server)
  front = `localhost:${opened.port}`
  return { ...opened, origin: `https://${front}` }
}
