// The way of a post to Slack, as light as the SDK allows: it asks for a fetch, and the platform's own, with its streams and copies, took as
// long as building a digest does. Only what the SDK uses of an answer is there. Knows no method and no failure.
import { type Dispatcher, request } from 'undici'

/** Takes texts alone (no files). `dispatcher`: for a proxy. Throws what undici throws. */
export function postingFetch(dispatcher?: Dispatcher): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const { headers, body, signal } = init
    if (typeof body !== 'string') throw new TypeError('only texts are posted this way')
    const answer = await request(String(input), {
      method: 'POST',
      headers: Object.fromEntries(new Headers(headers)),
      body,
      signal: signal ?? null,
      ...(dispatcher && { dispatcher }),
    })
    const { statusCode: status, statusText } = answer
    return {
      status,
      statusText,
      ok: status >= 200 && status < 300,
      url: String(input),
      headers: new Headers(Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)])),
      text: async () => withoutEcho(await answer.body.text()),
    } satisfies Partial<Response> as Response
  }
}

/** Slack's answer to a post holds the whole message again, and the SDK walks all of it for its log, whether or not anybody listens. */
function withoutEcho(text: string): string {
  try {
    const { message: _, ...rest } = JSON.parse(text) as Record<string, unknown>
    return JSON.stringify(rest)
  } catch {
    return text
  }
}
