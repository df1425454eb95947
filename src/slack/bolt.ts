// Bolt at the edge: signed HTTP or Socket Mode, one generic listener per kind of payload, everything acknowledged before it is handled.
// receive/ decides what a payload means. Knows no command, no report and no environment.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt'
import { type AuthTestResponse, WebClient } from '@slack/web-api'
import type { Log } from '../log.ts'
import type { HomeWorkspace, SlackUser } from './directory.ts'
import { createUnderWay, listen } from './receive/listeners.ts'
import type { Receiver } from './receive/receive.ts'
import { turnMalformedMessagesAway, turnMalformedRequestsAway } from './receive/well-formed.ts'
import { silentLogger } from './silent-logger.ts'

export type SlackTransport =
  | {
      readonly type: 'socket'
      readonly appToken: string
      /** Default 2: Slack ends connections now and then, and the other goes on meanwhile. */
      readonly connections?: number
      /** How long a lost connection stays lost, and how long a pong may take; default 5 s. */
      readonly reconnectAfterMs?: number
    }
  /** `port` 0 takes a free one. `host`: the address to listen at; every one without it. */
  | { readonly type: 'http'; readonly signingSecret: string; readonly port: number; readonly host?: string | undefined }

export interface SlackAccess {
  readonly botToken: string
  /** `https://slack.com/api`, or GovSlack's, or a test workspace's. */
  readonly apiUrl: string
  /** For a proxy: the platform's fetch when missing. */
  readonly fetch?: typeof globalThis.fetch | undefined
  readonly log: Log
}

export interface SlackOptions extends SlackAccess {
  readonly transport: SlackTransport
  readonly receiver: Receiver
  /** For a proxy: carries the Socket Mode connection. */
  readonly dispatcher?: { dispatch(options: unknown, handler: unknown): boolean }
  readonly identity: SlackIdentity
  /** `team_join`, `user_change`. */
  readonly onUser: (user: SlackUser) => Promise<void>
  /** Served beside `/slack/events` over signed HTTP; it checks signatures itself. */
  readonly beside?: HttpRoute | undefined
}

export interface HttpRoute {
  readonly path: string
  handle(request: IncomingMessage, response: ServerResponse): void
}

/** The bot itself. Source: Slack `auth.test`. */
export interface SlackIdentity extends HomeWorkspace {
  readonly botUserId: string
  readonly botId: string
  readonly teamName: string
  /** As people mention it and invite it: without the @. */
  readonly botName: string
}

export interface RunningSlack {
  /** The port actually listened on; missing in Socket Mode. */
  readonly port?: number | undefined
  /** Socket Mode's connections: how many stand, how many there should be; missing over signed HTTP. */
  sockets?(): { readonly open: number; readonly wanted: number }
  /** Waits until every payload taken so far has been answered. */
  idle(): Promise<void>
  stop(): Promise<void>
}

/** Slack's payloads are some hundred kilobytes at most. */
const bodyLimit = 1_000_000
const path = '/slack/events'

function httpInlet(signingSecret: string, log: Log, beside: HttpRoute | undefined): HTTPReceiver {
  const customRoutes = beside ? [{ path: beside.path, method: ['GET', 'POST', 'DELETE'], handler: beside.handle }] : []
  const receiver = new HTTPReceiver({ signingSecret, endpoints: path, bodyLimit, logger: warningsTo(log), customRoutes })
  turnMalformedRequestsAway(receiver, { signingSecret, bodyLimit, path, log })
  return receiver
}

/** The client for looking up and answering: it may retry what changes nothing. Digests are posted by another one. */
export function createSlackClient(access: SlackAccess): WebClient {
  return new WebClient(access.botToken, {
    slackApiUrl: withSlash(access.apiUrl),
    retryConfig: { retries: 2, minTimeout: 500, maxTimeout: 2000 },
    timeout: 10_000,
    logger: silentLogger,
    ...(access.fetch && { fetch: access.fetch }),
  })
}

/** @throws WebAPIPlatformError when Slack does not accept the token. */
export async function readIdentity(client: Pick<WebClient, 'apiCall'>): Promise<SlackIdentity> {
  const answer = (await client.apiCall('auth.test')) as AuthTestResponse
  return {
    teamId: answer.team_id ?? '',
    ...(answer.enterprise_id && { enterpriseId: answer.enterprise_id }),
    botUserId: answer.user_id ?? '',
    botId: answer.bot_id ?? '',
    teamName: answer.team ?? '',
    botName: answer.user ?? 'Gong Digest',
  }
}

/** Starts listening. Resolves once Slack can reach us (HTTP: the port is open; Socket Mode: the first connection stands). */
export async function startSlack(options: SlackOptions): Promise<RunningSlack> {
  const { identity, log, transport } = options
  const logger = warningsTo(log)
  const clientOptions = { slackApiUrl: withSlash(options.apiUrl), ...(options.fetch && { fetch: options.fetch }) }
  const socketInlet = (socket: SlackTransport & { readonly type: 'socket' }): SocketModeReceiver => {
    const receiver = new SocketModeReceiver({
      appToken: socket.appToken,
      logger,
      installerOptions: { clientOptions },
      clientPingTimeout: socket.reconnectAfterMs ?? 5000,
      ...(options.dispatcher && { dispatcher: options.dispatcher }),
    })
    turnMalformedMessagesAway(receiver, log)
    return receiver
  }
  const inlet = transport.type === 'http' ? httpInlet(transport.signingSecret, log, options.beside) : socketInlet(transport)
  const app = new App({
    receiver: inlet,
    logger,
    clientOptions,
    convoStore: false,
    // Asked once at the start, not for every payload.
    authorize: async () => ({ botToken: options.botToken, botId: identity.botId, botUserId: identity.botUserId, teamId: identity.teamId }),
  })
  const underWay = createUnderWay(log)
  listen(app, { ...options, underWay, botUserId: identity.botUserId })

  if (inlet instanceof HTTPReceiver) {
    const server = await inlet.start(transport.type === 'http' ? { port: transport.port, host: transport.host } : 0)
    const { port } = server.address() as AddressInfo
    return {
      port,
      idle: underWay.settled,
      async stop() {
        const closed = inlet.stop()
        server.closeIdleConnections()
        await underWay.settled()
        server.closeAllConnections()
        await closed
      },
    }
  }
  const further = transport.type === 'socket' ? Array.from({ length: (transport.connections ?? 2) - 1 }, () => socketInlet(transport)) : []
  for (const each of further) each.init(app)
  const inlets = [inlet, ...further]
  await Promise.all(inlets.map((each) => each.start()))
  return {
    sockets: () => ({ open: inlets.filter(({ client }) => client.websocket?.isActive()).length, wanted: inlets.length }),
    idle: underWay.settled,
    async stop() {
      await Promise.all(inlets.map((each) => each.stop()))
      await underWay.settled()
    },
  }
}

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`)

/** Bolt's warnings (a wrong signature, a body too large) without its debug lines, which carry whole payloads. */
const warningsTo = (log: Log) => ({
  ...silentLogger,
  warn: (...said: unknown[]) => log.warn(factsOf(said), 'the Slack library warned'),
  error: (...said: unknown[]) => log.warn(factsOf(said), 'the Slack library reported an error'),
})

/** The library's own words up to the first value it puts into them, and the errors it hands over. */
function factsOf(said: readonly unknown[]): { readonly said?: string; readonly errors?: readonly unknown[] } {
  const words = said.find((part) => typeof part === 'string')
  const errors = said.filter((part) => part instanceof Error)
  const fixed = words === undefined ? '' : (/^[A-Za-z][A-Za-z ,.'-]{0,120}/.exec(words.replace(/^\[[^\]]*\]\s*/, ''))?.[0].trim() ?? '')
  return { ...(fixed !== '' && errors.length === 0 && { said: fixed }), ...(errors.length > 0 && { errors }) }
}
