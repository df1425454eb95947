// Bounds on what a remote host answers: how long it is and how deep it is nested, found while it arrives, before anything parses it. Knows
// no meaning.
import { deepestJson, jsonDepth } from './json-depth.ts'

/** More than any answer of that host's could be: the connection is given up. */
export class AnswerTooLong extends Error {
  constructor(what: string) {
    super(`the answer is ${what}`)
  }
}

/** Slack's longest answers, 200 members or messages, have about 1 MB. */
export const slackAnswerBytes = 4 * 1024 * 1024

/** Takes the bytes of one answer as they arrive. @throws AnswerTooLong as soon as they pass `maxBytes` or the depth any JSON may have */
export function answerBounds(maxBytes: number): (chunk: Uint8Array) => void {
  const depth = jsonDepth()
  let size = 0
  return (chunk) => {
    size += chunk.length
    if (size > maxBytes) throw new AnswerTooLong(`longer than ${maxBytes} bytes`)
    if (!depth.take(chunk)) throw new AnswerTooLong(`nested deeper than ${deepestJson} levels`)
  }
}

/** The whole body as text. @throws AnswerTooLong, and whatever ends the connection */
export async function boundedText(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const take = answerBounds(maxBytes)
  const chunks: Uint8Array[] = []
  for await (const chunk of body) {
    take(chunk)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The same `fetch`; reading a body that is too long or too deep fails with AnswerTooLong. */
export function boundedFetch(fetch: typeof globalThis.fetch, maxBytes: number): typeof globalThis.fetch {
  return async (input, init) => {
    const answer = await fetch(input, init)
    if (!answer.body) return answer
    const take = answerBounds(maxBytes)
    const bounded = answer.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          take(chunk)
          controller.enqueue(chunk)
        },
      }),
    )
    const { status, statusText, headers } = answer
    return new Response(bounded, { status, statusText, headers })
  }
}
