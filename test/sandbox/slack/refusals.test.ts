// Call by call: what Slack answers to arguments that cannot be, with its own error code; and what its requests to the app carry.
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { movableClock, systemClock } from '../../../src/clock.ts'
import { botUserId, type SimulatedSlack } from '../../../src/sandbox/slack/simulated-slack.ts'
import { boltBehind, clientOf, smallWorkspace } from './small-workspace.ts'

let slack: SimulatedSlack
beforeEach(async () => {
  slack = await smallWorkspace({
    channels: [
      { id: 'C1', name: 'sales', memberIds: ['U1', 'U2', botUserId] },
      { id: 'C2', name: 'general', memberIds: ['U1', 'U2', 'U3'] },
      { id: 'C3', name: 'old', isArchived: true, memberIds: ['U1', botUserId] },
      { id: 'C6', name: 'with-partner', isExtShared: true, memberIds: ['U1', 'U4', botUserId] },
      { id: 'C7', name: 'asked-to-share', isPendingExtShared: true, memberIds: ['U1', botUserId] },
      { id: 'C8', name: 'two-workspaces', isOrgShared: true, memberIds: ['U1', botUserId] },
    ],
  })
})
afterEach(() => slack.stop())

interface Answer {
  readonly ok: boolean
  readonly error?: string
  readonly response_metadata?: { readonly messages?: readonly string[] }
  readonly view?: { readonly id: string; readonly hash: string }
  readonly channel?: Readonly<Record<string, unknown>>
}

const call = (method: string, args: Readonly<Record<string, unknown>> = {}): Promise<Answer> =>
  clientOf(slack)
    .apiCall(method, args)
    .catch((error: { data?: Answer }) => error.data ?? { ok: false, error: String(error) }) as Promise<Answer>

const title = { type: 'plain_text', text: 'Form' }
const modal = (more = {}) => ({ type: 'modal', title, blocks: [], ...more })
const metadata = (event_payload: unknown) => JSON.stringify({ event_type: 'mark', event_payload })

describe('refused with Slack’s own code', () => {
  it.each([
    ['chat.postMessage', { text: 'x' }, 'invalid_arguments'],
    ['chat.postMessage', { channel: 'C1' }, 'no_text'],
    ['chat.postMessage', { channel: 'C1', text: 'x'.repeat(40_001) }, 'msg_too_long'],
    ['chat.postMessage', { channel: 'C1', text: 'x', blocks: '[' }, 'invalid_blocks_format'],
    ['chat.postMessage', { channel: 'C1', text: 'x', blocks: '{}' }, 'invalid_blocks_format'],
    ['chat.postMessage', { channel: 'C1', text: 'x', metadata: '{' }, 'invalid_metadata_format'],
    ['chat.postMessage', { channel: 'C1', text: 'x', metadata: metadata('text') }, 'invalid_metadata_format'],
    ['chat.postMessage', { channel: 'C1', text: 'x', metadata: metadata({ a: 'x'.repeat(16_000) }) }, 'metadata_too_large'],
    ['chat.postMessage', { channel: 'C1', text: 'x', thread_ts: '1.000000' }, 'thread_not_found'],
    ['chat.postMessage', { channel: 'C2', text: 'x' }, 'not_in_channel'],
    ['chat.postMessage', { channel: 'C3', text: 'x' }, 'is_archived'],
    ['chat.postMessage', { channel: '#sales', text: 'x' }, 'channel_not_found'],
    ['chat.postMessage', { channel: botUserId, text: 'x' }, 'cannot_dm_bot'],
    ['chat.postEphemeral', { channel: 'C1', user: 'U3', text: 'x' }, 'user_not_in_channel'],
    ['chat.postEphemeral', { channel: 'C3', user: 'U1', text: 'x' }, 'is_archived'],
    ['chat.update', { channel: 'C1', ts: '1.000000', text: 'x' }, 'message_not_found'],
    ['conversations.info', { channel: 'C99' }, 'channel_not_found'],
    ['conversations.members', { channel: 'C1', limit: 0 }, 'invalid_limit'],
    ['conversations.members', { channel: 'C1', cursor: 'nonsense' }, 'invalid_cursor'],
    ['conversations.history', { channel: 'C2' }, 'not_in_channel'],
    ['conversations.replies', { channel: 'C1', ts: '1.000000' }, 'thread_not_found'],
    ['conversations.open', { users: 'U99' }, 'user_not_found'],
    ['users.info', { user: 'U99' }, 'user_not_found'],
    ['users.lookupByEmail', { email: 'nobody@northwind.example' }, 'users_not_found'],
    ['files.completeUploadExternal', { files: JSON.stringify([{ id: 'F99' }]) }, 'file_not_found'],
    ['views.open', { trigger_id: '1.2.3', view: modal() }, 'invalid_trigger_id'],
    ['views.open', { view: modal() }, 'invalid_arguments'],
    ['views.update', { view_id: 'V99', view: modal() }, 'not_found'],
    ['views.publish', { user_id: 'U1', view: modal() }, 'invalid_arguments'],
    ['views.publish', { user_id: 'U1', hash: 'old', view: { type: 'home', blocks: [] } }, 'hash_conflict'],
    ['views.everything', {}, 'unknown_method'],
  ] as const)('%s with %j: %s', async (method, args, error) => {
    expect(await call(method, args)).toMatchObject({ ok: false, error })
    expect(slack.messages('C1', 'U1')).toEqual([])
  })

  it('a message of somebody else cannot be changed', async () => {
    slack.workspace.add({ channelId: 'C1', ts: '5.000000', userId: 'U2', text: 'mine', blocks: [] })
    expect(await call('chat.update', { channel: 'C1', ts: '5.000000', text: 'x' })).toMatchObject({ error: 'cant_update_message' })
    expect(await call('chat.delete', { channel: 'C1', ts: '5.000000' })).toMatchObject({ error: 'cant_delete_message' })
  })

  it('a view at fault: the pointer leads into it', async () => {
    const behind = await boltBehind(slack)
    let trigger = ''
    behind.app.command('/ask', async ({ ack, body }) => {
      trigger = body.trigger_id
      await ack()
    })
    await slack.type('U1', 'C1', '/ask')
    const broken = await call('views.open', { trigger_id: trigger, view: modal({ private_metadata: 'x'.repeat(3001) }) })
    expect(broken.response_metadata?.messages).toEqual(['[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]'])
    await behind.stop()
  })
})

describe('modals', () => {
  async function triggers(): Promise<{ next(): Promise<string>; stop(): Promise<void> }> {
    const behind = await boltBehind(slack)
    let trigger = ''
    behind.app.command('/ask', async ({ ack, body }) => {
      trigger = body.trigger_id
      await ack()
    })
    return {
      stop: behind.stop,
      async next() {
        await slack.type('U1', 'C1', '/ask')
        return trigger
      },
    }
  }

  it('stack three deep; a fourth is refused, and a push needs something to stand on', async () => {
    const { next, stop } = await triggers()
    expect(await call('views.push', { trigger_id: await next(), view: modal() })).toMatchObject({ error: 'not_found' })
    expect((await call('views.open', { trigger_id: await next(), view: modal() })).ok).toBe(true)
    expect((await call('views.push', { trigger_id: await next(), view: modal() })).ok).toBe(true)
    expect((await call('views.push', { trigger_id: await next(), view: modal() })).ok).toBe(true)
    expect(await call('views.push', { trigger_id: await next(), view: modal() })).toMatchObject({ error: 'push_limit_reached' })
    await stop()
  })

  it('are changed only as they were last seen, when a hash is given', async () => {
    const { next, stop } = await triggers()
    const { view } = await call('views.open', { trigger_id: await next(), view: modal() })
    const change = (hash?: string) => call('views.update', { view_id: view?.id, view: modal(), ...(hash !== undefined && { hash }) })
    expect((await change(view?.hash)).ok).toBe(true)
    expect(await change(view?.hash)).toMatchObject({ error: 'hash_conflict' })
    await stop()
  })

  it('carry an external id that no other open view has', async () => {
    const { next, stop } = await triggers()
    const named = modal({ external_id: 'editor' })
    expect((await call('views.open', { trigger_id: await next(), view: named })).ok).toBe(true)
    expect((await call('views.update', { external_id: 'editor', view: named })).ok).toBe(true)
    expect(await call('views.push', { trigger_id: await next(), view: named })).toMatchObject({ error: 'duplicate_external_id' })
    await stop()
  })
})

describe('a channel tells', () => {
  it.each([
    [
      'C1',
      { is_shared: false, is_ext_shared: false, is_pending_ext_shared: false, is_org_shared: false, is_archived: false, is_member: true },
    ],
    ['C2', { is_member: false }],
    ['C3', { is_archived: true }],
    ['C6', { is_shared: true, is_ext_shared: true, is_org_shared: false }],
    ['C7', { is_pending_ext_shared: true, is_ext_shared: false }],
    ['C8', { is_shared: true, is_org_shared: true, is_ext_shared: false }],
  ])('%s: %j', async (id, flags) => {
    expect((await call('conversations.info', { channel: id })).channel).toMatchObject(flags)
  })
})

describe('what Slack sends', () => {
  it('is signed over the bytes sent and the second they were sent in; an event nobody takes comes three times more', async () => {
    const heard: { readonly headers: NodeJS.Dict<string | string[]>; readonly body: string }[] = []
    const server = createServer(async (request, response) => {
      heard.push({ headers: request.headers, body: await text(request) })
      response.writeHead(500).end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const before = Math.floor(systemClock.now().getTime() / 1000)
    slack.setRequestUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`)
    await slack.openHome('U1')
    const after = Math.floor(systemClock.now().getTime() / 1000)
    for (const { headers, body } of heard) {
      const timestamp = String(headers['x-slack-request-timestamp'])
      expect(Number(timestamp)).toBeGreaterThanOrEqual(before)
      expect(Number(timestamp)).toBeLessThanOrEqual(after)
      expect(headers['x-slack-signature']).toBe(
        `v0=${createHmac('sha256', slack.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`,
      )
    }
    expect(heard.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3'])
    expect(new Set(heard.map(({ body }) => (JSON.parse(body) as { event_id: string }).event_id)).size).toBe(1)
    server.closeAllConnections()
    server.close()
  })

  it('from a clock six minutes slow is refused by Bolt as too old', async () => {
    const slow = await smallWorkspace({ realClock: movableClock(new Date(systemClock.now().getTime() - 6 * 60_000)) })
    const behind = await boltBehind(slow)
    behind.app.command('/ask', async ({ ack }) => ack())
    expect(await slow.type('U1', 'C1', '/ask')).toEqual({ type: 'failed', error: 'dispatch_failed' })
    await behind.stop()
    await slow.stop()
  })
})

describe('Socket Mode', () => {
  const ticket = async (): Promise<string> => {
    const { url = '' } = await clientOf(slack, slack.appToken).apps.connections.open()
    return url
  }
  async function connect(url: string): Promise<{ readonly type: string; readonly socket: WebSocket }> {
    const socket = new WebSocket(url)
    const { promise, resolve } = Promise.withResolvers<string>()
    socket.addEventListener('message', ({ data }) => resolve((JSON.parse(String(data)) as { type: string }).type), { once: true })
    socket.addEventListener('error', () => resolve('refused'), { once: true })
    return { type: await promise, socket }
  }

  it('opens ten connections, each by a ticket of its own, ends an eleventh and refuses a ticket used before', async () => {
    const url = await ticket()
    const first = await connect(url)
    expect(first.type).toBe('hello')
    expect((await connect(url)).type).toBe('refused')
    for (let more = 2; more <= 10; more += 1) expect((await connect(await ticket())).type).toBe('hello')
    expect(slack.socketCount()).toBe(10)
    expect((await connect(await ticket())).type).toBe('disconnect')
    expect(slack.socketCount()).toBe(10)
  })
})
