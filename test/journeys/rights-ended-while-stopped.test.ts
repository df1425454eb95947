// Somebody is made a guest, and an admin of Slack is one no more, while the service is stopped: nobody sends the events again.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningApp, startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config/config.ts'
import { createLog } from '../../src/log.ts'
import { startSimulators, unpaced } from '../cli/simulators.ts'
import { migratedDatabase } from '../kit/database.ts'

let world: Awaited<ReturnType<typeof startSimulators>>
let app: RunningApp | undefined
let start: () => Promise<void>
beforeAll(async () => {
  world = await startSimulators(new Date('2026-11-25T11:00:00Z'))
  const config = readConfig({
    ...world.environment,
    DATABASE_URL: await migratedDatabase(),
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: world.slack.signingSecret,
    PORT: '0',
  })
  const fast = { ...config, settings: { ...config.settings, GONG_REQUESTS_PER_SECOND: 500, GONG_REQUESTS_PER_DAY: 100_000 } }
  start = async () => {
    app = await startApp(fast, { clock: world.clock, log: createLog('silent'), ...unpaced })
    world.slack.setRequestUrl(`http://127.0.0.1:${app.port}/slack/events`)
  }
  await start()
  await app?.tick()
  await app?.refresh()
  await app?.idle()
})
afterAll(async () => {
  await app?.stop()
  await world?.stop()
})

it('is known at the first command after it', async () => {
  const { slack, workspace, clock } = world
  const { managerId, managerChannelId } = workspace
  const answers = async () => {
    const seen = slack.messages(managerChannelId, managerId).length
    await slack.type(managerId, managerChannelId, '/gong-stats')
    await app?.idle()
    return JSON.stringify(slack.messages(managerChannelId, managerId).slice(seen))
  }
  expect(await answers()).not.toContain('guest accounts see none')
  await app?.stop()
  const user = slack.workspace.users.get(managerId)
  if (!user) throw new Error('no such user')
  slack.workspace.users.set(managerId, { ...user, isGuest: true })
  clock.moveTo(new Date('2026-11-25T12:00:00Z'))
  await start()
  expect(await answers()).toContain('guest accounts see none')
})
