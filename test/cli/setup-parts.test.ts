import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseEnv } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withValues, writeEnvFile } from '../../src/cli/setup/env-file.ts'
import { manifestFor, manifestLink } from '../../src/cli/setup/manifest-link.ts'

const manifest = readFileSync(path.resolve(import.meta.dirname, '../../manifest.yml'), 'utf8')

describe('the app link', () => {
  it('carries the manifest for Socket Mode as it stands', () => {
    const link = new URL(manifestLink(manifest, { transport: { type: 'socket' } }))
    const carried = JSON.parse(link.searchParams.get('manifest_json') ?? '')
    expect(link.searchParams.get('new_app')).toBe('1')
    expect(carried.settings.socket_mode_enabled).toBe(true)
    expect(carried.features.slash_commands[0].command).toBe('/gong-stats')
  })

  it('puts the request address everywhere HTTP needs it', () => {
    const requestUrl = 'https://digest.example/slack/events'
    const { settings, features } = manifestFor(manifest, { transport: { type: 'http', requestUrl } })
    expect(settings.socket_mode_enabled).toBe(false)
    expect(settings.event_subscriptions.request_url).toBe(requestUrl)
    expect(settings.interactivity).toMatchObject({ request_url: requestUrl, message_menu_options_url: requestUrl })
    expect(features.slash_commands.every(({ url }) => url === requestUrl)).toBe(true)
  })

  it('lets Slackbot ask only where an address for it is given', () => {
    const mcpUrl = 'https://digest.example/mcp'
    const asked = manifestFor(manifest, { transport: { type: 'socket' }, mcpUrl, name: 'staging' })
    expect(asked.mcp_servers).toEqual({ 'gong-digest-staging': { url: mcpUrl, auth_type: 'slack_identity_auth' } })
    expect(asked.oauth_config.scopes.bot).toContain('mcp:connect')
    const silent = manifestFor(manifest, { transport: { type: 'socket' } })
    expect([silent.mcp_servers, silent.oauth_config.scopes.bot.includes('mcp:connect')]).toEqual([undefined, false])
    expect(manifest).not.toMatch(/mcp/)
  })

  it('names a second installation apart, commands included', () => {
    const named = manifestFor(manifest, { transport: { type: 'socket' }, name: 'staging' })
    expect(named.display_information.name).toBe('Gong Digest staging')
    expect(named.features.slash_commands.map(({ command }) => command)).toContain('/gong-stats-staging')
    expect(Math.max(...named.features.slash_commands.map(({ command }) => command.length))).toBeLessThanOrEqual(32)
  })
})

describe('the env file', () => {
  it('reads back as written, whatever is in a value', () => {
    const values = { A_TOKEN: 'xoxb-1-2', A_SPACE: 'two words', A_HASH: 'a#b', A_QUOTE: 'say "hi"', A_URL: 'postgres://u:p@h/db?ssl=1' }
    expect(parseEnv(withValues('', values))).toEqual(values)
  })

  it('reads any value on one line back as it was, or refuses it', () => {
    const letters = fc.constantFrom('a', 'n', 'r', 't', '\\', '#', "'", '"', '`', '$', '{', '}', ' ', '=', '%', ':')
    const value = fc.array(letters, { minLength: 1, maxLength: 8 }).map((each) => `x${each.join('')}x`)
    fc.assert(
      fc.property(value, (SECRET) => {
        fc.pre(!["'", '"', '`'].every((mark) => SECRET.includes(mark)) && !(SECRET.includes('\\n') && /['`]/.test(SECRET)))
        expect(parseEnv(withValues('', { SECRET }))).toEqual({ SECRET })
      }),
      { seed: 7, numRuns: 2000 },
    )
  })

  it('replaces what stands, uncomments examples, keeps the rest', () => {
    const text = withValues('# Port\n# PORT=3000\nKEEP=1\nGONG_ACCESS_KEY=old\n', { PORT: '4000', GONG_ACCESS_KEY: 'new', ADDED: 'x' })
    expect(text).toBe('# Port\nPORT=4000\nKEEP=1\nGONG_ACCESS_KEY=new\nADDED=x\n')
  })

  it('takes a value out, even where it stands twice', () => {
    expect(withValues('A=1\nB=2\nA=3\n', { A: undefined })).toBe('B=2\n')
  })

  it('refuses what no quoting can hold, naming the variable only', () => {
    expect(() => withValues('', { SECRET: 'a\nb' })).toThrow(/SECRET has a value .*SECRET_FILE/)
  })

  it('is readable by its owner only', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'env-'))
    const file = path.join(folder, '.env')
    writeEnvFile(file, '# from the example\n', { A: '1' })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).toBe('# from the example\nA=1\n')
    rmSync(folder, { recursive: true })
  })
})
