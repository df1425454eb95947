// Bounds on what a remote host answers: how long it is, how deep it is nested and of how much it is made, found while it arrives, before
// anything parses it. Knows no meaning.
import { jsonBounds } from './json-bounds.ts'
import { nextTurn } from './yielding.ts'

/** More than any answer of that host's could be: the connection is given up. */
export class AnswerTooLong extends Error {
  /** How such a failure is named in logs and notices. */
  readonly code = 'answer_too_long'
  /** `is`: "is longer than 100 bytes". */
  constructor(is: string) {
    super(`the answer ${is}`)
  }
}

export interface AnswerBounds {
  readonly bytes: number
  /** Of what is parsed at once; as of any JSON when missing. */
  readonly values?: number
}

/** Slack's longest answers, 200 members or 50 messages, have about 1 MB. */
export const slackAnswer: AnswerBounds = { bytes: 4 * 1024 * 1024 }

/** Takes the bytes of one answer as they arrive. @throws AnswerTooLong as soon as they pass `maxBytes` */
export function lengthBound(maxBytes: number): (chunk: Uint8Array) => void {
  let size = 0
  return (chunk) => {
    size += chunk.length
    if (size > maxBytes) throw new AnswerTooLong(`is longer than ${maxBytes} bytes`)
  }
}

/** The same of JSON. @throws AnswerTooLong as soon as they pass a bound */
export function answerBounds({ bytes, values }: AnswerBounds): (chunk: Uint8Array) => void {
  const length = lengthBound(bytes)
  const json = jsonBounds(values)
  return (chunk) => {
    length(chunk)
    const excess = json.take(chunk)
    if (excess !== undefined) throw new AnswerTooLong(`is ${excess}`)
  }
}

/** Copying this much takes a millisecond or two. */
const pieceBytes = 512 * 1024

/** The chunks of an answer as one; the event loop runs in between. */
export async function joined(chunks: readonly Uint8Array[]): Promise<Buffer> {
  const whole = Buffer.allocUnsafe(chunks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  let turnAt = pieceBytes
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
    if (at < turnAt) continue
    turnAt = at + pieceBytes
    await nextTurn()
  }
  return whole
}

/** The whole body as text. @throws AnswerTooLong, and whatever ends the connection */
export async function boundedText(body: AsyncIterable<Uint8Array>, bounds: AnswerBounds): Promise<string> {
  const take = answerBounds(bounds)
  const chunks: Uint8Array[] = []
  for await (const chunk of body) {
    take(chunk)
    chunks.push(chunk)
  }
  return (await joined(chunks)).toString('utf8')
}

/** The same `fetch`; reading a body that is too long or too deep fails with AnswerTooLong. */
export function boundedFetch(fetch: typeof globalThis.fetch, bounds: AnswerBounds): typeof globalThis.fetch {
  return async (input, init) => {
    const answer = await fetch(input, init)
    if (!answer.body) return answer
    const take = answerBounds(bounds)
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
