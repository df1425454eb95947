// A workspace of four people and four channels with a small app of its own behind real Bolt, for tests of the simulated Slack.
import { App, HTTPReceiver } from '@slack/bolt'
import { WebClient } from '@slack/web-api'
import { movableClock, systemClock } from '../../../src/clock.ts'
import {
  botUserId,
  type SimulatedSlack,
  type SimulatedSlackOptions,
  startSimulatedSlack,
} from '../../../src/sandbox/slack/simulated-slack.ts'

const manifest = `
display_information: { name: Small App }
features:
  bot_user: { display_name: Small App }
  slash_commands:
    - { command: /ask, description: Asks, usage_hint: "[what]", should_escape: true }
oauth_config:
  scopes:
    bot: [commands, chat:write, im:write, users:read, users:read.email, channels:read, groups:read, channels:history, files:write]
settings:
  event_subscriptions: { bot_events: [app_home_opened, message.im, member_joined_channel] }
  interactivity: { is_enabled: true }
`

export async function smallWorkspace(options: Partial<SimulatedSlackOptions> = {}): Promise<SimulatedSlack> {
  return startSimulatedSlack({
    clock: movableClock(new Date('2026-11-24T09:00:00Z')),
    realClock: systemClock,
    manifest,
    users: [
      { id: 'U1', name: 'ana.diaz', realName: 'Ana Diaz', email: 'ana@northwind.example', zone: 'Europe/Berlin' },
      { id: 'U2', name: 'ben.ortiz', realName: 'Ben Ortiz', email: 'ben@northwind.example', zone: 'Europe/London', isAdmin: true },
      { id: 'U3', name: 'gil.guest', realName: 'Gil Guest', email: 'gil@agency.example', zone: 'Europe/Berlin', isGuest: true },
      { id: 'U4', name: 'otto', realName: 'Otto Outside', zone: 'America/New_York', isOutside: true },
    ],
    channels: [
      { id: 'C1', name: 'sales', memberIds: ['U1', 'U2', botUserId] },
      { id: 'C2', name: 'general', memberIds: ['U1', 'U2', 'U3'] },
      { id: 'C3', name: 'old', isArchived: true, memberIds: ['U1', botUserId] },
      { id: 'C4', name: 'secret', isPrivate: true, memberIds: ['U2'] },
    ],
    ...options,
  })
}

/** A client that tries once. */
export const clientOf = (slack: SimulatedSlack, token = slack.botToken): WebClient =>
  new WebClient(token, {
    slackApiUrl: `${slack.apiUrl}/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 5000,
    logger: silent,
  })

/** Real Bolt over signed HTTP, set as the request URL of the workspace. */
export async function boltBehind(slack: SimulatedSlack, signingSecret = slack.signingSecret): Promise<{ app: App; stop(): Promise<void> }> {
  const receiver = new HTTPReceiver({ signingSecret, endpoints: '/slack/events', logger: silent })
  const app = new App({
    receiver,
    clientOptions: { slackApiUrl: `${slack.apiUrl}/` },
    logger: silent,
    authorize: async () => ({ botToken: slack.botToken, botId: 'B0GONGDIGEST', botUserId: slack.botUserId }),
  })
  const server = await receiver.start(0)
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  slack.setRequestUrl(`http://127.0.0.1:${address.port}/slack/events`)
  return {
    app,
    async stop() {
      server.closeAllConnections()
      await receiver.stop()
    },
  }
}

// What goes wrong here is meant to; Bolt need not say so.
const nothing = (): void => undefined
export const silent = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => 'error' as never,
  setName: nothing,
}
