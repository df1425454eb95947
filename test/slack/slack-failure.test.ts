// What a caller does next after each kind of answer, over real HTTP and the SDK: a page in Slack's place is no refusal of Slack's.

import { createServer } from 'node:http'
import { WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from '@slack/web-api'
import { afterEach, describe, expect, it } from 'vitest'
import { DatabaseUnreachable } from '../../src/database-failure.ts'
import { silentLogger } from '../../src/slack/silent-logger.ts'
import { classifySlackFailure } from '../../src/slack/slack-failure.ts'
import { listening } from '../kit/listening.ts'

let close: (() => Promise<unknown>) | undefined
afterEach(() => close?.())

/** How a call is sorted that is answered with 200 and this body. */
async function sorted(body: string) {
  const server = createServer((_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(body))
  const at = await listening(server)
  close = at.close
  const client = new WebClient('xoxb-test', {
    slackApiUrl: `http://127.0.0.1:${at.port}/`,
    retryConfig: { retries: 0 },
    logger: silentLogger,
  })
  return client.apiCall('conversations.info', { channel: 'C1' }).then(
    () => 'answered',
    (error: unknown) => classifySlackFailure(error),
  )
}

describe('200 with', () => {
  it.each([
    ['a page of HTML', '<!doctype html><html><body>Sign in to the hotel</body></html>'],
    ['half an answer', '{"ok":true,"channel":{"id":"C1"'],
    ['nothing', ''],
    ['a sentence', 'upstream connect error or disconnect/reset before headers'],
    ['a refusal without a code', '{"ok":false}'],
    ['a refusal with a page for a code', '{"ok":false,"error":"<html>"}'],
  ])('%s is in doubt and tried again: Slack did not answer', async (_name, body) => {
    expect(await sorted(body)).toMatchObject({ type: 'ambiguous' })
  })

  it.each(['fetch_members_failed', 'invalid_cursor', 'external_channel_migrating', 'accesslimited'])(
    '%s passes by itself: nothing was done, so the same is tried again',
    async (error) => {
      expect(await sorted(JSON.stringify({ ok: false, error }))).toEqual({ type: 'unreached', error })
    },
  )

  it('a word that is no answer is no code either', async () => {
    expect(classifySlackFailure(new WebAPIPlatformError({ ok: false, error: 'Service Unavailable' }))).toMatchObject({ type: 'ambiguous' })
  })

  it('any other code of Slack is final', async () => {
    expect(await sorted('{"ok":false,"error":"method_not_supported_for_channel_type"}')).toEqual({
      type: 'refused',
      error: 'method_not_supported_for_channel_type',
    })
  })
})

/** Every code that Slack documents for a method this calls, by what is to happen next; the general ones of wrong arguments stand last. */
const documented = {
  'token-refused': `not_authed invalid_auth account_inactive token_revoked token_expired team_access_not_granted team_not_found forbidden_team
    not_allowed_token_type access_denied app_access_restricted enterprise_is_restricted two_factor_setup_required org_login_required
    ekm_access_denied team_added_to_org method_deprecated deprecated_endpoint`,
  'direct-refused': 'messages_tab_disabled',
  'permission-refused': 'missing_scope no_permission',
  'channel-gone': `channel_not_found invalid_channel not_in_channel is_archived is_inactive channel_is_limited_access restricted_action
    restricted_action_read_only_channel restricted_action_thread_only_channel restricted_action_non_threadable_channel
    restricted_action_thread_locked posting_to_channel_denied cannot_dm_bot cannot_reply_to_message user_not_found users_not_found
    user_disabled user_not_visible invalid_user_combination thread_not_found`,
  'blocks-refused': `invalid_blocks invalid_blocks_format msg_blocks_too_long invalid_attachments too_many_attachments msg_too_long no_text
    attachment_payload_limit_exceeded too_many_contact_cards markdown_text_conflict`,
  ambiguous: 'internal_error fatal_error service_unavailable request_timeout',
  unreached: `accesslimited fetch_members_failed invalid_cursor external_channel_migrating update_failed file_update_failed
    streaming_state_conflict`,
  'rate-limited': 'ratelimited rate_limited message_limit_exceeded',
  refused: `as_user_not_supported block_mismatch cant_broadcast_message cant_update_message duplicate_channel_not_found
    duplicate_message_not_found edit_window_closed message_not_found no_dual_broadcast_content_update send_on_behalf_not_allowed
    slack_connect_canvas_sharing_blocked slack_connect_file_link_sharing_blocked slack_connect_lists_sharing_blocked
    invalid_metadata_format invalid_metadata_schema metadata_must_be_sent_from_app metadata_too_large missing_file_data
    duplicate_external_id hash_conflict view_too_large not_enabled not_found view_not_found push_limit_reached expired_trigger_id
    exchanged_trigger_id invalid_trigger_id limit_required invalid_limit missing_argument method_not_supported_for_channel_type
    not_enough_users too_many_users users_list_not_supplied file_not_found file_uploads_disabled file_upload_size_restricted
    storage_limit_reached snippet_too_large unknown_snippet_type unknown_subtype alt_txt_too_large invalid_ts_latest invalid_ts_oldest
    no_such_subteam missing_args insecure_request is_bot
    invalid_arguments invalid_arg_name invalid_array_arg invalid_charset invalid_form_data invalid_post_type missing_post_type invalid_json
    json_not_object`,
} as const

describe.each(Object.entries(documented))('%s', (type, codes) => {
  it.each(codes.split(/\s+/))('is what becomes of %s', (error) => {
    expect(classifySlackFailure(new WebAPIPlatformError({ ok: false, error }))).toMatchObject({ type, error })
  })
})

it('invalid_arguments that name a place among the blocks are about their form', () => {
  const refused = (messages: string[]) =>
    classifySlackFailure(new WebAPIPlatformError({ ok: false, error: 'invalid_arguments', response_metadata: { messages } }))
  expect(refused(['[ERROR] must be one of [json-pointer:/blocks/3/type]'])).toMatchObject({ type: 'blocks-refused' })
  expect(refused(['[ERROR] invalid `channel`'])).toMatchObject({ type: 'refused' })
})

describe('429 with', () => {
  it.each([
    [0, 1000],
    [30, 30_000],
    [3600, 3_600_000],
    [99_999_999, 3_600_000],
    [Number.POSITIVE_INFINITY, 3_600_000],
  ])('Retry-After: %d is a wait of %d ms', (seconds, retryAfterMs) => {
    expect(classifySlackFailure(new WebAPIRateLimitedError(seconds))).toEqual({ type: 'rate-limited', retryAfterMs, error: 'ratelimited' })
  })
})

it('leaves trouble of our own database to whoever asked: Slack has not failed', () => {
  const lost = new Error('Failed query', { cause: new DatabaseUnreachable(new Error('Connection terminated unexpectedly')) })
  expect(() => classifySlackFailure(lost)).toThrow(lost)
})
