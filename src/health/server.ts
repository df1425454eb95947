// GET /healthz (the service listens), /readyz (it can do its work; what is wrong, in words; for alerts, not for traffic) and /metrics, and on
// the local socket /version, /state and /backup. Bound to loopback unless configured otherwise: the answers name counts and states, never
// people, so that no `Host` is asked for: probes send any. A backup goes to the local socket alone.
import { chmodSync, rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import type { Metrics } from './metrics.ts'
import type { State } from './readiness.ts'

export interface HealthServer {
  /** 0 on a local socket. */
  readonly port: number
  stop(): Promise<void>
}

export interface HealthOptions {
  /** A port of 0 takes a free one. `path`: a socket that only this user can open; what an earlier process left there is removed. */
  readonly at: { readonly port: number; readonly host: string } | { readonly path: string }
  /** Asked at each `/readyz`; no problems mean ready. */
  readonly look: () => Promise<State>
  readonly metrics: Metrics
  /** For the local socket. */
  readonly local?: { readonly version: string; backup(): Promise<Blob | undefined> }
}

/** What a request asks. */
type Asked = Pick<HealthOptions, 'look' | 'local'> & { readonly metrics: Pick<Metrics, 'text' | 'contentType'> }

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string | Blob
}

/** Whoever asks while it is being asked gets the same answer: a flood of questions costs the database one. */
function shared<Answered>(ask: () => Promise<Answered>): () => Promise<Answered> {
  let underWay: Promise<Answered> | undefined
  return () => {
    underWay ??= ask().finally(() => {
      underWay = undefined
    })
    return underWay
  }
}

/** Serves until stopped. */
export async function startHealthServer(given: HealthOptions): Promise<HealthServer> {
  const { metrics } = given
  const options = { ...given, look: shared(given.look), metrics: { contentType: metrics.contentType, text: shared(() => metrics.text()) } }
  const server = createServer((request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end()
      return
    }
    answer((request.url ?? '/').split('?')[0] ?? '/', options).then(
      (given) => send(response, given, request.method === 'HEAD'),
      () => response.writeHead(500).end('the check itself failed; see the log\n'),
    )
  })
  const { at } = options
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  if ('path' in at) {
    if (process.platform !== 'win32') rmSync(at.path, { force: true })
    server.listen({ path: at.path }, resolve)
  } else server.listen(at.port, at.host, resolve)
  await promise
  if ('path' in at && process.platform !== 'win32') chmodSync(at.path, 0o600)
  return {
    port: 'path' in at ? 0 : (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped())
        server.closeAllConnections()
      }),
  }
}

async function answer(route: string, { look, metrics, local }: Asked): Promise<Answer> {
  const text = (status: number, body: string): Answer => ({ status, type: 'text/plain', body: `${body}\n` })
  if (route === '/healthz') return text(200, 'alive')
  if (route === '/readyz') {
    const { problems, notes } = await look()
    const isReady = problems.length === 0
    return text(isReady ? 200 : 503, [...(isReady ? ['ready'] : problems), ...notes].join('\n'))
  }
  if (route === '/metrics') return { status: 200, type: metrics.contentType, body: await metrics.text() }
  if (local && route === '/version') return text(200, local.version)
  if (local && route === '/state') return { status: 200, type: 'application/json', body: JSON.stringify(await look()) }
  if (local && route === '/backup') {
    const dump = await local.backup()
    return dump ? { status: 200, type: 'application/gzip', body: dump } : text(404, 'there is no embedded database here')
  }
  return text(404, 'there are /healthz, /readyz and /metrics')
}

async function send(response: ServerResponse, { status, type, body }: Answer, isHead: boolean): Promise<void> {
  response.writeHead(status, { 'content-type': type })
  if (isHead || typeof body === 'string') response.end(isHead ? undefined : body)
  // A reader that goes away ends its own answer and nothing else.
  else await pipeline(body.stream() as unknown as AsyncIterable<Uint8Array>, response).catch(() => undefined)
}
