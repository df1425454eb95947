// Which messages of a channel's history are taken for a post of ours that is in doubt.
import { expect, it } from 'vitest'
import { createReconciler } from '../../../src/slack/outbox/reconcile.ts'

const mark = { event_type: 'gong_digest_delivery', event_payload: { id: 'd-1' } }
const marked = (ts: string, author: object) => ({ ts, metadata: mark, ...author })

const eight = new Date('2026-11-23T08:00:00Z')

const lookAmong = (
  messages: readonly object[],
  bot: object = { user_id: 'UBOT', bot_id: 'B1' },
  { slackNow = eight as Date | undefined, asked = [] as (Record<string, unknown> | undefined)[] } = {},
) => {
  const apiCall = async (method: string, args?: Record<string, unknown>) => {
    if (method === 'conversations.history') asked.push(args)
    return { ok: true, ...(method === 'auth.test' ? bot : { messages }) }
  }
  return createReconciler({ apiCall, time: { now: () => slackNow } }, { now: () => eight }).look({
    id: 'd-1',
    channelId: 'C1',
    attemptedAt: eight,
  })
}

it.each([
  ['as ours', eight, '2026-11-23T07:50:00Z'],
  ['an hour behind ours', new Date('2026-11-23T07:00:00Z'), '2026-11-23T06:50:00Z'],
  ['an hour ahead of ours', new Date('2026-11-23T09:00:00Z'), '2026-11-23T07:50:00Z'],
  ['not known', undefined, '2026-11-23T07:50:00Z'],
])('looks from ten minutes before the attempt on, by Slack’s clock where it is %s', async (_what, slackNow, from) => {
  const asked: (Record<string, unknown> | undefined)[] = []
  await lookAmong([], undefined, { slackNow, asked })
  expect(asked).toMatchObject([{ oldest: String(Date.parse(from) / 1000) }])
})

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
