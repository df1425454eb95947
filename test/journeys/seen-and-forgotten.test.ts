// A person asks who has seen their numbers, in Home, in the digest they get and as a command, and then asks to be forgotten: the operator
// runs `npm run forget`, starts the bot again, and the next reading of Gong does not bring them back.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningApp, startApp } from '../../src/app.ts'
import { systemClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config/config.ts'
import { createLog } from '../../src/log.ts'
import { moveClock, nextWeekday } from '../../src/sandbox/demo-stage.ts'
import type { SimulatedPerson } from '../../src/sandbox/gong/company.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startSimulators, unpaced, zone } from '../cli/simulators.ts'
import { usualDatabaseSetting } from '../kit/store.ts'
import { runCommand } from '../kit/terminal.ts'
import { textOf } from '../kit/world.ts'

let world: Awaited<ReturnType<typeof startSimulators>>
let app: RunningApp
let environment: Record<string, string | undefined> = {}
let rep: SimulatedPerson
let repId = ''
const folder = mkdtempSync(path.join(tmpdir(), 'forgotten-'))
const adminId = 'U0ADMIN'

/** As after a deployment: the same database, and everything that is due read from Gong. */
async function start(): Promise<void> {
  const config = readConfig(environment)
  const fast = { ...config, settings: { ...config.settings, GONG_REQUESTS_PER_SECOND: 500, GONG_REQUESTS_PER_DAY: 100_000 } }
  app = await startApp(fast, { clock: world.clock, log: createLog('silent'), ...unpaced })
  world.slack.setRequestUrl(`http://127.0.0.1:${app.port}/slack/events`)
  await app.tick()
  await app.refresh()
  await app.idle()
}

beforeAll(async () => {
  world = await startSimulators(systemClock.now())
  environment = {
    ...world.environment,
    SLACK_APP_TOKEN: undefined,
    SLACK_SIGNING_SECRET: world.slack.signingSecret,
    PORT: '0',
    DATA_DIR: path.join(folder, 'data'),
    ...(await usualDatabaseSetting()),
  }
  rep = world.gong.company.personas.rep
  repId = slackIdOf(rep)
  await start()
})
afterAll(async () => {
  await app?.stop()
  await world?.stop()
  rmSync(folder, { recursive: true })
})

async function type(userId: string, text: string) {
  await world.slack.type(userId, world.slack.workspace.directMessageWith(userId).id, text)
  await app.idle()
  return world.slack.directMessages(userId).at(-1)
}

async function press(userId: string, message: Awaited<ReturnType<typeof type>>, control: string) {
  if (!message) throw new Error('there is no such message')
  await world.slack.press(userId, message, control)
  await app.idle()
}

const fullName = ({ firstName, lastName }: SimulatedPerson) => `${firstName} ${lastName}`
const nameOf = (userId: string) => world.slack.workspace.users.get(userId)?.realName ?? 'nobody'

describe('who has seen my numbers', () => {
  it('is nobody before somebody looked; own looks do not count', async () => {
    await type(repId, '/gong-stats me')
    expect(textOf(await type(repId, '/gong-stats who saw me'))).toContain('Nobody but you has looked at your figures in the last 12 months')
  })

  it('names the manager and the admin who looked, in the command, in Home and from the digest', async () => {
    const { managerId } = world.workspace
    expect(textOf(await type(managerId, `/gong-stats @${fullName(rep)}`))).toContain('Talk ratio')
    expect(textOf(await type(adminId, `/gong-stats @${fullName(rep)}`))).toContain('Talk ratio')

    const answer = textOf(await type(repId, '/gong-stats who saw me'))
    expect(answer).toContain(`*${nameOf(managerId)}* · looked with /gong-stats`)
    expect(answer).toContain(`*${nameOf(adminId)}* · looked with /gong-stats`)

    await world.slack.openHome(repId)
    await app.idle()
    const home = textOf(world.slack.home(repId))
    expect(home).toContain('Who has seen my numbers')
    expect(home).toContain(`*${nameOf(managerId)}*`)
    expect(home).toContain(`*${nameOf(adminId)}*`)

    await press(repId, await type(repId, '/gong-digest new'), 'New digest')
    await world.slack.submit(repId)
    await app.idle()
    await press(repId, await type(repId, '/gong-digest send now'), 'Send it')
    const digest = world.slack.directMessages(repId).find(({ metadata }) => metadata)
    await press(repId, digest, 'Who has seen my numbers')
    expect(textOf(world.slack.directMessages(repId).at(-1))).toContain(`*${nameOf(managerId)}* · looked with /gong-stats`)
  })

  it('counts digests with the name in them too, and shows nobody the looks at somebody else', async () => {
    const { managerId } = world.workspace
    await press(managerId, await type(managerId, '/gong-digest new'), 'New digest')
    await world.slack.fill(managerId, { 'digest-form:kind': 'manager' })
    await app.idle()
    await world.slack.submit(managerId)
    await app.idle()
    await type(managerId, '/gong-digest preview')
    expect(textOf(await type(repId, '/gong-stats who saw me'))).toContain(`*${nameOf(managerId)}* · looked with /gong-digest preview`)
    await press(managerId, await type(managerId, '/gong-digest send now'), 'Send it')
    expect(textOf(await type(repId, '/gong-stats who saw me'))).toContain(`*${nameOf(managerId)}* · received in the manager digest`)
    expect(textOf(await type(managerId, '/gong-stats who saw me'))).toContain('Nobody but you')
  })
})

describe('a person who asked to be forgotten', () => {
  it('is deleted by one command, which says what went and what stays in Slack', async () => {
    expect(textOf(await type(repId, '/gong-digest stop'))).toContain('Stopped.')
    await app.stop()
    const { code, out, err } = await runCommand(['forget', rep.email.toUpperCase()], folder, environment)
    expect(err).toBe('')
    expect(code).toBe(0)
    for (const table of ['people', 'interaction_rows', 'activity_rows', 'subscriptions', 'deliveries', 'access_log', 'opt_outs'])
      expect(out).toMatch(new RegExp(`^ +${table} +[1-9]`, 'm'))
    expect(out).toContain('Only a keyed hash of the Gong id stays')
    expect(out).toContain('What was posted stays in Slack until it is deleted there')
    for (const known of [rep.email, rep.firstName, rep.lastName, rep.id]) expect(out).not.toContain(known)
    const again = await runCommand(['forget', rep.email], folder, environment)
    expect(again.code).toBe(1)
    expect(again.err).toContain('Nobody with this e-mail')
  })

  it('is not brought back by the next reading of Gong, which still answers with them', async () => {
    const { managerId } = world.workspace
    const from = world.gong.log.all().length
    // The bot is down over two Mondays at least, and comes back at noon on one: everything recent is read again.
    const monday = nextWeekday(world.clock.now(), zone, 1, 12)
    const back = new Date(monday.getTime() + 14 * 24 * 3_600_000)
    world.clock.moveTo(back)
    await start()
    await moveClock(world.clock, app, back)
    const asked = world.gong.log.all().slice(from)
    expect(asked.some(({ path: asks }) => asks.includes('/users'))).toBe(true)
    expect(asked.filter(({ path: asks }) => asks.includes('/stats/')).length).toBeGreaterThan(2)

    expect(textOf(await type(adminId, `/gong-stats @${fullName(rep)}`))).not.toMatch(/\d+ %/)
    for (const text of ['/gong-stats team details', '/gong-stats team this week details', '/gong-scorecards team', '/gong-coaching']) {
      const answer = textOf(await type(managerId, text))
      expect(answer).not.toContain(fullName(rep))
      expect(answer).not.toContain(rep.id)
    }
    // Somebody the bot does not know: no figures, no digests, no log.
    for (const text of ['/gong-stats', '/gong-stats who saw me', '/gong-digest'])
      expect(textOf(await type(repId, text))).not.toMatch(/\d+ %/)
    expect(textOf(await type(repId, '/gong-stats who saw me'))).not.toContain(nameOf(managerId))
  })

  it('leaves everybody else as they were: a digest missed meanwhile comes once, says so, and names the forgotten one no more', async () => {
    const { managerId } = world.workspace
    const late = world.slack.directMessages(managerId).filter((message) => message.metadata && textOf(message).includes('Late by 3 h'))
    expect(late).toHaveLength(1)
    const thread = world.slack.directMessages(managerId).filter(({ threadTs }) => threadTs === late[0]?.ts)
    expect(JSON.stringify([late, thread])).not.toContain(fullName(rep))
    expect(textOf(await type(managerId, '/gong-digest history'))).toContain('skipped: the bot was away, and a later one was sent instead')
    expect(textOf(await type(managerId, '/gong-stats team'))).toMatch(/Talk ratio \*\d+ %\*/)
    expect(textOf(await type(managerId, '/gong-digest'))).toContain('Manager digest')
  })
})
