// Slack's published rules for an app manifest, for the parts this app uses: which fields there are at each level, which must be there,
// how long each may be. A field that is not listed is refused. That scopes and events are Slack's, its own types say.
// Source: docs.slack.dev/reference/app-manifest, and `Manifest` in @slack/web-api 8.2.
import type { AppsManifestValidateArguments } from '@slack/web-api'
import { z } from 'zod'

type Manifest = AppsManifestValidateArguments['manifest']
type BotScope = NonNullable<NonNullable<NonNullable<Manifest['oauth_config']>['scopes']>['bot']>[number]
type BotEvent = NonNullable<NonNullable<NonNullable<Manifest['settings']>['event_subscriptions']>['bot_events']>[number]

const https = z.url({ protocol: /^https$/ })
const scopes = z
  .array(
    z.enum([
      'app_mentions:read',
      'channels:history',
      'channels:read',
      'chat:write',
      'commands',
      'files:write',
      'groups:history',
      'groups:read',
      'im:history',
      'im:write',
      'usergroups:read',
      'users:read',
      'users:read.email',
      // Newer than the types of web-api.
      'mcp:connect',
    ] satisfies (BotScope | 'mcp:connect')[]),
  )
  .max(255)
  .refine((all) => new Set(all).size === all.length, 'each scope once')
const events = z.array(z.enum(['app_home_opened', 'app_mention', 'message.im', 'team_join', 'user_change'] satisfies BotEvent[])).max(100)

const slashCommand = z.strictObject({
  command: z
    .string()
    .max(32)
    .regex(/^\/[a-z0-9_-]+$/),
  description: z.string().min(1).max(2000),
  usage_hint: z.string().max(1000).optional(),
  should_escape: z.boolean().optional(),
  url: https.optional(),
})

/** Only what the schema lists; `functions`, shortcuts, unfurls and the like are Slack's too, and not ours. */
export const manifestSchema = z
  .strictObject({
    display_information: z.strictObject({
      name: z.string().min(1).max(35),
      description: z.string().max(140).optional(),
      long_description: z.string().min(175).max(4000).optional(),
      background_color: z
        .string()
        .regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i)
        .optional(),
    }),
    features: z.strictObject({
      app_home: z.strictObject({
        home_tab_enabled: z.boolean().optional(),
        messages_tab_enabled: z.boolean().optional(),
        messages_tab_read_only_enabled: z.boolean().optional(),
      }),
      bot_user: z.strictObject({
        display_name: z
          .string()
          .max(80)
          .regex(/^[a-z0-9._-]+$/),
        always_online: z.boolean().optional(),
      }),
      slash_commands: z.array(slashCommand).min(1).max(50),
    }),
    oauth_config: z.strictObject({ scopes: z.strictObject({ bot: scopes, bot_optional: scopes }) }),
    // Source: docs.slack.dev, "Connecting an MCP server to the Slackbot MCP Client" (June 2026).
    mcp_servers: z
      .record(z.string().min(1), z.strictObject({ url: https.max(500), auth_type: z.literal('slack_identity_auth') }))
      .optional(),
    settings: z.strictObject({
      event_subscriptions: z.strictObject({ bot_events: events, request_url: https.optional() }),
      interactivity: z.strictObject({
        is_enabled: z.boolean(),
        request_url: https.optional(),
        message_menu_options_url: https.optional(),
      }),
      org_deploy_enabled: z.boolean().optional(),
      socket_mode_enabled: z.boolean().optional(),
      token_rotation_enabled: z.boolean().optional(),
    }),
  })
  .superRefine(({ features, oauth_config, settings, mcp_servers }, context) => {
    const say = (message: string): void => context.addIssue({ code: 'custom', message })
    const { bot, bot_optional } = oauth_config.scopes
    if (!bot_optional.every((scope) => bot.includes(scope))) say('an optional scope is asked for as well')
    if (features.slash_commands.length > 0 && !bot.includes('commands')) say('slash commands need the scope commands')
    if ((mcp_servers !== undefined) !== bot.includes('mcp:connect')) say('MCP servers and the scope mcp:connect belong together')
    if (Object.keys(mcp_servers ?? {}).length > 20) say('20 MCP servers at most')
    if (settings.socket_mode_enabled) return
    // Without Socket Mode Slack must know where to send things.
    if (settings.event_subscriptions.request_url === undefined) say('events need a request_url')
    if (settings.interactivity.is_enabled && settings.interactivity.request_url === undefined) say('interactivity needs a request_url')
    if (features.slash_commands.some(({ url }) => url === undefined)) say('a slash command needs a url')
  })
