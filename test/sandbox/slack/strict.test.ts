// The simulated Slack says no where Slack does: scopes, membership, blocks, triggers, response urls, rates, tokens; and it fails on request.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createGrants } from '../../../src/sandbox/slack/grants.ts'
import type { SimulatedSlack } from '../../../src/sandbox/slack/simulated-slack.ts'
import { boltBehind, clientOf, smallWorkspace } from './small-workspace.ts'

let slack: SimulatedSlack
beforeEach(async () => {
  slack = await smallWorkspace()
})
afterEach(() => slack.stop())

/** The error of a refused call, with what came beside it. */
async function refusal(call: Promise<unknown>): Promise<Record<string, unknown>> {
  return call.then(
    () => ({ error: 'none' }),
    (error: { data?: Record<string, unknown>; code?: string }) => error.data ?? { error: error.code },
  )
}

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } })

describe('refusals', () => {
  it('name the missing scope of the manifest', async () => {
    const client = clientOf(slack)
    expect(await refusal(client.conversations.info({ channel: slack.workspace.directMessageWith('U1').id }))).toMatchObject({
      error: 'missing_scope',
      needed: 'im:read',
    })
    expect(await refusal(client.team.info())).toMatchObject({ error: 'missing_scope', needed: 'team:read' })
  })

  it('know where the bot is, and hide private channels it is not in', async () => {
    const client = clientOf(slack)
    const post = (channel: string) => refusal(client.chat.postMessage({ channel, text: 'hello' })).then(({ error }) => error)
    expect(await post('C2')).toBe('not_in_channel')
    expect(await post('C3')).toBe('is_archived')
    expect(await post('C4')).toBe('channel_not_found')
    expect(await post('C9')).toBe('channel_not_found')
    expect(await post('C1')).toBe('none')
    const direct = await client.chat.postMessage({ channel: 'U1', text: 'hello' })
    expect(direct.channel).toBe(slack.workspace.directMessageWith('U1').id)
  })

  it('carry a pointer to the block that is at fault', async () => {
    const answer = await refusal(
      clientOf(slack).chat.postMessage({ channel: 'C1', text: 'x', blocks: [section('fine'), section('')] as never }),
    )
    expect(answer.error).toBe('invalid_blocks')
    expect(JSON.stringify(answer.response_metadata)).toContain('/blocks/1/text/text')
    expect(slack.messages('C1', 'U1')).toEqual([])
  })

  it('of tokens: none, a wrong one, the wrong kind', async () => {
    expect(await refusal(clientOf(slack, 'xoxb-other').auth.test())).toMatchObject({ error: 'invalid_auth' })
    expect(await refusal(clientOf(slack).apps.connections.open())).toMatchObject({ error: 'not_allowed_token_type' })
  })

  it('hide e-mails of other companies and tell guests and strangers apart', async () => {
    const { members = [] } = await clientOf(slack).users.list({})
    const of = (id: string) => members.find((member) => member.id === id) as Record<string, unknown> & { profile: { email?: string } }
    expect(of('U1').profile.email).toBe('ana@northwind.example')
    expect(of('U3').is_restricted).toBe(true)
    expect(of('U4')).toMatchObject({ is_stranger: true, team_id: 'T0PARTNER' })
    expect(of('U4').profile.email).toBeUndefined()
  })
})

describe('metadata', () => {
  it('is whole in the history only for those who ask for it', async () => {
    const client = clientOf(slack)
    const metadata = { event_type: 'mark', event_payload: { id: '7' } }
    await client.chat.postMessage({ channel: 'C1', text: 'marked', metadata })
    const plain = await client.conversations.history({ channel: 'C1' })
    const whole = await client.conversations.history({ channel: 'C1', include_all_metadata: true })
    expect(plain.messages?.[0]?.metadata).toEqual({ event_type: 'mark' })
    expect(whole.messages?.[0]?.metadata).toEqual(metadata)
  })
})

describe('what is lent for a moment', () => {
  it('a response url works five times', async () => {
    const behind = await boltBehind(slack)
    let url = ''
    behind.app.command('/ask', async ({ ack, body }) => {
      url = body.response_url
      await ack()
    })
    await slack.type('U1', 'C1', '/ask')
    const statuses: number[] = []
    for (let use = 0; use < 6; use += 1) {
      const response = await fetch(url, { method: 'POST', body: JSON.stringify({ text: `line ${use}` }) })
      statuses.push(response.status)
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404])
    expect(slack.messages('C1', 'U1')).toHaveLength(5)
    await behind.stop()
  })

  it('a refused body at a response url is a 200 that says no', async () => {
    const behind = await boltBehind(slack)
    let url = ''
    behind.app.command('/ask', async ({ ack, body }) => {
      url = body.response_url
      await ack()
    })
    await slack.type('U1', 'C1', '/ask')
    const response = await fetch(url, { method: 'POST', body: JSON.stringify({ text: 'x', blocks: [section('')] }) })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ ok: false, error: 'invalid_blocks' })
    await behind.stop()
  })
})

describe('what is lent, by the clock', () => {
  const realNow = new Date('2026-11-24T09:00:00Z')
  const later = (ms: number) => new Date(realNow.getTime() + ms)

  it('a trigger lives three seconds, and works once', async () => {
    let now = realNow
    const grants = createGrants({ now: () => now }, { checkTimes: true })
    const [inTime, late] = [grants.trigger('U1'), grants.trigger('U1')]
    now = later(3000)
    expect(grants.exchange(inTime).userId).toBe('U1')
    expect(() => grants.exchange(inTime)).toThrow('exchanged_trigger_id')
    now = later(3001)
    expect(() => grants.exchange(late)).toThrow('expired_trigger_id')
    expect(() => grants.exchange('1.2.x')).toThrow('invalid_trigger_id')
  })

  it('a response url lives thirty minutes', async () => {
    let now = realNow
    const grants = createGrants({ now: () => now }, { checkTimes: true })
    const key = grants.responseUrl({ userId: 'U1', channelId: 'C1' })
    now = later(30 * 60_000)
    expect(grants.use(key).usesLeft).toBe(4)
    now = later(30 * 60_000 + 1)
    expect(() => grants.use(key)).toThrow('expired_url')
  })
})

describe('rates', () => {
  it('stop a sixth post in one burst to a channel, with the seconds to wait, and leave other channels alone', async () => {
    const client = clientOf(slack)
    for (let post = 0; post < 5; post += 1) await client.chat.postMessage({ channel: 'C1', text: `${post}` })
    const stopped = await client.chat.postMessage({ channel: 'C1', text: 'too much' }).catch((error: { retryAfter?: number }) => error)
    expect(stopped).toMatchObject({ retryAfter: 1 })
    expect((await client.chat.postMessage({ channel: 'U1', text: 'elsewhere' })).ok).toBe(true)
  })
})

describe('faults', () => {
  const posted = () => slack.messages('C1', 'U1').map(({ text }) => text)

  it('a lost answer: the post is there, the call fails', async () => {
    slack.faults.add({ type: 'lost-answer', method: 'chat.postMessage' }, 1)
    const answer = await refusal(clientOf(slack).chat.postMessage({ channel: 'C1', text: 'landed' }))
    expect(answer.error).not.toBe('none')
    expect(posted()).toEqual(['landed'])
  })

  it('a late post: the call fails first, the post lands afterwards', async () => {
    slack.faults.add({ type: 'late-post' }, 1)
    await refusal(clientOf(slack).chat.postMessage({ channel: 'C1', text: 'late' }))
    expect(posted()).toEqual([])
    await slack.landLatePosts()
    expect(posted()).toEqual(['late'])
  })

  it('a block type refused, a revoked token, an error of choice, and clear again', async () => {
    const client = clientOf(slack)
    slack.faults.add({ type: 'blocks-refused', blockTypes: ['section'] })
    expect(await refusal(client.chat.postMessage({ channel: 'C1', text: 'x', blocks: [section('x')] as never }))).toMatchObject({
      error: 'invalid_blocks',
    })
    slack.faults.clear()
    slack.faults.add({ type: 'token-revoked' })
    expect(await refusal(client.auth.test())).toMatchObject({ error: 'token_revoked' })
    slack.faults.clear()
    slack.faults.add({ type: 'error', method: 'chat.postMessage', error: 'internal_error' }, 1)
    expect(await refusal(client.chat.postMessage({ channel: 'C1', text: 'x' }))).toMatchObject({ error: 'internal_error' })
    expect(await refusal(client.chat.postMessage({ channel: 'C1', text: 'x' }))).toMatchObject({ error: 'none' })
  })
})
