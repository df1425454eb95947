// The setup's journey, answered by a script instead of a person, against the simulators: from an empty folder to a previewed digest.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examine } from '../../src/cli/doctor.ts'
import { withValues, writeEnvFile } from '../../src/cli/env-file.ts'
import { exitCodeOf } from '../../src/cli/finding.ts'
import type { Prompts } from '../../src/cli/prompts.ts'
import { setUp, type Values } from '../../src/cli/setup.ts'
import { createLog } from '../../src/log.ts'
import { openStore } from '../../src/store/connect.ts'
import { manifestText, startSimulators, zone } from './simulators.ts'

/** Answers each question by the first rule whose words it contains; a list is given one after another. Fails on a question nobody expects. */
function scripted(rules: Readonly<Record<string, string | boolean | readonly string[]>>) {
  const said: string[] = []
  const asked: string[] = []
  const left = new Map(Object.entries(rules).map(([words, answer]) => [words, Array.isArray(answer) ? [...answer] : answer]))
  const answer = (message: string): string | boolean => {
    asked.push(message)
    const found = [...left].find(([words]) => message.includes(words))
    if (!found) throw new Error(`nobody expects to be asked: ${message}`)
    const [, given] = found
    if (typeof given === 'string' || typeof given === 'boolean') return given
    const next = (given as string[]).shift()
    if (next === undefined) throw new Error(`asked once more than expected: ${message}`)
    return next
  }
  const prompts: Prompts = {
    text: async ({ message, initial }) => String(answer(message)) || (initial ?? ''),
    secret: async ({ message }) => String(answer(message)),
    choose: async ({ message, choices }) => {
      const value = answer(message)
      const choice = choices.find((one) => one.value === value)
      if (!choice) throw new Error(`${value} cannot be chosen`)
      return choice.value
    },
    confirm: async ({ message }) => answer(message) === true,
    say: (words) => void said.push(words),
    warn: (words) => void said.push(`! ${words}`),
    working: (_words, work) => work(),
  }
  return { prompts, asked, text: () => said.join('\n') }
}

let world: Awaited<ReturnType<typeof startSimulators>>
const folder = mkdtempSync(path.join(tmpdir(), 'setup-'))
beforeAll(async () => {
  world = await startSimulators()
}, 60_000)
afterAll(async () => {
  await world?.stop()
  rmSync(folder, { recursive: true })
})

async function run(rules: Parameters<typeof scripted>[0], known: Values, name?: string) {
  const around = { clock: world.clock, log: createLog('silent') }
  const scratch = await openStore({ ...around, dataDir: 'memory://', budget: { perSecond: 500, perDay: 4000 } })
  const script = scripted(rules)
  try {
    const values = await setUp({
      prompts: script.prompts,
      around,
      scratch,
      manifest: manifestText,
      known,
      ...(name !== undefined && { name }),
    })
    return { values, ...script }
  } finally {
    await scratch.close()
  }
}

describe('npm run setup', () => {
  it('leads from an empty folder over wrong answers to a digest, a private .env and a content doctor; again, it keeps what works', async () => {
    const { slack, gong, workspace } = world
    const given = { SLACK_API_URL: slack.apiUrl, DATA_DIR: 'memory://', GONG_REQUESTS_PER_SECOND: '3' }
    const first = await run(
      {
        'How shall Slack': 'socket',
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
      given,
    )
    const text = first.text()
    expect(text).toContain('https://api.slack.com/apps?new_app=1&manifest_json=')
    expect(text).toContain('! The bot token does not work (invalid_auth)')
    expect(text).toContain('! A whole address is needed')
    expect(text).toContain('make a new one in Gong')
    expect(text).toContain('! Atlantis/Capital is no time zone')
    expect(text).toContain('! nobody@x.example: no member of this workspace')
    expect(text).toMatch(/\d+ of \d+ people are matched/)
    expect(text).toMatch(/\d+ requests are due now/)
    expect(text).toMatch(/# .+'s team · /)
    expect(text).toContain('Talk ratio')

    const file = path.join(folder, '.env')
    writeEnvFile(file, readFileSync(path.resolve(import.meta.dirname, '../../.env.example'), 'utf8'), first.values)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const written = parseEnv(readFileSync(file, 'utf8'))
    expect(written).toMatchObject({ SLACK_BOT_TOKEN: slack.botToken, GONG_TIME_ZONE: zone, ADMINS: workspace.adminEmail })
    const findings = await examine({ ...given, ...written }, { clock: world.clock, log: createLog('silent') })
    expect(findings.filter(({ state }) => state === 'to mend')).toEqual([])
    expect(exitCodeOf(findings)).toBe(0)

    const again = await run(
      { 'How shall Slack': 'socket', 'Keep it?': true, 'Keep them?': true, 'first admin': '', 'show its digest': false },
      { ...given, ...written },
    )
    expect({ ...written, ...again.values }).toMatchObject({
      SLACK_BOT_TOKEN: slack.botToken,
      GONG_TIME_ZONE: zone,
      ADMINS: workspace.adminEmail,
    })
    expect(again.asked.filter((message) => message.includes('xoxb'))).toEqual([])
    expect(parseEnv(withValues('', again.values)).SLACK_APP_TOKEN).toBe(slack.appToken)
  }, 120_000)

  it('asks for the public address over HTTP, names the commands apart, and warns when there is no admin', async () => {
    const { slack, gong } = world
    const { values, text } = await run(
      {
        'How shall Slack': 'http',
        'Public address': ['http://plain', 'https://digest.example'],
        'Bot User OAuth Token': slack.botToken,
        'Signing Secret': 'simulated-signing-secret',
        'Address of the API': gong.baseUrl,
        'Access key secret': gong.credentials.accessKeySecret,
        'Access key': gong.credentials.accessKey,
        'Most people are in': true,
        'first admin': '',
        'show its digest': false,
      },
      { SLACK_API_URL: slack.apiUrl },
      'staging',
    )
    const link = decodeURIComponent(/manifest_json=(\S+)/.exec(text())?.[1] ?? '')
    expect(link).toContain('"/gong-stats-staging"')
    expect(link).toContain('https://digest.example/slack/events')
    expect(values.SLACK_SIGNING_SECRET).toBe('simulated-signing-secret')
    expect(values.SLACK_APP_TOKEN).toBeUndefined()
    expect(values.ADMINS).toBeUndefined()
    expect(text()).toContain('! Without an admin nobody can link people')
  }, 120_000)
})
