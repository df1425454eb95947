// The address that opens Slack's "create an app" page with our manifest filled in: for Socket Mode or HTTP, and under another name for a
// second installation in the same workspace, with Slackbot's way in where it is wanted. Changes a copy; manifest.yml itself stays as it is.
import { parse } from 'yaml'
import { namingOf } from '../../render/text/installed-names.ts'

export interface ManifestOptions {
  readonly transport: { readonly type: 'socket' } | { readonly type: 'http'; readonly requestUrl: string }
  /** For example `staging`: the app is named "Gong Digest staging" and commands become `/gong-stats-staging`. */
  readonly name?: string | undefined
  /** Public https address of `POST /mcp`: with it Slackbot may ask; 500 characters at most. */
  readonly mcpUrl?: string | undefined
}

interface Manifest {
  display_information: { name: string; long_description: string }
  oauth_config: { scopes: { bot: string[]; bot_optional: string[] } }
  /** Servers of tools that Slackbot may call, by a key of our own. */
  mcp_servers?: Record<string, { url: string; auth_type: 'slack_identity_auth' }>
  features: { bot_user: { display_name: string }; slash_commands: { command: string; url?: string }[] }
  settings: {
    event_subscriptions: { request_url?: string }
    interactivity: { is_enabled: boolean; request_url?: string; message_menu_options_url?: string }
    socket_mode_enabled: boolean
  }
}

/** The manifest for one installation, as Slack takes it. */
export function manifestFor(yamlText: string, options: ManifestOptions): Manifest {
  const manifest = parse(yamlText) as Manifest
  const { features, settings } = manifest
  settings.socket_mode_enabled = options.transport.type === 'socket'
  if (options.transport.type === 'http') {
    const url = options.transport.requestUrl
    settings.event_subscriptions.request_url = url
    settings.interactivity.request_url = url
    settings.interactivity.message_menu_options_url = url
    for (const command of features.slash_commands) command.url = url
  }
  if (options.mcpUrl !== undefined) {
    manifest.oauth_config.scopes.bot.push('mcp:connect')
    manifest.mcp_servers = {
      [options.name ? `gong-digest-${options.name}` : 'gong-digest']: { url: options.mcpUrl, auth_type: 'slack_identity_auth' },
    }
  }
  if (options.name) {
    const naming = namingOf(
      features.slash_commands.map(({ command }) => command),
      options.name,
    )
    manifest.display_information = naming(manifest.display_information)
    manifest.display_information.name += ` ${options.name}`
    features.bot_user.display_name += `-${options.name}`
    for (const command of features.slash_commands) command.command += `-${options.name}`
  }
  return manifest
}

/** Source: Slack's documented `new_app` link. */
export const manifestLink = (yamlText: string, options: ManifestOptions): string =>
  `https://api.slack.com/apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(manifestFor(yamlText, options)))}`
