// The address that opens Slack's "create an app" page with our manifest filled in: for Socket Mode or HTTP, and under another
// name for a second installation in the same workspace. Changes a copy; manifest.yml itself stays as it is.
import { parse } from 'yaml'
import { namingOf } from '../../render/text/installed-names.ts'

export interface ManifestOptions {
  readonly transport: { readonly type: 'socket' } | { readonly type: 'http'; readonly requestUrl: string }
  /** For example `staging`: the app is named "Gong Digest staging" and commands become `/gong-stats-staging`. */
  readonly name?: string | undefined
}

interface Manifest {
  display_information: { name: string; long_description: string }
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
