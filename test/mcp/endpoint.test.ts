// POST /mcp over real HTTP: an independent client, the protocol's own, runs the whole list as every role; everything that is not signed by
// Slack, is old, is of another workspace or is no question is turned away.
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tools } from '../../src/bot/tools/index.ts'
import { systemClock } from '../../src/clock.ts'
import { createMcp, type Mcp } from '../../src/mcp/mcp.ts'
import { slackbotProblems } from '../../src/sandbox/slack/slackbot-rules.ts'
import type { Json } from '../../src/sandbox/slack/workspace.ts'
import { type TestKit, testKit, viewers } from '../bot/commands/company.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { submissionsInMemory } from '../kit/submissions.ts'
import { callDeps, toolNames } from './calls.ts'

const signingSecret = 'a-secret-of-sixteen-or-more'
const home = { teamId: 'T0HOME' }
const roles = Object.entries(viewers)
/** Several roles of the table are the same Slack user: here each has an id of its own. */
const idOf = (role: string): string => `U0${role.toUpperCase()}`
const roleOf = (slackUserId: string) => roles.find(([role]) => idOf(role) === slackUserId)?.[1] ?? viewers.outsider

let mcp: Mcp
let url = ''
let kit: TestKit
const { log, lines } = keptLog()

beforeAll(async () => {
  kit = testKit()
  const { answerWithinMs: _own, turns: _turns, ...deps } = callDeps(kit, (id) => ({ ...roleOf(id), slackUserId: id }))
  mcp = createMcp({
    ...deps,
    answered: submissionsInMemory(),
    log,
    home,
    signingSecret,
    version: '1.2.3',
    at: { port: 0, host: '127.0.0.1' },
  })
  url = `http://127.0.0.1:${await mcp.listen()}/mcp`
})
afterAll(() => mcp.stop())

const nowSeconds = (): number => Math.floor(systemClock.now().getTime() / 1000)

function signed(body: string, at = nowSeconds(), secret = signingSecret): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-slack-request-timestamp': String(at),
    'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`,
  }
}

const post = (body: string, headers: Record<string, string> = signed(body)) => fetch(url, { method: 'POST', body, headers })

const rpc = (method: string, params: Json = {}, id: number | null = 1): string =>
  JSON.stringify({ jsonrpc: '2.0', ...(id !== null && { id }), method, params })

/** Each is another question: the very same one within a second would be a copy. */
let questions = 0
const asked = (slack: Json | undefined, tool = 'my_numbers', given: Json = {}): string => {
  questions += 1
  return rpc('tools/call', { name: tool, arguments: given, ...(slack && { _meta: { slack, progressToken: questions } }) })
}

const asRep = { user_id: idOf('rep'), team_id: home.teamId, enterprise_id: null }

describe('the protocol’s own client', () => {
  const signing = async (input: string | URL, init: RequestInit = {}): Promise<Response> =>
    fetch(input, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), ...signed(String(init.body ?? '')) } })

  async function connected(): Promise<Client> {
    const client = new Client({ name: 'an independent client', version: '1' })
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { fetch: signing }) as Transport)
    return client
  }

  it('learns who answers, and a list of tools that only read', async () => {
    const client = await connected()
    expect(client.getServerVersion()).toMatchObject({ name: 'gong-digest', version: '1.2.3' })
    expect(client.getInstructions()).toContain('never instructions')
    const listed = await client.listTools()
    expect(listed.tools.map(({ name }) => name)).toEqual(tools.map(({ name }) => name))
    for (const tool of listed.tools) {
      expect(tool.annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false })
      expect(tool._meta).toEqual({ slack: { supportsBlockKit: true } })
      expect(tool.inputSchema.type).toBe('object')
    }
    await client.ping()
    await client.close()
  })

  it.each(roles.map(([role]) => role))('calls every tool as a %s, and Slackbot would show every answer', async (role) => {
    const client = await connected()
    for (const { name } of tools) {
      const result = await client.callTool({
        name,
        arguments: { person: 'gong:3' },
        _meta: { slack: { user_id: idOf(role), team_id: home.teamId, enterprise_id: null } },
      })
      const [content] = result.content as readonly { readonly type: string; readonly text: string }[]
      expect(content?.type).toBe('text')
      expect(content?.text).toMatch(/^\| .{20,}$/m)
      const { blocks } = (result._meta as { readonly slack: { readonly blocks: readonly Json[] } }).slack
      expect([name, slackbotProblems(blocks, toolNames)]).toEqual([name, []])
      expect(blocks.length).toBeGreaterThan(0)
      if (['guest', 'outsider', 'bot'].includes(role)) expect(content?.text).toContain('Call figures are for')
    }
    await client.close()
  })
})

describe('turned away before anything is looked at', () => {
  it.each([
    ['without a signature', () => ({ 'content-type': 'application/json' })],
    ['signed with another secret', (body: string) => signed(body, nowSeconds(), 'another-secret-of-sixteen')],
    ['sent again after five minutes', (body: string) => signed(body, nowSeconds() - 301)],
    ['with a time that is none', (body: string) => ({ ...signed(body), 'x-slack-request-timestamp': 'now' })],
    ['with the signature of another body', () => signed(rpc('ping'))],
  ])('%s', async (_case, headers) => {
    const reads = kit.watched.length
    const body = asked(asRep)
    const answer = await post(body, headers(body))
    expect([answer.status, await answer.text()]).toEqual([401, ''])
    expect(kit.watched.length).toBe(reads)
    expect((await post(body)).status).toBe(200)
  })

  it.each([
    ['another workspace', { ...asRep, team_id: 'T0OTHER' }, 403],
    ['another organization', { ...asRep, enterprise_id: 'E0OTHER' }, 403],
    ['nobody', undefined, 400],
    ['a user without an id', { team_id: home.teamId }, 400],
    ['an id of another form', { ...asRep, user_id: 'U1"; drop' }, 400],
  ])('%s asks', async (_who, slack, status) => {
    const reads = kit.watched.length
    const answer = await post(asked(slack as Json | undefined))
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ jsonrpc: '2.0', id: 1, error: { message: expect.any(String) } })
    expect(kit.watched.length).toBe(reads)
  })

  it('a copy of a question that was answered, while its signature still holds; the protocol’s own questions may come again', async () => {
    const body = asked(asRep)
    const headers = signed(body)
    expect((await post(body, headers)).status).toBe(200)
    const [views, reads] = [kit.views.length, kit.watched.length]
    const copy = await post(body, headers)
    expect(copy.status).toBe(409)
    expect(await copy.json()).toMatchObject({ error: { message: 'this very request was answered before' } })
    expect([kit.views.length, kit.watched.length]).toEqual([views, reads])
    const list = rpc('tools/list')
    const signedOnce = signed(list)
    expect([(await post(list, signedOnce)).status, (await post(list, signedOnce)).status]).toEqual([200, 200])
  })

  it.each([
    ['more after the hash', ({ 'x-slack-signature': signature = '' }) => ({ 'x-slack-signature': `${signature}=again` })],
    ['an empty part after the hash', ({ 'x-slack-signature': signature = '' }) => ({ 'x-slack-signature': `${signature}=` })],
    ['a zero before the time', ({ 'x-slack-request-timestamp': at = '' }) => ({ 'x-slack-request-timestamp': `0${at}` })],
  ])('a copy whose headers say the same in another way: %s', async (_how, change) => {
    const body = asked(asRep)
    const headers = signed(body)
    expect((await post(body, headers)).status).toBe(200)
    const [views, reads] = [kit.views.length, kit.watched.length]
    expect([401, 409]).toContain((await post(body, { ...headers, ...change(headers) })).status)
    expect([kit.views.length, kit.watched.length]).toEqual([views, reads])
  })

  it('but not one whose answer did not arrive: it may be sent again', async () => {
    const begun = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const givenBack = Promise.withResolvers<void>()
    const lasts: number[] = []
    const answered = submissionsInMemory()
    const { answerWithinMs: _own, turns: _turns, ...deps } = callDeps(testKit(), () => viewers.rep)
    const slow = createMcp({
      ...deps,
      viewers: {
        async readerOf(slackUserId) {
          begun.resolve()
          await goOn.promise
          return deps.viewers.readerOf(slackUserId)
        },
      },
      answered: {
        claim(key, endsAfterMs) {
          lasts.push(endsAfterMs)
          return answered.claim(key)
        },
        async settle(key, done) {
          await answered.settle(key, done)
          if (!done) givenBack.resolve()
        },
      },
      log,
      home,
      signingSecret,
      version: '1',
      at: { port: 0, host: '127.0.0.1' },
    })
    const at = `http://127.0.0.1:${await slow.listen()}/mcp`
    const body = asked(asRep)
    const send = (signal?: AbortSignal) => fetch(at, { method: 'POST', body, headers, ...(signal && { signal }) })
    const headers = signed(body)
    const leaving = new AbortController()
    const first = send(leaving.signal).catch(() => 'gone')
    await begun.promise
    expect((await send()).status).toBe(409)
    leaving.abort()
    expect(await first).toBe('gone')
    await givenBack.promise
    goOn.resolve()
    expect([(await send()).status, (await send()).status]).toEqual([200, 409])
    // As long as the signature is taken, however slowly the answer is read.
    expect(Math.min(...lasts)).toBeGreaterThanOrEqual(300_000)
    await slow.stop()
  })

  it('a user of another company reads one sentence, though Slack signs and names our workspace', async () => {
    const views = kit.views.length
    const answer = await post(
      asked({ user_id: 'U0STRANGER', team_id: home.teamId, enterprise_id: null }, 'person_numbers', { person: 'Ana Diaz' }),
    )
    const text = JSON.stringify(await answer.json())
    expect(text).toContain('Call figures are for people of this company only.')
    expect(text).not.toMatch(/Diaz|Talk ratio/)
    expect(kit.views.length).toBe(views)
  })

  it('a question that the database cannot remember is answered with no figure: a copy of it would be too', async () => {
    const kept = testKit()
    const { answerWithinMs: _own, turns: _turns, ...deps } = callDeps(kept, () => viewers.rep)
    const down = createMcp({
      ...deps,
      answered: { claim: () => Promise.reject(new Error('the connection was lost')), settle: async () => undefined },
      log,
      home,
      signingSecret,
      version: '1',
      at: { port: 0, host: '127.0.0.1' },
    })
    const body = asked(asRep)
    const answer = await fetch(`http://127.0.0.1:${await down.listen()}/mcp`, { method: 'POST', body, headers: signed(body) })
    expect(await answer.json()).toMatchObject({ id: 1, error: { message: expect.stringContaining('database') } })
    expect(kept.watched).toEqual([])
    await down.stop()
  })

  it('of an organization every workspace may ask, another organization never', async () => {
    const { answerWithinMs: _own, turns: _turns, ...deps } = callDeps(testKit(), () => viewers.rep)
    const grid = createMcp({
      answered: submissionsInMemory(),
      ...deps,
      log,
      home: { ...home, enterpriseId: 'E0OURS' },
      signingSecret,
      version: '1',
      at: { port: 0, host: '127.0.0.1' },
    })
    const at = `http://127.0.0.1:${await grid.listen()}/mcp`
    const statusOf = async (slack: Json): Promise<number> => {
      const body = asked(slack)
      return (await fetch(at, { method: 'POST', body, headers: signed(body) })).status
    }
    expect(await statusOf({ ...asRep, team_id: 'T0SISTER', enterprise_id: 'E0OURS' })).toBe(200)
    expect(await statusOf({ ...asRep, enterprise_id: null })).toBe(200)
    expect(await statusOf({ ...asRep, enterprise_id: 'E0OTHER' })).toBe(403)
    await grid.stop()
  })
})

describe('what is no question', () => {
  it.each([
    ['no JSON', '{', 400, -32_700],
    ['nested too deep', `${'['.repeat(500)}${']'.repeat(500)}`, 400, -32_700],
    ['a batch', `[${rpc('ping')}]`, 400, -32_600],
    ['another protocol', JSON.stringify({ id: 1, method: 'ping' }), 400, -32_600],
    ['null', 'null', 400, -32_600],
    ['a method that is not there', rpc('resources/list'), 200, -32_601],
    ['a tool that is not there', asked(asRep, 'delete_everything'), 200, -32_602],
  ])('%s is an error in words', async (_case, body, status, code) => {
    const answer = await post(body)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ error: { code, message: expect.stringMatching(/.{10,}/) } })
  })

  it('a notification is taken and not answered', async () => {
    const answer = await post(rpc('notifications/initialized', {}, null))
    expect([answer.status, await answer.text()]).toEqual([202, ''])
  })

  it('GET and DELETE are turned away, another path is not there', async () => {
    for (const method of ['GET', 'DELETE']) {
      const answer = await fetch(url, { method })
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
    }
    expect((await fetch(url.replace('/mcp', '/'), { method: 'POST' })).status).toBe(404)
  })

  it('a body larger than any question is not read to its end', async () => {
    const { promise, resolve } = Promise.withResolvers<number>()
    const { hostname, port, pathname } = new URL(url)
    const sent = request(
      { hostname, port, path: pathname, method: 'POST', headers: { ...signed(''), 'transfer-encoding': 'chunked' } },
      (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      },
    )
    // The server hangs up while we are still sending.
    sent.on('error', () => undefined)
    sent.write('x'.repeat(150_000))
    expect(await promise).toBe(413)
    sent.destroy()
  })

  it('strangers who hold requests open keep nobody out', async () => {
    const { hostname, port } = new URL(url)
    const strangers = await Promise.all(
      Array.from({ length: 150 }, async () => {
        const socket = connect(Number(port), hostname)
        socket.on('error', () => undefined)
        await once(socket, 'connect')
        const headers = Object.entries({ ...signed(''), host: 'x', 'content-length': '50' }).map(([name, value]) => `${name}: ${value}`)
        socket.write(`POST /mcp HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n{`)
        return socket
      }),
    )
    expect((await post(rpc('ping'))).status).toBe(200)
    for (const socket of strangers) socket.destroy()
  })

  it('an unknown protocol version is named, a known one is kept, another is answered with ours', async () => {
    const body = rpc('ping')
    expect((await post(body, { ...signed(body), 'mcp-protocol-version': '1999-01-01' })).status).toBe(400)
    const versionFor = async (protocolVersion: string): Promise<unknown> =>
      ((await (await post(rpc('initialize', { protocolVersion }))).json()) as { readonly result: Json }).result.protocolVersion
    expect(await versionFor('2025-06-18')).toBe('2025-06-18')
    expect(await versionFor('1999-01-01')).toBe('2025-11-25')
  })
})

it('logs neither names nor figures nor what was asked', () => {
  expect(lines.join('\n')).not.toMatch(/Diaz|Talk ratio|drop|gong:3/)
  expect(lines.join('\n')).toContain('turned away')
})
