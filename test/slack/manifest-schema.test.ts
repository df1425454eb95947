// manifest.yml as Slack would validate it: as it stands, for HTTP, and under another name; and the check itself refuses what Slack does.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type ManifestOptions, manifestFor } from '../../src/cli/setup/manifest-link.ts'
import { manifestSchema } from './manifest-schema.ts'

const text = readFileSync(path.resolve(import.meta.dirname, '../../manifest.yml'), 'utf8')
const socket = { type: 'socket' } as const
const http = { type: 'http', requestUrl: 'https://digest.northwind.example/slack/events' } as const
const mcpUrl = 'https://digest.northwind.example/mcp'

describe('Slack’s schema', () => {
  it('takes manifest.yml as it stands', () => {
    expect(manifestSchema.parse(parse(text))).toEqual(parse(text))
  })

  it.each<[string, ManifestOptions]>([
    ['for Socket Mode', { transport: socket }],
    ['for HTTP', { transport: http }],
    ['for Socket Mode under a second name', { transport: socket, name: 'staging' }],
    ['for HTTP under a second name', { transport: http, name: 'staging' }],
    ['for Socket Mode with Slackbot', { transport: socket, mcpUrl }],
    ['for HTTP with Slackbot, under a second name', { transport: http, name: 'staging', mcpUrl }],
  ])('takes the link setup makes %s', (_name, options) => {
    expect(manifestSchema.safeParse(manifestFor(text, options)).error).toBeUndefined()
  })
})

const command = (more: object) => [{ command: '/ask', description: 'Asks', ...more }]
/** What is put where (undefined takes it out), and where the fault is then found. */
const faults: [string, string, unknown, string?][] = [
  ['an unknown part', 'extras', {}, ''],
  ['a misspelled setting', 'settings.socket_mode', true, 'settings'],
  ['a misspelled field of Home', 'features.app_home.home_tab', true, 'features.app_home'],
  ['no name', 'display_information.name', undefined],
  ['a name of 36', 'display_information.name', 'x'.repeat(36)],
  ['a description of 141', 'display_information.description', 'x'.repeat(141)],
  ['a long description of 174', 'display_information.long_description', 'x'.repeat(174)],
  ['a color by name', 'display_information.background_color', 'navy'],
  ['a bot name with a space', 'features.bot_user.display_name', 'Gong Digest'],
  ['a command without a slash', 'features.slash_commands', command({ command: 'ask' }), 'features.slash_commands.0.command'],
  ['a command of 33', 'features.slash_commands', command({ command: `/${'a'.repeat(32)}` }), 'features.slash_commands.0.command'],
  ['a command that says nothing', 'features.slash_commands', [{ command: '/ask' }], 'features.slash_commands.0.description'],
  ['a hint of 1001', 'features.slash_commands', command({ usage_hint: 'x'.repeat(1001) }), 'features.slash_commands.0.usage_hint'],
  ['a 51st command', 'features.slash_commands', Array.from({ length: 51 }, () => command({})[0])],
  ['an address without TLS', 'features.slash_commands', command({ url: 'http://a.example' }), 'features.slash_commands.0.url'],
  ['a scope Slack does not have', 'oauth_config.scopes.bot', ['chat:shout'], 'oauth_config.scopes.bot.0'],
  ['a scope twice', 'oauth_config.scopes.bot', ['commands', 'commands']],
  ['an optional scope that is not asked for', 'oauth_config.scopes.bot', ['commands'], ''],
  ['commands without their scope', 'oauth_config.scopes', { bot: ['chat:write'], bot_optional: [] }, ''],
  ['HTTP without an address', 'settings.socket_mode_enabled', false, ''],
]

describe('refused as Slack refuses', () => {
  it.each(faults)('%s', (_name, place, value, at = place) => {
    const manifest = parse(text) as Record<string, unknown>
    const fields = place.split('.')
    const parent = fields.slice(0, -1).reduce((inner, field) => inner[field] as Record<string, unknown>, manifest)
    parent[fields.at(-1) ?? ''] = value
    expect(manifestSchema.safeParse(manifest).error?.issues.map((issue) => issue.path.join('.'))).toContain(at)
  })
})
