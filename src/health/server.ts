// GET /healthz (the process runs), /readyz (it can do its work; what is wrong, in words) and /metrics. Bound to loopback unless
// told otherwise: the answers name counts and states, never people.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Metrics } from './metrics.ts'

export interface HealthServer {
  readonly port: number
  stop(): Promise<void>
}

/** Serves until stopped. `problems` is asked at each `/readyz`; an empty list means ready. A port of 0 takes a free one. */
export async function startHealthServer(options: {
  readonly port: number
  readonly host: string
  readonly problems: () => Promise<readonly string[]>
  readonly metrics: Metrics
}): Promise<HealthServer> {
  const answer = async (path: string): Promise<{ status: number; type: string; body: string }> => {
    if (path === '/healthz') return { status: 200, type: 'text/plain', body: 'alive\n' }
    if (path === '/readyz') {
      const problems = await options.problems()
      return {
        status: problems.length === 0 ? 200 : 503,
        type: 'text/plain',
        body: `${problems.length === 0 ? 'ready' : problems.join('\n')}\n`,
      }
    }
    if (path === '/metrics') return { status: 200, type: options.metrics.contentType, body: await options.metrics.text() }
    return { status: 404, type: 'text/plain', body: 'there are /healthz, /readyz and /metrics\n' }
  }
  const server = createServer((request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end()
      return
    }
    answer((request.url ?? '/').split('?')[0] ?? '/').then(
      ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(request.method === 'HEAD' ? undefined : body),
      () => response.writeHead(500).end('the check itself failed; see the log\n'),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
