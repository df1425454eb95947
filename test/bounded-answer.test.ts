// Every way to another host gives an answer up that is too long, too deep or never ends: the Web API by the SDK, posts, response URLs, the
// token address. Over real connections; Gong's own requests are in test/gong/answer-bounds.test.ts.
import { createServer, type ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { boundedText, slackAnswer } from '../src/bounded-answer.ts'
import { movableClock, systemClock } from '../src/clock.ts'
import { openEgress, openPool } from '../src/egress.ts'
import { GongSurprise, GongUnavailable } from '../src/errors.ts'
import { exchangeTokens } from '../src/gong/auth/token-request.ts'
import { createSlackClient } from '../src/slack/bolt.ts'
import { createDirectory } from '../src/slack/directory.ts'
import { createGate } from '../src/slack/gate.ts'
import { createMemberPages } from '../src/slack/list-members.ts'
import { createPoster } from '../src/slack/outbox/post.ts'
import { createPostingClient } from '../src/slack/outbox/posting-client.ts'
import { answererFor } from '../src/slack/receive/answer.ts'
import { classifySlackFailure } from '../src/slack/slack-failure.ts'
import { listening } from './kit/listening.ts'
import { keptLog } from './kit/quiet-log.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A host that answers every request like this. */
async function hostThat(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => answer(response))
  })
  const { port, close } = await listening(server)
  closers.push(async () => {
    server.closeAllConnections()
    await close()
  })
  return `http://127.0.0.1:${port}/api/`
}

const says = (body: string) => (response: ServerResponse) => {
  // The reader hangs up half-way.
  response.on('error', () => undefined)
  response.writeHead(200, { 'content-type': 'application/json' }).end(body)
}

/** An answer that is right but for its size or depth. */
const answers: readonly (readonly [string, string])[] = [
  ['of more than 4 MiB', `{"ok":true,"channel":"C1","ts":"1.1","more":"${'y'.repeat(slackAnswer.bytes)}"}`],
  ['5,000,000 levels deep', `{"ok":true,"more":${'['.repeat(2_500_000)}`],
  ['of a million entries', `{"ok":true,"channel":"C1","ts":"1.1","more":[${Array.from({ length: 1_000_000 }, () => '{}').join(',')}]}`],
  [
    'of 100,000 names',
    `{"ok":true,"channel":"C1","ts":"1.1","more":{${Array.from({ length: 100_000 }, (_, n) => `"n${n}":0`).join(',')}}}`,
  ],
]

const egress = () => {
  const opened = openEgress()
  closers.push(() => opened.close())
  return opened
}

describe.each(answers)('an answer %s', (_name, body) => {
  it('of the Web API fails the call', async () => {
    const apiUrl = await hostThat(says(body))
    const client = createSlackClient({ botToken: 'xoxb-test', apiUrl, fetch: egress().fetch, log: keptLog().log })
    const failure = await client.apiCall('auth.test').then(() => undefined, classifySlackFailure)
    expect(failure).toMatchObject({ type: 'ambiguous', error: 'answer_too_long' })
  })

  it('to a post leaves it in doubt', async () => {
    const slackApiUrl = await hostThat(says(body))
    const poster = createPoster(createPostingClient({ token: 'xoxb-test', slackApiUrl, ...egress() }), {
      clock: systemClock,
      pace: { channelMs: 0, workspaceMs: 0 },
    })
    const outcome = await poster.post({
      channelId: 'C1',
      payload: { text: 'Week', blocks: [] },
      deliveryId: 'd-1',
      right: { leftMs: () => 60_000 },
    })
    expect(outcome).toMatchObject({ type: 'ambiguous' })
  })

  it('of a response url makes the answer go another way', async () => {
    const called: string[] = []
    const responseUrl = await hostThat(says(body))
    const posting = { apiCall: async (method: string) => void called.push(method) }
    const { log } = keptLog()
    const answer = answererFor(
      { slackUserId: 'U1', responseUrl, channelId: 'C1' },
      {
        slackApiUrl: responseUrl,
        posting: posting as never,
        render: ({ summary }) => ({ payload: { text: summary, blocks: [] } }),
        fetch: egress().fetch,
        clock: movableClock(new Date('2026-11-23T09:00:00Z')),
        log,
      },
    )
    await answer.say({ summary: 'Your figures', parts: [] })
    expect(called).toEqual(['chat.postEphemeral'])
  })

  it('of the token address is refused in words, before anything reads it', async () => {
    const tokenUrl = await hostThat(says(body))
    const pool = openPool()
    closers.push(() => pool.close())
    const client = { clientId: 'client', clientSecret: 'hidden', tokenUrl }
    const outcome = exchangeTokens(pool, client, { grant_type: 'refresh_token', refresh_token: 'first' }, 'https://api.gong.io')
    const error = await outcome.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(GongSurprise)
    expect(String(error)).toMatch(/longer than 262144 bytes|nested deeper than 64 levels|made of more than 2000 values/)
  })
})

describe('an answer that drips', () => {
  /** A byte now and then, for ever. */
  const drips = (response: ServerResponse) => {
    response.on('error', () => undefined)
    response.writeHead(200, { 'content-type': 'application/json' })
    const timer = setInterval(() => response.write(' '), 20)
    response.on('close', () => clearInterval(timer))
  }

  it('ends with the time of the call', async () => {
    const slackApiUrl = await hostThat(drips)
    const client = createPostingClient({ token: 'xoxb-test', slackApiUrl, timeoutMs: 200, ...egress() })
    for (const method of ['chat.postMessage', 'conversations.info']) {
      const failure = await client.apiCall(method, { channel: 'C1' }).then(() => undefined, classifySlackFailure)
      expect(failure).toMatchObject({ type: 'ambiguous' })
    }
  })

  it('of the token address ends too', async () => {
    const tokenUrl = await hostThat(drips)
    const pool = openPool({}, { bodyMs: 300 })
    closers.push(() => pool.destroy())
    const client = { clientId: 'client', clientSecret: 'hidden', tokenUrl }
    const grant = { grant_type: 'refresh_token', refresh_token: 'first' } as const
    await expect(exchangeTokens(pool, client, grant, 'https://api.gong.io', 300)).rejects.toBeInstanceOf(GongUnavailable)
  })
})

describe('a list of Slack that never ends', () => {
  const clock = movableClock(new Date('2026-11-23T09:00:00Z'))
  /** Answers each page with the next cursor, or the same one again and again. */
  const endless = (cursorOf: (page: number) => string) => {
    let pages = 0
    return {
      asked: () => pages,
      client: {
        apiCall: async (method: string) => {
          if (method === 'conversations.info') return { ok: true, channel: { is_member: true, is_private: true, name: 'emea' } }
          pages += 1
          return { ok: true, members: [], response_metadata: { next_cursor: cursorOf(pages) } }
        },
      },
    }
  }
  const directoryOver = (client: ReturnType<typeof endless>['client']) =>
    createDirectory({
      client: client as never,
      memberPages: createMemberPages(client as never, async () => undefined),
      store: { replaceAll: async () => [], upsert: async (member) => member, find: async () => undefined },
      home: async () => ({ teamId: 'T1' }),
      clock,
      log: keptLog().log,
    })

  it('fails the directory, whether its cursor comes back or goes on for ever', async () => {
    for (const [cursorOf, pages] of [
      [() => 'same', 2],
      [(page: number) => `c${page}`, 5000],
    ] as const) {
      const slack = endless(cursorOf)
      await expect(directoryOver(slack.client).refresh()).rejects.toThrow(`did not end after ${pages} pages`)
      expect(slack.asked()).toBe(pages)
    }
  })

  it('leaves the gate closed', async () => {
    const slack = endless((page) => `c${page}`)
    const gate = createGate({
      client: slack.client as never,
      members: { findMany: async () => new Map() },
      directory: { whoIs: async () => undefined },
      allowGuests: false,
      clock,
    })
    expect(await gate.check('C1')).toMatchObject({ type: 'unknown', failure: { type: 'ambiguous', error: 'endless_list' } })
    expect(slack.asked()).toBe(200)
  })
})

it('takes an answer of exactly the bound', async () => {
  async function* body() {
    yield Buffer.from('é'.repeat(5))
  }
  expect(await boundedText(body(), { bytes: 10 })).toBe('ééééé')
  await expect(boundedText(body(), { bytes: 9 })).rejects.toThrow('longer than 9 bytes')
})
