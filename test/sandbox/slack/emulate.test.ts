// An independent opinion: the calls the bot makes, made to the npm package `emulate`, which was written by others. What both simulators
// take is no invention of ours. It has no slash commands, no Socket Mode and no block limits. What is called is written down, and
// the last test holds it against every method the code calls.

import { WebClient } from '@slack/web-api'
import { createEmulator, type Emulator } from 'emulate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/clock.ts'
import type { SlackMember } from '../../../src/domain/slack-member.ts'
import { createLog } from '../../../src/log.ts'
import { createDirectory, memberOf, type SlackUser } from '../../../src/slack/directory.ts'
import { createGate } from '../../../src/slack/gate.ts'
import { createPoster } from '../../../src/slack/outbox/post.ts'
import { createPostingClient } from '../../../src/slack/outbox/posting-client.ts'
import { createReconciler } from '../../../src/slack/outbox/reconcile.ts'
import { freePort } from '../../kit/free-port.ts'
import { methodsCalled } from '../../kit/methods-called.ts'
import { silent } from './small-workspace.ts'

let emulator: Emulator
let client: WebClient
let poster: ReturnType<typeof createPoster>
let posting: ReturnType<typeof createPostingClient>
const called = new Set<string>()
const written: typeof globalThis.fetch = (input, init) => {
  called.add(new URL(String(input instanceof Request ? input.url : input)).pathname.replace('/api/', ''))
  return fetch(input, init)
}

beforeAll(async () => {
  const port = await freePort()
  emulator = await createEmulator({
    service: 'slack',
    port,
    baseUrl: `http://127.0.0.1:${port}`,
    seed: {
      tokens: { 'xoxb-emulated': { login: 'ana', scopes: [] } },
      slack: {
        team: { name: 'Northwind', domain: 'northwind' },
        users: [
          { name: 'ana', real_name: 'Ana Diaz', email: 'ana@northwind.example' },
          { name: 'ben', real_name: 'Ben Ortiz', email: 'ben@northwind.example' },
        ],
        channels: [{ name: 'sales' }],
        bots: [{ name: 'gong-digest' }],
      },
    },
  })
  const slackApiUrl = `http://127.0.0.1:${port}/api/`
  client = new WebClient('xoxb-emulated', { slackApiUrl, retryConfig: { retries: 0 }, logger: silent, fetch: written })
  posting = createPostingClient({ token: 'xoxb-emulated', slackApiUrl })
  const call = posting.apiCall.bind(posting)
  posting.apiCall = (method, options) => {
    called.add(method)
    return call(method, options)
  }
  poster = createPoster(posting, {
    clock: systemClock,
    pace: { channelMs: 0, workspaceMs: 0 },
  })
})
afterAll(() => emulator?.close())

const sales = async (): Promise<string> => {
  const { channels = [] } = await client.conversations.list({})
  const channel = channels.find(({ name }) => name === 'sales')
  if (!channel?.id) throw new Error('emulate has no #sales')
  return channel.id
}
const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'Talk ratio *51 %*' } }]

describe('the package emulate', () => {
  it('takes our post with its mark, and our reconciler finds it by the mark', async () => {
    const channelId = await sales()
    await client.conversations.join({ channel: channelId })
    const attemptedAt = systemClock.now()
    const posted = await poster.post({
      channelId,
      payload: { text: 'Talk ratio 51 %', blocks },
      deliveryId: 'delivery-1',
      right: { leftMs: () => 60_000 },
    })
    expect(posted).toMatchObject({ type: 'posted', channelId })
    const reconciler = createReconciler(posting, systemClock)
    expect(await reconciler.look({ id: 'delivery-1', channelId, attemptedAt })).toMatchObject({ type: 'found' })
    expect(await reconciler.look({ id: 'delivery-2', channelId, attemptedAt })).toEqual({ type: 'absent' })
  })

  it('takes a direct message to a person by id', async () => {
    const { user } = await client.users.lookupByEmail({ email: 'ben@northwind.example' })
    const posted = await poster.post({
      channelId: user?.id ?? '',
      payload: { text: 'Your week', blocks },
      deliveryId: 'delivery-3',
      right: { leftMs: () => 60_000 },
    })
    expect(posted).toMatchObject({ type: 'posted' })
  })

  it('gives a directory we can read', async () => {
    const members: SlackMember[] = []
    const { team_id: teamId = '' } = await client.auth.test()
    const directory = createDirectory({
      client,
      store: {
        replaceAll: async (all) => {
          members.push(...all)
          return []
        },
        upsert: async (member) => member,
        find: async () => undefined,
      },
      home: async () => ({ teamId }),
      clock: systemClock,
      log: createLog('fatal'),
    })
    expect(await directory.refresh()).toBeGreaterThan(0)
    expect(members.find(({ email }) => email === 'ana@northwind.example')).toMatchObject({
      name: 'Ana Diaz',
      isOutside: false,
      isGuest: false,
    })
    const { user } = await client.users.lookupByEmail({ email: 'ana@northwind.example' })
    expect(memberOf(user?.id ?? '', user as SlackUser, { teamId }).name).toBe('Ana Diaz')
  })

  it('publishes a Home tab, and opens and updates a modal', async () => {
    const { user } = await client.users.lookupByEmail({ email: 'ana@northwind.example' })
    const home = await client.views.publish({ user_id: user?.id ?? '', view: { type: 'home', blocks: blocks as never } })
    expect(home.ok).toBe(true)
    const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'One moment' }, blocks: blocks as never }
    const { trigger_id: trigger } = (await client.apiCall('views.generateTriggerId', { user_id: user?.id })) as { trigger_id?: string }
    const opened = await client.views.open({ trigger_id: trigger ?? '', view })
    const updated = await client.views.update({
      view_id: opened.view?.id ?? '',
      view: { ...view, title: { type: 'plain_text', text: 'New digest' } },
    })
    expect(updated.view?.title?.text).toBe('New digest')
  })

  it('pushes a second modal on the first, and takes no change to a modal that looks otherwise by now', async () => {
    const { user } = await client.users.lookupByEmail({ email: 'ana@northwind.example' })
    const view = { type: 'modal' as const, title: { type: 'plain_text' as const, text: 'One moment' }, blocks: blocks as never }
    const trigger = async (under?: string) =>
      (
        (await client.apiCall('views.generateTriggerId', { user_id: user?.id, ...(under && { view_id: under }) })) as {
          trigger_id?: string
        }
      ).trigger_id ?? ''
    const opened = await client.views.open({ trigger_id: await trigger(), view })
    const pushed = await client.views.push({ trigger_id: await trigger(opened.view?.id), view })
    expect(pushed.view).toMatchObject({ previous_view_id: opened.view?.id, root_view_id: opened.view?.id })
    await expect(client.views.update({ view_id: pushed.view?.id ?? '', view, hash: 'another' })).rejects.toMatchObject({
      data: { error: 'hash_conflict' },
    })
  })

  it('lets us change a message, answer below it, find the answer by its mark, delete one, and show one to one person', async () => {
    const channelId = await sales()
    await client.conversations.join({ channel: channelId })
    const attemptedAt = systemClock.now()
    const first = await poster.post({
      channelId,
      payload: { text: 'Talk ratio 51 %', blocks },
      deliveryId: 'delivery-4',
      right: { leftMs: () => 60_000 },
    })
    if (first.type !== 'posted') throw new Error('not posted')
    expect(await poster.update({ ...first, payload: { text: 'Talk ratio 52 %', blocks: [] } })).toMatchObject({ type: 'posted' })
    const { messages = [] } = await client.conversations.history({ channel: channelId })
    expect(messages.find(({ ts }) => ts === first.messageTs)?.text).toBe('Talk ratio 52 %')
    const threadTs = first.messageTs
    await poster.post({
      channelId,
      payload: { text: 'The rest', blocks },
      threadTs,
      deliveryId: 'delivery-5',
      right: { leftMs: () => 60_000 },
    })
    expect(await createReconciler(posting, systemClock).look({ id: 'delivery-5', channelId, threadTs, attemptedAt })).toMatchObject({
      type: 'found',
    })
    const { ts = '' } = await client.chat.postMessage({ channel: channelId, text: 'A test' })
    expect((await client.chat.delete({ channel: channelId, ts })).ok).toBe(true)
    const { user } = await client.users.lookupByEmail({ email: 'ana@northwind.example' })
    expect((await client.apiCall('chat.postEphemeral', { channel: channelId, user: user?.id, text: 'Yours' })).ok).toBe(true)
  })

  it('tells our gate who reads a channel, and sends a file to one person', async () => {
    const channelId = await sales()
    await client.conversations.join({ channel: channelId })
    const { team_id: teamId = '' } = await client.auth.test()
    const directory = createDirectory({
      client,
      store: { replaceAll: async () => [], upsert: async (member) => member, find: async () => undefined },
      home: async () => ({ teamId }),
      clock: systemClock,
      log: createLog('fatal'),
    })
    const gate = createGate({ client, members: { findMany: async () => new Map() }, directory, allowGuests: false, clock: systemClock })
    const verdict = await gate.check(channelId)
    expect(verdict).toMatchObject({ type: 'open', channelName: 'sales', isPrivate: false })
    expect(verdict.type === 'open' && verdict.people.map(({ name }) => name)).toContain('Ana Diaz')
    const { user } = await client.users.lookupByEmail({ email: 'ben@northwind.example' })
    const { channel } = await client.conversations.open({ users: user?.id ?? '' })
    const sent = await client.filesUploadV2({ channel_id: channel?.id ?? '', filename: 'week.csv', title: 'Week', content: 'a,b' })
    expect(sent.ok).toBe(true)
  })

  // Last on purpose: it reads what the tests above called.
  it('has been asked for every method the code calls, but for those it lacks', async () => {
    const lacking = ['apps.connections.open', 'usergroups.users.list']
    expect(methodsCalled().filter((method) => !called.has(method))).toEqual(lacking)
    for (const method of lacking) await expect(client.apiCall(method)).rejects.toThrow()
  })
})
