// The Web API client as every caller here needs it: no log of the library's own, no waiting beyond what its caller wants, and nothing taken
// for Slack's answer that is none. A page of a proxy, half an answer or an empty one says nothing about the call.
import { type WebAPICallResult, WebClient, type WebClientOptions } from '@slack/web-api'
import { nextTurn } from '../yielding.ts'
import { silentLogger } from './silent-logger.ts'

/** Came with status 200 in the place of an answer of Slack's. */
class NotAnAnswer extends Error {
  /** How such a failure is named in logs and notices. */
  readonly code = 'not_an_answer_of_slack'
}

/** `error` only where `ok` is false, and untrusted. */
type Answer = WebAPICallResult & { readonly error: string }

/** Source: Slack, "Using the Web API": every answer is a JSON object with a true or false `ok`. @throws NotAnAnswer */
export function readAnswer(text: string): Answer {
  const given = parsed(text)
  if (typeof given === 'object' && given !== null && 'ok' in given && typeof given.ok === 'boolean') return given as Answer
  throw new NotAnAnswer("this is no answer of Slack's")
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Fetch = typeof globalThis.fetch

/**
 * The same `fetch`; one to the Web API fails where what came back with 200 is no answer of Slack's. Uploads go elsewhere and are left
 * alone.
 */
const answeredBySlack =
  (fetch: Fetch, slackApiUrl: string): Fetch =>
  async (input, init) => {
    const answer = await fetch(input, init)
    const url = input instanceof Request ? input.url : String(input)
    if (answer.status !== 200 || !url.startsWith(slackApiUrl)) return answer
    const bytes = Buffer.from(await answer.arrayBuffer())
    readAnswer(bytes.toString('utf8'))
    // The SDK parses it once more.
    await nextTurn()
    const { status, statusText, headers } = answer
    return new Response(asBody(bytes), {
      status,
      statusText,
      headers: { ...Object.fromEntries(headers), 'content-type': 'application/json' },
    })
  }

/** Not copied, as the bytes themselves would be. */
const asBody = (bytes: Uint8Array): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(bytes)
      controller.close()
    },
  })

/** `SLACK_API_URL` as the library wants it. */
const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`)

/** For a client of the Web API, also one that a library makes by itself. `fetch`: the platform's when missing. */
export function webClientOptions({
  apiUrl,
  fetch = (input, init) => globalThis.fetch(input, init),
}: {
  readonly apiUrl: string
  readonly fetch?: Fetch | undefined
}): WebClientOptions & { readonly slackApiUrl: string } {
  const slackApiUrl = withSlash(apiUrl)
  return { slackApiUrl, fetch: answeredBySlack(fetch, slackApiUrl), logger: silentLogger }
}

/** A client that tries once, gives up after `timeoutMs` and hands back what fails, a 429 included, instead of pausing every call. */
export const createOneTryClient = (
  token: string | undefined,
  access: Parameters<typeof webClientOptions>[0],
  timeoutMs: number,
): WebClient =>
  new WebClient(token, { ...webClientOptions(access), retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: timeoutMs })
