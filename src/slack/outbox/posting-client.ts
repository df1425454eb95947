// The Web API as posting needs it: one attempt per call, nothing repeated, no call waits for another. A post goes out as one JSON text
// through the HTTP client: the SDK writes it as a form, character by character, and copies it for a log nobody reads, which costs several
// times the send itself. All other methods use the SDK. Both fail with the SDK's errors.
import { type WebAPICallResult, WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api'
import { type Dispatcher, getGlobalDispatcher, request } from 'undici'
import { boundedText, slackAnswer } from '../../bounded-answer.ts'
import type { PostingRight } from '../../slack-ports.ts'
import { createSlackTime, type SlackTime } from '../slack-time.ts'
import { createOneTryClient, readAnswer } from '../web-client.ts'
import { endOfRight, leavingWhileRight } from './while-right.ts'

/** A client of `createPostingClient`: others retry, and a retried post that had landed arrives twice. */
export interface PostingClient {
  /** `right`: of a post, which leaves only while it lasts. */
  apiCall(method: string, args?: Record<string, unknown>, right?: PostingRight): Promise<WebAPICallResult>
}

/** One that keeps Slack's time, by which what it posted can be found. */
export interface TimedPostingClient extends PostingClient {
  readonly time: Pick<SlackTime, 'now'>
}

/** Of a change to a message that stands: made twice, it is the same. */
const always: PostingRight = { leftMs: () => 3_600_000 }

/** The Web API takes these as JSON. */
const posts = new Set(['chat.postMessage', 'chat.update'])

/** A client that tries once, gives up after `timeoutMs`, and hands a 429 back instead of pausing every call. */
export function createPostingClient(options: {
  readonly token: string
  readonly slackApiUrl: string
  readonly timeoutMs?: number
  /** Both for a proxy. */
  readonly fetch?: typeof globalThis.fetch
  readonly dispatcher?: Dispatcher
}): TimedPostingClient {
  const { token, timeoutMs = 10_000, fetch = globalThis.fetch, dispatcher } = options
  const time = createSlackTime()
  const noting: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init)
    time.note(answer.headers.get('date'))
    return answer
  }
  const sdk = createOneTryClient(token, { apiUrl: options.slackApiUrl, fetch: noting }, timeoutMs)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' }

  /** @throws the SDK's errors and NotAnAnswer, for `classifySlackFailure` */
  async function post(method: string, args: unknown, right: PostingRight = always): Promise<WebAPICallResult> {
    const end = endOfRight(right)
    const send = async () => {
      const answer = await request(`${sdk.slackApiUrl}${method}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(args),
        signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), end.signal]),
        dispatcher: leavingWhileRight(dispatcher ?? getGlobalDispatcher(), right),
      })
      return { answer, text: await boundedText(answer.body, slackAnswer) }
    }
    const { answer, text } = await send()
      .catch((error: unknown) => {
        throw new WebAPIRequestError(error instanceof Error ? error : new Error(String(error)))
      })
      .finally(() => end.stop())
    const { statusCode, statusText, headers: answered } = answer
    time.note(answered.date)
    if (statusCode === 429) throw new WebAPIRateLimitedError(Number(answered['retry-after']) || usualRetryAfterSeconds)
    if (statusCode !== 200) throw new WebAPIHTTPError(statusCode, statusText, {}, text)
    const result = readAnswer(text)
    if (!result.ok) throw new WebAPIPlatformError(result)
    return result
  }

  return { apiCall: (method, args, right) => (posts.has(method) ? post(method, args, right) : sdk.apiCall(method, args)), time }
}

/** Of a 429 that does not say. */
const usualRetryAfterSeconds = 30
