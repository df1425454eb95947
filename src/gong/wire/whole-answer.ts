// Sits below undici's retry interceptor: asks for permission before every attempt and hands an answer up only when all of it has arrived.
// An answer cut off half-way is therefore a failed attempt like any other, and is never resumed in the middle.
import type { Dispatcher } from 'undici'
import { answerBounds, joined, lengthBound } from '../../bounded-answer.ts'
import { decoded, isEncoded } from './content-encoding.ts'

export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Without a byte-order mark, which is no JSON. */
  readonly body: Buffer
}

export interface AttemptRules {
  /** Runs before every attempt, retries too; waits as long as the budget says. */
  before(): Promise<void>
  /** Sees every whole answer; throwing makes the attempt a failed one. */
  check(answer: RawAnswer): Promise<void>
  readonly maxBytes: number
}

/** No connection is held: there is nothing to abort or pause. */
const idle: Dispatcher.DispatchController = {
  aborted: false,
  paused: false,
  reason: null,
  rawHeaders: null,
  rawTrailers: null,
  abort() {},
  pause() {},
  resume() {},
}

export function wholeAnswers(rules: AttemptRules): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const attempt = async () => {
      try {
        await rules.before()
        dispatch(options, collect(handler, rules))
      } catch (error) {
        handler.onResponseError?.(idle, error as Error)
      }
    }
    void attempt()
    return true
  }
}

/** Parsed in pieces, each with bounds of its own. */
const maxValues = Number.POSITIVE_INFINITY

const mark = Buffer.from('\uFEFF')

const withoutMark = (body: Buffer): Buffer => (body.subarray(0, mark.length).equals(mark) ? body.subarray(mark.length) : body)

function collect(handler: Dispatcher.DispatchHandler, rules: AttemptRules): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = []
  const { maxBytes } = rules
  const takePlain = answerBounds({ bytes: maxBytes, values: maxValues })
  const takeEncoded = lengthBound(maxBytes)
  let start: { status: number; headers: RawAnswer['headers']; message: string | undefined } | undefined
  return {
    onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
    onResponseStart(_controller, status, headers, message) {
      if (status >= 200) start = { status, headers, message }
    },
    onResponseData(controller, chunk) {
      try {
        if (isEncoded(start?.headers['content-encoding'])) takeEncoded(chunk)
        else takePlain(chunk)
        chunks.push(chunk)
      } catch (error) {
        controller.abort(error as Error)
      }
    },
    onResponseEnd(controller, trailers) {
      if (!start) return
      const { status, headers, message } = start
      const finish = async (): Promise<void> => {
        try {
          const body = withoutMark(await joined(await decoded(chunks, headers['content-encoding'], { maxBytes, maxValues })))
          await rules.check({ status, headers, body })
          handler.onResponseStart?.(idle, status, { ...headers }, message)
          handler.onResponseData?.(idle, body)
          handler.onResponseEnd?.(idle, trailers)
        } catch (error) {
          handler.onResponseError?.(controller, error as Error)
        }
      }
      void finish()
    },
    onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
  }
}
