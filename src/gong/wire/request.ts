// One request to Gong and everything that can become of it: leave from the shared budget before every attempt, time limits,
// retries (undici's interceptor) with jitter, 429, and the failure each bad answer stands for. Knows no operation and no paging.
import { setTimeout as wait } from 'node:timers/promises'
import { type Dispatcher, interceptors, request as send } from 'undici'
import type { Clock } from '../../clock.ts'
import { type GongPurpose, longestPauseMs, type RequestBudget } from '../../domain/gong-ports.ts'
import { GongRateLimited, GongRefused, GongSurprise } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { Authorization } from '../auth/authorization.ts'
import { acceptedEncodings } from './content-encoding.ts'
import { BrokenJson, DeadlinePassed, NotJson, networkFailure, worthRetrying } from './network-failure.ts'
import { EntryTooLong, parseYielding } from './parse-yielding.ts'
import { errorBody, failureOf, saysNothingFound } from './refusal.ts'
import { askedToWaitMs } from './retry-after.ts'
import { type RawAnswer, wholeAnswers } from './whole-answer.ts'

export interface GongCall {
  readonly method: 'GET' | 'POST'
  /** Below the base address, for example `/stats/interaction`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
  /** A list that Gong answers with 404 when it is empty (live contract only). */
  readonly emptyIs404?: boolean
}

export interface Asking {
  readonly purpose: GongPurpose
  readonly asker?: string | undefined
  readonly signal?: AbortSignal | undefined
}

export interface GongReply {
  /** `empty`: a 404 that stands for an empty list. */
  readonly json: Readonly<Record<string, unknown>> | 'empty'
  readonly requestId: string | undefined
  /** Attempts it took, retries included. */
  readonly requests: number
}

/** @throws GongRateLimited, GongUnavailable, GongRefused, GongSurprise; the signal's reason when cancelled. */
export type RequestGong = (call: GongCall, asking: Asking) => Promise<GongReply>

export interface RequestLimits {
  /** Attempts of one request, the first included. */
  readonly attempts: number
  /** From the first attempt's start to the end of the last. */
  readonly deadlineMs: number
  /** First pause between attempts; doubles, with jitter. */
  readonly firstPauseMs: number
  /** A 429 that asks for longer is handed to the caller to put the job off. */
  readonly longestWaitMs: number
  readonly maxBytes: number
}

const usualLimits: RequestLimits = {
  attempts: 6,
  deadlineMs: 240_000,
  firstPauseMs: 500,
  longestWaitMs: 60_000,
  maxBytes: 16 * 1024 * 1024,
}

/** Called at every attempt with the operation, and the HTTP status or `error` when no answer came. For the metrics. */
export type OnAttempt = (operation: string, status: number | 'error') => void

/** Called with every refusal, and every 404 that stands for an empty list, in Gong's own words. For a look at the tenant. */
export type OnErrors = (call: GongCall, status: number, errors: readonly string[]) => void

export interface RequestParts {
  readonly onAttempt?: OnAttempt | undefined
  readonly onErrors?: OnErrors | undefined
  readonly pool: Dispatcher
  readonly authorization: Authorization
  readonly budget: RequestBudget
  readonly clock: Clock
  readonly log: Log
  readonly limits?: Partial<RequestLimits> | undefined
  /** Real time unless a test says otherwise. */
  readonly sleep?: Sleep | undefined
}

/**
 * Spends a pause. `before`: what follows it, a request or the decision to ask again, which waits for its turn anew. `held`: the request
 * that was to follow the pause before has not left, and follows this one.
 */
export type Sleep = (ms: number, signal: AbortSignal, before: 'request' | 'held' | 'retry') => Promise<void>

const realSleep = async (ms: number, signal: AbortSignal): Promise<void> => {
  if (ms > 0) await wait(ms, undefined, { signal })
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

interface Outcome {
  readonly reply?: Omit<GongReply, 'requests'>
  readonly failure?: Error | undefined
  readonly requests: number
  readonly usedAuthorization: string
}

function settle(outcome: Outcome): GongReply {
  if (outcome.reply) return { ...outcome.reply, requests: outcome.requests }
  throw outcome.failure
}

async function ask(parts: RequestParts, call: GongCall, asking: Asking): Promise<Outcome> {
  const { budget, clock, log } = parts
  const limits = { ...usualLimits, ...parts.limits }
  const sleep = parts.sleep ?? realSleep
  const endpoint = `${call.method} ${call.path}`
  const { header, baseUrl } = await parts.authorization.current(asking.signal)
  const deadline = new AbortController()
  const signal = asking.signal ? AbortSignal.any([asking.signal, deadline.signal]) : deadline.signal
  let timer: NodeJS.Timeout | undefined
  let requests = 0
  let notBeforeMs = 0
  let parsed: unknown
  /** What the budget threw: no failure of Gong's, so neither retried nor renamed. */
  let ownError: unknown

  const own = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      ownError = error
      throw error
    })
  const before = async () => {
    // Where another replica, or an earlier request, has to wait for long, this throws instead of sleeping it through.
    const { purpose, asker } = asking
    const { waitMs } = await own(budget.reserve({ endpoint, purpose, asker, longestWaitMs: limits.longestWaitMs }))
    await sleep(Math.max(waitMs, notBeforeMs), signal, 'request')
    // Meanwhile another request, of this replica or another, may have been asked to wait: that holds for this one too.
    if (waitMs > 0 || notBeforeMs > 0) await waitOutPause()
    notBeforeMs = 0
    requests += 1
    timer ??= setTimeout(() => deadline.abort(new DeadlinePassed(limits.deadlineMs)), limits.deadlineMs)
  }
  const waitOutPause = async () => {
    const { purpose, asker } = asking
    while ((await own(budget.pausedForMs())) > 0) {
      const reserved = budget.reserve({ endpoint, purpose, asker, longestWaitMs: limits.longestWaitMs, isHeld: true })
      await sleep((await own(reserved)).waitMs, signal, 'held')
    }
  }
  const check = async (answer: RawAnswer) => {
    parsed = undefined
    parts.onAttempt?.(endpoint, answer.status)
    const json = /\bjson\b/i.test(String(answer.headers['content-type'] ?? ''))
    if (!json && answer.status >= 200 && answer.status < 300) throw new NotJson(String(answer.headers['content-type'] ?? 'no type'))
    try {
      parsed = await parseYielding(answer.text)
    } catch (cause) {
      if (cause instanceof EntryTooLong) throw cause
      if (answer.status < 300) throw new BrokenJson(cause)
    }
  }
  const retry = (error: Error, _context: unknown, go: (error?: Error | null) => void) => {
    const pause = async () => {
      const seen = error as Error & { statusCode?: number; headers?: RawAnswer['headers'] }
      const unanswered = !(error instanceof NotJson || error instanceof BrokenJson || error instanceof GongRateLimited)
      if (seen.statusCode === undefined && ownError === undefined && unanswered) parts.onAttempt?.(endpoint, 'error')
      if (signal.aborted || ownError !== undefined || !worthRetrying(error, seen.statusCode)) return go(error)
      const jittered = limits.firstPauseMs * 2 ** (requests - 1) * (0.5 + Math.random())
      const tooMany = seen.statusCode === 429
      const pauseMs = (tooMany ? askedToWaitMs(seen.headers, clock) : undefined) ?? jittered
      if (tooMany) await budget.pauseFor(pauseMs)
      if (tooMany && pauseMs > longestPauseMs) log.warn({ endpoint, askedMs: pauseMs }, 'Gong asks for a longer wait than is believed')
      if (requests >= limits.attempts || pauseMs > limits.longestWaitMs) return go(error)
      if (tooMany) notBeforeMs = pauseMs
      else await sleep(pauseMs, signal, 'retry')
      log.debug({ endpoint, status: seen.statusCode, attempt: requests }, 'Gong is asked again')
      go(null)
    }
    pause().catch(() => go(error))
  }

  try {
    const url = new URL(`${baseUrl}${call.path}`)
    for (const [name, value] of Object.entries(call.query ?? {})) if (value !== undefined) url.searchParams.set(name, value)
    const answer = await send(url, {
      dispatcher: parts.pool.compose(
        wholeAnswers({ before, check, maxBytes: limits.maxBytes }),
        interceptors.retry({ throwOnError: false, maxRetries: limits.attempts, retry }),
      ),
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
    const said = errorBody(parsed)
    const trace = answer.headers['x-traceid']
    const body = { ...said, requestId: said.requestId ?? (typeof trace === 'string' ? trace : undefined) }
    const done = { requests, usedAuthorization: header }
    if (answer.statusCode >= 200 && answer.statusCode < 300) {
      if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
        return { ...done, reply: { json: parsed as Record<string, unknown>, requestId: body.requestId } }
      }
      return { ...done, failure: new GongSurprise({ endpoint, what: 'the answer is not a JSON object' }) }
    }
    parts.onErrors?.(call, answer.statusCode, body.errors)
    if (call.emptyIs404 && saysNothingFound(answer.statusCode, body))
      return { ...done, reply: { json: 'empty', requestId: body.requestId } }
    const failure = failureOf({
      endpoint,
      status: answer.statusCode,
      body,
      location: typeof answer.headers.location === 'string' ? answer.headers.location : undefined,
      retryAfterMs: askedToWaitMs(answer.headers, clock),
    })
    return { ...done, failure }
  } catch (error) {
    if (asking.signal?.aborted) throw asking.signal.reason
    if (ownError !== undefined) throw ownError
    return { requests, usedAuthorization: header, failure: networkFailure(endpoint, error) }
  } finally {
    clearTimeout(timer)
  }
}
