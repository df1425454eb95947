// Socket Mode as real Bolt sees it: envelopes acknowledged, and a connection Slack ends is made anew.
import { App, SocketModeReceiver } from '@slack/bolt'
import { afterEach, expect, it } from 'vitest'
import type { SimulatedSlack } from '../../../src/sandbox/slack/simulated-slack.ts'
import { silent, smallWorkspace } from './small-workspace.ts'

let slack: SimulatedSlack
let app: App | undefined
afterEach(async () => {
  await app?.stop()
  await slack.stop()
})

it('a command comes through the socket, before and after Slack has refreshed the connection', async () => {
  slack = await smallWorkspace()
  const clientOptions = { slackApiUrl: `${slack.apiUrl}/` }
  app = new App({
    receiver: new SocketModeReceiver({ appToken: slack.appToken, logger: silent, installerOptions: { clientOptions } }),
    clientOptions,
    logger: silent,
    authorize: async () => ({ botToken: slack.botToken, botId: 'B0GONGDIGEST', botUserId: slack.botUserId }),
  })
  app.command('/ask', async ({ ack, command, respond }) => {
    await ack()
    await respond(`heard ${command.text}`)
  })
  await app.start()
  await slack.until(() => slack.isSocketConnected())
  expect(await slack.type('U1', 'C1', '/ask one')).toMatchObject({ type: 'acknowledged' })
  await slack.until(() => slack.messages('C1', 'U1').some(({ text }) => text === 'heard one'))
  slack.refreshSockets()
  await slack.until(() => !slack.isSocketConnected())
  await slack.until(() => slack.isSocketConnected())
  await slack.type('U1', 'C1', '/ask two')
  await slack.until(() => slack.messages('C1', 'U1').some(({ text }) => text === 'heard two'))
})
