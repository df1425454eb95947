// What a caller does next after each kind of answer, over real HTTP and the SDK: a page in Slack's place is no refusal of Slack's.

import { createServer } from 'node:http'
import { WebAPIRateLimitedError, WebClient } from '@slack/web-api'
import { afterEach, describe, expect, it } from 'vitest'
import { DatabaseUnreachable } from '../../src/database-failure.ts'
import { silentLogger } from '../../src/slack/silent-logger.ts'
import { classifySlackFailure } from '../../src/slack/slack-failure.ts'
import { listening } from '../kit/way-out.ts'

let close: (() => Promise<unknown>) | undefined
afterEach(() => close?.())

/** How a call is sorted that is answered with 200 and this body. */
async function sorted(body: string) {
  const server = createServer((_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(body))
  const at = await listening(server)
  close = at.close
  const client = new WebClient('xoxb-test', {
    slackApiUrl: `http://127.0.0.1:${at.port}/`,
    retryConfig: { retries: 0 },
    logger: silentLogger,
  })
  return client.apiCall('conversations.info', { channel: 'C1' }).then(
    () => 'answered',
    (error: unknown) => classifySlackFailure(error),
  )
}

describe('200 with', () => {
  it.each([
    ['a page of HTML', '<!doctype html><html><body>Sign in to the hotel</body></html>'],
    ['half an answer', '{"ok":true,"channel":{"id":"C1"'],
    ['nothing', ''],
    ['a sentence', 'upstream connect error or disconnect/reset before headers'],
    ['a refusal without a code', '{"ok":false}'],
    ['a refusal with a page for a code', '{"ok":false,"error":"<html>"}'],
  ])('%s is in doubt and tried again: Slack did not answer', async (_name, body) => {
    expect(await sorted(body)).toMatchObject({ type: 'ambiguous' })
  })

  it.each(['fetch_members_failed', 'invalid_cursor', 'external_channel_migrating', 'accesslimited'])(
    '%s passes by itself: nothing was done, so the same is tried again',
    async (error) => {
      expect(await sorted(JSON.stringify({ ok: false, error }))).toEqual({ type: 'unreached', error })
    },
  )

  it('any other code of Slack is final', async () => {
    expect(await sorted('{"ok":false,"error":"method_not_supported_for_channel_type"}')).toEqual({
      type: 'refused',
      error: 'method_not_supported_for_channel_type',
    })
  })
})

describe('429 with', () => {
  it.each([
    [0, 1000],
    [30, 30_000],
    [3600, 3_600_000],
    [99_999_999, 3_600_000],
    [Number.POSITIVE_INFINITY, 3_600_000],
  ])('Retry-After: %d is a wait of %d ms', (seconds, retryAfterMs) => {
    expect(classifySlackFailure(new WebAPIRateLimitedError(seconds))).toEqual({ type: 'rate-limited', retryAfterMs, error: 'ratelimited' })
  })
})

it('leaves trouble of our own database to whoever asked: Slack has not failed', () => {
  const lost = new Error('Failed query', { cause: new DatabaseUnreachable(new Error('Connection terminated unexpectedly')) })
  expect(() => classifySlackFailure(lost)).toThrow(lost)
})
