import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readConfig, readGiven, type Settings, variables } from '../../src/config/config.ts'
import { misspelledIn } from '../../src/config/misspelled.ts'
import { ConfigError } from '../../src/errors.ts'

const least = {
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_SIGNING_SECRET: 'signing-secret-of-slack',
  GONG_ACCESS_KEY: 'key',
  GONG_ACCESS_KEY_SECRET: 'hush',
}

function problemsOf(environment: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

describe('readConfig', () => {
  const folders: string[] = []
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  })
  const fileWith = (content: string): string => {
    const folder = mkdtempSync(path.join(tmpdir(), 'config-'))
    folders.push(folder)
    writeFileSync(path.join(folder, 'secret'), content)
    return path.join(folder, 'secret')
  }

  it('needs only Slack and Gong credentials and uses a fair share of the allowance', () => {
    const config = readConfig(least)
    expect(config.gongCredentials).toEqual({ type: 'basic', accessKey: 'key', accessKeySecret: 'hush' })
    expect(config.slackTransport).toEqual({ type: 'http', signingSecret: 'signing-secret-of-slack', port: 3000 })
    expect(config.settings).toMatchObject({
      GONG_REQUESTS_PER_SECOND: 2,
      GONG_REQUESTS_PER_DAY: 4000,
      MINIMUM_CALLS: 3,
      MINIMUM_GROUP: 5,
      DATA_DIR: './data',
    })
  })

  it('takes target ranges with source and year, and refuses any without', () => {
    const given =
      'talk-ratio 40-55% (Enablement, 2026);  longest-monologue up to 2:30 (Playbook, 2025) ; patience from 0.6 (Playbook, 2025);'
    expect(readConfig({ ...least, TARGETS: given }).settings.TARGETS).toEqual([
      { measure: 'talk-ratio', low: 0.4, high: 0.55, source: 'Enablement, 2026' },
      { measure: 'longest-monologue', high: 150, source: 'Playbook, 2025' },
      { measure: 'patience', low: 0.6, source: 'Playbook, 2025' },
    ])
    for (const wrong of ['talk-ratio 40-55%', 'talk-ratio 0.4-0.5 (E, 2026)', 'calls-hosted from 5 (E, 2026)', 'patience soon (E, 2026)'])
      expect(() => readConfig({ ...least, TARGETS: wrong })).toThrow(/TARGETS must be ranges such as/)
  })

  it('tells every problem at once and never a value', () => {
    const problems = problemsOf({
      SLACK_BOT_TOKEN: 'wrong-secret',
      GONG_ACCESS_KEY: 'key-secret',
      MINIMUM_CALLS: 'three-secret',
      GONG_TIME_ZONE: 'Mars/secret',
      DATABASE_URL: 'mysql://secret',
    })
    expect(problems).toHaveLength(6)
    expect(problems.join('\n')).not.toContain('secret@')
    expect(problems.map((problem) => problem.split(' ')[0]).toSorted()).toEqual([
      'DATABASE_URL',
      'GONG_ACCESS_KEY_SECRET',
      'GONG_TIME_ZONE',
      'MINIMUM_CALLS',
      'SLACK_BOT_TOKEN',
      'Set',
    ])
    for (const value of ['wrong-secret', 'key-secret', 'three-secret', 'Mars', 'mysql']) expect(problems.join('\n')).not.toContain(value)
  })

  it('treats an empty text as unset', () => {
    expect(readConfig({ ...least, SLACK_APP_TOKEN: '', PEOPLE_FILE: '  ' }).slackTransport.type).toBe('http')
  })

  it('chooses Socket Mode when an app token is there', () => {
    expect(readConfig({ ...least, SLACK_APP_TOKEN: 'xapp-1' }).slackTransport).toEqual({ type: 'socket', appToken: 'xapp-1' })
  })

  it('lets Slackbot ask beside the events, at a port of its own, or not at all', () => {
    const signingSecret = least.SLACK_SIGNING_SECRET
    expect(readConfig(least).mcp).toBeUndefined()
    expect(readConfig({ ...least, MCP_PORT: '3000' }).mcp).toEqual({ at: 'beside-events', signingSecret })
    expect(readConfig({ ...least, MCP_PORT: '3001', HOST: '127.0.0.1' }).mcp).toEqual({
      at: { port: 3001, host: '127.0.0.1' },
      signingSecret,
    })
    // Nothing listens at PORT in Socket Mode.
    expect(readConfig({ ...least, SLACK_APP_TOKEN: 'xapp-1', MCP_PORT: '3000' }).mcp).toEqual({ at: { port: 3000 }, signingSecret })
    expect(problemsOf({ ...least, SLACK_APP_TOKEN: 'xapp-1', SLACK_SIGNING_SECRET: undefined, MCP_PORT: '3001' })).toEqual([
      'MCP_PORT needs SLACK_SIGNING_SECRET, in Socket Mode too: Slack signs what Slackbot asks with it',
    ])
    expect(problemsOf({ ...least, MCP_PORT: 'yes' })).toEqual(['MCP_PORT must be a whole number from 0 to 65535'])
  })

  const oauth = {
    GONG_CLIENT_ID: 'id',
    GONG_CLIENT_SECRET: 'client-secret',
    GONG_REFRESH_TOKEN: 'refresh',
    TOKEN_ENCRYPTION_KEY: 'k'.repeat(32),
  }
  const basic = { GONG_ACCESS_KEY: 'key', GONG_ACCESS_KEY_SECRET: 'hush' }
  const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'signing-secret-of-slack' }
  /** Every secret with a configuration that uses it. */
  const tenSecrets: [keyof Settings, Record<string, string>][] = [
    ['SLACK_BOT_TOKEN', least],
    ['SLACK_APP_TOKEN', { ...least, SLACK_APP_TOKEN: 'xapp-1' }],
    ['SLACK_SIGNING_SECRET', least],
    ['GONG_ACCESS_KEY', { ...slack, ...basic }],
    ['GONG_ACCESS_KEY_SECRET', { ...slack, ...basic }],
    ['GONG_ACCESS_TOKEN', { ...slack, GONG_ACCESS_TOKEN: 'bearer' }],
    ['GONG_CLIENT_SECRET', { ...slack, ...oauth }],
    ['GONG_REFRESH_TOKEN', { ...slack, ...oauth }],
    ['TOKEN_ENCRYPTION_KEY', { ...slack, ...oauth }],
    ['DATABASE_URL', { ...least, DATABASE_URL: 'postgres://u:hidden@host/db' }],
  ]

  it.each(tenSecrets)('takes %s from the file %s_FILE names, as if it stood in the environment', (name, whole) => {
    const { [name]: value = '', ...rest } = whole
    expect(readConfig({ ...rest, [`${name}_FILE`]: fileWith(`${value}\n`) })).toEqual(readConfig(whole))
    // Of both at once neither is chosen, and no message holds what either says.
    const other = fileWith('something-else')
    expect(problemsOf({ ...whole, [`${name}_FILE`]: other })).toContain(`${name} and ${name}_FILE are both set; keep one`)
    const unreadable = problemsOf({ ...rest, [`${name}_FILE`]: `${other}-gone` })
    expect(unreadable).toContain(`${name}_FILE names a file that cannot be read`)
    const tooLong = problemsOf({ ...rest, [`${name}_FILE`]: fileWith('x'.repeat(16 * 1024 + 1)) })
    expect(tooLong).toContain(`${name}_FILE names a file that is longer than 16384 bytes, so it is no secret`)
    expect(unreadable.join()).not.toContain(other)
    // An empty file is no secret.
    expect(readGiven({ ...rest, [`${name}_FILE`]: fileWith('  \n') }).texts[name]).toBeUndefined()
  })

  it('knows ten secrets, and takes nothing else from files', () => {
    const fromFiles = Object.fromEntries(Object.keys(variables).map((name) => [`${name}_FILE`, '/somewhere']))
    expect([...readGiven(fromFiles).fromFiles.keys()].toSorted()).toEqual(tenSecrets.map(([name]) => name).toSorted())
  })

  it('takes a secret from a file, and refuses both at once', () => {
    const file = fileWith('from-file\n')
    const { GONG_ACCESS_KEY_SECRET: _, ...rest } = least
    expect(readConfig({ ...rest, GONG_ACCESS_KEY_SECRET_FILE: file }).gongCredentials).toMatchObject({ accessKeySecret: 'from-file' })
    expect(problemsOf({ ...least, GONG_ACCESS_KEY_SECRET_FILE: file })).toEqual([
      'GONG_ACCESS_KEY_SECRET and GONG_ACCESS_KEY_SECRET_FILE are both set; keep one',
    ])
    expect(problemsOf({ ...rest, GONG_ACCESS_KEY_SECRET_FILE: `${file}-gone` })).toContain(
      'GONG_ACCESS_KEY_SECRET_FILE names a file that cannot be read',
    )
  })

  it('accepts one kind of Gong credentials only', () => {
    expect(problemsOf({ ...least, GONG_ACCESS_TOKEN: 'bearer' })).toEqual([
      'More than one kind of Gong credentials is set; keep one of GONG_ACCESS_KEY, GONG_ACCESS_TOKEN, GONG_CLIENT_ID',
    ])
  })

  it('wants a key to encrypt OAuth tokens with', () => {
    const { GONG_ACCESS_KEY: _key, GONG_ACCESS_KEY_SECRET: _secret, ...slack } = least
    expect(problemsOf({ ...slack, GONG_CLIENT_ID: 'id', GONG_CLIENT_SECRET: 'secret', GONG_REFRESH_TOKEN: 'refresh' })).toEqual([
      'TOKEN_ENCRYPTION_KEY is missing',
    ])
  })

  it('removes slashes at the end of addresses', () => {
    expect(readConfig({ ...least, GONG_BASE_URL: 'https://api.gong.io/v2/' }).settings.GONG_BASE_URL).toBe('https://api.gong.io/v2')
  })

  it.each([
    ['GONG_BASE_URL', 'http://api.gong.io/v2'],
    ['SLACK_API_URL', 'http://slack.example/api'],
    ['GONG_TOKEN_URL', 'http://app.gong.io/oauth2/generate-customer-token'],
    ['GONG_BASE_URL', 'http://127.0.0.1.example.com/v2'],
    ['SLACK_API_URL', 'http://localhost@slack.example/api'],
  ])('refuses to send secrets in the clear: %s=%s', (name, value) => {
    expect(problemsOf({ ...least, [name]: value })).toEqual([
      `${name} must begin with https://, because tokens and figures go there (http:// only to this machine itself)`,
    ])
  })

  it.each(['http://localhost:8080/v2', 'http://127.0.0.1:9', 'http://127.8.9.10/v2', 'http://[::1]:80/v2', 'https://api.gong.io'])(
    'takes %s',
    (address) => expect(problemsOf({ ...least, GONG_BASE_URL: address })).toEqual([]),
  )

  it('refuses a signing secret that was cut short, and any short key of several', () => {
    expect(problemsOf({ ...least, SLACK_SIGNING_SECRET: 'a'.repeat(15) })).toEqual([
      'SLACK_SIGNING_SECRET must have at least 16 characters: copy the whole signing secret (Slack app → Basic Information → App Credentials)',
    ])
    expect(problemsOf({ ...least, SLACK_SIGNING_SECRET: 'a'.repeat(16) })).toEqual([])
    const words = 'TOKEN_ENCRYPTION_KEY must have at least 32 characters, in each key where there are several'
    for (const keys of ['k'.repeat(31), `${'n'.repeat(32)},${'o'.repeat(31)}`, ','])
      expect(problemsOf({ ...least, TOKEN_ENCRYPTION_KEY: keys })).toEqual([words])
    const { settings } = readConfig({ ...least, TOKEN_ENCRYPTION_KEY: `${'n'.repeat(32)}, ${'o'.repeat(32)}` })
    expect(settings.TOKEN_ENCRYPTION_KEY).toEqual(['n'.repeat(32), 'o'.repeat(32)])
  })

  it('points out names that are nearly those of variables, and leaves other programs’ names alone', () => {
    const misspelled = (environment: Record<string, string>) => readConfig({ ...least, ...environment }).misspelled
    expect(misspelled({ GONG_REQUEST_PER_DAY: '100' })).toEqual([{ name: 'GONG_REQUEST_PER_DAY', meant: 'GONG_REQUESTS_PER_DAY' }])
    expect(misspelled({ NAME_IN_CHANNELS: 'never' })).toEqual([{ name: 'NAME_IN_CHANNELS', meant: 'NAMES_IN_CHANNELS' }])
    expect(misspelled({ DATABASE_URL_FIEL: '/run/x' })).toEqual([{ name: 'DATABASE_URL_FIEL', meant: 'DATABASE_URL_FILE' }])
    expect(
      misspelled({
        HOSTNAME: 'x',
        HOME: '/root',
        NODE_OPTIONS: '',
        PATH: '/bin',
        GONG_BUILD_NUMBER: '7',
        HTTP_PROXY: 'http://p:1',
        http_proxy: 'http://p:1',
        TCP_PORT: '80',
        SHELL: '/bin/sh',
        USER: 'x',
      }),
    ).toEqual([])
    const { SLACK_BOT_TOKEN: token, ...rest } = least
    expect(problemsOf({ ...rest, SLACK_BOT_TOKN: token })).toEqual([
      'SLACK_BOT_TOKEN is missing',
      'SLACK_BOT_TOKN is not a variable of gong-digest; SLACK_BOT_TOKEN is',
    ])
  })

  describe.each(Object.keys(variables).filter((name) => name !== 'HTTPS_PROXY'))('%s', (name) => {
    const oneLetterLess = Array.from(name, (_, at) => name.slice(0, at) + name.slice(at + 1)).filter((typed) => /^[A-Z_]{3,}$/.test(typed))
    const otherSigns = [name.replaceAll('_', ''), name.replaceAll('_', '-'), ...(name === 'NO_PROXY' ? [] : [name.toLowerCase()])]
    it('is pointed out where one letter or sign of it is missing, doubled or written otherwise', () => {
      for (const typed of [...oneLetterLess, ...otherSigns, `${name}${name.at(-1)}`].filter((each) => each !== name))
        expect(misspelledIn({ [typed]: 'x' }), typed).toEqual([{ name: typed, meant: name }])
    })
  })

  it.each(['"', "'"])('names a value that docker run --env-file left in quotation marks: %s', (mark) => {
    const problems = problemsOf({ ...least, GONG_ACCESS_KEY: `${mark}hush-key${mark}` })
    expect(problems).toEqual([
      'GONG_ACCESS_KEY begins and ends with a quotation mark, which docker run --env-file keeps as part of the value: write it without',
    ])
    expect(problemsOf({ ...least, ADMINS: `${mark}a@x.example${mark}` }).join()).toMatch(/^ADMINS begins and ends/)
  })

  it.each([
    ['curly quotation marks', '\u201chush-key\u201d', 'begins and ends with a quotation mark'],
    ['one quotation mark', 'hush-key\u2019', 'has a quotation mark in it'],
    ['the word of the request', 'Bearer hush-key', 'begins with "Bearer", which belongs to the request'],
    ['a line break', 'hush\nkey', 'has a line break in it'],
    ['a space', 'hush key', 'has a space or an invisible character in it'],
    ['a zero-width space', 'hush\u200bkey', 'has a space or an invisible character in it'],
  ])('refuses a secret that was copied with %s, by name and without its value', (_what, value, problem) => {
    for (const name of ['GONG_ACCESS_KEY', 'GONG_ACCESS_KEY_SECRET'] as const) {
      const [said = '', ...more] = problemsOf({ ...least, [name]: value })
      expect(said).toContain(`${name} ${problem}`)
      expect([said.includes('hush'), more]).toEqual([false, []])
    }
  })

  it('takes the proxy that every program of the machine is given', () => {
    const lower = readConfig({ ...least, https_proxy: 'http://proxy:3128', no_proxy: 'localhost' }).settings
    expect(lower).toMatchObject({ HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'localhost' })
    expect(readConfig({ ...least, https_proxy: 'http://proxy:3128', HTTPS_PROXY: 'http://ours:1' }).settings.HTTPS_PROXY).toBe(
      'http://ours:1',
    )
  })
})
