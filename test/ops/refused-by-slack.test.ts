// The running app while Slack refuses what only an operator can put right: the app token, the first list of everybody. It goes on with the
// rest, says so where it is looked at, and recovers by itself.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningApp, startApp } from '../../src/app.ts'
import { systemClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config/config.ts'
import { startSimulators, unpaced } from '../cli/simulators.ts'
import { migratedDatabase } from '../kit/database.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { openOn } from '../kit/store.ts'
import { teamDigest } from '../kit/team-digest.ts'

let world: Awaited<ReturnType<typeof startSimulators>>
let databaseUrl = ''
let app: RunningApp | undefined
const kept = keptLog('info')

async function start(environment: Record<string, string> = {}): Promise<RunningApp> {
  const config = readConfig({ ...world.environment, DATABASE_URL: databaseUrl, HEALTH_PORT: '0', ...environment })
  const fast = { ...config, settings: { ...config.settings, GONG_REQUESTS_PER_SECOND: 500, GONG_REQUESTS_PER_DAY: 100_000 } }
  return startApp(fast, { clock: world.clock, log: kept.log, ...unpaced })
}

const ready = async () => {
  const answer = await fetch(`http://127.0.0.1:${app?.healthPort}/readyz`)
  return { status: answer.status, text: await answer.text() }
}
const adminId = () => world.workspace.users.find(({ email }) => email === world.workspace.adminEmail)?.id ?? ''
const read = () => world.slack.directMessages(adminId()).map(({ text }) => text)
const home = () => JSON.stringify(world.slack.home(adminId())?.blocks ?? [])

async function minutes(count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    world.clock.moveTo(new Date(world.clock.now().getTime() + 60_000))
    await app?.tick()
    await app?.idle()
  }
}

beforeAll(async () => {
  world = await startSimulators(systemClock.now())
  databaseUrl = await migratedDatabase()
})
afterAll(async () => {
  await app?.stop()
  await world?.stop()
})

describe('the first list of everybody', () => {
  it('that fails four times is read within a quarter of an hour, and admins are greeted then', async () => {
    world.slack.faults.add({ type: 'error', method: 'users.list', error: 'team_is_being_migrated_away' }, 4)
    app = await start()
    await app.tick()
    await app.refresh()
    await app.idle()
    await minutes(2)
    expect((await ready()).text).toContain("Slack's directory could not be read yet")
    expect(read()).toEqual([])
    // Tried at 0, 1, 3 and 8 minutes, then at 18.
    await minutes(18)
    expect((await ready()).text).not.toContain("Slack's directory")
    expect(read()).toEqual([expect.stringContaining('Connected to Gong')])
    expect(world.slack.requestLog.all().filter(({ name }) => name === 'users.list').length).toBeGreaterThanOrEqual(5)
  })
})

describe('an app token that Slack refuses while the app runs', () => {
  it('is named at /readyz, in Home and once to admins; the app starts again with it, and comes back when it works', async () => {
    await world.slack.until(() => world.slack.socketCount() === 2)
    const before = read().length
    const end = world.slack.faults.add({ type: 'error', method: 'apps.connections.open', error: 'invalid_auth' })
    world.slack.dropSockets(2)
    await world.slack.until(() => home().includes('SLACK_APP_TOKEN'))
    await app?.idle()
    expect(await ready()).toEqual({
      status: 503,
      text: expect.stringContaining('Slack refuses SLACK_APP_TOKEN (invalid_auth), so commands are not heard; digests go on.'),
    })
    expect(read().slice(before)).toEqual([expect.stringContaining('Create an app-level token with the scope connections:write')])

    await app?.stop()
    app = await start()
    await minutes(2)
    expect(await ready()).toMatchObject({ status: 503 })
    expect(read()).toHaveLength(before + 1)
    // Another token that never worked is a mistake of whoever has just set it.
    await expect(start({ SLACK_APP_TOKEN: 'xapp-mistyped', HEALTH_PORT: '0' })).rejects.toThrow(/SLACK_APP_TOKEN: Slack does not accept it/)

    end()
    await world.slack.until(() => world.slack.socketCount() === 2)
    await world.slack.until(() => !home().includes('SLACK_APP_TOKEN'))
    await app.idle()
    expect(await ready()).toMatchObject({ status: 200 })
    expect(read().slice(before + 1)).toEqual([expect.stringContaining('Slack accepts SLACK_APP_TOKEN again')])
    expect(kept.lines.filter((line) => line.includes('Slack refuses the app token; commands'))).toHaveLength(2)
  })
})

describe.each([
  [
    'direct messages',
    { type: 'error', method: 'chat.postMessage', error: 'messages_tab_disabled', toPeople: true },
    'Messages Tab',
    'takes direct messages of the bot again',
  ],
  [
    'everything',
    { type: 'error', method: 'chat.postMessage', error: 'team_access_not_granted' },
    'org admin',
    'takes messages of the bot again',
  ],
] as const)('a setting that refuses %s', (_what, fault, remedy, overWords) => {
  it('is named in Home and at /readyz while it lasts, to admins once when it is over, and the digest goes out by itself', async () => {
    const { clock, slack, workspace } = world
    const { managerId } = workspace
    const manager = world.gong.company.personas.manager
    const store = await openOn(databaseUrl)
    const digests = () => slack.directMessages(managerId).filter(({ metadata, threadTs }) => metadata && !threadTs).length
    const [before, readBefore] = [digests(), read().length]
    const end = slack.faults.add(fault)
    const planned = new Date(clock.now().getTime() + 60_000)
    const recurrence = { weekdays: [1, 2, 3, 4, 5, 6, 7] as const, time: planned.toISOString().slice(11, 16), zone: 'UTC' }
    const digest = teamDigest({
      subjectId: manager.id,
      destination: { type: 'dm', slackUserId: managerId },
      recurrence,
      ownerSlackId: managerId,
      nextAt: new Date(`${planned.toISOString().slice(0, 16)}:00Z`),
      createdAt: clock.now(),
    })
    try {
      await store.subscriptions.insert(digest)
      await minutes(3)
      await slack.openHome(adminId())
      await expect.poll(home).toContain(remedy)
      expect(home()).toContain('Slack refuses the bot')
      expect((await ready()).text).toContain(fault.error)
      expect(digests()).toBe(before)
      end()
      await minutes(8)
      expect(digests()).toBe(before + 1)
      await minutes(32)
      expect(
        read()
          .slice(readBefore)
          .filter((text) => text.includes(overWords)),
      ).toHaveLength(1)
      await slack.openHome(adminId())
      await expect.poll(home).not.toContain('Slack refuses the bot')
      expect((await ready()).text).not.toContain(fault.error)
    } finally {
      end()
      await store.subscriptions.remove(digest.id)
      await store.close()
    }
  })
})
