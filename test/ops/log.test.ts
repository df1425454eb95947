// The log at trace, over both transports: commands, a form, a file, settings, Home of an admin, a digest and a reminder on their schedule,
// a failing Gong, a failing Slack and a bug. Then every line is
// searched for every secret, name, e-mail, message text and figure; and one delivery is followed through by its id.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningApp, startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config/config.ts'
import { createLog } from '../../src/log.ts'
import { moveClock } from '../../src/sandbox/demo-stage.ts'
import { orderDigest } from '../../src/sandbox/order-digest.ts'
import type { SimulatedMessage } from '../../src/sandbox/slack/workspace.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { startSimulators, unpaced } from '../cli/simulators.ts'
import { keptLog } from '../kit/quiet-log.ts'
import { usualDatabaseSetting } from '../kit/store.ts'

const dayMs = 86_400_000
/** The week after it is one with a reminder, whenever the tests run. */
const tuesday = new Date('2026-11-24T08:00:00Z')

describe.each(['http', 'socket'] as const)('the log of a week over %s', (transport) => {
  let world: Awaited<ReturnType<typeof startSimulators>>
  let app: RunningApp
  const kept = keptLog('trace')
  const entries = (): Record<string, unknown>[] => kept.lines.map((line) => JSON.parse(line))
  const saying = (msg: string) => entries().filter((entry) => entry.msg === msg)
  const typed: string[] = []
  let reminder: SimulatedMessage | undefined

  beforeAll(async () => {
    world = await startSimulators(tuesday)
    const { slack, gong, clock, workspace } = world
    const http = { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: slack.signingSecret, PORT: '0' }
    const config = readConfig({ ...world.environment, ...(await usualDatabaseSetting()), ...(transport === 'http' && http) })
    const fast = { ...config, settings: { ...config.settings, GONG_REQUESTS_PER_SECOND: 500, GONG_REQUESTS_PER_DAY: 100_000 } }
    app = await startApp(fast, { clock, log: kept.log, ...unpaced })
    if (transport === 'http') slack.setRequestUrl(`http://127.0.0.1:${app.port}/slack/events`)
    await app.tick()
    await app.refresh()
    await app.idle()
    await orderDigest({ slack, app, workspace })
    await askForReminders()
    await moveClock(clock, app, new Date(clock.now().getTime() + 7 * dayMs))
    const { managerId, managerChannelId } = workspace
    for (const text of [
      '/gong-stats team last week',
      '/gong-scorecards',
      '/gong-coaching',
      '/gong-coaching remind on',
      '/gong-digest',
      '/gong-stats nonsense hush-hush',
      '/gong-stats who saw me',
    ]) {
      typed.push(text)
      await slack.type(managerId, managerChannelId, text)
      await app.idle()
    }
    await slack.openHome(managerId)
    await app.idle()
    const undo = gong.faults.add({ type: 'refused', status: 401, error: 'Invalid access key' })
    await slack.type(managerId, managerChannelId, '/gong-stats me 3-9 March')
    await app.idle()
    undo()
    await journeyOn()
  })

  const coach = (): string => slackIdOf(world.gong.personas.neverCoaches)

  async function press(userId: string, channelId: string, label: string): Promise<void> {
    const message = world.slack.messages(channelId, userId).findLast(({ blocks }) => JSON.stringify(blocks).includes(label))
    if (!message) throw new Error(`no message to press ${label} in`)
    await world.slack.press(userId, message, label)
    await app.idle()
  }

  /** Reminders on, and the goal changed in its form. */
  async function askForReminders(): Promise<void> {
    const own = world.slack.workspace.directMessageWith(coach()).id
    for (const text of ['/gong-coaching remind on', '/gong-coaching remind']) {
      typed.push(text)
      await world.slack.type(coach(), own, text)
      await app.idle()
    }
    await press(coach(), own, 'Change goal')
    await world.slack.submit(coach())
    await app.idle()
  }

  /** A file that fails once, an answered reminder, Home of an admin, and a Home that Slack refuses. */
  async function journeyOn(): Promise<void> {
    const { slack, workspace } = world
    slack.faults.add({ type: 'error', method: 'files.getUploadURLExternal', error: 'internal_error' }, 1)
    await press(workspace.managerId, workspace.managerChannelId, 'CSV')
    await press(workspace.managerId, workspace.managerChannelId, 'CSV')
    reminder = slack.directMessages(coach()).findLast(({ metadata }) => metadata !== undefined)
    if (reminder) await slack.press(coach(), reminder, 'Done')
    await slack.openHome('U0ADMIN')
    await app.idle()
    slack.faults.add({ type: 'error', method: 'views.publish', error: 'internal_error' }, 1)
    await slack.openHome(coach())
    await app.idle()
  }

  afterAll(async () => {
    await app?.stop()
    await world?.stop()
  })

  it('has one line per command and per reading, and no line carries what was typed', () => {
    const answered = saying('answered').filter(({ name }) => String(name).startsWith('/gong-'))
    // The command the digest was ordered with, those typed, and the one Gong refused.
    expect(answered.length).toBe(1 + typed.length + 1)
    expect(saying('Gong was read').length).toBeGreaterThan(0)
  })

  it('went through an export, a changed goal, a reminder and its answer, and a failing Slack', () => {
    const { slack, workspace } = world
    const files = slack.directMessages(workspace.managerId).flatMap((message) => message.files ?? [])
    expect(files.map(({ name }) => name)).toEqual([expect.stringMatching(/^gong-\w+-.*\.csv$/)])
    expect(reminder?.text).toContain('people to hear this week')
    const refused = slack.requestLog.all().flatMap(({ name, error }) => (error === undefined ? [] : [`${name} ${error}`]))
    expect(refused).toContain('files.getUploadURLExternal internal_error')
    expect(refused).toContain('views.publish internal_error')
  })

  it('follows a digest on its schedule from reserved to posted by one id, which is also in the message', () => {
    const posted = world.slack
      .messages(world.workspace.managerChannelId, world.workspace.managerId)
      .find(({ metadata }) => metadata !== undefined)
    const id = /"([0-9a-f-]{36})"/.exec(JSON.stringify(posted?.metadata))?.[1]
    const steps = entries().filter(({ deliveryId }) => deliveryId === id)
    expect(steps.map(({ msg }) => msg)).toEqual(['Working on a delivery', 'Delivered'])
    expect(steps.at(-1)).toMatchObject({
      occurrence: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      channelId: posted?.channelId,
      messageTs: posted?.ts,
    })
    // One line for each delivery that reached Slack, and none twice.
    const delivered = saying('Delivered').map(({ deliveryId }) => deliveryId)
    expect(new Set(delivered).size).toBe(delivered.length)
  })

  it('holds no secret, name, e-mail, message text or figure', () => {
    const all = kept.lines.join('').toLowerCase()
    const { environment, gong, slack, workspace } = world
    const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, GONG_ACCESS_KEY, GONG_ACCESS_KEY_SECRET } = environment
    const secrets = [SLACK_BOT_TOKEN, SLACK_APP_TOKEN, GONG_ACCESS_KEY, GONG_ACCESS_KEY_SECRET, slack.signingSecret, 'Basic ', 'Bearer ']
    const people = gong.company.people.flatMap(({ firstName, lastName, email }) => [`${firstName} ${lastName}`, email])
    const users = workspace.users.flatMap(({ realName, email, name }) => [realName, email, name])
    const messages = [
      ...workspace.users.flatMap(({ id }) => slack.directMessages(id)),
      ...slack.messages(workspace.managerChannelId, workspace.managerId),
    ]
    const files = messages.flatMap((message) => message.files ?? []).flatMap(({ content }) => content.split(/[\r\n]+/))
    const said = readable([
      messages.map(({ text, blocks }) => ({ text, blocks })),
      ...[workspace.managerId, coach(), 'U0ADMIN'].map((id) => slack.home(id)?.blocks),
    ])
    const texts = said.filter((text) => text.length > 12)
    const figures = said.flatMap((text) => text.match(/\d+(?:\.\d+)? ?%/g) ?? [])
    expect(texts.length).toBeGreaterThan(60)
    expect(figures.length).toBeGreaterThan(10)
    const searched = [...secrets, ...people, ...users, ...texts, ...files, ...figures, 'hush-hush', 'nonsense'].filter(
      (text): text is string => text !== undefined && text !== '',
    )
    expect(searched.filter((text) => all.includes(text.toLowerCase()))).toEqual([])
    // Nor a share or a mean as the figures are kept: outside of times no number has a fraction.
    const values = entries().flatMap(({ time: _, ...facts }) => JSON.stringify(facts).match(/(?<![\d".])\d+\.\d+(?![\d".])/g) ?? [])
    expect(values).toEqual([])
  })
})

const kept = new Set(['value', 'action_id', 'block_id', 'callback_id', 'private_metadata', 'url', 'type', 'style', 'accessibility_label'])

/** Every text a person could read. */
function readable(tree: unknown, key = ''): string[] {
  if (kept.has(key)) return []
  if (typeof tree === 'string') return [tree]
  if (typeof tree !== 'object' || tree === null) return []
  return Object.entries(tree).flatMap(([name, value]) => readable(value, name))
}

it('the log leaves out fields that carry texts, wherever they are', () => {
  const lines: string[] = []
  createLog('trace', { write: (entry) => void lines.push(entry) }).info({ email: 'a@x', deep: { text: 'hello', token: 'xoxb' } }, 'fact')
  expect(lines.join('')).not.toMatch(/a@x|hello|xoxb/)
})
