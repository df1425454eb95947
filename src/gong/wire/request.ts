// One request to Gong and what becomes of it: a reply, or the failure its answer stands for. A token that was refused is renewed once.
// Attempts, pauses and time limits are in attempts.ts. Knows no operation and no paging.
import { type Dispatcher, interceptors, request as send } from 'undici'
import { GongRefused, GongSurprise } from '../../errors.ts'
import type { Authorization } from '../auth/authorization.ts'
import {
  type Asking,
  type AttemptDeps,
  type Attempts,
  beginAttempts,
  checkAnswer,
  endAttempts,
  waitForRetry,
  waitForTurn,
} from './attempts.ts'
import { acceptedEncodings } from './content-encoding.ts'
import { networkFailure } from './network-failure.ts'
import { errorBody, failureOf, saysNothingFound } from './refusal.ts'
import { askedToWaitMs } from './retry-after.ts'
import { wholeAnswers } from './whole-answer.ts'

export interface GongCall {
  readonly method: 'GET' | 'POST'
  /** Below the base address, for example `/stats/interaction`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
  /** A list that Gong answers with 404 when it is empty (live contract only). */
  readonly emptyIs404?: boolean
}

export interface GongReply {
  /** `empty`: a 404 that stands for an empty list. */
  readonly json: Readonly<Record<string, unknown>> | 'empty'
  readonly requestId: string | undefined
  /** The answer's length, decoded. */
  readonly bytes: number
  /** Attempts it took, retries included. */
  readonly requests: number
}

/** @throws GongRateLimited, GongUnavailable, GongRefused, GongSurprise; the signal's reason when cancelled. */
export type RequestGong = (call: GongCall, asking: Asking) => Promise<GongReply>

/** Called with every refusal, and every 404 that stands for an empty list, in Gong's own words. For a look at the tenant. */
export type OnErrors = (call: GongCall, status: number, errors: readonly string[]) => void

export interface RequestParts extends AttemptDeps {
  readonly onErrors?: OnErrors | undefined
  readonly pool: Dispatcher
  readonly authorization: Authorization
}

export function createRequest(parts: RequestParts): RequestGong {
  return async (call, asking) => {
    const first = await ask(parts, call, asking)
    if (!(first.failure instanceof GongRefused) || first.failure.status !== 401 || first.failure.missingScope) return settle(first)
    const renewed = await parts.authorization.renew?.(first.usedAuthorization, asking.signal)
    if (!renewed) return settle(first)
    const second = await ask(parts, call, asking)
    return settle({ ...second, requests: first.requests + second.requests })
  }
}

type Result = { readonly reply: Omit<GongReply, 'requests'>; readonly failure?: undefined } | { readonly failure: Error }

type Outcome = Result & { readonly requests: number; readonly usedAuthorization: string }

function settle(outcome: Outcome): GongReply {
  if (outcome.failure) throw outcome.failure
  return { ...outcome.reply, requests: outcome.requests }
}

async function ask(parts: RequestParts, call: GongCall, asking: Asking): Promise<Outcome> {
  const { header, baseUrl } = await parts.authorization.current(asking.signal)
  const attempts = beginAttempts(`${call.method} ${call.path}`, asking, parts)
  try {
    const answer = await sendCall(parts, call, attempts, { header, baseUrl })
    const result = resultOf(parts, call, attempts, answer)
    return { ...result, requests: attempts.requests, usedAuthorization: header }
  } catch (error) {
    if (asking.signal?.aborted) throw asking.signal.reason
    if (attempts.ownError !== undefined) throw attempts.ownError
    return {
      requests: attempts.requests,
      usedAuthorization: header,
      failure: networkFailure(attempts.endpoint, error, new URL(baseUrl).host),
    }
  } finally {
    endAttempts(attempts)
  }
}

async function sendCall(
  { pool }: RequestParts,
  call: GongCall,
  attempts: Attempts,
  { header, baseUrl }: { readonly header: string; readonly baseUrl: string },
): Promise<Dispatcher.ResponseData> {
  const { limits, signal } = attempts
  const url = new URL(`${baseUrl}${call.path}`)
  for (const [name, value] of Object.entries(call.query ?? {})) if (value !== undefined) url.searchParams.set(name, value)
  const rules = {
    before: () => waitForTurn(attempts),
    check: (answer: Parameters<typeof checkAnswer>[1]) => checkAnswer(attempts, answer),
    maxBytes: limits.maxBytes,
  }
  const retry = (error: Error, _context: unknown, go: (error?: Error | null) => void): void => {
    waitForRetry(attempts, error).then(
      (isWorthIt) => go(isWorthIt ? null : error),
      () => go(error),
    )
  }
  const answer = await send(url, {
    dispatcher: pool.compose(wholeAnswers(rules), interceptors.retry({ throwOnError: false, maxRetries: limits.attempts, retry })),
    method: call.method,
    headers: {
      authorization: header,
      accept: 'application/json',
      'accept-encoding': acceptedEncodings,
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: call.body === undefined ? null : JSON.stringify(call.body),
    signal,
  })
  await answer.body.dump()
  return answer
}

/** What a whole answer stands for; its text is parsed already. */
function resultOf(
  { clock, onErrors }: RequestParts,
  call: GongCall,
  { endpoint, parsed, bytes }: Attempts,
  { statusCode: status, headers }: Dispatcher.ResponseData,
): Result {
  const said = errorBody(parsed)
  const trace = headers['x-traceid']
  const requestId = said.requestId ?? (typeof trace === 'string' ? trace : undefined)
  if (status >= 200 && status < 300)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? { reply: { json: parsed as Record<string, unknown>, requestId, bytes } }
      : { failure: new GongSurprise({ endpoint, what: 'the answer is not a JSON object' }) }
  const body = { ...said, requestId }
  onErrors?.(call, status, body.errors)
  if (call.emptyIs404 && saysNothingFound(status, body)) return { reply: { json: 'empty', requestId, bytes } }
  const location = typeof headers.location === 'string' ? headers.location : undefined
  return { failure: failureOf({ endpoint, status, body, location, retryAfterMs: askedToWaitMs(headers, clock) }) }
}
