// The floor of posting: the SDK's client sends the same blocks again and does nothing else. Started as a process of its own; its arguments:
// the Web API's address, a token, a user, how many, and a file with the blocks of some messages to take in turn.
import { readFileSync } from 'node:fs'
import { WebClient } from '@slack/web-api'
import { silentLogger } from '../../src/slack/silent-logger.ts'

const [apiUrl = '', token = '', channel = '', many = '0', file = ''] = process.argv.slice(2)
const client = new WebClient(token, { slackApiUrl: apiUrl, logger: silentLogger, retryConfig: { retries: 0 } })
const messages = JSON.parse(readFileSync(file, 'utf8')) as readonly string[]
const atOnce = 48

const before = process.cpuUsage()
for (let sent = 0; sent < Number(many); sent += atOnce) {
  const posts = Array.from({ length: Math.min(atOnce, Number(many) - sent) }, (_, nth) =>
    client.apiCall('chat.postMessage', {
      channel,
      text: 'the same blocks',
      blocks: messages[(sent + nth) % messages.length],
      unfurl_links: false,
    }),
  )
  await Promise.all(posts)
}
const { user, system } = process.cpuUsage(before)
console.log(JSON.stringify({ msg: 'posted', cpuMs: (user + system) / 1000 }))
