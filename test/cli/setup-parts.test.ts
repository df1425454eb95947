import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseEnv } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withValues, writeSettings } from '../../src/cli/setup/env-file.ts'
import { manifestFor, manifestLink } from '../../src/cli/setup/manifest-link.ts'
import { readConfig, readGiven } from '../../src/config/config.ts'

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
    writeSettings(file, '# from the example\n', { A: '1' }, { texts: {}, fromFiles: new Map() })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'utf8')).toBe('# from the example\nA=1\n')
    rmSync(folder, { recursive: true })
  })
})

describe('settings beside secrets that lie in files of their own', () => {
  const key = 'k'.repeat(40)

  /** `old` in a file for the refresh token, and the key in another one; the rest as text. */
  function laid() {
    const folder = mkdtempSync(path.join(tmpdir(), 'settings-'))
    const secret = (name: string, text: string): string => {
      writeFileSync(path.join(folder, name), text, { mode: 0o600 })
      return path.join(folder, name)
    }
    const environment = {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      GONG_TIME_ZONE: 'Europe/Berlin',
      ADMINS: 'a@acme.test',
      GONG_CLIENT_ID: 'client',
      GONG_CLIENT_SECRET_FILE: secret('client', 'client-secret\n'),
      GONG_REFRESH_TOKEN_FILE: secret('refresh', 'a-much-longer-old-refresh-token\n'),
      TOKEN_ENCRYPTION_KEY_FILE: secret('key', `${key}\n`),
    }
    return { folder, env: path.join(folder, '.env'), environment }
  }
  const afterLogin = { GONG_REFRESH_TOKEN: 'new', TOKEN_ENCRYPTION_KEY: key }

  it('puts a changed one into its file, leaves an unchanged one there, and neither in the clear into .env', () => {
    const { env, environment } = laid()
    expect(writeSettings(env, '', { ...afterLogin, LOG_LEVEL: 'debug' }, readGiven(environment))).toEqual([])
    expect(readFileSync(env, 'utf8')).toBe('LOG_LEVEL=debug\n')
    const started = readConfig({ ...environment, ...parseEnv(readFileSync(env, 'utf8')) })
    expect(started.gongCredentials).toMatchObject({ refreshToken: 'new', encryptionKeys: [key] })
  })

  it('writes no .env where everything lies in files', () => {
    const { env, environment } = laid()
    writeSettings(env, '', afterLogin, readGiven(environment))
    expect(existsSync(env)).toBe(false)
    expect(readConfig(environment).gongCredentials).toMatchObject({ refreshToken: 'new' })
  })

  it('takes the place of a file that cannot be written, and names it', () => {
    const { folder, env, environment } = laid()
    // Nobody can write a folder; as root any file can be written.
    const inEnv = { ...environment, GONG_REFRESH_TOKEN_FILE: folder }
    writeFileSync(env, `GONG_REFRESH_TOKEN_FILE=${folder}\n`)
    expect(writeSettings(env, '', afterLogin, readGiven(inEnv))).toEqual(['GONG_REFRESH_TOKEN'])
    expect(readFileSync(env, 'utf8')).toBe('GONG_REFRESH_TOKEN=new\n')
  })

  it('takes a file out of .env whose secret is no longer wanted', () => {
    const { env, environment } = laid()
    writeFileSync(env, `GONG_CLIENT_SECRET_FILE=${environment.GONG_CLIENT_SECRET_FILE}\nLOG_LEVEL=debug\n`)
    writeSettings(env, '', { GONG_CLIENT_SECRET: undefined }, readGiven(environment))
    expect(readFileSync(env, 'utf8')).toBe('LOG_LEVEL=debug\n')
    expect(readFileSync(environment.GONG_CLIENT_SECRET_FILE, 'utf8')).toBe('client-secret\n')
  })
})
