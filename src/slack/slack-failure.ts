// Slack's failures, sorted by what the caller does next. Nothing here retries; error-codes.ts sorts Slack's own codes.

import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api'
import { AnswerTooLong } from '../bounded-answer.ts'
import { databaseFailureOf } from '../database-failure.ts'
import type { SlackFailure } from '../slack-ports.ts'
import { type CodeClass, classOfCode } from './error-codes.ts'
import { EndlessList, Incomplete } from './pages-of.ts'

/** Of a channel these concern that channel; of a direct message, every one: a setting of the workspace. */
const directByPlace = new Set(['restricted_action'])

/** Without it nothing can be posted anywhere. */
const postingScope = 'chat:write'

/** The connection was never made, so nothing can have been posted. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** Slack refuses the bot itself, as a whole or for want of a permission or a setting. */
export const isRefusal = ({ type }: SlackFailure): boolean =>
  type === 'token-refused' || type === 'permission-refused' || type === 'direct-refused'

/** The missing scope, where Slack named it. */
export const neededBy = (failure: SlackFailure): string | undefined => ('needed' in failure ? failure.needed : undefined)

/** Something answered, with a code of Slack's or in its place: the call reached the other end and failed there. */
export const isAnswered = ({ type, error }: SlackFailure): boolean =>
  type !== 'unreached' && error !== unsaidFailure && /^[a-z]/.test(error)

/** Of a request that failed without a reason. */
const unsaidFailure = 'request_error'

/** Whether a call of the Web API client failed or its answer was not whole, and nothing else. */
export const isSlackError = (error: unknown): boolean =>
  error instanceof Incomplete ||
  error instanceof EndlessList ||
  error instanceof AnswerTooLong ||
  error instanceof WebAPIRateLimitedError ||
  error instanceof WebAPIPlatformError ||
  error instanceof WebAPIHTTPError ||
  error instanceof WebAPIRequestError

/** Slack counts most limits by the minute: whatever `Retry-After` says, it is asked again after an hour. */
const longestWaitMs = 3_600_000

/**
 * Sorts anything thrown by a call of the Web API client. What is not known (an answer cut short, for example) is ambiguous: the safe side.
 * @throws the error itself where it is our own database's trouble, which says nothing about Slack
 */
export function classifySlackFailure(error: unknown): SlackFailure {
  if (databaseFailureOf(error)) throw error
  if (error instanceof WebAPIRateLimitedError) {
    const retryAfterMs = Math.min(Math.max(1, error.retryAfter) * 1000, longestWaitMs)
    return { type: 'rate-limited', retryAfterMs, error: 'ratelimited' }
  }
  if (error instanceof WebAPIPlatformError) return classifyAnswer(error.data)
  if (error instanceof WebAPIHTTPError) {
    // 3xx and 4xx come from something in between (a proxy, a sign-in page), which let nothing through; any other may have.
    const isTurnedAway = error.statusCode >= 300 && error.statusCode < 500
    return { type: isTurnedAway ? 'unreached' : 'ambiguous', error: `http_${error.statusCode}` }
  }
  if (error instanceof WebAPIRequestError) {
    const code = causeCode(error.original)
    return code && neverConnected.has(code) ? { type: 'unreached', error: code } : { type: 'ambiguous', error: code ?? unsaidFailure }
  }
  if (error instanceof Error && error.message.startsWith('Retry header'))
    return { type: 'rate-limited', retryAfterMs: 30_000, error: 'http_429' }
  return { type: 'ambiguous', error: causeCode(error) ?? (error instanceof Error ? error.name : 'unknown') }
}

/** A failure of a post into this conversation, or to this person. */
export const ofPlace = (failure: SlackFailure, channelId: string): SlackFailure =>
  failure.type === 'channel-gone' && directByPlace.has(failure.error) && isDirect(channelId)
    ? { type: 'direct-refused', error: failure.error }
    : failure

/** Whether this is a person, or the conversation with one. */
const isDirect = (channelId: string): boolean => /^[UWD]/.test(channelId)

/** Slack's error codes; a proxy's page, an empty body or half an answer is none of them, and says nothing about the call. */
const isErrorCode = (error: unknown): error is string => typeof error === 'string' && /^[a-z][a-z0-9_.:-]{0,79}$/.test(error)

/** Sorts an answer of Slack's whose `ok` is false. */
export function classifyAnswer(data: { readonly error?: unknown }): SlackFailure {
  const { error } = data
  if (!isErrorCode(error)) return { type: 'ambiguous', error: 'not_an_answer_of_slack' }
  const pointers = pointersOf(data)
  const needed = 'needed' in data && typeof data.needed === 'string' ? data.needed : undefined
  const known = classOfCode(error) ?? (isAboutBlocks(error, pointers) ? 'blocks' : undefined)
  return known === undefined ? { type: 'refused', error } : ofCode(known, error, { needed, pointers })
}

/** Slack also answers blocks it does not take with this general code, and names their place. */
const isAboutBlocks = (error: string, pointers: readonly string[]): boolean =>
  error === 'invalid_arguments' && pointers.some((pointer) => /\/blocks?\b/.test(pointer))

function ofCode(
  known: CodeClass,
  error: string,
  { needed, pointers }: { readonly needed: string | undefined; readonly pointers: readonly string[] },
): SlackFailure {
  switch (known) {
    case 'gone':
      return { type: 'channel-gone', error }
    case 'token':
      return { type: 'token-refused', error, needed }
    case 'direct':
      return { type: 'direct-refused', error }
    case 'permission':
      return { type: needed === postingScope ? 'token-refused' : 'permission-refused', error, needed }
    case 'blocks':
      return { type: 'blocks-refused', error, pointers }
    case 'ambiguous':
      return { type: 'ambiguous', error }
    case 'passing':
      return { type: 'unreached', error }
    case 'rate-limited':
      return { type: 'rate-limited', retryAfterMs: 30_000, error }
  }
}

function pointersOf(data: object): string[] {
  const metadata = 'response_metadata' in data ? data.response_metadata : undefined
  const messages = metadata && typeof metadata === 'object' && 'messages' in metadata ? metadata.messages : undefined
  return Array.isArray(messages) ? messages.filter((message) => typeof message === 'string') : []
}

/** The system's code behind `fetch failed`, however deep. */
function causeCode(error: unknown): string | undefined {
  for (let depth = 0, at: unknown = error; depth < 5 && at instanceof Error; depth += 1, at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code
    if (at.name === 'TimeoutError' || at.name === 'AbortError') return at.name
  }
  return undefined
}
