import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { costFinding } from '../../src/cli/doctor/cost-finding.ts'
import { examine } from '../../src/cli/doctor/doctor.ts'
import { exitCodeOf, printFindings } from '../../src/cli/doctor/finding.ts'
import { peopleFindings } from '../../src/cli/doctor/people-findings.ts'
import { systemClock } from '../../src/clock.ts'
import { orgChart } from '../../src/domain/team.ts'
import { lockFolder } from '../../src/store/database/folder-lock.ts'
import { usualDatabaseSetting } from '../kit/store.ts'
import { startSimulators } from './simulators.ts'

let world: Awaited<ReturnType<typeof startSimulators>>
beforeAll(async () => {
  world = await startSimulators(systemClock.now())
})
afterAll(() => world?.stop())

/** On the embedded database where `changes` name one. */
const doctor = async (changes: Record<string, string | undefined> = {}) => {
  const database = changes.DATA_DIR === undefined ? await usualDatabaseSetting() : {}
  const findings = await examine({ ...world.environment, ...database, ...changes }, world.around)
  return { code: exitCodeOf(findings), text: printFindings(findings) }
}

describe('npm run doctor', () => {
  it('finds no problem where everything works, and says who was found and what reading will cost', async () => {
    const { code, text } = await doctor({ DATA_DIR: 'memory://' })
    expect(text).toContain('No problems found.')
    expect(text).toMatch(/^environment\n {2}✓ gong-digest \d+\.\d+\.\d+ on Node /)
    expect(code).toBe(0)
    expect(text).toContain('✓ Socket Mode opens.')
    expect(text).toMatch(/\d+ of \d+ people are matched to a Slack user; \d+ of them lead a team/)
    expect(text).toContain('1 person administers the bot')
    expect(text).toMatch(/The first reading takes \d+ requests, about \d+ min at 3 a second; a normal day takes up to \d+ of 4000/)
    expect(text).toContain('The embedded database opens')
  })

  it('names every wrong variable, never a value, and still asks Slack', async () => {
    const { code, text } = await doctor({ GONG_ACCESS_KEY: '', MINIMUM_GROUP: 'hush-one' })
    expect(code).toBe(1)
    expect(text).toContain('GONG_ACCESS_KEY is missing')
    expect(text).toContain('MINIMUM_GROUP')
    expect(text).toContain('✓ The bot token works')
    expect(text).not.toContain('hush')
  })

  it('tells a refused Slack token and a refused Gong key apart', async () => {
    const slack = await doctor({ SLACK_BOT_TOKEN: 'xoxb-wrong' })
    expect(slack.code).toBe(1)
    expect(slack.text).toContain('✗ The bot token does not work (invalid_auth)')
    expect(slack.text).toContain('Gong answers with')
    const gong = await doctor({ GONG_ACCESS_KEY_SECRET: 'wrong', GONG_API: 'documented' })
    expect(gong.code).toBe(1)
    expect(gong.text).toContain('✓ The bot token works')
    expect(gong.text).toContain('make a new one in Gong')
  })

  it('says that nobody administers the bot', async () => {
    const { code, text } = await doctor({ ADMINS: '' })
    expect(code).toBe(1)
    expect(text).toContain('Nobody administers the bot')
    expect((await doctor({ ADMINS: 'somebody@elsewhere.example' })).text).toContain('None of ADMINS is a member')
  })

  it('takes a folder held by the running service for no error', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'held-'))
    const lock = lockFolder(folder)
    try {
      const { code, text } = await doctor({ DATA_DIR: folder })
      expect(text).toContain('· The running service holds the embedded database')
      expect(code).toBe(0)
    } finally {
      lock.release()
      rmSync(folder, { recursive: true })
    }
  })

  it('says over HTTP whether the service runs, or something else has its port', async () => {
    const other = createServer((_request, response) => response.end('hello'))
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const http = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'simulated-signing-secret', PORT: String(port) }
    const taken = await doctor(http)
    expect(taken.text).toContain(`Something else than this bot answers at port ${port}`)
    await new Promise((resolve) => other.close(resolve))
    const free = await doctor(http)
    expect(free.text).toContain('The service is not running')
    expect(free.code).toBe(0)
  })
})

describe('its words', () => {
  const person = (id: string, email: string, managerId?: string) => ({
    id,
    name: id,
    emails: [email],
    active: true,
    ...(managerId && { managerId }),
  })

  it('names two Gong people who carry one e-mail by their ids', () => {
    const chart = orgChart([person('1', 'a@x'), person('2', 'b@x', '1'), person('3', 'b@x', '1')])
    const text = printFindings(peopleFindings({ chart, matched: new Set(['1']), admins: 1, adminsConfigured: 1 }))
    expect(text).toContain('1 of 3 people are matched')
    expect(text).toContain('Gong ids 2 and 3')
    expect(text).not.toContain('b@x')
  })

  it('names people who are linked to one Slack user by their ids, and how to put it right', () => {
    const linked = { slackUserId: 'U1' }
    const chart = orgChart([
      { ...person('1', 'a@x'), ...linked },
      { ...person('2', 'b@x', '1'), ...linked },
      { ...person('3', 'c@x', '1'), slackUserId: 'U3' },
      { ...person('4', 'd@x', '1'), slackUserId: 'U3', active: false },
    ])
    const text = printFindings(peopleFindings({ chart, matched: new Set(['3']), admins: 1, adminsConfigured: 1 }))
    expect(text).toContain('One Slack user is linked to several people in Gong, and therefore matched to none of them (Gong ids 1 and 2).')
    expect(text).toContain('Link the right person from Home (admins), which ends the other links; or correct PEOPLE_FILE.')
  })

  it("counts a normal day by the periods that can still move, within refreshing's share of the budget", () => {
    // Three readings of 2 requests, all of them due: 6. Two move: 4 an hour, 96 a day.
    const read = (from: string, to: string) => ({ kind: 'activity' as const, period: { from, to }, requests: 2 })
    const due = [read('2026-11-16', '2026-11-23'), read('2026-11-09', '2026-11-16'), read('2026-09-07', '2026-09-14')]
    const plan = { due, wanted: 3, moving: 4, maximumAgeMs: 3_600_000 }
    const limits = { perSecond: 2, perDay: 4000 }
    expect(costFinding(plan, limits).says).toBe(
      'The first reading takes 6 requests, about 1 min at 2 a second; a normal day takes up to 96 of 4000.',
    )
    expect(costFinding({ ...plan, due: due.slice(0, 1) }, limits).says).toBe(
      '2 requests are due now, about 1 min at 2 a second; a normal day takes up to 96 of 4000.',
    )
    expect(costFinding({ ...plan, due: [] }, limits).says).toBe(
      'Everything wanted was read, nothing is due now; a normal day takes up to 96 of 4000.',
    )
    // 70 % of 100 a day.
    expect(costFinding(plan, { perSecond: 2, perDay: 100 }).says).toContain('up to 70 of 100')
  })
})
