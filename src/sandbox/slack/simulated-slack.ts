// A simulated Slack workspace on a loopback port: the Web API, response urls, Socket Mode, and people who act in it. Strict where Slack
// is: scopes, limits, surfaces, triggers, rates. Message times follow the clock handed in; signatures and limits the real one.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../clock.ts'
import { type Acting, createActing } from './acting.ts'
import { createAppLink } from './app-link.ts'
import { createHappenings, type Happenings } from './events.ts'
import { createFaults, type SlackFaults } from './faults.ts'
import { createGrants } from './grants.ts'
import { type Manifest, readManifest } from './manifest.ts'
import type { SlackWorld } from './method.ts'
import { createRateLimits } from './rate-limits.ts'
import { createRequestLog, type RequestLog } from './request-log.ts'
import { createSlackbot, type Slackbot } from './slackbot.ts'
import { createSocketMode } from './socket-mode.ts'
import { handleWebApi } from './web-api.ts'
import {
  createWorkspace,
  type SimulatedChannel,
  type SimulatedMessage,
  type SimulatedUser,
  type SimulatedUserGroup,
  type SimulatedView,
  type Workspace,
} from './workspace.ts'

export interface SimulatedSlackOptions {
  readonly clock: Clock
  readonly users: readonly SimulatedUser[]
  /** The bot is in those that name `slack.botUserId` ({@link botUserId}) among their members. */
  readonly channels: readonly SimulatedChannel[]
  readonly userGroups?: readonly SimulatedUserGroup[]
  /** The text of `manifest.yml`. */
  readonly manifest: string
  readonly signingSecret?: string
  readonly teamName?: string
  /** Where commands, interactions and events go; may be set later. */
  readonly requestUrl?: string
  /** 0 takes a free one. */
  readonly port?: number
  /** False for benchmarks. */
  readonly rateLimits?: boolean
  /** False lets triggers live for ever and waits for acknowledgements: for a debugger, and for tests on a machine that may be busy. */
  readonly checkTimes?: boolean
  /** Real time, for signatures, triggers and rates. */
  readonly realClock: Clock
}

export interface SimulatedSlack extends Acting, Happenings {
  /** `http://127.0.0.1:<port>/api`, for `SLACK_API_URL`. */
  readonly apiUrl: string
  readonly origin: string
  readonly botToken: string
  readonly appToken: string
  readonly signingSecret: string
  readonly botUserId: string
  readonly manifest: Manifest
  readonly workspace: Workspace
  readonly faults: SlackFaults
  readonly requestLog: RequestLog
  setRequestUrl(url: string): void
  /** Where answers are sent to, when something stands in front: the origin of every `response_url` from now on. */
  setAnswerOrigin(origin: string): void
  /** Asks the tools of the app's MCP server. */
  readonly slackbot: Slackbot
  /** Where that server is. */
  setMcpUrl(url: string): void
  /** Everything in a conversation that this person can see, oldest first, threads included. */
  messages(channelId: string, asUser: string): readonly SimulatedMessage[]
  /** The direct messages with the app. */
  directMessages(userId: string): readonly SimulatedMessage[]
  modal(userId: string): SimulatedView | undefined
  home(userId: string): SimulatedView | undefined
  /** A response_url for somebody who sends commands by themselves. */
  answerAddress(userId: string, channelId: string): string
  /**
   * Resolves with what `look` finds, looked for again after every change. @throws Error after `withinMs` of real time (4 min): only what
   * hangs ends by it
   */
  until<Found>(look: () => Found | undefined | false, withinMs?: number): Promise<Found>
  /** Lets the posts land whose connection broke first (fault `late-post`). */
  landLatePosts(): Promise<void>
  /** Slack ends the Socket Mode connections; the app is to connect again. */
  refreshSockets(reason?: 'refresh_requested' | 'warning'): void
  /** The network breaks so many Socket Mode connections. */
  dropSockets(count: number): void
  /** Sends any text over a Socket Mode connection, well-formed or not. */
  sendOverSocket(text: string): void
  socketCount(): number
  isSocketConnected(): boolean
  stop(): Promise<void>
}

/** The bot's own id in every simulated workspace. */
export const botUserId = 'UGONGDIGEST'

export async function startSimulatedSlack(options: SimulatedSlackOptions): Promise<SimulatedSlack> {
  const { realClock, checkTimes = true } = options
  const signingSecret = options.signingSecret ?? 'simulated-signing-secret'
  const manifest = readManifest(options.manifest)
  const workspace = createWorkspace({
    clock: options.clock,
    teamName: options.teamName ?? 'Northwind',
    botName: manifest.appName,
    users: options.users,
    channels: options.channels,
    ...(options.userGroups && { userGroups: options.userGroups }),
  })
  const faults = createFaults(workspace.changed)
  const log = createRequestLog(workspace.changed)
  const latePosts: (() => Promise<void>)[] = []
  let requestUrl = options.requestUrl
  let mcpUrl: string | undefined
  let origin = ''
  let answerOrigin: string | undefined

  const server = createServer((request, response) => {
    handleWebApi(request, response, api).then(
      (handled) => {
        if (!handled) response.writeHead(404).end()
      },
      (error: unknown) => {
        // A bug of the simulator: the app must see a failure, and the test its cause.
        response
          .writeHead(500, { 'content-type': 'application/json' })
          .end(JSON.stringify({ ok: false, error: 'fatal_error', cause: String(error) }))
      },
    )
  })
  const socket = createSocketMode(server, workspace.appId, workspace.changed)
  const world: SlackWorld = {
    workspace,
    manifest,
    clock: options.clock,
    realClock,
    grants: createGrants(realClock, { checkTimes }),
    refusedTypes: () => faults.active().flatMap((fault) => (fault.type === 'blocks-refused' ? fault.blockTypes : [])),
    origin: () => origin,
    answerOrigin: () => answerOrigin ?? origin,
    socketUrl: () => socket.ticketUrl(origin),
  }
  const api = {
    world,
    faults,
    limits: options.rateLimits === false ? undefined : createRateLimits(realClock),
    log,
    botToken: 'xoxb-simulated',
    appToken: 'xapp-simulated',
    latePosts,
  }
  const link = createAppLink({ requestUrl: () => requestUrl, signingSecret, socket, realClock, checkTimes, log })
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve)
  await listening
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const messages = (channelId: string, asUser: string): readonly SimulatedMessage[] =>
    (workspace.messages.get(channelId) ?? []).filter(({ ephemeralTo }) => ephemeralTo === undefined || ephemeralTo === asUser)

  return {
    ...createActing(world, link),
    ...createHappenings(world, link),
    apiUrl: `${origin}/api`,
    origin,
    botToken: api.botToken,
    appToken: api.appToken,
    signingSecret,
    botUserId,
    manifest,
    workspace,
    faults,
    requestLog: log,
    setRequestUrl(url) {
      requestUrl = url
    },
    setAnswerOrigin(url) {
      answerOrigin = url
    },
    slackbot: createSlackbot({ url: () => mcpUrl, signingSecret, teamId: workspace.teamId, realClock, log }),
    setMcpUrl(url) {
      mcpUrl = url
    },
    answerAddress: (userId, channelId) => `${origin}/respond/${world.grants.responseUrl({ userId, channelId })}`,
    messages,
    directMessages: (userId) => messages(workspace.directMessageWith(userId).id, userId),
    modal: (userId) => workspace.modals.get(userId)?.at(-1),
    home: (userId) => workspace.homes.get(userId),
    until: (look, withinMs = 240_000) => untilFound(workspace, look, withinMs),
    async landLatePosts() {
      for (const land of latePosts.splice(0)) await land()
    },
    refreshSockets: (reason = 'refresh_requested') => socket.refresh(reason),
    dropSockets: socket.drop,
    sendOverSocket: socket.sendText,
    socketCount: socket.count,
    isSocketConnected: socket.isConnected,
    async stop() {
      socket.close()
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

function untilFound<Found>(workspace: Workspace, look: () => Found | undefined | false, withinMs: number): Promise<Found> {
  const { promise, resolve, reject } = Promise.withResolvers<Found>()
  const timer = setTimeout(() => finish(() => reject(new Error(`nothing of the kind within ${withinMs} ms`))), withinMs)
  const stop = workspace.onChange(check)
  function finish(settle: () => void): void {
    clearTimeout(timer)
    stop()
    settle()
  }
  function check(): void {
    const found = look()
    if (found !== undefined && found !== false) finish(() => resolve(found))
  }
  check()
  return promise
}
