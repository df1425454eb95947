// What the app's manifest grants and declares: the simulated Slack allows no more than that.
import { parse } from 'yaml'
import { z } from 'zod'

const shape = z.object({
  display_information: z.object({ name: z.string() }).optional(),
  features: z
    .object({
      bot_user: z.object({ display_name: z.string() }).optional(),
      slash_commands: z
        .array(
          z.object({
            command: z.string(),
            description: z.string().default(''),
            usage_hint: z.string().default(''),
            should_escape: z.boolean().default(false),
          }),
        )
        .default([]),
    })
    .default({ slash_commands: [] }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()).default([]) }) }),
  settings: z
    .object({
      event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).optional(),
      interactivity: z.object({ is_enabled: z.boolean() }).optional(),
    })
    .default({}),
})

export interface SlashCommand {
  readonly command: string
  readonly description: string
  readonly usageHint: string
  /** Mentions arrive as `<@U123|name>`. */
  readonly shouldEscape: boolean
}

export interface Manifest {
  readonly appName: string
  readonly scopes: ReadonlySet<string>
  readonly events: ReadonlySet<string>
  readonly interactive: boolean
  readonly commands: readonly SlashCommand[]
}

/** Reads `manifest.yml`. @throws ZodError when it is not a manifest. */
export function readManifest(text: string): Manifest {
  const manifest = shape.parse(parse(text))
  return {
    appName: manifest.display_information?.name ?? manifest.features.bot_user?.display_name ?? 'App',
    scopes: new Set(manifest.oauth_config.scopes.bot),
    events: new Set(manifest.settings.event_subscriptions?.bot_events ?? []),
    interactive: manifest.settings.interactivity?.is_enabled ?? false,
    commands: manifest.features.slash_commands.map(({ command, description, usage_hint, should_escape }) => ({
      command,
      description,
      usageHint: usage_hint,
      shouldEscape: should_escape,
    })),
  }
}
