import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { commands } from '../../src/bot/commands/index.ts'
import { optionalScopes, requiredScopes } from '../../src/slack/check.ts'
import { listenedEvents } from '../../src/slack/receive/listeners.ts'
import { methodsCalled } from '../kit/methods-called.ts'

const root = path.resolve(import.meta.dirname, '../..')
const text = readFileSync(path.join(root, 'manifest.yml'), 'utf8')

interface Manifest {
  readonly display_information: {
    readonly name: string
    readonly description: string
    readonly long_description: string
    readonly background_color: string
  }
  readonly features: {
    readonly app_home: Readonly<Record<string, boolean>>
    readonly bot_user: { readonly display_name: string }
    readonly slash_commands: readonly {
      readonly command: string
      readonly description: string
      readonly usage_hint: string
      readonly should_escape: boolean
    }[]
  }
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[]; readonly bot_optional: readonly string[] } }
  readonly settings: {
    readonly event_subscriptions: { readonly bot_events: readonly string[] }
    readonly interactivity: { readonly is_enabled: boolean }
  }
}
const manifest = parse(text) as Manifest
const { bot, bot_optional: optional } = manifest.oauth_config.scopes

/**
 * Bot scopes each Web API method needs; methods of conversations need one per kind of channel used here. Empty: none.
 * Source: docs.slack.dev/reference/methods, each method's page.
 */
const scopesOf: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'apps.connections.open': [],
  'blocks.validate': [],
  'chat.delete': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.members': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read', 'users:read.email'],
  'users.list': ['users:read', 'users:read.email'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
}

/** Scopes of events. Source: docs.slack.dev/reference/events, each event's page. */
const scopesOfEvents: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  'message.im': ['im:history'],
  team_join: ['users:read'],
  user_change: ['users:read'],
}

describe('manifest.yml', () => {
  it('has every scope that the methods the code calls need, and each method is in the table', () => {
    const called = methodsCalled()
    expect(called.length).toBeGreaterThan(10)
    expect(called.filter((method) => scopesOf[method] === undefined)).toEqual([])
    for (const method of called)
      for (const scope of scopesOf[method] ?? []) expect([method, bot.includes(scope) && scope]).toEqual([method, scope])
  })

  it('asks for no scope that nothing needs', () => {
    const needed = new Set([
      'commands',
      ...methodsCalled().flatMap((method) => scopesOf[method] ?? []),
      ...manifest.settings.event_subscriptions.bot_events.flatMap((event) => scopesOfEvents[event] ?? []),
    ])
    expect(bot.filter((scope) => !needed.has(scope))).toEqual([])
  })

  it('subscribes to the events the edge listens for, and has their scopes', () => {
    expect(manifest.settings.event_subscriptions.bot_events).toEqual([...listenedEvents])
    for (const event of listenedEvents) for (const scope of scopesOfEvents[event] ?? []) expect(bot).toContain(scope)
  })

  it('agrees with the doctor on what is required and what may be left out', () => {
    for (const scope of requiredScopes) expect(bot).toContain(scope)
    expect(optional.filter((scope) => (requiredScopes as readonly string[]).includes(scope))).toEqual([])
    expect(optional.every((scope) => bot.includes(scope))).toBe(true)
    expect(Object.keys(optionalScopes).toSorted()).toEqual(optional.toSorted())
  })

  it('says for each scope why', () => {
    const lines = text.split('\n')
    const [from, to] = [lines.findIndex((each) => each.trim() === 'bot:'), lines.findIndex((each) => each.trim() === 'bot_optional:')]
    const scopes = lines.slice(from + 1, to)
    for (const [index, each] of scopes.entries()) {
      if (/^\s+- /.test(each)) expect([each, /^\s+# \S/.test(scopes[index - 1] ?? '')]).toEqual([each, true])
    }
  })

  it('keeps to Slack’s limits: name 35, description 140, long description 175–4000, command 32, hint 1000, 50 commands', () => {
    const { name, description, long_description: long, background_color: color } = manifest.display_information
    expect(name.length).toBeLessThanOrEqual(35)
    expect(description.length).toBeLessThanOrEqual(140)
    expect(long.length).toBeGreaterThanOrEqual(175)
    expect(long.length).toBeLessThanOrEqual(4000)
    expect(color).toMatch(/^#[0-9a-f]{6}$/i)
    expect(commands.length).toBeLessThanOrEqual(50)
    for (const command of manifest.features.slash_commands) {
      expect(command.command).toMatch(/^\/[a-z0-9-]{1,31}$/)
      expect(command.description.length).toBeLessThanOrEqual(140)
      expect(command.usage_hint.length).toBeLessThanOrEqual(1000)
      expect(command.should_escape).toBe(true)
    }
  })

  it('has Home, messages to the bot and interactivity switched on', () => {
    expect(manifest.features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    })
    expect(manifest.settings.interactivity.is_enabled).toBe(true)
  })

  it('has the commands of the list with the same words', () => {
    expect(manifest.features.slash_commands.map(({ command, description, usage_hint }) => [command, description, usage_hint])).toEqual(
      commands.map(({ name, description, usageHint }) => [name, description, usageHint]),
    )
  })
})
