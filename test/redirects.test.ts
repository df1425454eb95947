// Figures and tokens go to the host they are sent to and no further: an answer that redirects is a failure. Over real connections.
import { createServer, type RequestListener } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { movableClock, systemClock } from '../src/clock.ts'
import { openEgress, openPool } from '../src/egress.ts'
import { exchangeTokens } from '../src/gong/auth/token-request.ts'
import { createSlackClient } from '../src/slack/bolt.ts'
import { createPoster } from '../src/slack/outbox/post.ts'
import { createPostingClient } from '../src/slack/outbox/posting-client.ts'
import { answererFor } from '../src/slack/receive/answer.ts'
import { listening } from './kit/listening.ts'
import { keptLog } from './kit/quiet-log.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function host(answer: RequestListener): Promise<string> {
  const { port, close } = await listening(createServer(answer))
  closers.push(close)
  return `http://127.0.0.1:${port}/api/`
}

/** A host that sends every request on to another one, body and all. `taken`: what came there. */
async function redirecting() {
  const taken: string[] = []
  const other = await host((request, response) => {
    taken.push(`${request.method} ${request.url}`)
    request
      .resume()
      .on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true,"ts":"1.1","channel":"C1"}'))
  })
  let asked = 0
  const url = await host((request, response) => {
    asked += 1
    request.resume().on('end', () => response.writeHead(307, { location: other }).end())
  })
  return { url, taken, asked: () => asked }
}

const egress = () => {
  const opened = openEgress()
  closers.push(opened.close)
  return opened
}

describe('a redirect to another host', () => {
  const { log } = keptLog()

  it('is not followed by a call of the Web API', async () => {
    const { url, taken, asked } = await redirecting()
    const client = createSlackClient({ botToken: 'xoxb-test', apiUrl: url, fetch: egress().fetch, retryMs: 1, log })
    await expect(client.apiCall('views.publish', { user_id: 'U1', view: { figures: 1 } })).rejects.toThrow()
    expect([asked() > 0, taken]).toEqual([true, []])
  })

  it('is not followed by a post', async () => {
    const { url, taken, asked } = await redirecting()
    const poster = createPoster(createPostingClient({ token: 'xoxb-test', slackApiUrl: url, ...egress() }), {
      clock: systemClock,
      pace: { channelMs: 0, workspaceMs: 0 },
    })
    const payload = { text: 'Week', blocks: [] }
    const outcome = await poster.post({ channelId: 'C1', payload, deliveryId: 'd-1', right: { leftMs: () => 60_000 } })
    expect(outcome.type).not.toBe('posted')
    expect([asked(), taken]).toEqual([1, []])
  })

  it('is not followed by an answer through a response url', async () => {
    const { url, taken, asked } = await redirecting()
    const answer = answererFor(
      { slackUserId: 'U1', responseUrl: url },
      {
        slackApiUrl: url,
        posting: { apiCall: async () => ({ ok: true }) },
        render: ({ summary }) => ({ payload: { text: summary, blocks: [] } }),
        fetch: egress().fetch,
        clock: movableClock(new Date('2026-11-23T09:00:00Z')),
        log,
      },
    )
    await answer.say({ summary: 'Your figures', parts: [] })
    expect([asked(), taken]).toEqual([1, []])
  })

  it('is not followed with the secret of the token address', async () => {
    const { url, taken, asked } = await redirecting()
    const pool = openPool()
    closers.push(() => pool.close())
    const client = { clientId: 'client', clientSecret: 'hidden', tokenUrl: url }
    const grant = { grant_type: 'refresh_token', refresh_token: 'first' } as const
    await expect(exchangeTokens(pool, client, grant, 'https://api.gong.io')).rejects.toThrow()
    expect([asked() > 0, taken]).toEqual([true, []])
  })
})
