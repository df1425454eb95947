// The doctor at each thing that can be wrong: what it says, what to do about it, and exit code 1.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encryptionFindings } from '../../src/cli/doctor/database-finding.ts'
import { examine } from '../../src/cli/doctor/doctor.ts'
import { exitCodeOf, type Finding, printFindings } from '../../src/cli/doctor/finding.ts'
import type { Surroundings } from '../../src/cli/workbench.ts'
import { movableClock, systemClock } from '../../src/clock.ts'
import { openStore } from '../../src/store/database/connect.ts'
import { layEmptyStore } from '../kit/empty-store.ts'
import { usualDatabaseSetting } from '../kit/store.ts'
import { teamDigest } from '../kit/team-digest.ts'
import { manifestText, startSimulators } from './simulators.ts'

let world: Awaited<ReturnType<typeof startSimulators>>
const folder = mkdtempSync(path.join(tmpdir(), 'doctor-'))
beforeAll(async () => {
  world = await startSimulators(systemClock.now())
})
afterAll(async () => {
  await world?.stop()
  rmSync(folder, { recursive: true })
})

async function doctor(changes: Record<string, string | undefined> = {}, around: Partial<Surroundings> = {}) {
  const database = changes.DATA_DIR === undefined ? await usualDatabaseSetting() : {}
  const findings = await examine({ ...world.environment, ...database, ...changes }, { ...world.around, ...around })
  return { code: exitCodeOf(findings), text: printFindings(findings), findings }
}

/** The finding with these words is a problem, and says how to fix it. */
function expectProblem(findings: readonly Finding[], words: RegExp, remedy: RegExp): void {
  const found = findings.find(({ says }) => words.test(says))
  expect([words, found?.state, remedy.test(found?.remedy ?? '')]).toEqual([words, 'to fix', true])
}

describe('the doctor', () => {
  it('names each channel a digest cannot go to any more, with the reason and the way out', async () => {
    const dataDir = path.join(folder, 'data')
    await layEmptyStore(dataDir)
    const store = await openStore({ ...world.around, realTime: 'database', budget: { perSecond: 2, perDay: 4000 }, dataDir })
    const channels = { archived: 'C0OLD', shared: 'C0PARTNER', guests: 'C0EVENTS' }
    const { managerChannelId, managerId } = world.workspace
    const digest = (id: string, channelId: string) =>
      teamDigest({ id, subjectId: '1', destination: { type: 'channel', channelId }, ownerSlackId: managerId })
    await store.subscriptions.insert(digest('fine', managerChannelId))
    await store.subscriptions.insert(digest('gone', 'C0NOWHERE'))
    for (const [id, channelId] of Object.entries(channels)) await store.subscriptions.insert(digest(id, channelId))
    await store.close()

    // Channels are looked at even while Gong refuses the key.
    const { code, findings, text } = await doctor({ DATA_DIR: dataDir, GONG_ACCESS_KEY_SECRET: 'wrong', GONG_API: 'documented' })
    expect(code).toBe(1)
    expectProblem(findings, new RegExp(`${channels.archived}: it is archived`), /Move the digest/)
    expectProblem(findings, new RegExp(`${channels.shared}: it is shared with another company`), /never go to a channel of two companies/)
    expectProblem(findings, new RegExp(`${channels.guests}: (a guest|\\d+ guests) can read it`), /ALLOW_GUESTS/)
    expectProblem(findings, /C0NOWHERE/, /digest|Invite/)
    expect(text).not.toContain(managerChannelId)
    expectProblem(findings, /^Reading .*refused|^Gong does not answer/, /make a new one in Gong/)
  })

  it('says that Postgres cannot be reached, never with its password, and goes on with the rest', async () => {
    const { code, findings, text } = await doctor({ DATABASE_URL: 'postgres://bot:hush-hush@127.0.0.1:1/digest' })
    expect(code).toBe(1)
    expectProblem(findings, /^DATABASE_URL: the database could not be opened \(ECONNREFUSED\)/, /cannot start/)
    expect(text).toContain('Check that the server runs')
    expect(text).toContain('Gong answers with')
    expect(text).not.toContain('hush-hush')
  })

  it('says that the embedded folder cannot be written', async () => {
    const { findings } = await doctor({ DATA_DIR: '/dev/null/data' })
    expectProblem(findings, /cannot be used/, /cannot start/)
  })

  it('says that Socket Mode does not open, and where its token is made', async () => {
    const { code, findings } = await doctor({ SLACK_APP_TOKEN: 'xapp-wrong' })
    expect(code).toBe(1)
    expectProblem(findings, /^Socket Mode does not open \(invalid_auth\)/, /connections:write under Basic Information/)
  })

  it('finds the service at its port over HTTP by its refusal of what Slack did not sign', async () => {
    const service = createServer((_request, response) => response.writeHead(401).end())
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
    const { port } = service.address() as AddressInfo
    const { text } = await doctor({ SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'simulated-signing-secret', PORT: String(port) })
    expect(text).toContain(`✓ The service answers at port ${port}`)
    service.closeAllConnections()
    await new Promise((resolve) => service.close(resolve))
  })

  it("warns of a clock that is not Slack's", async () => {
    const { code, findings } = await doctor({}, { clock: movableClock(new Date(world.around.clock.now().getTime() + 600_000)) })
    expect(code).toBe(1)
    expectProblem(findings, /clock is (599|60\d) s ahead of Slack's/, /NTP/)
  })

  it('says that Slack is not there at all', async () => {
    const { code, findings } = await doctor({ SLACK_API_URL: 'http://127.0.0.1:1/api' })
    expect(code).toBe(1)
    expectProblem(findings, /^The bot token does not work/, /SLACK_API_URL, HTTPS_PROXY/)
  })

  it('names the scopes an installed app lacks: what must be mended, and what is lost without the optional ones', async () => {
    const fewer = manifestText.replaceAll(/^ +- (groups:read|files:write|channels:history)\n/gm, '')
    const other = await startSimulators(systemClock.now(), fewer)
    try {
      const findings = await examine({ ...other.environment, ...(await usualDatabaseSetting()) }, other.around)
      expect(exitCodeOf(findings)).toBe(1)
      expectProblem(findings, /^The token lacks groups:read\.$/, /Reinstall/)
      const text = printFindings(findings)
      expect(text).toContain('· Without files:write: ')
      expect(text).toContain('· Without channels:history: ')
      expect(text).not.toContain('Without groups:history')
    } finally {
      await other.stop()
    }
  })
})

describe('the connection to Postgres', () => {
  const says = (...given: Parameters<typeof encryptionFindings>) =>
    encryptionFindings(...given).map(({ state, says }) => `${state}: ${says}`)

  it('is a remark when it is not encrypted, or the server need not prove who it is, and says what to add', () => {
    expect(says('postgres://u:p@db.example/d', false)).toEqual([expect.stringMatching(/^worth knowing: .*is not encrypted/)])
    expect(says('postgres://u:p@db.example/d?sslmode=no-verify', true)).toEqual([expect.stringMatching(/^worth knowing: .*need not prove/)])
    expect(encryptionFindings('postgres://u:p@db.example/d', false)[0]?.remedy).toContain('?sslmode=verify-full')
    expect(says('postgres://u:p@db.example/d?sslmode=verify-full', true)).toEqual(['good: The connection to it is encrypted.'])
  })

  it('is no matter on this machine', () => {
    for (const url of ['postgres://u:p@localhost/d', 'postgres://u@127.0.0.1:5432/d', 'postgres:///d?host=/run/postgresql'])
      expect(says(url, false)).toEqual([])
    expect(says(undefined, undefined)).toEqual([])
  })
})
