// Signed bodies that are no payload: each is answered and logged, no promise is rejected unhandled, and the next command is answered.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sendSignedBody } from '../../kit/recording-slack.ts'
import { type Edge, startEdge } from '../edge-kit.ts'

let edge: Edge
const unhandled: unknown[] = []
const keep = (error: unknown): void => void unhandled.push(error)

beforeEach(() => {
  unhandled.length = 0
  process.on('unhandledRejection', keep)
})
afterEach(async () => {
  process.off('unhandledRejection', keep)
  await edge.stop()
})

async function answersStill(): Promise<void> {
  await edge.slack.type('U0ANA', 'C0EMEA', '/gong-stats me')
  await edge.idle()
  expect(edge.slack.messages('C0EMEA', 'U0ANA').at(-1)?.text).toContain('Ana')
  expect(unhandled).toEqual([])
}

const send = async (body: string, contentType: string, signature?: string): Promise<number> => {
  const options = { secret: edge.slack.signingSecret, ...(signature !== undefined && { signature }) }
  return (await sendSignedBody(edge.port, body, contentType, options)).status
}

const form = 'application/x-www-form-urlencoded'
const payload = (json: string) => `payload=${encodeURIComponent(json)}`

describe('over signed HTTP', () => {
  const nothing = [
    'null',
    'true',
    '1',
    '"text"',
    '[]',
    '[{"type":"block_actions"}]',
    '',
    '{',
    `${'['.repeat(200_000)}`,
    `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`,
  ]

  it('what is no object of ordinary depth is answered 400 and logged', async () => {
    edge = await startEdge('http')
    for (const json of nothing) {
      expect([json.slice(0, 20), await send(payload(json), form)]).toEqual([json.slice(0, 20), 400])
      expect([json.slice(0, 20), await send(json, 'application/json')]).toEqual([json.slice(0, 20), 400])
    }
    expect(edge.log.filter((line) => line.includes('a signed request is malformed'))).toHaveLength(2 * nothing.length)
    await answersStill()
  })

  it('an object that is no payload of ours is answered too', async () => {
    edge = await startEdge('http')
    const odd: readonly unknown[] = [
      {},
      { type: 'block_actions' },
      { type: 'block_actions', actions: null, user: null, team: null },
      { type: 'block_actions', actions: [null], user: { id: 'U0ANA' }, team: { id: 'T' } },
      { type: 'block_actions', actions: [{}], user: { id: 7 }, channel: [], view: 'x', team: {} },
      { type: 'view_submission', view: null, user: { id: 'U0ANA' }, team: {} },
      { type: 'view_submission', view: { callback_id: 'digest-form', state: { values: null } }, user: { id: 'U0ANA' }, team: {} },
      {
        type: 'view_submission',
        view: { callback_id: 'digest-form', state: { values: { a: null, b: { c: null } } }, private_metadata: 'null' },
        user: { id: 'U0ANA' },
        team: {},
      },
      { type: 'view_closed', view: {} },
      { type: 'block_suggestion', action_id: 'digest-form:zone', value: 'x'.repeat(500_000), user: { id: 'U0ANA' }, team: {} },
      { type: 'event_callback', event: null },
      { type: 'event_callback', event: { type: 'message', channel_type: 'im' } },
      { type: 'event_callback', event: { type: 'user_change', user: null } },
      { type: 'event_callback', event: { type: 'team_join', user: { id: { deep: true } } } },
      { type: 'event_callback', event: { type: 'app_home_opened', tab: 'home' } },
      { type: 'shortcut' },
      { command: '/gong-stats' },
      { constructor: 1 },
    ]
    const texts = odd.map((body) => JSON.stringify(body))
    const sent = texts.flatMap((text) => [[text, payload(text), form] as const, [text, text, 'application/json'] as const])
    // All at once: the library gives each that nobody takes three seconds.
    const answered = await Promise.all(sent.map(async ([text, body, type]) => [text.slice(0, 80), type, await send(body, type)] as const))
    expect(answered).toHaveLength(2 * odd.length)
    expect(answered.filter(([, , status]) => !(status >= 200 && status <= 500))).toEqual([])
    await edge.idle()
    await answersStill()
  })

  it('a body that nobody signed is refused before it is looked at, and so is one that is too long', async () => {
    edge = await startEdge('http')
    expect(await send(payload('null'), form, `v0=${'0'.repeat(64)}`)).toBe(401)
    expect(await send(payload(`{"a":"${'x'.repeat(1_100_000)}"}`), form)).toBe(413)
    await answersStill()
  })
})

describe('over Socket Mode', () => {
  it('a message that is no envelope is logged, and the connection goes on', async () => {
    edge = await startEdge('socket')
    const messages = [
      'null',
      '1',
      '[]',
      'no json',
      '{}',
      '['.repeat(100_000),
      '{"type":"events_api"}',
      '{"type":"events_api","payload":null,"envelope_id":"1"}',
      '{"type":"interactive","payload":null,"envelope_id":"2"}',
      '{"type":"slash_commands","envelope_id":"3"}',
    ]
    for (const message of messages) edge.slack.sendOverSocket(message)
    await answersStill()
    expect(edge.log.filter((line) => line.includes('of Slack is malformed')).length).toBeGreaterThanOrEqual(5)
  })
})
