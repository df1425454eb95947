// Bolt at the edge: signed HTTP or Socket Mode, one generic listener per kind of payload, everything acknowledged before it is handled.
// receive/ decides what a payload means. Knows no command, no report and no environment.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt'
import { type AuthTestResponse, WebClient } from '@slack/web-api'
import { socketsEach } from '../domain/sockets-each.ts'
import type { Log } from '../log.ts'
import { type SlackAccess, usualRetryMs } from './access.ts'
import type { HomeWorkspace, SlackUser } from './directory.ts'
import { Incomplete } from './pages-of.ts'
import { createUnderWay, listen, type UnderWay } from './receive/listeners.ts'
import type { Receiver } from './receive/receive.ts'
import { turnMalformedMessagesAway, turnMalformedRequestsAway } from './receive/well-formed.ts'
import { silentLogger } from './silent-logger.ts'
import { keepSockets, type Sockets, type SocketTimes } from './sockets.ts'
import { webClientOptions } from './web-client.ts'

export type SlackTransport =
  | {
      readonly type: 'socket'
      readonly appToken: string
      /** Default 2: Slack ends connections now and then, and the other goes on meanwhile. */
      readonly connections?: number
      /** Shorter ones for tests. */
      readonly times?: SocketTimes
    }
  /** `port` 0 takes a free one. `host`: the address to listen at; every one without it. */
  | { readonly type: 'http'; readonly signingSecret: string; readonly port: number; readonly host?: string | undefined }

export interface SlackOptions extends SlackAccess {
  readonly transport: SlackTransport
  readonly receiver: Receiver
  /** For a proxy: carries the Socket Mode connection. */
  readonly dispatcher?: { dispatch(options: unknown, handler: unknown): boolean }
  readonly identity: SlackIdentity
  /** `team_join`, `user_change`. */
  readonly onUser: (user: SlackUser) => Promise<void>
  /** How many processes serve now; they share the connections Slack allows. */
  readonly replicas?: (() => number) | undefined
  /** After every change of Socket Mode's connections. */
  readonly onSockets?: ((state: Sockets) => void) | undefined
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
  /** The token is of an installation in a whole Enterprise Grid organization. */
  readonly isOrgWide: boolean
}

export interface RunningSlack {
  /** The port actually listened on; missing in Socket Mode. */
  readonly port?: number | undefined
  /** Socket Mode's connections; missing over signed HTTP. */
  sockets?(): Sockets
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
  const { retryMs = usualRetryMs } = access
  return new WebClient(access.botToken, {
    ...webClientOptions(access),
    retryConfig: { retries: 2, minTimeout: retryMs, maxTimeout: 4 * retryMs },
    timeout: 10_000,
  })
}

/** @throws WebAPIPlatformError when Slack does not accept the token, Incomplete where the answer does not say whose it is */
export async function readIdentity(client: Pick<WebClient, 'apiCall'>): Promise<SlackIdentity> {
  const answer = (await client.apiCall('auth.test')) as AuthTestResponse
  const { team_id: teamId, user_id: botUserId } = answer
  if (!teamId || !botUserId) throw new Incomplete('Slack did not say which workspace and bot the token is of')
  return {
    teamId,
    ...(answer.enterprise_id && { enterpriseId: answer.enterprise_id }),
    botUserId,
    botId: answer.bot_id ?? '',
    teamName: answer.team ?? '',
    botName: answer.user ?? 'Gong Digest',
    isOrgWide: answer.is_enterprise_install === true,
  }
}

/** Starts listening. Resolves once Slack can reach us: the port is open, or the first connection stands or had its time. */
export async function startSlack(options: SlackOptions): Promise<RunningSlack> {
  const { identity, log, transport } = options
  const logger = warningsTo(log)
  const inlet =
    transport.type === 'http' ? httpInlet(transport.signingSecret, log, options.beside) : socketInlet(transport.appToken, options)
  const app = new App({
    receiver: inlet,
    logger,
    clientOptions: webClientOptions(options),
    convoStore: false,
    // Asked once at the start, not for every payload.
    authorize: async () => ({ botToken: options.botToken, botId: identity.botId, botUserId: identity.botUserId, teamId: identity.teamId }),
  })
  const underWay = createUnderWay(log)
  listen(app, { ...options, underWay, botUserId: identity.botUserId })

  if (transport.type === 'socket') return startSockets(transport, app, underWay, options)
  const http = inlet as HTTPReceiver
  const server = await http.start({ port: transport.port, host: transport.host })
  const { port } = server.address() as AddressInfo
  return {
    port,
    idle: underWay.settled,
    async stop() {
      const closed = http.stop()
      server.closeIdleConnections()
      await underWay.settled()
      server.closeAllConnections()
      await closed
    },
  }
}

/** Without one by then the service starts all the same: digests need none. */
const firstSocketWithinMs = 15_000

async function startSockets(
  { appToken, connections = 2, times }: SlackTransport & { readonly type: 'socket' },
  app: App,
  underWay: UnderWay,
  options: SlackOptions,
): Promise<RunningSlack> {
  const keeper = keepSockets({
    create() {
      const receiver = socketInlet(appToken, options)
      receiver.init(app)
      return receiver
    },
    most: connections,
    wanted: options.replicas && (() => socketsEach(options.replicas?.() ?? 1)),
    times,
    onChange: options.onSockets,
    log: options.log,
  })
  await keeper.opened(firstSocketWithinMs)
  return {
    sockets: keeper.state,
    idle: underWay.settled,
    async stop() {
      await keeper.stop()
      await underWay.settled()
    },
  }
}

/** One connection that is to be opened once. */
function socketInlet(appToken: string, options: SlackOptions): SocketModeReceiver {
  const receiver = new SocketModeReceiver({
    appToken,
    // The keeper logs what becomes of a connection; the library would repeat it for every attempt.
    logger: silentLogger,
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: {
        ...webClientOptions(options),
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: 10_000,
      },
    },
    ...(options.dispatcher && { dispatcher: options.dispatcher }),
  })
  turnMalformedMessagesAway(receiver, options.log)
  return receiver
}

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
