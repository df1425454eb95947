// What a guest reaches by typing, pressing, searching and submitting: one sentence, and no form.
import { afterEach, expect, it } from 'vitest'
import { inputs } from '../../../src/bot/editor/editor-state.ts'
import { digestActions } from '../../../src/reports/digest-actions.ts'
import { sendSigned } from '../../kit/recording-slack.ts'
import { type Edge, startEdge } from '../edge-kit.ts'

const sentence = 'Call figures are for full members of this workspace; guest accounts see none. Ask whoever invited you.'
let edge: Edge
afterEach(() => edge.stop())

const guest = { id: 'U0GUS' }
const send = async (json: object): Promise<string> => {
  const { body } = await sendSigned(
    edge.port,
    { payload: JSON.stringify({ user: guest, team: { id: 'T' }, ...json }) },
    { secret: edge.slack.signingSecret },
  )
  await edge.idle()
  return body
}
const received = (): readonly string[] => edge.slack.directMessages('U0GUS').map(({ text }) => text ?? '')

it('every command, help and unknown words included, is answered with one sentence and no button', async () => {
  edge = await startEdge('http')
  for (const text of ['/gong-stats', '/gong-digest new', '/gong-digest help', '/gong-coaching remind on', '/gong-scorecards help']) {
    await edge.slack.type('U0GUS', 'C0OPEN', text)
    await edge.idle()
    const last = edge.slack.messages('C0OPEN', 'U0GUS').at(-1)
    expect([text, last?.text]).toEqual([text, sentence])
    expect(JSON.stringify(last?.blocks)).not.toContain('button')
  }
})

it('a forged press opens no form, a forged search finds nothing, a forged submission saves nothing', async () => {
  edge = await startEdge('http')
  const opened = edge.log.length
  for (const action_id of [
    digestActions.create,
    digestActions.programme,
    'grant',
    'link',
    'move',
    'count-cards',
    'ask:0',
    'no-such-button',
  ]) {
    const before = received().length
    await send({ type: 'block_actions', trigger_id: 'x', actions: [{ type: 'button', action_id, value: '/gong-digest new' }] })
    expect([action_id, received().slice(before)]).toEqual([action_id, [sentence]])
  }
  expect(edge.log.slice(opened).join('\n')).not.toContain('a bug stopped an answer')
  for (const action_id of [inputs.zone, inputs.about, 'pick-person'])
    expect(JSON.parse(await send({ type: 'block_suggestion', action_id, value: 'a', view: {} }))).toEqual({ options: [] })
  // The days to skip that ended the process: no handler sees them.
  const state = { values: { [inputs.skipDates]: { [inputs.skipDates]: { type: 'plain_text_input', value: '9999-12-31' } } } }
  for (const callback_id of ['digest-form', 'programme-form', 'grant-save', 'no-such-form']) {
    const before = received().length
    const answer = await send({ type: 'view_submission', view: { callback_id, state } })
    expect([callback_id, answer.includes('errors'), received().slice(before)]).toEqual([callback_id, false, [sentence]])
  }
})
