// Slack's documented error codes, sorted by what the caller does next. A code that stands nowhere here is final for the one call it answers,
// and says nothing about any other: our own wrong arguments, what a method cannot do. Source: each method's page in Slack's reference.

export type CodeClass = 'gone' | 'token' | 'direct' | 'permission' | 'blocks' | 'ambiguous' | 'passing' | 'rate-limited'

const codes: Readonly<Record<CodeClass, readonly string[]>> = {
  /** This conversation or person cannot be written to. */
  gone: [
    'channel_not_found',
    'invalid_channel',
    'is_archived',
    'is_inactive',
    'not_in_channel',
    'channel_is_limited_access',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'restricted_action_non_threadable_channel',
    'restricted_action_thread_locked',
    'posting_to_channel_denied',
    'posting_to_general_channel_denied',
    'cannot_dm_bot',
    'cannot_reply_to_message',
    'user_not_found',
    'users_not_found',
    'user_disabled',
    'user_is_bot',
    'user_not_visible',
    'invalid_user_combination',
    'im_disabled',
    'mpim_disabled',
    'thread_not_found',
  ],
  /** The bot, its token or the whole workspace is refused: whatever is asked gets the same answer until somebody changes that. */
  token: [
    'invalid_auth',
    'not_authed',
    'account_inactive',
    'token_revoked',
    'token_expired',
    'team_access_not_granted',
    'team_not_found',
    'forbidden_team',
    'not_allowed_token_type',
    'access_denied',
    'app_access_restricted',
    'enterprise_is_restricted',
    'two_factor_setup_required',
    'user_removed_from_team',
    'org_login_required',
    'ekm_access_denied',
    'team_added_to_org',
    'method_deprecated',
    'deprecated_endpoint',
  ],
  /** A setting of the app or the workspace refuses every direct message of the bot. */
  direct: ['messages_tab_disabled'],
  permission: ['missing_scope', 'no_permission'],
  /** The message's form: the same in plainer form may do. */
  blocks: [
    'invalid_blocks',
    'invalid_blocks_format',
    'msg_blocks_too_long',
    'invalid_attachments',
    'too_many_attachments',
    'attachment_payload_limit_exceeded',
    'too_many_contact_cards',
    'only_one_table_allowed',
    'msg_too_long',
    'no_text',
    'markdown_text_conflict',
  ],
  /** Slack failed on its side, and may have done what was asked. */
  ambiguous: ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'unknown_error', 'operation_timeout'],
  /** Slack refused before doing anything, for a reason that passes by itself. */
  passing: [
    'fetch_members_failed',
    'invalid_cursor',
    'external_channel_migrating',
    'channel_migrating',
    'team_is_being_migrated',
    'accesslimited',
    'update_failed',
    'file_update_failed',
    'streaming_state_conflict',
  ],
  'rate-limited': ['ratelimited', 'rate_limited', 'message_limit_exceeded'],
}

const classes: ReadonlyMap<string, CodeClass> = new Map(
  (Object.keys(codes) as CodeClass[]).flatMap((name) => codes[name].map((code) => [code, name] as const)),
)

export const classOfCode = (code: string): CodeClass | undefined => classes.get(code)
