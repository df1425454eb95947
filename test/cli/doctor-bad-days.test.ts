// The doctor where Slack, Gong or the database refuses, fails, breaks off or says nothing, at every question it asks of them: it comes to an
// end, names the thing and the remedy, and takes nothing for a bug.
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { channelFindings } from '../../src/cli/doctor/channel-findings.ts'
import { databaseFinding } from '../../src/cli/doctor/database-finding.ts'
import { examine } from '../../src/cli/doctor/doctor.ts'
import { failureFinding } from '../../src/cli/doctor/failure-finding.ts'
import { exitCodeOf, type Finding, printFindings } from '../../src/cli/doctor/finding.ts'
import { gongFindings } from '../../src/cli/doctor/gong-findings.ts'
import { lookAtPeople } from '../../src/cli/doctor/look-at-people.ts'
import { withoutDatabase } from '../../src/cli/doctor/without-database.ts'
import { withSlack } from '../../src/cli/with-slack.ts'
import { findStore } from '../../src/cli/workbench.ts'
import { systemClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config/config.ts'
import { describeGong } from '../../src/gong/check/check.ts'
import { gongOptions } from '../../src/options.ts'
import type { Store } from '../../src/store/store.ts'
import { between, type Instead, instead } from '../kit/between.ts'
import { migratedDatabase } from '../kit/database.ts'
import { faultyNetwork } from '../kit/faulty-network.ts'
import { memoryStore, openOn } from '../kit/store.ts'
import { teamDigest } from '../kit/team-digest.ts'
import { startSimulators } from './simulators.ts'

/** Enough for an answer on loopback under any load of ours, and soon over where none comes. */
const patience = {
  slackMs: 1500,
  slackWaitMs: 0,
  slackRetryMs: 1,
  gong: { attempts: 2, deadlineMs: 1500, firstPauseMs: 1, longestWaitMs: 100 },
}
/** Read after the first one, which the bot is in; it is in none of these. */
const channelIds = ['C0X', 'C0Y', 'C0Z']

let world: Awaited<ReturnType<typeof startSimulators>>
let store: Store
beforeAll(async () => {
  world = await startSimulators(systemClock.now())
  store = await memoryStore({ clock: systemClock })
  for (const channelId of [world.workspace.managerChannelId, ...channelIds])
    await store.subscriptions.insert(
      teamDigest({ id: channelId, destination: { type: 'channel', channelId }, ownerSlackId: world.workspace.managerId }),
    )
})
afterAll(async () => {
  await store?.close()
  await world?.stop()
})

const around = () => ({ ...world.around, patience, storeChanges: { ...world.around.storeChanges, openingAttempts: 2 } })
const configOf = (changes: Record<string, string> = {}) => readConfig({ ...world.environment, ...changes })

/** Problems alone; each has a remedy, none is a bug, and nothing of what the other end wrote is repeated. */
function problemsIn(findings: readonly Finding[]): string[] {
  const problems = findings.filter(({ state }) => state === 'to fix')
  expect(exitCodeOf(problems)).toBe(1)
  expect(printFindings(problems)).not.toMatch(/a bug|\n\s+at |Ana/)
  return problems.map(({ says, remedy = '' }) => `${says} → ${remedy}`)
}

const refusedByGong = (status: number, words: string, headers = {}) => instead.json({ requestId: 'r-1', errors: [words] }, status, headers)
const refusedBySlack = (error: string, more: object = {}) => instead.json({ ok: false, error, ...more })

/** What an answer comes to, whatever was asked of Slack. */
const slackDays: readonly (readonly [what: string, answer: Instead, code: string, remedy: RegExp])[] = [
  ['the token is refused', refusedBySlack('invalid_auth'), 'invalid_auth', /Copy the Bot User OAuth Token/],
  ['the app is switched off', refusedBySlack('account_inactive'), 'account_inactive', /if the app was removed, install it again/],
  ['a scope is missing', refusedBySlack('missing_scope', { needed: 'users:read' }), 'missing_scope', /Paste manifest\.yml again/],
  ['too much was asked, in words', refusedBySlack('ratelimited'), 'ratelimited', /Slack asks to wait 30 s/],
  [
    'too much was asked, for an hour',
    instead.json({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': '3600' }),
    'ratelimited',
    /Slack asks to wait 3600 s/,
  ],
  ['Slack fails', refusedBySlack('internal_error'), 'internal_error', /status\.slack\.com|move the digest/],
  ['Slack fails for good', refusedBySlack('fatal_error'), 'fatal_error', /status\.slack\.com|move the digest/],
  ['a page comes', instead.page, 'not_an_answer_of_slack', /Something on the way answers in place of Slack|move the digest/],
  ['a balancer says no', instead.unavailable, 'http_503', /status\.slack\.com|move the digest/],
  ['nothing comes', instead.silence, 'TimeoutError', /could not be reached: check SLACK_API_URL, HTTPS_PROXY/],
  ['half an answer comes', instead.half, 'UND_ERR_SOCKET', /could not be reached: check SLACK_API_URL, HTTPS_PROXY/],
  ['an empty answer comes', instead.json({ ok: true }), 'incomplete_answer', /status\.slack\.com|move the digest/],
]

/** Slack answers `method` like this; the rest as always. */
async function whereSlack<T>(method: string, answer: Instead, look: (apiUrl: string) => Promise<T>) {
  const slack = await between(world.slack.apiUrl, (path) => (path.endsWith(`/${method}`) ? answer : undefined))
  try {
    const found = await look(`${slack.origin}/api`)
    return { found, asked: slack.asked.map((path) => path.split('/').at(-1) ?? '') }
  } finally {
    await slack.close()
  }
}

describe.each(slackDays)('where %s', (_what, answer, code, remedy) => {
  const bracketed = new RegExp(`\\(${code}\\)`)
  // Without Gong's key nothing but Slack is looked at.
  const slackAlone = (apiUrl: string) => examine({ ...world.environment, GONG_ACCESS_KEY: '', SLACK_API_URL: apiUrl }, around())

  it('the doctor says so of the bot token', async () => {
    const { found } = await whereSlack('auth.test', answer, slackAlone)
    const said = problemsIn(found.filter(({ area }) => area === 'Slack'))
    expect(said).toEqual([expect.stringMatching(bracketed)])
    expect(said[0]).toMatch(remedy)
  })

  it('the doctor says so of Socket Mode', async () => {
    const { found } = await whereSlack('apps.connections.open', answer, slackAlone)
    const said = problemsIn(found.filter(({ area }) => area === 'Slack'))
    expect(said).toEqual([expect.stringMatching(bracketed)])
    expect(said[0]).toMatch(/invalid_auth|account_inactive|missing_scope/.test(code) ? /Create an app-level token/ : remedy)
  })

  it('the doctor says so of the list of members', async () => {
    const { found } = await whereSlack('users.list', answer, (apiUrl) =>
      withSlack(configOf({ SLACK_API_URL: apiUrl }).settings, store, around(), ({ directory }) => directory.refresh()).then(
        () => [],
        (error: unknown) => [failureFinding('people', error)],
      ),
    )
    const said = problemsIn(found)
    expect(said[0]).toMatch(bracketed)
    expect(said[0]).toMatch(remedy)
  })

  it.each(['conversations.info', 'conversations.members', 'users.info'])('the doctor says so of channels, at %s', async (method) => {
    const { found, asked } = await whereSlack(method, answer, (apiUrl) =>
      channelFindings(configOf({ SLACK_API_URL: apiUrl }).settings, store, around()),
    )
    const said = problemsIn(found)
    const first = said.find((words) => bracketed.test(words)) ?? ''
    expect(first).toMatch(new RegExp(`^Channel ${world.workspace.managerChannelId} could not be looked at`))
    expect(first).toMatch(remedy)
    // What Slack would answer for any channel is asked once.
    if (!/status|move/.test(remedy.source)) expect([first, said.length]).toEqual([expect.stringMatching(/The 3 after it were not/), 1])
    // It looks; it changes nothing.
    for (const name of asked) expect(['auth.test', 'conversations.info', 'conversations.members', 'users.info']).toContain(name)
  })
})

/** What an answer comes to, whatever was asked of Gong: its words, and what to do. */
const gongDays: readonly (readonly [what: string, answer: Instead, says: RegExp, remedy: RegExp])[] = [
  ['the key is refused', refusedByGong(401, 'The credentials are invalid'), /refused with 401/, /expired or revoked/],
  ['a scope is missing', refusedByGong(403, "You don't have permission to use 'api:x:read' scope"), /refused with 403/, /scope api:x:read/],
  ['the key may not', refusedByGong(403, 'Forbidden'), /refused with 403/, /may not do this/],
  ['nothing is there', refusedByGong(404, 'Not here'), /404|cannot be trusted/, /check GONG_BASE_URL/],
  ['too much was asked, for a day', refusedByGong(429, 'Too many', { 'retry-after': '86400' }), /no more requests/, /again in \d+ min/],
  ['Gong fails', refusedByGong(500, 'oops'), /it answered 500/, /Gong itself may be down/],
  ['a page comes', instead.page, /text\/html instead of JSON/, /something else than Gong may answer/],
  ['nothing comes', instead.silence, /unavailable/, /Check GONG_BASE_URL, HTTPS_PROXY/],
  ['half an answer comes', instead.half, /unavailable|cannot be trusted/, /GONG_BASE_URL/],
  ['an empty answer comes', instead.json({}), /./, /./],
]

describe.each([
  ['a first look', 'auto'],
  ['a look at a known contract', 'live'],
])('in %s', (_when, api) => {
  it.each(gongDays)('where %s, the doctor says so', async (_what, answer, says, remedy) => {
    const gong = await between(world.gong.baseUrl, () => answer)
    const config = configOf({ GONG_BASE_URL: gong.origin, GONG_API: api })
    const over = withoutDatabase({ perSecond: 1000, perDay: 1_000_000 }, systemClock)
    const check = await describeGong({ ...gongOptions(config, over, around()), limits: patience.gong })
    await gong.close()
    const said = problemsIn(gongFindings(check, systemClock.now()))
    expect(said[0]).toMatch(says)
    expect(said[0]).toMatch(remedy)
    // Who does not answer, or asks to wait, is not asked for each thing in turn.
    if (/unavailable|no more/.test(says.source)) expect(gong.asked.length).toBeLessThanOrEqual(4)
  })
})

/** A database of its own after `change`, by the address of somebody who is no superuser. */
async function databaseAfter(change: (name: string) => string): Promise<string> {
  const url = new URL(await migratedDatabase())
  const name = url.pathname.slice(1)
  const client = new Client({ connectionString: url.href })
  await client.connect()
  await client.query(`CREATE ROLE bot_${name} LOGIN PASSWORD 'hush'`)
  await client.query(change(name))
  await client.end()
  url.username = `bot_${name}`
  url.password = 'hush'
  return url.href
}

describe('a database that will not do', () => {
  it.each<readonly [string, () => string | Promise<string>, RegExp]>([
    ['where nobody listens', () => 'postgres://u:hush@127.0.0.1:1/d', /ECONNREFUSED\): nobody answers .* Check that the server runs/],
    ['that is something else', () => world.slack.apiUrl.replace('http:', 'postgres:'), /DATABASE_URL: .* Check /],
    ['of no such name', async () => `${await databaseAfter(() => 'SELECT 1')}_gone`, /3D000.* no database of that name/],
    ['without TLS', async () => `${await databaseAfter(() => 'SELECT 1')}?sslmode=verify-full`, /no TLS\): .* Switch TLS on/],
    ['whose authority is no file', async () => `${await migratedDatabase()}?sslrootcert=/nowhere.pem`, /sslrootcert.* cannot be read/],
    [
      'that takes no changes',
      () => databaseAfter((name) => `ALTER DATABASE ${name} SET default_transaction_read_only = on`),
      /25006\): the server is read-only/,
    ],
    ['with no connection left', () => databaseAfter((name) => `ALTER DATABASE ${name} CONNECTION LIMIT 0`), /53300\): all connections/],
    ['whose user may not create tables', () => databaseAfter(() => 'SELECT 1'), /42501\): the user may not create tables/],
    ['whose user is not let in', () => databaseAfter((name) => `ALTER ROLE bot_${name} NOLOGIN`), /28000\): the server does not let/],
    [
      'whose user may not connect',
      () => databaseAfter((name) => `REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC`),
      /42501\): the user may not/,
    ],
  ])('is said with what to do, and no password: one %s', async (_what, address, words) => {
    const config = configOf({ DATABASE_URL: await address() })
    const [said] = problemsIn([databaseFinding(await findStore(config, around()), config.settings)])
    expect(said).toMatch(words)
    expect(said).not.toMatch(/hush|nowhere/)
  })

  it('that dies after it was opened is said as that, in every look', async () => {
    const config = configOf()
    const network = await faultyNetwork(await migratedDatabase())
    const dead = await openOn(network.url, { clock: systemClock })
    network.refuse()
    network.cut()
    for (const look of [() => channelFindings(config.settings, dead, around()), () => lookAtPeople(config, dead, true, around())])
      expect(problemsIn([failureFinding('digests', await look().catch((error: unknown) => error))])).toEqual([
        expect.stringMatching(/^The database failed while it was asked.* → The database does not answer/),
      ])
    await dead.close()
    await network.close()
  })
})
