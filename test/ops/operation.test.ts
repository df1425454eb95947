// The running app as its operator sees it: first contact, readiness and metrics. Its log has a test of its own.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningApp, startApp } from '../../src/app.ts'
import { systemClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config/config.ts'
import type { Log } from '../../src/log.ts'
import type { SimulatedUser } from '../../src/sandbox/slack/workspace.ts'
import { manifestText, startSimulators, unpaced } from '../cli/simulators.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { usualDatabaseSetting } from '../kit/store.ts'

let world: Awaited<ReturnType<typeof startSimulators>>
let app: RunningApp
const kept = keptLog('trace')

async function start(log: Log, environment: Record<string, string | undefined>): Promise<RunningApp> {
  const config = readConfig({
    ...world.environment,
    ...(await usualDatabaseSetting()),
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: world.slack.signingSecret,
    PORT: '0',
    HEALTH_PORT: '0',
    ...environment,
  })
  const fast = { ...config, settings: { ...config.settings, GONG_REQUESTS_PER_SECOND: 500, GONG_REQUESTS_PER_DAY: 100_000 } }
  const running = await startApp(fast, { clock: world.clock, log, ...unpaced })
  world.slack.setRequestUrl(`http://127.0.0.1:${running.port}/slack/events`)
  return running
}

const health = async (where: string) => (await fetch(`http://127.0.0.1:${app.healthPort}${where}`)).text()
const adminId = () => world.workspace.users.find(({ email }) => email === world.workspace.adminEmail)?.id ?? ''

/** Somebody whose address in Slack is not the one Gong knows. */
const strangerOf = (users: readonly SimulatedUser[]) => users.find(({ title, deleted }) => title === 'Account Executive' && !deleted)

beforeAll(async () => {
  world = await startSimulators(systemClock.now(), manifestText, (users) =>
    users.map((user) => (user.id === strangerOf(users)?.id ? { ...user, email: 'new@address.example' } : user)),
  )
  app = await start(kept.log, {})
  await app.tick()
  await app.refresh()
  await app.idle()
  const minute = () => world.clock.moveTo(new Date(world.clock.now().getTime() + 61_000))
  for (let i = 0; i < 3; i += 1) {
    minute()
    await app.tick()
    await app.idle()
  }
})
afterAll(async () => {
  await app?.stop()
  await world?.stop()
})

describe('first contact', () => {
  it('tells each admin once what was found, and its buttons work', async () => {
    const messages = () => world.slack.directMessages(adminId())
    expect(messages().length).toBe(1)
    const [message] = messages()
    const text = JSON.stringify(message?.blocks)
    expect(text).toMatch(/Connected to Gong: \d+ people in \d+ teams/)
    expect(text).toMatch(/\d+ of \d+ periods are ready/)
    if (!message) throw new Error('no message')
    await world.slack.press(adminId(), message, 'Preview a team digest to me')
    await app.idle()
    const preview = messages().at(-1)
    expect(JSON.stringify(preview?.blocks)).toContain('A preview, for your eyes only')
    expect(preview?.ephemeralTo).toBe(adminId())
    expect(text).toMatch(/\d+ of them ha(s|ve) no Slack user/)
    await world.slack.press(adminId(), message, 'Fix people')
    await app.idle()
    const stranger = strangerOf(world.workspace.users)
    const person = world.gong.company.people.find(({ email }) => email === stranger?.email)
    if (!stranger || !person) throw new Error('nobody to link')
    await world.slack.submit(adminId(), { 'link-user': stranger.id, 'pick-person': `${person.firstName} ${person.lastName}` })
    await app.idle()
    expect(world.slack.modal(adminId())?.errors ?? {}).toEqual({})
    await world.slack.type(stranger.id, world.workspace.managerChannelId, '/gong-stats')
    await app.idle()
    expect(JSON.stringify(world.slack.messages(world.workspace.managerChannelId, stranger.id).at(-1))).toContain('Talk ratio')
    await world.slack.press(adminId(), message, 'Start a pilot')
    await app.idle()
    expect(JSON.stringify(world.slack.modal(adminId()))).toContain('pilot')
    await world.slack.closeModal(adminId())
    for (const user of world.workspace.users.filter(({ id }) => id !== adminId())) expect(world.slack.directMessages(user.id)).toEqual([])
  })
})

describe('health', () => {
  it('is ready, and counts requests by operation and status, deliveries and commands', async () => {
    expect(await health('/readyz')).toBe('ready\n')
    const { managerId, managerChannelId } = world.workspace
    await world.slack.type(managerId, managerChannelId, '/gong-stats')
    await app.idle()
    const metrics = await health('/metrics')
    expect(metrics).toMatch(/gong_digest_gong_requests_total\{operation="POST \/stats\/interaction",status="200"\} [1-9]/)
    expect(metrics).toMatch(/gong_digest_deliveries_total\{outcome="sent"\} [1-9]/)
    expect(metrics).toMatch(/gong_digest_command_seconds_count\{command="\/gong-stats",outcome="answered"\} 2/)
    expect(metrics).toMatch(/gong_digest_gong_requests_left_today \d+/)
    expect(metrics).toMatch(/gong_digest_window_age_seconds \d+/)
    expect(metrics).toMatch(/gong_digest_open_deliveries 0/)
    expect(metrics).toMatch(/gong_digest_oldest_delivery_seconds 0/)
  })

  it('names nobody: no name, address, channel or id of anybody is in it, nor what was typed', async () => {
    const { managerId, managerChannelId, users, channels } = world.workspace
    await world.slack.type(managerId, managerChannelId, '/gong-stats @nobody-of-that-name')
    await app.idle()
    const answers = [await health('/metrics'), await health('/readyz'), await health('/nothing-there')].join('\n')
    const words = [
      ...users.flatMap(({ id, name, realName, email }) => [id, name, realName, ...(email === undefined ? [] : [email])]),
      ...world.gong.company.people.flatMap(({ id, firstName, lastName }) => [id, `${firstName} ${lastName}`]),
      ...channels.flatMap(({ id, name }) => [id, name]),
      'nobody-of-that-name',
    ]
    expect(words.length).toBeGreaterThan(150)
    // A word of its own: a short name may be a part of another word.
    const isThere = (word: string): boolean => new RegExp(`(?<![\\w.-])${RegExp.escape(word)}(?![\\w-])`, 'i').test(answers)
    expect(words.filter(isThere)).toEqual([])
  })

  it('is not ready while Slack refuses the token', async () => {
    world.clock.moveTo(new Date(world.clock.now().getTime() + 61_000))
    const undo = world.slack.faults.add({ type: 'token-revoked' })
    const answer = await fetch(`http://127.0.0.1:${app.healthPort}/readyz`)
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('Slack does not accept the bot token')
    undo()
    world.clock.moveTo(new Date(world.clock.now().getTime() + 61_000))
    expect(await health('/readyz')).toBe('ready\n')
  })
})

describe('a start without an admin', () => {
  it('warns', async () => {
    const { log, lines } = keptLog('warn')
    const other = await start(log, { ADMINS: '' })
    await other.stop()
    expect(lines.join('')).toContain('nobody administers the bot')
  })
})
