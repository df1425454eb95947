// The floor of posting: the SDK's client sends as many messages of that size and does nothing else. Started as a process of its own;
// its arguments: the Web API's address, a token, a user, how many, characters each.
import { WebClient } from '@slack/web-api'
import { silentLogger } from '../../src/slack/silent-logger.ts'

const [apiUrl = '', token = '', channel = '', many = '0', characters = '0'] = process.argv.slice(2)
const client = new WebClient(token, { slackApiUrl: apiUrl, logger: silentLogger, retryConfig: { retries: 0 } })
const section = { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(Number(characters) / 8) } }
const blocks = JSON.stringify(Array.from({ length: 8 }, () => section))
const atOnce = 48

const before = process.cpuUsage()
for (let sent = 0; sent < Number(many); sent += atOnce) {
  const posts = Array.from({ length: Math.min(atOnce, Number(many) - sent) }, () =>
    client.apiCall('chat.postMessage', { channel, text: 'as many characters in blocks', blocks, unfurl_links: false }),
  )
  await Promise.all(posts)
}
const { user, system } = process.cpuUsage(before)
console.log(JSON.stringify({ msg: 'posted', cpuMs: (user + system) / 1000 }))
