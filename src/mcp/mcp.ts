// Slackbot's way in, as the app opens it: beside `/slack/events` where signed HTTP listens anyway, else at a port of its own, because
// nothing else listens for Slack in Socket Mode.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tools } from '../bot/tools/index.ts'
import { createTurns } from '../turns.ts'
import { createMcpEndpoint, type EndpointDeps } from './endpoint.ts'

export interface Mcp {
  /** To be served at the port of signed HTTP; missing where there is a port of its own. */
  readonly beside?: { readonly path: string; handle(request: IncomingMessage, response: ServerResponse): void }
  /** The port listened at; undefined when it is served beside. `port` 0 takes a free one. */
  listen(): Promise<number | undefined>
  /** Finishes what is being answered. Safe when nothing listens. */
  stop(): Promise<void>
}

const path = '/mcp'

/** Slack gives up on a tool after a minute, people sooner. */
const answerWithinMs = 20_000

/** Worked on at once; further ones wait. */
const atOnce = 4
/** Of one person: two turns are left for the others, and of what may wait in all more than half. */
const bounds = { spare: 2, waitingAtMost: 40 }

export function createMcp(
  deps: Omit<EndpointDeps, 'tools' | 'answerWithinMs' | 'turns'> & {
    readonly at: 'beside-events' | { readonly port: number; readonly host?: string | undefined }
  },
): Mcp {
  const { at } = deps
  const endpoint = createMcpEndpoint({ ...deps, tools, answerWithinMs, turns: createTurns(atOnce, bounds) })
  if (at === 'beside-events') return { beside: { path, handle: endpoint.handle }, listen: async () => undefined, stop: endpoint.idle }
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 15_000 }, (request, response) => {
    if (request.url?.split('?')[0] === path) endpoint.handle(request, response)
    else response.writeHead(404).end()
  })
  return {
    async listen() {
      const { promise: listening, resolve, reject } = Promise.withResolvers<void>()
      server.once('error', reject).listen(at.port, at.host, resolve)
      await listening
      return (server.address() as AddressInfo).port
    },
    async stop() {
      const closed = new Promise((stopped) => server.close(stopped))
      server.closeIdleConnections()
      await endpoint.idle()
      server.closeAllConnections()
      await closed
    },
  }
}
