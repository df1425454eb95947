// The floor: a Bolt app that acknowledges a slash command and does nothing else. Started as a process of its own.
import { App, HTTPReceiver } from '@slack/bolt'

const receiver = new HTTPReceiver({ signingSecret: process.env.SLACK_SIGNING_SECRET ?? '' })
const app = new App({
  receiver,
  authorize: async () => ({ botToken: 'xoxb-bare', botId: 'B0BARE', botUserId: 'U0BARE' }),
})
app.command(/.*/, async ({ ack }) => ack())
const server = await app.start(0)
const address = 'address' in server ? server.address() : null
console.log(JSON.stringify({ msg: 'bare is ready', port: address !== null && typeof address === 'object' ? address.port : 0 }))
process.once('SIGTERM', () => process.exit(0))
