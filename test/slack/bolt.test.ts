import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { Action, HomeSection } from '../../src/bot/action.ts'
import type { BotServices, Command } from '../../src/bot/command.ts'
import { movableClock } from '../../src/clock.ts'
import { orgChart } from '../../src/domain/team.ts'
import { AskError, GongUnavailable } from '../../src/errors.ts'
import type { Viewers } from '../../src/people/viewers.ts'
import type { Message } from '../../src/render/message.ts'
import { line } from '../../src/render/text/text.ts'
import { createSlackClient, type RunningSlack, readIdentity, startSlack } from '../../src/slack/bolt.ts'
import { createPostingClient } from '../../src/slack/outbox/posting-client.ts'
import { createReceiver } from '../../src/slack/receive/receive.ts'
import { createViews } from '../../src/slack/receive/views.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { type RecordingSlack, recordingSlack, sendSigned, typed } from '../kit/recording-slack.ts'
import { submissionsInMemory } from '../kit/submissions.ts'

const said = (text: string): Message => ({ summary: text, parts: [{ type: 'text', line: line(text) }] })
const plain = (message: Message, plainer: number) => ({
  payload: { text: message.summary, blocks: plainer < 2 ? [{ type: 'section', plainer }] : [] },
})

const nobody = orgChart([])

const shout: Command = {
  name: '/shout',
  description: 'Says it louder',
  usageHint: '[words]',
  examples: [{ text: 'hello', does: 'says HELLO' }],
  async answer(ask, _kit, say) {
    if (ask.text === 'fail') throw new Error('a bug with a secret in it')
    if (ask.text === 'typo') throw new AskError('Did you mean hello?', [{ label: 'Yes', command: '/shout', text: 'hello' }])
    if (ask.text === 'gong') throw new GongUnavailable({ endpoint: 'POST /stats/interaction', what: 'timeout' })
    if (ask.text === 'slow') await say(said('Reading …'))
    return said(`${ask.text.toUpperCase()} for ${ask.viewer.slackUserId}`)
  },
}

const form: Action = {
  id: 'form',
  opensModal: true,
  handle: async (press) => ({
    type: 'modal',
    modal: { callbackId: 'form-save', title: 'Form', parts: [{ type: 'text', line: line(press.value ?? '') }] },
  }),
}
const save: Action = {
  id: 'form-save',
  handle: async (press) => (press.inputs.name === 'Ana' ? { type: 'done', home: true } : { type: 'errors', errors: { name: 'Only Ana.' } }),
}
const greet: Action = {
  id: 'greet',
  handle: async (press) => ({ type: 'reply', message: said(`hello ${press.viewer.slackUserId} ${press.value}`) }),
}
const settle: Action = {
  id: 'settle',
  handle: async (press) => ({ type: 'replace', message: said(`settled by ${press.viewer.slackUserId}`) }),
}
const homeSection: HomeSection = { id: 'hello', write: async (viewer) => [{ type: 'text', line: line(`home of ${viewer.slackUserId}`) }] }

const viewers: Viewers = {
  readerOf: async (slackUserId) => ({
    viewer: { slackUserId, standing: 'member', isAdmin: false, grants: [] },
    locale: 'en-US',
    zone: 'UTC',
  }),
  personOfSlackUser: async () => undefined,
  onlookersOf: async () => ({ viewers: [], everyLeader: false, readBy: () => '' }),
  slackUserOfPerson: async () => undefined,
  gongUsersOf: async () => [],
  matched: async () => new Set(),
  admins: async () => [],
}

describe('the edge over signed HTTP', () => {
  let slack: RecordingSlack
  let running: RunningSlack | undefined
  afterEach(async () => {
    await running?.stop()
    await slack.stop()
  })

  async function start() {
    slack = await recordingSlack()
    const { log, lines } = keptLog()
    const clock = movableClock(new Date('2026-11-23T09:00:00Z'))
    const client = createSlackClient({ botToken: 'xoxb-test', apiUrl: slack.apiUrl, log })
    const heard: string[] = []
    const views = createViews({
      client,
      render: plain,
      shapes: {
        modal: (modal) => ({ type: 'modal', title: { type: 'plain_text', text: modal.title }, callback_id: modal.callbackId, blocks: [] }),
        home: (parts) => ({
          type: 'home',
          blocks: parts.map((part) => ({ type: 'section', text: { type: 'mrkdwn', text: 'line' in part ? part.line.plain : '' } })),
        }),
      },
    })
    const services = {
      chart: async () => nobody,
      admin: { reading: async () => ({ windowsReady: 0, windowsWanted: 0, problems: [], readAt: new Date('2026-11-23T08:40:00Z') }) },
    } as unknown as BotServices
    const receiver = createReceiver({
      submissions: submissionsInMemory(),
      posting: createPostingClient({ token: 'xoxb-test', slackApiUrl: slack.apiUrl }),
      commands: [shout],
      actions: [form, save, greet, settle],
      home: [homeSection],
      services,
      viewers,
      views,
      render: plain,
      fetch: globalThis.fetch,
      slackApiUrl: slack.apiUrl,
      clock,
      log,
    })
    running = await startSlack({
      transport: { type: 'http', signingSecret: 'secret', port: 0 },
      botToken: 'xoxb-test',
      apiUrl: slack.apiUrl,
      identity: await readIdentity(client),
      receiver,
      onUser: async (user) => void heard.push(`user ${user.id}`),
      log,
    })
    const port = running.port ?? 0
    const send = async (payload: Parameters<typeof sendSigned>[1], options?: Parameters<typeof sendSigned>[2]) => {
      const answer = await sendSigned(port, payload, options)
      await running?.idle()
      return answer
    }
    const press = (fields: object) =>
      send({ payload: JSON.stringify({ type: 'block_actions', team: { id: 'T1' }, user: { id: 'U1' }, trigger_id: 'tr', ...fields }) })
    const event = (id: string, fields: object) => send({ json: { type: 'event_callback', team_id: 'T1', event_id: id, event: fields } })
    /** Bytes as they are, with these headers. */
    const raw = (body: string, headers: Readonly<Record<string, string>>, method = 'POST') =>
      fetch(`http://127.0.0.1:${port}/slack/events`, { method, headers, ...(method === 'POST' && { body }) })
    return { send, press, event, raw, lines, heard, clock }
  }

  it('acknowledges a command with nothing and answers through the response url, privately', async () => {
    const { send } = await start()
    expect(await send(typed('/shout', 'hello', 'U1', slack.responseUrl()))).toEqual({ status: 200, body: '' })
    expect(slack.responses).toEqual([
      {
        url: '/response/one',
        body: expect.objectContaining({ text: 'HELLO for U1', response_type: 'ephemeral', replace_original: false }),
      },
    ])
  })

  it('puts the answer in the place of the waiting line', async () => {
    const { send } = await start()
    await send(typed('/shout', 'slow', 'U1', slack.responseUrl()))
    expect(slack.responses.map(({ body }) => [body.text, body.replace_original])).toEqual([
      ['Reading …', false],
      ['SLOW for U1', true],
    ])
  })

  it('refuses an unsigned, a wrongly signed and an old request before anything runs', async () => {
    const { send } = await start()
    const command = typed('/shout', 'hello', 'U1', slack.responseUrl())
    expect((await send(command, { signature: 'v0=00' })).status).toBe(401)
    expect((await send(command, { secret: 'other' })).status).toBe(401)
    expect((await send(command, { ageSeconds: 600 })).status).toBe(401)
    expect(slack.responses).toEqual([])
  })

  describe('from anybody on the internet', () => {
    const form = 'application/x-www-form-urlencoded'
    const seconds = () => String(Math.floor((performance.timeOrigin + performance.now()) / 1000))
    const signed = (body: string, timestamp: string, version = 'v0') => ({
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `${version}=${createHmac('sha256', 'secret').update(`${version}:${timestamp}:${body}`).digest('hex')}`,
    })
    const command = 'command=%2Fshout&text=hello&user_id=U1&team_id=T1&channel_id=C1'

    it.each<[string, string, string, () => Readonly<Record<string, string>>, number]>([
      ['without any signature', command, form, () => ({}), 401],
      ['signed before somebody changed it', `${command}1`, form, () => signed(command, seconds()), 401],
      ['signed with another version', command, form, () => signed(command, seconds(), 'v1'), 401],
      ['with a time that is no number', command, form, () => signed(command, 'now'), 401],
      ['signed for another second', command, form, () => ({ ...signed(command, '1000'), 'x-slack-request-timestamp': seconds() }), 401],
      ['broken and unsigned: nobody tried to read it', '{"type":', 'application/json', () => ({}), 401],
      ['broken and unsigned in a form', 'payload={', form, () => ({}), 401],
      ['broken and signed', '{"type":', 'application/json', () => signed('{"type":', seconds()), 400],
      ['too long and unsigned: not read to its end', 'x'.repeat(1_100_000), form, () => ({}), 413],
      ['a check of the connection with a command smuggled in', `ssl_check=1&${command}`, form, () => ({}), 200],
      ['a check that is none, unsigned', `ssl_check=0&${command}`, form, () => ({}), 401],
    ])('a request %s runs nothing', async (_name, body, type, headers, status) => {
      const { raw } = await start()
      expect((await raw(body, { 'content-type': type, ...headers() })).status).toBe(status)
      await running?.idle()
      expect(slack.responses).toEqual([])
      expect(slack.calls.filter(({ method }) => method !== 'auth.test')).toEqual([])
    })

    it('another method or page is not there', async () => {
      const { raw } = await start()
      expect((await raw('', {}, 'GET')).status).toBe(404)
    })
  })

  it('refuses a body over the limit', async () => {
    const { send } = await start()
    expect((await send(typed('/shout', 'x'.repeat(1_100_000), 'U1', slack.responseUrl()))).status).toBe(413)
  })

  it('says the next step as a button when the asker can mend it', async () => {
    const { send } = await start()
    await send(typed('/shout', 'typo', 'U1', slack.responseUrl()))
    expect(slack.responses[0]?.body.text).toBe('Did you mean hello?')
  })

  it('tells how old the figures are when Gong does not answer', async () => {
    const { send } = await start()
    await send(typed('/shout', 'gong', 'U1', slack.responseUrl()))
    expect(slack.responses[0]?.body.text).toMatch(/Gong does not answer right now\. The newest figures here are from .*0?8:40/)
  })

  it('answers a bug with a reference that is also in the log, and with nothing of the bug', async () => {
    const { send, lines } = await start()
    await send(typed('/shout', 'fail', 'U1', slack.responseUrl()))
    const text = String(slack.responses[0]?.body.text)
    const reference = /reference to whoever runs it: ([0-9a-f]{8})/.exec(text)?.[1]
    expect(reference).toBeDefined()
    expect(text).not.toContain('secret')
    // The log has the reference and where the bug is, not what it says: that may hold somebody's data.
    expect(lines.filter((each) => each.includes(String(reference)) && each.includes('bolt.test.ts'))).toHaveLength(1)
    expect(lines.join('')).not.toContain('a secret in it')
  })

  it('answers an unknown command with the menu', async () => {
    const { send } = await start()
    await send(typed('/whisper', 'hello', 'U1', slack.responseUrl()))
    expect(slack.responses[0]?.body.text).toContain('/shout')
  })

  it('says it plainer when Slack answers 200 and means no', async () => {
    const { send } = await start()
    slack.answerResponses((body) => ({ body: Array.isArray(body.blocks) ? JSON.stringify({ ok: false, error: 'invalid_blocks' }) : 'ok' }))
    await send(typed('/shout', 'hello', 'U1', slack.responseUrl()))
    expect(slack.responses.map(({ body }) => body.blocks)).toEqual([
      [{ type: 'section', plainer: 0 }],
      [{ type: 'section', plainer: 1 }],
      undefined,
    ])
  })

  it('answers in the channel, for the asker only, when the response url is dead', async () => {
    const { send } = await start()
    slack.answerResponses(() => ({ status: 404, body: JSON.stringify({ ok: false, error: 'expired_url' }) }))
    await send(typed('/shout', 'hello', 'U1', slack.responseUrl()))
    expect(slack.callsOf('chat.postEphemeral')).toEqual([expect.objectContaining({ channel: 'C1', user: 'U1', text: 'HELLO for U1' })])
  })

  it('answers by direct message when the bot is not in the channel either', async () => {
    const { send } = await start()
    slack.answerResponses(() => ({ status: 404, body: '' }))
    slack.answer('chat.postEphemeral', { ok: false, error: 'not_in_channel' })
    await send(typed('/shout', 'hello', 'U1', slack.responseUrl()))
    expect(slack.callsOf('chat.postMessage')).toEqual([expect.objectContaining({ channel: 'U1', text: 'HELLO for U1' })])
  })

  it('replaces a private reply that was pressed, and never a message others see', async () => {
    const { press } = await start()
    const action = {
      actions: [{ type: 'button', action_id: 'greet:1', value: 'v' }],
      response_url: slack.responseUrl(),
      channel: { id: 'C1' },
    }
    await press({ ...action, container: { type: 'message', is_ephemeral: true } })
    await press({ ...action, container: { type: 'message', is_ephemeral: false } })
    expect(slack.responses.map(({ body }) => [body.text, body.replace_original])).toEqual([
      ['hello U1 v', true],
      ['hello U1 v', false],
    ])
  })

  it('answers a button nobody knows any more with the menu, and leaves link buttons alone', async () => {
    const { press } = await start()
    await press({ actions: [{ type: 'button', action_id: 'gone', value: 'v' }], response_url: slack.responseUrl() })
    await press({
      actions: [{ type: 'button', action_id: 'open-call', url: 'https://app.gong.io/call?id=1' }],
      response_url: slack.responseUrl('two'),
    })
    expect(slack.responses.map(({ url }) => url)).toEqual(['/response/one'])
    expect(slack.responses[0]?.body.text).toContain('older message')
  })

  it('opens a loading view first and fills it after', async () => {
    const { press } = await start()
    await press({ actions: [{ type: 'button', action_id: 'form', value: 'v' }], response_url: slack.responseUrl() })
    expect(slack.calls.map(({ method }) => method)).toEqual(['auth.test', 'views.open', 'views.update'])
    expect(slack.callsOf('views.update')[0]).toMatchObject({ view_id: 'V1', view: { callback_id: 'form-save' } })
  })

  it('shows the errors of a form inline, and closes it when it is right', async () => {
    const { send } = await start()
    const submit = (name: string) =>
      send({
        payload: JSON.stringify({
          type: 'view_submission',
          team: { id: 'T1' },
          user: { id: 'U1' },
          view: {
            id: 'V1',
            type: 'modal',
            callback_id: 'form-save',
            state: { values: { name: { name: { type: 'plain_text_input', value: name } } } },
          },
        }),
      })
    expect(JSON.parse((await submit('Eve')).body)).toEqual({ response_action: 'errors', errors: { name: 'Only Ana.' } })
    expect((await submit('Ana')).body).toBe('')
    expect(slack.callsOf('views.publish')).toHaveLength(1)
  })

  it('draws Home once for an event that Slack sends twice', async () => {
    const { event } = await start()
    const opened = { type: 'app_home_opened', user: 'U1', tab: 'home', channel: 'D1', event_ts: '1' }
    await event('Ev1', opened)
    await event('Ev1', opened)
    await event('Ev2', { ...opened, tab: 'messages' })
    expect(slack.callsOf('views.publish')).toHaveLength(1)
    expect(JSON.stringify(slack.callsOf('views.publish')[0])).toContain('home of U1')
  })

  it('answers a direct message and a mention with the menu, in private, and never itself or an edit', async () => {
    const { event } = await start()
    await event('Ev1', { type: 'message', channel_type: 'im', channel: 'D1', user: 'U1', text: 'hi', ts: '1', event_ts: '1' })
    await event('Ev2', { type: 'message', channel_type: 'im', channel: 'D1', bot_id: 'B9', user: 'U9', text: 'hi', ts: '2', event_ts: '2' })
    await event('Ev3', { type: 'message', channel_type: 'im', subtype: 'message_changed', channel: 'D1', ts: '3', event_ts: '3' })
    await event('Ev4', { type: 'app_mention', channel: 'C1', user: 'U1', text: '<@UBOT>', ts: '4', event_ts: '4' })
    expect(slack.callsOf('chat.postMessage').map(({ channel }) => channel)).toEqual(['D1'])
    expect(slack.callsOf('chat.postEphemeral').map(({ channel, user }) => [channel, user])).toEqual([['C1', 'U1']])
  })

  it('answers a direct message with a file, one written with /me and a thread reply that was also sent to the conversation', async () => {
    const { event } = await start()
    for (const [index, subtype] of [
      'file_share',
      'me_message',
      'thread_broadcast',
      'channel_join',
      'message_deleted',
      'bot_message',
    ].entries())
      await event(`Ev${index}`, {
        type: 'message',
        channel_type: 'im',
        subtype,
        channel: 'D1',
        user: 'U1',
        text: 'hi',
        ts: '1',
        event_ts: '1',
      })
    // A file sent by a bot is no message of a person.
    await event('Ev9', {
      type: 'message',
      channel_type: 'im',
      subtype: 'file_share',
      bot_id: 'B9',
      channel: 'D1',
      user: 'U9',
      ts: '1',
      event_ts: '1',
    })
    expect(slack.callsOf('chat.postMessage').map(({ channel }) => channel)).toEqual(['D1', 'D1', 'D1'])
  })

  it('keeps what was chosen when the pressed message cannot be changed any more, and shows the new state instead', async () => {
    for (const error of ['cant_update_message', 'edit_window_closed', 'message_not_found', 'is_inactive']) {
      const { send, lines } = await start()
      slack.answer('chat.update', () => ({ ok: false, error }))
      const press = {
        type: 'block_actions',
        user: { id: 'U1' },
        team: { id: 'T1' },
        trigger_id: 't1',
        response_url: slack.responseUrl(),
        channel: { id: 'D1' },
        container: { type: 'message', channel_id: 'D1', message_ts: '5.5' },
        actions: [{ type: 'button', action_id: 'settle', value: 'x' }],
      }
      await send({ payload: JSON.stringify(press) })
      const last = slack.responses.at(-1)?.body
      expect([error, last?.text]).toEqual([error, expect.stringContaining('settled by U1')])
      expect(last?.text).toContain('What you chose is kept')
      expect(lines.join('\n')).not.toContain('a bug stopped an answer')
      await running?.stop()
      running = undefined
      await slack.stop()
    }
    slack = await recordingSlack()
  })

  it('hands people that changed to whoever keeps them', async () => {
    const { event, heard } = await start()
    await event('Ev1', { type: 'team_join', user: { id: 'U7' } })
    await event('Ev2', { type: 'user_change', user: { id: 'U8' } })
    expect(heard).toEqual(['user U7', 'user U8'])
  })

  it('writes neither what was typed nor tokens into the log', async () => {
    const { send, lines } = await start()
    await send(typed('/shout', 'topsecretwords', 'U1', slack.responseUrl()))
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.join('\n').toLowerCase()).not.toMatch(/topsecretwords|xoxb/)
  })
})
