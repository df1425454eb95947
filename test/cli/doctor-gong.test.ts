// What the doctor says of Gong to the operator of a real installation, line by line, and the exit code scripts see.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examine } from '../../src/cli/doctor/doctor.ts'
import { exitCodeOf, printFindings } from '../../src/cli/doctor/finding.ts'
import { systemClock } from '../../src/clock.ts'
import { addDays, datesIn, localDateOf } from '../../src/domain/period.ts'
import { usualDatabaseSetting } from '../kit/store.ts'
import { runCommand } from '../kit/terminal.ts'
import { manifestText, startSimulators } from './simulators.ts'

type Simulators = Awaited<ReturnType<typeof startSimulators>>
const everyone = (same: Parameters<NonNullable<Parameters<typeof startSimulators>[2]>>[0]) => same
/** The week before it is one with calls and coaching, whenever the tests run. */
const wednesday = new Date('2026-11-25T11:00:00Z')
const folder = mkdtempSync(path.join(tmpdir(), 'doctor-gong-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function doctorOf(world: Simulators, changes: Record<string, string | undefined> = {}) {
  const findings = await examine({ ...world.environment, ...(await usualDatabaseSetting()), ...changes }, world.around)
  const text = printFindings(findings)
  return { code: exitCodeOf(findings), text, gong: findings.filter(({ area }) => area === 'Gong') }
}

/** Calls held in the seven days before today, from the made calls themselves. */
function callsLastWeek({ gong, clock }: Simulators): number {
  const today = localDateOf(clock.now(), gong.zone)
  return datesIn({ from: addDays(today, -7), to: today }).flatMap((date) =>
    gong.company.people.flatMap((person) => gong.book.callsOf(person, date)),
  ).length
}

describe.each(['documented', 'live'] as const)('of a Gong that answers by the %s contract, the doctor', (contract) => {
  let world: Simulators
  beforeAll(async () => {
    world = await startSimulators(wednesday, manifestText, everyone, { contract })
  })
  afterAll(() => world?.stop())

  it('says which contract and credentials, what the key may read and sees, the zone, unit and coaching, and what reading takes', async () => {
    const { gong } = await doctorOf(world)
    expect(exitCodeOf(gong)).toBe(0)
    const live = contract === 'live'
    expect(gong.map(({ state, says }) => `${state}: ${says}`)).toEqual([
      `good: Gong answers with ${live ? "Gong's own service as it answers today" : 'the documented contract'} (found out just now); credentials: access key.`,
      `good: The key may read people, activity, daily activity, interaction, scorecards, coaching${live ? ', scorecard questions, workspaces' : ''}.`,
      'good: It sees 43 active people.',
      `good: It sees ${callsLastWeek(world)} calls hosted in the last seven days.`,
      'good: Days are counted in: Europe/Berlin (set by you; GONG_TIME_ZONE overrides).',
      `good: Talk ratios come as: ${live ? 'fraction' : 'percent'} (found out just now; GONG_TALK_RATIO_UNIT overrides).`,
      `good: Coaching rows are: ${live ? 'per-report' : 'totals'} (found out just now; GONG_COACHING_ROWS overrides).`,
      expect.stringMatching(
        /^good: The first reading takes \d+ requests, about 1 min at 3 a second; a normal day takes up to \d+ of 4000\.$/,
      ),
    ])
  })

  it("says what a key lacks by Gong's name for it, and that it is to be given", async () => {
    const lacking = await startSimulators(systemClock.now(), manifestText, everyone, {
      contract,
      missingScopes: ['api:stats:scorecards', 'api:coaching:read'],
    })
    try {
      const { code, gong } = await doctorOf(lacking)
      expect(code).toBe(1)
      const wrong = gong.filter(({ state }) => state === 'to fix')
      expect(wrong.map(({ remedy }) => remedy)).toEqual([
        'Give the key the scope api:stats:scorecards in Gong.',
        'Give the key the scope api:coaching:read in Gong.',
      ])
      expect(wrong[0]?.says).toMatch(
        /^Reading scorecards: Gong refused with 401: You don't have permission.*\(Gong's request id sim-\d+\)\. Lost without it: scorecards, and coverage of coaching by them\.$/,
      )
      expect(gong.map(({ says }) => says)).toContain(
        `The key may read people, activity, daily activity, interaction${contract === 'live' ? ', scorecard questions, workspaces' : ''}.`,
      )
    } finally {
      await lacking.stop()
    }
  })
})

describe('where something of Gong is wrong, the doctor', () => {
  let world: Simulators
  beforeAll(async () => {
    world = await startSimulators(systemClock.now())
  })
  afterAll(() => world?.stop())

  it("gives Gong's own words and request id for a refused key, and every reason it can have", async () => {
    const { code, gong } = await doctorOf(world, { GONG_ACCESS_KEY_SECRET: 'wrong' })
    expect(code).toBe(1)
    expect(gong).toHaveLength(3)
    expect(gong[0]?.says).toMatch(
      /^Gong does not answer as it should: Gong refused with 401: The credentials are invalid or have expired\. To start without this question set GONG_API to live or documented \(Gong's request id sim-\d+\)\.$/,
    )
    expect(gong[0]?.remedy).toBe(
      'The credential is expired or revoked, lacks a scope, or is of another host than GONG_BASE_URL: make a new one in Gong.',
    )
  })

  it('says when to come back where the allowance of the day is spent', async () => {
    const spent = await startSimulators(systemClock.now(), manifestText, everyone, { requestsPerDay: 0 })
    try {
      const { code, gong } = await doctorOf(spent)
      expect(code).toBe(1)
      expect(gong[0]?.remedy).toMatch(/^Run the doctor again in \d+ min; other integrations may share the company's allowance\.$/)
    } finally {
      await spent.stop()
    }
  })

  it('says that something else than Gong answers', async () => {
    const mend = world.gong.faults.add({ type: 'html' })
    const { code, gong } = await doctorOf(world)
    mend()
    expect(code).toBe(1)
    expect(gong[0]?.says).toContain('the answer is text/html instead of JSON')
    expect(gong[0]?.remedy).toContain('something else than Gong may answer there')
  })

  it('asks for the zone where nothing tells it', async () => {
    const { code, text } = await doctorOf(world, { GONG_TIME_ZONE: '' })
    expect(code).toBe(1)
    expect(text).toContain("GONG_TIME_ZONE is missing: set the company's zone in Gong, for example Europe/Berlin")
    // The rest is looked at all the same.
    expect(text).toContain('It sees 43 active people.')
  })

  it('tells every line of PEOPLE_FILE that is wrong, by its number and never its content', async () => {
    const file = path.join(folder, 'people.csv')
    writeFileSync(file, 'gong_user_id,email,active\n1,hush-hush,true\n2,b@x.example,perhaps\n2,c@x.example,no\n')
    const { code, text } = await doctorOf(world, { PEOPLE_FILE: file })
    expect(code).toBe(1)
    for (const problem of [
      'PEOPLE_FILE line 2: email is no e-mail address',
      'PEOPLE_FILE line 3: active must be true or false',
      'PEOPLE_FILE line 4: gong_user_id is the same as on line 3',
    ])
      expect(text).toContain(`✗ ${problem}`)
    for (const content of ['hush-hush', 'perhaps', 'x.example']) expect(text).not.toContain(content)
  })

  it('says how long a fixed token lasts, and knows OAuth', async () => {
    const { accessToken, clientId, clientSecret, refreshToken } = world.gong.credentials
    const key = { GONG_ACCESS_KEY: '', GONG_ACCESS_KEY_SECRET: '' }
    const fixed = await doctorOf(world, { ...key, GONG_ACCESS_TOKEN: accessToken })
    expect(fixed.text).toContain('credentials: fixed access token')
    expect(fixed.text).toContain('· GONG_ACCESS_TOKEN ends in about 24 h.')
    expect(fixed.code).toBe(0)
    const oauth = await doctorOf(world, {
      ...key,
      GONG_CLIENT_ID: clientId,
      GONG_CLIENT_SECRET: clientSecret,
      GONG_REFRESH_TOKEN: refreshToken,
      GONG_TOKEN_URL: world.gong.tokenUrl,
      TOKEN_ENCRYPTION_KEY: 'k'.repeat(32),
    })
    expect(oauth.text).toContain('credentials: OAuth')
    expect(oauth.code).toBe(0)
  })

  it('ends the process with 0 without problems, and with 1 where there is one to fix', async () => {
    const environment = { ...world.environment, ...(await usualDatabaseSetting()) }
    const well = await runCommand(['doctor'], folder, environment)
    expect([well.code, well.out.includes('No problems found.')]).toEqual([0, true])
    expect(well.err).toMatch(/^(Asking Gong: [^\n]+ …\n)+$/)
    const refused = await runCommand(['doctor'], folder, { ...environment, GONG_ACCESS_KEY_SECRET: 'wrong' })
    expect([refused.code, /\d+ problems? to fix\./.test(refused.out)]).toEqual([1, true])
    expect(refused.err).toMatch(/^(Asking Gong: [^\n]+ …\n)*$/)
  })
})
