// Slack's failures, sorted by what the caller does next. Nothing here retries. The lists are Slack's documented error codes.

import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api'
import { databaseFailureOf } from '../database-failure.ts'
import type { SlackFailure } from '../slack-ports.ts'

const gone = new Set([
  'channel_not_found',
  'is_archived',
  'not_in_channel',
  'channel_is_limited_access',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'restricted_action_thread_locked',
  'cannot_dm_bot',
  'user_not_found',
  'user_disabled',
  'user_not_visible',
  'im_disabled',
  'mpim_disabled',
  'thread_not_found',
])

const token = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'team_access_not_granted',
  'not_allowed_token_type',
  'access_denied',
  'org_login_required',
  'ekm_access_denied',
  'team_added_to_org',
])

/** A setting of the app or the workspace refuses every direct message of the bot. */
const direct = new Set(['messages_tab_disabled'])

/** Of a channel these concern that channel; of a direct message, every one: a setting of the workspace. */
const directByPlace = new Set(['restricted_action'])

const permission = new Set(['missing_scope', 'no_permission'])

/** Without it nothing can be posted anywhere. */
const postingScope = 'chat:write'

const blocks = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'invalid_attachments',
  'too_many_attachments',
  'only_one_table_allowed',
  'msg_too_long',
  'markdown_text_conflict',
])

const ambiguous = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'unknown_error'])

/** Slack refused before doing anything, for a reason that passes by itself. */
const passing = new Set([
  'fetch_members_failed',
  'invalid_cursor',
  'external_channel_migrating',
  'accesslimited',
  'channel_migrating',
  'team_is_being_migrated',
])

/** The connection was never made, so nothing can have been posted. */
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** Slack refuses the bot itself, as a whole or for want of a permission or a setting. */
export const isRefusal = ({ type }: SlackFailure): boolean =>
  type === 'token-refused' || type === 'permission-refused' || type === 'direct-refused'

/** The missing scope, where Slack named it. */
export const neededBy = (failure: SlackFailure): string | undefined => ('needed' in failure ? failure.needed : undefined)

/** Whether a call of the Web API client failed, and nothing else. */
export const isSlackError = (error: unknown): boolean =>
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
  if (error instanceof WebAPIPlatformError) return ofPlatform(error.data.error, error.data)
  if (error instanceof WebAPIHTTPError) {
    // 4xx without Slack's own body come from something in between (a proxy), which let nothing through.
    return { type: error.statusCode >= 500 ? 'ambiguous' : 'unreached', error: `http_${error.statusCode}` }
  }
  if (error instanceof WebAPIRequestError) {
    const code = causeCode(error.original)
    return code && neverConnected.has(code) ? { type: 'unreached', error: code } : { type: 'ambiguous', error: code ?? 'request_error' }
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

function ofPlatform(error: unknown, data: object): SlackFailure {
  if (!isErrorCode(error)) return { type: 'ambiguous', error: 'not_an_answer_of_slack' }
  if (passing.has(error)) return { type: 'unreached', error }
  if (gone.has(error)) return { type: 'channel-gone', error }
  if (direct.has(error)) return { type: 'direct-refused', error }
  const needed = 'needed' in data && typeof data.needed === 'string' ? data.needed : undefined
  if (permission.has(error)) return { type: needed === postingScope ? 'token-refused' : 'permission-refused', error, needed }
  if (token.has(error)) return { type: 'token-refused', error, needed }
  if (blocks.has(error)) return { type: 'blocks-refused', error, pointers: pointersOf(data) }
  if (ambiguous.has(error)) return { type: 'ambiguous', error }
  if (error === 'ratelimited' || error === 'rate_limited' || error === 'message_limit_exceeded') {
    return { type: 'rate-limited', retryAfterMs: 30_000, error }
  }
  return { type: 'refused', error }
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
