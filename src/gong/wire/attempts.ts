// The attempts of one request to Gong: leave from the shared budget before every one, pauses that Gong asks for, time limits, and which
// failure is worth another attempt (undici's interceptor repeats). Knows no operation and not what becomes of an answer.
import { setTimeout as wait } from 'node:timers/promises'
import { AnswerTooLong } from '../../bounded-answer.ts'
import type { Clock } from '../../clock.ts'
import { type GongPurpose, longestPauseMs, type RequestBudget } from '../../domain/gong-ports.ts'
import { GongRateLimited } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { BrokenJson, DeadlinePassed, NotJson, worthRetrying } from './network-failure.ts'
import { parseYielding } from './parse-yielding.ts'
import { errorBody, lacksScope } from './refusal.ts'
import { askedToWaitMs } from './retry-after.ts'
import type { RawAnswer } from './whole-answer.ts'

export interface Asking {
  readonly purpose: GongPurpose
  readonly asker?: string | undefined
  readonly signal?: AbortSignal | undefined
}

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

/**
 * Called at every attempt with the operation, and the HTTP status or `error` when no answer came. `lacksScope`: this one operation is
 * refused, not the key. For the metrics.
 */
export type OnAttempt = (operation: string, status: number | 'error', lacksScope?: boolean) => void

/**
 * Spends a pause. `before`: what follows it, a request or the decision to ask again, which waits for its turn anew. `held`: the request
 * that was to follow the pause before has not left, and follows this one.
 */
export type Sleep = (ms: number, signal: AbortSignal, before: 'request' | 'held' | 'retry') => Promise<void>

const realSleep: Sleep = async (ms, signal) => {
  if (ms > 0) await wait(ms, undefined, { signal })
}

export interface AttemptDeps {
  readonly onAttempt?: OnAttempt | undefined
  readonly budget: RequestBudget
  readonly clock: Clock
  readonly log: Log
  readonly limits?: Partial<RequestLimits> | undefined
  /** Real time unless a test says otherwise. */
  readonly sleep?: Sleep | undefined
}

/** One request on its way, and what its attempts have come to. */
export interface Attempts {
  readonly deps: AttemptDeps
  readonly limits: RequestLimits
  /** As the budget and the metrics know it: `POST /stats/interaction`. */
  readonly endpoint: string
  readonly asking: Asking
  /** Aborted by the caller, or when the deadline has passed. */
  readonly signal: AbortSignal
  readonly deadline: AbortController
  /** Runs from the first attempt's start. */
  timer: NodeJS.Timeout | undefined
  requests: number
  /** A pause that Gong asked for, before the next attempt. */
  notBeforeMs: number
  /** The last whole answer; undefined when it was no JSON. */
  parsed: unknown
  /** Its length, decoded. */
  bytes: number
  /** What the budget threw: no failure of Gong's, so neither retried nor renamed. */
  ownError: unknown
}

export function beginAttempts(endpoint: string, asking: Asking, deps: AttemptDeps): Attempts {
  const deadline = new AbortController()
  return {
    deps,
    limits: { ...usualLimits, ...deps.limits },
    endpoint,
    asking,
    deadline,
    signal: asking.signal ? AbortSignal.any([asking.signal, deadline.signal]) : deadline.signal,
    timer: undefined,
    requests: 0,
    notBeforeMs: 0,
    parsed: undefined,
    bytes: 0,
    ownError: undefined,
  }
}

/** Called when the request is over, however it ended. */
export const endAttempts = ({ timer }: Attempts): void => clearTimeout(timer)

/** Waits until the next attempt may leave. Where that is long, because another replica or an earlier request has to wait, it throws instead. */
export async function waitForTurn(attempts: Attempts): Promise<void> {
  const { limits, signal, deadline } = attempts
  const waitMs = await reserve(attempts)
  await sleepOf(attempts)(Math.max(waitMs, attempts.notBeforeMs), signal, 'request')
  // Meanwhile another request, of this replica or another, may have been asked to wait: that holds for this one too.
  if (waitMs > 0 || attempts.notBeforeMs > 0) await waitOutPause(attempts)
  attempts.notBeforeMs = 0
  attempts.requests += 1
  attempts.timer ??= setTimeout(() => deadline.abort(new DeadlinePassed(limits.deadlineMs)), limits.deadlineMs)
}

async function waitOutPause(attempts: Attempts): Promise<void> {
  const { deps, signal } = attempts
  while ((await own(attempts, deps.budget.pausedForMs())) > 0)
    await sleepOf(attempts)(await reserve(attempts, { isHeld: true }), signal, 'held')
}

/** Milliseconds to wait before the request that was reserved. @throws GongRateLimited where they are more than the limit */
async function reserve(attempts: Attempts, held: { readonly isHeld?: true } = {}): Promise<number> {
  const { deps, endpoint, asking, limits } = attempts
  const { purpose, asker } = asking
  const { waitMs } = await own(attempts, deps.budget.reserve({ endpoint, purpose, asker, longestWaitMs: limits.longestWaitMs, ...held }))
  return waitMs
}

const sleepOf = ({ deps }: Attempts): Sleep => deps.sleep ?? realSleep

const own = <T>(attempts: Attempts, work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    attempts.ownError = error
    throw error
  })

/** Parses a whole answer. @throws NotJson, BrokenJson, AnswerTooLong: the attempt failed */
export async function checkAnswer(attempts: Attempts, { status, headers, body }: RawAnswer): Promise<void> {
  attempts.parsed = undefined
  attempts.bytes = body.length
  try {
    await parseAnswer(attempts, { status, headers, body })
  } finally {
    attempts.deps.onAttempt?.(attempts.endpoint, status, lacksScope(status, errorBody(attempts.parsed).errors))
  }
}

async function parseAnswer(attempts: Attempts, { status, headers, body }: RawAnswer): Promise<void> {
  const type = String(headers['content-type'] ?? '')
  if (!/\bjson\b/i.test(type) && status >= 200 && status < 300) throw new NotJson(type || 'no type')
  try {
    attempts.parsed = await parseYielding(body)
  } catch (cause) {
    if (cause instanceof AnswerTooLong) throw cause
    if (status < 300) throw new BrokenJson(cause)
  }
}

/** Resolves once the request may be tried again: true; false where it is not worth it, or would come too late. */
export async function waitForRetry(attempts: Attempts, error: Error): Promise<boolean> {
  const { deps, limits, endpoint, signal, ownError } = attempts
  const { statusCode, headers } = error as Error & { readonly statusCode?: number; readonly headers?: RawAnswer['headers'] }
  const isUnanswered = !(error instanceof NotJson || error instanceof BrokenJson || error instanceof GongRateLimited)
  if (statusCode === undefined && ownError === undefined && isUnanswered) deps.onAttempt?.(endpoint, 'error')
  if (signal.aborted || ownError !== undefined || !worthRetrying(error, statusCode)) return false
  const jitteredMs = limits.firstPauseMs * 2 ** (attempts.requests - 1) * (0.5 + Math.random())
  const isTooMany = statusCode === 429
  const pauseMs = (isTooMany ? askedToWaitMs(headers, deps.clock) : undefined) ?? jitteredMs
  if (isTooMany) await deps.budget.pauseFor(pauseMs)
  if (isTooMany && pauseMs > longestPauseMs) deps.log.warn({ endpoint, askedMs: pauseMs }, 'Gong asks for a longer wait than is believed')
  if (attempts.requests >= limits.attempts || pauseMs > limits.longestWaitMs) return false
  if (isTooMany) attempts.notBeforeMs = pauseMs
  else await sleepOf(attempts)(pauseMs, signal, 'retry')
  deps.log.debug({ endpoint, status: statusCode, attempt: attempts.requests }, 'Gong is asked again')
  return true
}
