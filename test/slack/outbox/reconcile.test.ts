// Which messages of a channel's history are taken for a post of ours that is in doubt.
import { expect, it } from 'vitest'
import { createReconciler } from '../../../src/slack/outbox/reconcile.ts'

const mark = { event_type: 'gong_digest_delivery', event_payload: { id: 'd-1' } }
const marked = (ts: string, author: object) => ({ ts, metadata: mark, ...author })

const lookAmong = (messages: readonly object[], bot: object = { user_id: 'UBOT', bot_id: 'B1' }) =>
  createReconciler({
    apiCall: async (method) => ({ ok: true, ...(method === 'auth.test' ? bot : { messages }) }),
  }).look({ id: 'd-1', channelId: 'C1', attemptedAt: new Date('2026-11-23T08:00:00Z') })

it.each([
  ['user', { user: 'UBOT' }],
  ['bot', { bot_id: 'B1' }],
])('finds what the bot posted, named as its %s', async (_as, author) => {
  const messages = [null as never, { ts: '1.0' }, marked('2.2', author)]
  expect(await lookAmong(messages)).toEqual({ type: 'found', channelId: 'C1', messageTs: '2.2' })
})

it.each([
  ['a person', { user: 'U7' }],
  ['another app', { user: 'UOTHER', bot_id: 'B2' }],
  ['nobody named', {}],
])('takes the same mark of %s for no post of ours, and finds ours behind it', async (_who, author) => {
  expect(await lookAmong([marked('2.2', author)])).toEqual({ type: 'absent' })
  expect(await lookAmong([marked('2.2', author), marked('3.3', { user: 'UBOT' })])).toMatchObject({ messageTs: '3.3' })
})

it('decides nothing while Slack does not say who the bot is', async () => {
  expect(await lookAmong([marked('2.2', {})], {})).toMatchObject({ type: 'failed', failure: { type: 'ambiguous' } })
})
