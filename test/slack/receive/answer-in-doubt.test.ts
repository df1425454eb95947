// A private answer that Slack did not confirm, or asks to wait with: a message that stays is posted once, nobody gets silence, and no
// other call waits.
import { WebAPIHTTPError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api'
import { expect, it } from 'vitest'
import { movableClock } from '../../../src/clock.ts'
import { answererFor, type ReplyAddress } from '../../../src/slack/receive/answer.ts'
import { keptLog } from '../../kit/quiet-log.ts'

const withCode = (code: string): WebAPIRequestError => new WebAPIRequestError(Object.assign(new Error(code), { code }))
const never = withCode('ECONNREFUSED')
const cut = withCode('ECONNRESET')
const late = new WebAPIHTTPError(502, 'Bad Gateway', {}, '')
const soon = new WebAPIRateLimitedError(1)
const muchLater = new WebAPIRateLimitedError(60)

/** What is called for an answer while calls fail so, one after the other; then they succeed. */
async function callsFor(address: Partial<ReplyAddress>, ...failures: readonly unknown[]): Promise<readonly string[]> {
  const calls: string[] = []
  const left = [...failures]
  const answer = answererFor(
    { slackUserId: 'U1', ...address },
    {
      posting: {
        async apiCall(method, args) {
          calls.push(`${method} ${args?.channel}`)
          const failure = left.shift()
          if (failure !== undefined) throw failure
          return { ok: true }
        },
      },
      retryMs: 0,
      render: ({ summary }) => ({ payload: { text: summary, blocks: [] } }),
      fetch: globalThis.fetch,
      slackApiUrl: 'https://slack.com/api/',
      clock: movableClock(new Date('2026-11-23T09:00:00Z')),
      log: keptLog().log,
    },
  )
  await answer.say({ summary: 'Your figures', parts: [] })
  return calls
}

const inConversation = { channelId: 'D1', isDirect: true } as const

it.each([
  ['the connection ended', cut],
  ['a gateway gave up', late],
])('is posted once into a conversation where %s after it left', async (_what, failure) => {
  expect(await callsFor(inConversation, failure)).toEqual(['chat.postMessage D1'])
  expect(await callsFor({}, failure)).toEqual(['chat.postMessage U1'])
})

it('goes as a message where a private reply, which goes away, was not confirmed', async () => {
  expect(await callsFor({ channelId: 'C1' }, cut)).toEqual(['chat.postEphemeral C1', 'chat.postMessage U1'])
})

it('is tried again where Slack had nothing of it, three times at most, then another way', async () => {
  expect(await callsFor({ channelId: 'C1' }, never)).toEqual(['chat.postEphemeral C1', 'chat.postEphemeral C1'])
  expect(await callsFor({}, soon)).toEqual(['chat.postMessage U1', 'chat.postMessage U1'])
  const thrice = ['chat.postEphemeral C1', 'chat.postEphemeral C1', 'chat.postEphemeral C1']
  expect(await callsFor({ channelId: 'C1' }, never, never, never)).toEqual([...thrice, 'chat.postMessage U1'])
})

it('goes another way at once where Slack asks for a long wait', async () => {
  expect(await callsFor({ channelId: 'C1' }, muchLater)).toEqual(['chat.postEphemeral C1', 'chat.postMessage U1'])
})
