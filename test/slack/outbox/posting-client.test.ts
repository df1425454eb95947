// Posting over real HTTP: what goes out, and how every kind of answer, cut or missing ones too, is sorted by what happens next.
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import { Agent, buildConnector } from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/clock.ts'
import { openEgress } from '../../../src/egress.ts'
import { createPoster } from '../../../src/slack/outbox/post.ts'
import { createPostingClient } from '../../../src/slack/outbox/posting-client.ts'
import { freePort } from '../../kit/free-port.ts'
import { listening } from '../../kit/listening.ts'
import { connectProxy } from '../../kit/way-out.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A Slack that answers every call with `answer`, and what it was sent. */
async function slackThat(
  answer: (response: ServerResponse) => void,
): Promise<{ readonly slackApiUrl: string; readonly received: Received[] }> {
  const received: Received[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body })
      answer(response)
    })
  })
  const { port, close } = await listening(server)
  closers.push(close)
  return { slackApiUrl: `http://127.0.0.1:${port}/api/`, received }
}

const says =
  (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body))

const posterOf = (slackApiUrl: string, more: Partial<Parameters<typeof createPostingClient>[0]> = {}) =>
  createPoster(createPostingClient({ token: 'xoxb-test', slackApiUrl, ...more }), {
    clock: systemClock,
    pace: { channelMs: 0, workspaceMs: 0 },
  })

const post = {
  channelId: 'C1',
  payload: { text: 'Week · 51 %', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '“51 %” 🎯' } }] },
  threadTs: '1.1',
  deliveryId: 'd-1',
  right: { leftMs: () => 60_000 },
}

describe('a post', () => {
  it('is one JSON text with the mark it is found by, nothing unfurled', async () => {
    const { slackApiUrl, received } = await slackThat(says({ ok: true, channel: 'C1', ts: '2.2', message: { text: 'again' } }))
    expect(await posterOf(slackApiUrl).post(post)).toEqual({ type: 'posted', channelId: 'C1', messageTs: '2.2' })
    expect(received).toHaveLength(1)
    const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = received
    expect(path).toBe('/api/chat.postMessage')
    expect(headers.authorization).toBe('Bearer xoxb-test')
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
    expect(JSON.parse(body)).toEqual({
      channel: 'C1',
      ...post.payload,
      thread_ts: '1.1',
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: 'gong_digest_delivery', event_payload: { id: 'd-1' } },
    })
  })

  it('changes a message the same way', async () => {
    const { slackApiUrl, received } = await slackThat(says({ ok: true }))
    const changed = await posterOf(slackApiUrl).update({ channelId: 'C1', messageTs: '2.2', payload: { text: 'New', blocks: [] } })
    expect(changed).toEqual({ type: 'posted', channelId: 'C1', messageTs: '2.2' })
    expect(received[0]?.path).toBe('/api/chat.update')
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({ channel: 'C1', ts: '2.2', text: 'New' })
  })

  it('goes through the proxy when there is one', async () => {
    const { slackApiUrl } = await slackThat(says({ ok: true, channel: 'C1', ts: '2.2' }))
    const proxy = await connectProxy()
    closers.push(proxy.close)
    const egress = openEgress({ httpsProxy: proxy.url })
    closers.push(() => egress.close())
    expect(await posterOf(slackApiUrl, egress).post(post)).toMatchObject({ type: 'posted' })
    expect(proxy.tunnels).toEqual([new URL(slackApiUrl).host])
  })
})

/** Lasts for so many times of asking: as a process sees it that is frozen after one of them and then wakes. */
const rightFor = (asked: number) => {
  let left = asked
  return { leftMs: () => (left-- > 0 ? 60_000 : -5_000) }
}

describe('the right to post', () => {
  it.each([0, 1, 2])('that has ended when it is asked again (after %i times) lets nothing leave', async (times) => {
    const { slackApiUrl, received } = await slackThat(says({ ok: true, channel: 'C1', ts: '2.2' }))
    const outcome = await posterOf(slackApiUrl).post({ ...post, right: rightFor(times) })
    expect(outcome.type).not.toBe('posted')
    // Another one goes through on the same connections, and is all that ever came.
    expect(await posterOf(slackApiUrl).post({ ...post, deliveryId: 'd-2' })).toMatchObject({ type: 'posted' })
    expect(received.map(({ body }) => JSON.parse(body).metadata.event_payload.id)).toEqual(['d-2'])
  })

  it('is asked after the connection stands, which may take as long as a machine sleeps', async () => {
    let connected = false
    const { slackApiUrl, received } = await slackThat(says({ ok: true, channel: 'C1', ts: '2.2' }))
    const agent = new Agent({
      connect(options, callback) {
        buildConnector({})(options, (...connection: Parameters<typeof callback>) => {
          connected = true
          callback(...connection)
        })
      },
    })
    closers.push(() => agent.close())
    const right = { leftMs: () => (connected ? 0 : 60_000) }
    expect((await posterOf(slackApiUrl, { dispatcher: agent, timeoutMs: 60_000 }).post({ ...post, right })).type).not.toBe('posted')
    expect(connected).toBe(true)
    expect(received).toEqual([])
  })

  it('cuts off what is under way when it ends, and not before where it is prolonged', async () => {
    let asked = 0
    const { slackApiUrl, received } = await slackThat(() => undefined)
    // Prolonged twice by a lease that was renewed meanwhile.
    const right = {
      leftMs() {
        asked += 1
        return received.length === 0 || asked < 6 ? 20 : 0
      },
    }
    expect(await posterOf(slackApiUrl, { timeoutMs: 600_000 }).post({ ...post, right })).toMatchObject({ type: 'ambiguous' })
    expect(received).toHaveLength(1)
    expect(asked).toBeGreaterThanOrEqual(6)
  })
})

describe('an answer', () => {
  const metadata = { messages: ['[ERROR] invalid additional property: rows [json-pointer:/blocks/2/rows]'] }
  const cases: readonly (readonly [string, (response: ServerResponse) => void, object])[] = [
    ['429 with a time to wait', says('', 429, { 'retry-after': '90' }), { type: 'rate-limited', retryAfterMs: 90_000 }],
    ['429 without one', says('', 429), { type: 'rate-limited', retryAfterMs: 30_000 }],
    [
      'a refused block',
      says({ ok: false, error: 'invalid_blocks', response_metadata: metadata }),
      { type: 'blocks-refused', pointers: metadata.messages },
    ],
    ['an archived channel', says({ ok: false, error: 'is_archived' }), { type: 'channel-gone', error: 'is_archived' }],
    ['a missing scope', says({ ok: false, error: 'missing_scope', needed: 'chat:write' }), { type: 'token-refused', needed: 'chat:write' }],
    ['another refusal', says({ ok: false, error: 'as_user_not_supported' }), { type: 'refused', error: 'as_user_not_supported' }],
    ['a fault of Slack', says('<html>', 503), { type: 'ambiguous', error: 'http_503' }],
    ['a page of a proxy', says('<html>', 403), { type: 'unreached', error: 'http_403' }],
    ['a page in place of JSON', says('<html>welcome</html>'), { type: 'ambiguous' }],
    ['null', says('null'), { type: 'ambiguous' }],
    ['yes, but not where', says({ ok: true }), { type: 'ambiguous', error: 'no_timestamp' }],
    ['the line cut before it', (response) => void response.destroy(), { type: 'ambiguous' }],
    [
      'the line cut within it',
      (response) => {
        response.writeHead(200, { 'content-length': '1000' }).write('{"ok":true,"ts":')
        setTimeout(() => response.destroy(), 20)
      },
      { type: 'ambiguous' },
    ],
  ]
  it.each(cases)('%s', async (_name, answer, expected) => {
    const { slackApiUrl, received } = await slackThat(answer)
    expect(await posterOf(slackApiUrl).post(post)).toMatchObject(expected)
    expect(received).toHaveLength(1)
  })

  it('that does not come in time', async () => {
    const { slackApiUrl, received } = await slackThat(() => undefined)
    expect(await posterOf(slackApiUrl, { timeoutMs: 1000 }).post(post)).toMatchObject({ type: 'ambiguous', error: 'TimeoutError' })
    expect(received).toHaveLength(1)
  })

  it('of nobody: Slack never had it', async () => {
    const poster = posterOf(`http://127.0.0.1:${await freePort()}/api/`)
    expect(await poster.post(post)).toMatchObject({ type: 'unreached', error: 'ECONNREFUSED' })
  })
})
