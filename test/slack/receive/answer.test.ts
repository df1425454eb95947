import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { movableClock } from '../../../src/clock.ts'
import type { Message } from '../../../src/render/message.ts'
import { line } from '../../../src/render/text/text.ts'
import { createPostingClient } from '../../../src/slack/outbox/posting-client.ts'
import { createRefusedBlocks, renderForSlack } from '../../../src/slack/outbox/render-for-slack.ts'
import { answererFor } from '../../../src/slack/receive/answer.ts'
import { isSlacksOwn } from '../../../src/slack/response-url.ts'
import { keptLog } from '../../kit/quiet-log.ts'
import { type RecordingSlack, recordingSlack } from '../../kit/recording-slack.ts'

const said = (text: string): Message => ({ summary: text, parts: [{ type: 'text', line: line(text) }] })
const tabled: Message = {
  summary: 'A table.',
  parts: [
    { type: 'text', line: line('A table.') },
    { type: 'table', caption: 'People', columns: [{ title: 'Name', align: 'left' }], rows: [[{ type: 'text', text: 'Ana' }]] },
  ],
}

describe('an answer', () => {
  let slack: RecordingSlack
  beforeEach(async () => {
    slack = await recordingSlack()
  })
  afterEach(() => slack.stop())

  function answerer(more: { replaces?: 'own-answer' | 'pressed' | 'nothing'; channelId?: string; responseUrl?: string } = {}) {
    const { log } = keptLog()
    const clock = movableClock(new Date('2026-11-23T09:00:00Z'))
    const settings = new Map<string, string>()
    const refused = createRefusedBlocks(
      { setting: async (key) => settings.get(key), saveSetting: async (key, value) => void settings.set(key, value) },
      clock,
    )
    const answer = answererFor(
      { slackUserId: 'U1', responseUrl: slack.responseUrl(), channelId: 'C1', ...more },
      {
        posting: createPostingClient({ token: 'xoxb-test', slackApiUrl: slack.apiUrl }),
        render: renderForSlack(refused),
        onRefused: refused.remember,
        fetch: globalThis.fetch,
        slackApiUrl: slack.apiUrl,
        clock,
        log,
      },
    )
    return { answer, clock, refused, settings }
  }

  it('uses a response url five times, then goes on as a private message in the channel', async () => {
    const { answer } = answerer()
    for (const text of ['1', '2', '3', '4', '5', '6']) await answer.say(said(text))
    expect(slack.responses.map(({ body }) => body.text)).toEqual(['1', '2', '3', '4', '5'])
    expect(slack.callsOf('chat.postEphemeral').map(({ text }) => text)).toEqual(['6'])
  })

  it.each([
    ['a page', '<html>Sign in to the hotel</html>'],
    ['nothing', ''],
    ['half an answer', '{"ok":tr'],
    ['a refusal', '{"ok":false,"error":"used_url"}'],
    ['ok as a text', '{"ok":"true"}'],
  ])('goes on as a private message where the response url answers 200 with %s', async (_what, body) => {
    slack.answerResponses(() => ({ body }))
    const { answer } = answerer()
    await answer.say(said('Your figures'))
    expect(slack.callsOf('chat.postEphemeral').map(({ text }) => text)).toEqual(['Your figures'])
  })

  it("goes nowhere but to Slack: an answer to another host's address is a private message in the channel", async () => {
    const elsewhere = createServer((_request, response) => response.end('ok'))
    await new Promise<void>((listening) => void elsewhere.listen(0, '127.0.0.1', listening))
    const { port } = elsewhere.address() as AddressInfo
    const heard: unknown[] = []
    elsewhere.on('request', (request) => heard.push(request.url))
    const { answer } = answerer({ responseUrl: `http://127.0.0.1:${port}/collects` })
    await answer.say(said('Your figures'))
    expect(heard).toEqual([])
    expect(slack.callsOf('chat.postEphemeral').map(({ text }) => text)).toEqual(['Your figures'])
    await new Promise((closed) => elsewhere.close(closed))
  })

  it.each([
    ['https://hooks.slack.com/commands/T1/2/3', true],
    ['https://hooks.slack-gov.com/actions/T1/2/3', true],
    ['https://slack.com/api/respond', true],
    ['http://hooks.slack.com/commands/T1/2/3', false],
    ['https://hooks.slack.com:8443/commands/T1/2/3', false],
    ['https://hooks.slack.com.example.org/commands', false],
    ['https://hooks.slack.com@example.org/commands', false],
    ['https://example.org/hooks.slack.com', false],
    ['https://xhooks.slack.com/', false],
    ['file:///etc/passwd', false],
    ['hooks.slack.com', false],
    ['', false],
  ])('takes %s for Slack: %s', (url, isSlacks) => {
    expect(isSlacksOwn(url, 'https://slack.com/api/')).toBe(isSlacks)
  })

  it("never takes the place of a channel's message: what was pressed there stays for everybody as it was", async () => {
    const { answer } = answerer({ replaces: 'nothing' })
    await answer.say(said('Reading Gong …'))
    await answer.say(said('Your figures'))
    expect(slack.responses.map(({ body }) => [body.text, body.replace_original, body.response_type])).toEqual([
      ['Reading Gong …', false, 'ephemeral'],
      ['Your figures', false, 'ephemeral'],
    ])
  })

  it('leaves a response url alone after half an hour', async () => {
    const { answer, clock } = answerer()
    await answer.say(said('early'))
    clock.moveTo(new Date('2026-11-23T09:30:00Z'))
    await answer.say(said('late'))
    expect(slack.responses.map(({ body }) => body.text)).toEqual(['early'])
    expect(slack.callsOf('chat.postEphemeral').map(({ text }) => text)).toEqual(['late'])
  })

  it('counts a refused try as a use, and ends in plain words', async () => {
    const { answer } = answerer()
    slack.answerResponses((body) => ({ body: body.blocks === undefined ? 'ok' : '{"ok":false,"error":"invalid_blocks"}' }))
    await answer.say(tabled)
    expect(slack.responses).toHaveLength(3)
    expect(slack.responses.at(-1)?.body.text).toContain('Ana')
  })

  it('remembers the kind of block Slack pointed at, for a day', async () => {
    const { answer, clock, refused, settings } = answerer()
    slack.answerResponses((body) => {
      const blocks = Array.isArray(body.blocks) ? body.blocks : []
      const index = blocks.findIndex((block: { type?: string }) => block.type === 'data_table')
      const messages = [`[ERROR] unsupported type [json-pointer:/blocks/${index}/type]`]
      return { body: index < 0 ? 'ok' : JSON.stringify({ ok: false, error: 'invalid_blocks', response_metadata: { messages } }) }
    })
    await answer.say(tabled)
    expect([...refused.now()]).toEqual(['data_table'])
    await answer.say(tabled)
    // Refused, plainer; then plain from the start.
    expect(slack.responses).toHaveLength(3)
    const later = createRefusedBlocks({ setting: async (key) => settings.get(key), saveSetting: async () => undefined }, clock)
    await later.load()
    expect([...later.now()]).toEqual(['data_table'])
    clock.moveTo(new Date('2026-11-24T09:00:01Z'))
    expect([...later.now()]).toEqual([])
  })

  it('goes to the direct messages when there is no other way, and is logged when there is none at all', async () => {
    slack.answerResponses(() => ({ status: 500, body: 'no' }))
    slack.answer('chat.postEphemeral', { ok: false, error: 'channel_not_found' })
    const { answer } = answerer()
    await answer.say(said('hello'))
    expect(slack.callsOf('chat.postMessage').map(({ channel }) => channel)).toEqual(['U1'])
    slack.answer('chat.postMessage', { ok: false, error: 'user_disabled' })
    await expect(answer.say(said('again'))).resolves.toBeUndefined()
  })
})
