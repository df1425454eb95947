// The setup's journey, answered by a script instead of a person, against the simulators: from an empty folder to a previewed digest, a
// private .env and a content doctor; then again, for a container, and for a second installation.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examine } from '../../src/cli/doctor/doctor.ts'
import { exitCodeOf, printFindings } from '../../src/cli/doctor/finding.ts'
import { runSetup } from '../../src/cli/setup/run.ts'
import type { Values } from '../../src/cli/setup/setup-deps.ts'
import { systemClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config/config.ts'
import { lockFolder } from '../../src/store/database/folder-lock.ts'
import { layEmptyStore } from '../kit/empty-store.ts'
import { scripted } from './scripted-prompts.ts'
import { startSimulators, zone } from './simulators.ts'

let world: Awaited<ReturnType<typeof startSimulators>>
/** What leads to the simulators instead of Slack itself; no answer is in it. */
let given: Values
const parent = mkdtempSync(path.join(tmpdir(), 'setup-'))
beforeAll(async () => {
  world = await startSimulators(systemClock.now())
  given = { SLACK_API_URL: world.slack.apiUrl, DATA_DIR: 'memory://', GONG_REQUESTS_PER_SECOND: '3' }
})
afterAll(async () => {
  await world?.stop()
  rmSync(parent, { recursive: true })
})

async function run(
  rules: Parameters<typeof scripted>[0],
  folder: string,
  options: { readonly print?: boolean; readonly name?: string; readonly environment?: Values } = {},
) {
  const script = scripted(rules)
  let output = ''
  const code = await runSetup({
    print: false,
    environment: given,
    ...options,
    prompts: script.prompts,
    around: world.around,
    folder,
    write(text) {
      output += text
    },
  })
  return { ...script, code, output }
}

async function doctor(environment: Values) {
  const { slack, workspace } = world
  const rest = { SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken, GONG_TIME_ZONE: zone, ADMINS: workspace.adminEmail }
  const findings = await examine({ ...environment, ...rest }, world.around)
  return { code: exitCodeOf(findings), text: printFindings(findings) }
}

const answersForSocket = () => ({
  'How shall Slack': 'socket',
  'Slackbot too?': false,
  'Bot User OAuth Token': world.slack.botToken,
  'App-level token': world.slack.appToken,
  'Address of the API': world.gong.baseUrl,
  'Access key secret': world.gong.credentials.accessKeySecret,
  'Access key': world.gong.credentials.accessKey,
  'Most people are in': true,
  'first admin': world.workspace.adminEmail,
  'show its digest': false,
})

describe('npm run setup', () => {
  it('leads from an empty folder over wrong answers to a digest, a private .env and a content doctor', async () => {
    const { slack, gong, workspace } = world
    const folder = mkdtempSync(path.join(parent, 'empty-'))
    const first = await run(
      {
        'How shall Slack': 'socket',
        'Slackbot too?': false,
        'Bot User OAuth Token': ['xoxb-wrong', slack.botToken],
        'App-level token': ['xapp-wrong', slack.appToken],
        'Address of the API': ['nowhere', gong.baseUrl, gong.baseUrl],
        'Access key secret': ['wrong', gong.credentials.accessKeySecret],
        'Access key': [gong.credentials.accessKey, gong.credentials.accessKey],
        'Most people are in': false,
        "The company's zone": ['Atlantis/Capital', zone],
        'first admin': ['nobody@x.example', workspace.adminEmail],
        'show its digest': true,
      },
      folder,
    )
    const text = first.text()
    // Alone on its line, so that a terminal can open it.
    expect(text).toMatch(/^https:\/\/api\.slack\.com\/apps\?new_app=1&manifest_json=\S+$/m)
    expect(text).toContain('! The bot token does not work (invalid_auth)')
    expect(text).toContain('! A whole address is needed')
    expect(text).toContain('make a new one in Gong')
    expect(text).toContain('! Atlantis/Capital is no time zone')
    expect(text).toContain('! nobody@x.example: no member of this workspace')
    expect(text).toMatch(/\d+ of \d+ people are matched/)
    expect(text).toMatch(/The first reading takes \d+ requests/)
    expect(text).toMatch(/# .+'s team · /)
    expect(text).toContain('Talk ratio')
    // On which page of Slack each token is found.
    expect(first.asked.join('\n')).toMatch(/OAuth & Permissions[\s\S]*Basic Information → App-Level Tokens/)
    expect(text).toContain('No problems found.')
    expect(text).toContain('Start it with: npm start')
    expect(first.code).toBe(0)
    expect(first.output).toBe('')

    const file = path.join(folder, '.env')
    expect(readdirSync(folder)).toEqual(['.env'])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const written = parseEnv(readFileSync(file, 'utf8'))
    expect(written).toMatchObject({ SLACK_BOT_TOKEN: slack.botToken, GONG_TIME_ZONE: zone, ADMINS: workspace.adminEmail })
    expect(readConfig({ ...given, ...written }).slackTransport.type).toBe('socket')
    // No secret is ever shown, not even a wrong one.
    for (const secret of [slack.botToken, slack.appToken, gong.credentials.accessKeySecret, 'xoxb-wrong'])
      expect(text).not.toContain(secret)

    // Again: what works is offered to be kept, nothing else changes, own lines stay.
    writeFileSync(file, `# mine\n${readFileSync(file, 'utf8')}LOG_LEVEL=debug\n`)
    const keep = {
      'How shall Slack': 'socket',
      'Slackbot too?': false,
      'Keep it?': true,
      'Keep them?': true,
      'first admin': '',
      'show its digest': false,
    }
    const again = await run(keep, folder)
    expect(again.code).toBe(0)
    expect(parseEnv(readFileSync(file, 'utf8'))).toEqual({ ...written, LOG_LEVEL: 'debug' })
    expect(readFileSync(file, 'utf8')).toMatch(/^# mine$/m)
    expect(statSync(file).mode & 0o777).toBe(0o600)

    // For a container, from the same folder: all of it on standard output, and the file is left alone.
    const before = readFileSync(file, 'utf8')
    const printed = await run(keep, folder, { print: true })
    // What is known from the environment alone too, but for the folder of this machine.
    const { DATA_DIR: _here, ...elsewhere } = given
    expect(parseEnv(printed.output)).toEqual({ ...elsewhere, ...written, LOG_LEVEL: 'debug' })
    expect(printed.text()).toContain('umask 077')
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  it('--print names a file that neither git nor an image takes in', () => {
    const root = path.resolve(import.meta.dirname, '../..')
    for (const file of ['.gitignore', '.dockerignore']) expect(readFileSync(path.join(root, file), 'utf8').split('\n')).toContain('*.env')
  })

  it('--print writes no file, prints what a container needs, and leaves secrets that lie in files there', async () => {
    const folder = mkdtempSync(path.join(parent, 'print-'))
    const token = path.join(parent, 'bot-token')
    writeFileSync(token, `${world.slack.botToken}\n`)
    const { output, code } = await run({ ...answersForSocket(), 'Keep it?': true }, folder, {
      print: true,
      environment: { ...given, SLACK_BOT_TOKEN_FILE: token },
    })
    expect(code).toBe(0)
    expect(readdirSync(folder)).toEqual([])
    const lines = parseEnv(output)
    expect(lines.SLACK_APP_TOKEN).toBe(world.slack.appToken)
    expect(lines.SLACK_BOT_TOKEN).toBeUndefined()
    expect(readConfig({ ...given, ...lines, SLACK_BOT_TOKEN_FILE: token }).settings.SLACK_BOT_TOKEN).toBe(world.slack.botToken)
  })

  it('asks for the public address over HTTP, names a second installation apart, and warns when there is no admin', async () => {
    const folder = mkdtempSync(path.join(parent, 'staging-'))
    const { text, code } = await run(
      {
        ...answersForSocket(),
        'How shall Slack': 'http',
        'Slackbot too?': true,
        'Public address': ['http://plain', 'https://digest.example'],
        'Signing Secret': 'simulated-signing-secret',
        'first admin': '',
      },
      folder,
      { name: 'staging' },
    )
    const link = decodeURIComponent(/manifest_json=(\S+)/.exec(text())?.[1] ?? '')
    expect(link).toContain('"/gong-stats-staging"')
    expect(link).toContain('Type /gong-stats-staging to see')
    expect(link).toContain('https://digest.example/slack/events')
    expect(link).toContain('"mcp_servers":{"gong-digest-staging":{"url":"https://digest.example/mcp","auth_type":"slack_identity_auth"}}')
    const written = parseEnv(readFileSync(path.join(folder, '.env'), 'utf8'))
    expect(written).toMatchObject({ SLACK_SIGNING_SECRET: 'simulated-signing-secret', COMMAND_SUFFIX: 'staging', MCP_PORT: '3000' })
    expect(written.SLACK_APP_TOKEN || undefined).toBeUndefined()
    expect(written.ADMINS || undefined).toBeUndefined()
    expect(text()).toContain('! Without an admin nobody can link people')
    expect(text()).toContain('Nobody administers the bot')
    expect(text()).toContain('Fix what the doctor names')
    expect(code).toBe(1)
  })

  it('keeps OAuth: its tokens work once, and the one that came last is where the service finds it', async () => {
    const folder = mkdtempSync(path.join(parent, 'oauth-'))
    const { clientId, clientSecret, refreshToken } = world.gong.credentials
    const environment = {
      ...given,
      DATA_DIR: path.join(folder, 'data'),
      GONG_BASE_URL: world.gong.baseUrl,
      GONG_CLIENT_ID: clientId,
      GONG_CLIENT_SECRET: clientSecret,
      GONG_REFRESH_TOKEN: refreshToken,
      GONG_TOKEN_URL: world.gong.tokenUrl,
      TOKEN_ENCRYPTION_KEY: 'k'.repeat(32),
    }
    await layEmptyStore(environment.DATA_DIR)
    const exchanges = () => world.gong.log.all().filter(({ path: of }) => of.startsWith('/oauth2/'))
    const before = exchanges().length
    const first = await run({ ...answersForSocket(), 'Keep them?': true }, folder, { environment })
    expect(first.text()).toContain('credentials: OAuth')
    expect([
      first.code,
      exchanges()
        .slice(before)
        .map(({ status }) => status),
    ]).toEqual([0, [200]])
    // While the service holds them, neither setup nor doctor takes one out of its hands.
    const lock = lockFolder(environment.DATA_DIR)
    try {
      await expect(run({ ...answersForSocket(), 'Keep them?': true }, folder, { environment })).rejects.toThrow('Stop it before the setup')
      const { text } = await doctor(environment)
      expect(text).toContain('Gong is not asked: its OAuth tokens work once')
      expect(exchanges()).toHaveLength(before + 1)
    } finally {
      lock.release()
    }
    // In a container the embedded database is another one: a token tried here would be lost to it.
    const printing = run({ ...answersForSocket(), 'Keep them?': true }, folder, { environment, print: true })
    await expect(printing).rejects.toThrow('could not be used in the container')
    const after = await doctor(environment)
    expect([after.code, exchanges().length]).toEqual([0, before + 1])
  })

  it('refuses a name Slack would not take', async () => {
    await expect(run({}, parent, { name: 'Two Words' })).rejects.toThrow('--name takes up to twelve')
  })
})
