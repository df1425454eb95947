// A second installation in one workspace, `--name staging`: its commands are typed with the ending, and everything it says names them so.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningApp, startApp } from '../../src/app.ts'
import { manifestFor } from '../../src/cli/setup/manifest-link.ts'
import { systemClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config/config.ts'
import { createLog } from '../../src/log.ts'
import { manifestText, startSimulators, unpaced } from '../cli/simulators.ts'
import { usualDatabaseSetting } from '../kit/store.ts'

let world: Awaited<ReturnType<typeof startSimulators>>
let app: RunningApp
beforeAll(async () => {
  world = await startSimulators(
    systemClock.now(),
    JSON.stringify(manifestFor(manifestText, { transport: { type: 'socket' }, name: 'staging' })),
  )
  const config = readConfig({
    ...world.environment,
    ...(await usualDatabaseSetting()),
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: world.slack.signingSecret,
    PORT: '0',
    COMMAND_SUFFIX: 'staging',
  })
  const fast = { ...config, settings: { ...config.settings, GONG_REQUESTS_PER_SECOND: 500, GONG_REQUESTS_PER_DAY: 100_000 } }
  app = await startApp(fast, { clock: world.clock, log: createLog('silent'), ...unpaced })
  world.slack.setRequestUrl(`http://127.0.0.1:${app.port}/slack/events`)
  await app.tick()
  await app.refresh()
  await app.idle()
})
afterAll(async () => {
  await app?.stop()
  await world?.stop()
})

const kept = new Set(['value', 'action_id', 'block_id', 'callback_id', 'private_metadata', 'url', 'metadata'])

/** Every text a person could read. */
const readable = (tree: unknown, key = ''): string[] => {
  if (kept.has(key)) return []
  if (typeof tree === 'string') return [tree]
  if (typeof tree !== 'object' || tree === null) return []
  return Object.entries(tree).flatMap(([name, value]) => readable(value, name))
}

it('is spoken to and speaks by its own names: help, refusals, answers, forms, Home and the first message', async () => {
  const { slack, workspace } = world
  const { managerId, managerChannelId } = workspace
  for (const typed of ['/gong-stats-staging help', '/gong-stats-staging nonsense', '/gong-stats-staging', '/gong-coaching-staging help'])
    expect(await slack.type(managerId, managerChannelId, typed)).toMatchObject({ type: 'acknowledged' })
  await slack.type(managerId, managerChannelId, '/gong-digest-staging')
  await app.idle()
  await slack.openHome(managerId)
  await app.idle()
  const adminId = workspace.users.find(({ email }) => email === workspace.adminEmail)?.id ?? ''
  const messages = slack.messages(managerChannelId, managerId).map(({ text, blocks }) => ({ text, blocks }))
  expect(messages.length).toBeGreaterThanOrEqual(5)
  const said = readable([
    messages,
    slack.home(managerId)?.blocks,
    slack.directMessages(adminId).map(({ text, blocks }) => ({ text, blocks })),
  ])
  expect(said.filter((text) => text.includes('-staging')).length).toBeGreaterThan(8)
  expect(said.filter((text) => /\/gong-(stats|scorecards|coaching|digest)(?![\w-])/.test(text))).toEqual([])
  // A button still works: what it sends back keeps the names of the list.
  const seen = () => JSON.stringify(slack.messages(managerChannelId, managerId))
  const pressed = slack.messages(managerChannelId, managerId).find(({ blocks }) => JSON.stringify(blocks).includes('"value":"/gong-'))
  const label = /"type":"button","text":\{"type":"plain_text","text":"([^"]+)"[^{}]*\},[^{}]*"value":"\/gong-/.exec(
    JSON.stringify(pressed?.blocks),
  )?.[1]
  if (!pressed || label === undefined) throw new Error('no answer has a button')
  const before = seen()
  await slack.press(managerId, pressed, label)
  await app.idle()
  expect(seen()).not.toBe(before)
  expect(seen()).not.toContain('older message')
})
