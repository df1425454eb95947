// The database goes away while people use the bot and an operator watches, and comes back: the real app on Postgres, by way of a network
// that can be cut.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningApp, startApp } from '../../src/app.ts'
import { systemClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config/config.ts'
import { startSimulators, unpaced } from '../cli/simulators.ts'
import { migratedDatabase } from '../kit/database.ts'
import { type FaultyNetwork, faultyNetwork } from '../kit/faulty-network.ts'
import { keptLog } from '../kit/quiet-log.ts'

let world: Awaited<ReturnType<typeof startSimulators>>
let network: FaultyNetwork
let app: RunningApp
const kept = keptLog('info')
beforeAll(async () => {
  world = await startSimulators(systemClock.now())
  network = await faultyNetwork(await migratedDatabase())
  const config = readConfig({
    ...world.environment,
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: world.slack.signingSecret,
    PORT: '0',
    HEALTH_PORT: '0',
    DATABASE_URL: network.url,
  })
  const fast = { ...config, settings: { ...config.settings, GONG_REQUESTS_PER_SECOND: 500, GONG_REQUESTS_PER_DAY: 100_000 } }
  app = await startApp(fast, { clock: world.clock, log: kept.log, ...unpaced })
  world.slack.setRequestUrl(`http://127.0.0.1:${app.port}/slack/events`)
  await app.tick()
  await app.idle()
  await app.refresh()
})
afterAll(async () => {
  network?.restore()
  await app?.stop()
  await network?.close()
  await world?.stop()
})

/** What the manager reads after typing this. */
async function answerTo(text: string): Promise<string> {
  const { slack, workspace } = world
  const { managerId, managerChannelId } = workspace
  const before = slack.messages(managerChannelId, managerId).length
  await slack.type(managerId, managerChannelId, text)
  await slack.until(() => slack.messages(managerChannelId, managerId).length > before)
  return JSON.stringify(slack.messages(managerChannelId, managerId).slice(before))
}
const health = async (route: string) => {
  const answer = await fetch(`http://127.0.0.1:${app.healthPort}${route}`)
  return { status: answer.status, text: await answer.text() }
}
const down = /My database does not answer right now\. Nothing is lost/

it('is said in words to whoever asks and to the operator, logged once, and is over by itself', async () => {
  const { slack, workspace } = world
  expect(await answerTo('/gong-stats team last week')).toContain('Talk ratio')
  expect(await health('/readyz')).toMatchObject({ status: 200 })

  network.refuse()
  network.cut()
  const linesBefore = kept.lines.length
  expect(await answerTo('/gong-stats team last week')).toMatch(down)
  expect(await answerTo('/gong-coaching')).toMatch(down)
  await slack.openHome(workspace.managerId)
  await expect.poll(() => JSON.stringify(slack.home(workspace.managerId))).toMatch(down)
  for (let beat = 0; beat < 5; beat += 1) await expect(app.tick()).rejects.toThrow()
  const ready = await health('/readyz')
  expect(ready.status).toBe(503)
  expect(ready.text).toMatch(/^The database does not answer\. Check that its server runs/m)
  const metrics = await health('/metrics')
  expect(metrics.status).toBe(200)
  expect(metrics.text).toContain('gong_digest_build_info')
  expect(metrics.text).not.toMatch(/^gong_digest_open_deliveries/m)
  const lines = kept.lines.slice(linesBefore).map((line) => JSON.parse(line) as { level: number; err?: object; msg: string })
  // Whatever failed for want of the database shares the minute's line. The queue looks every two seconds, so a slow test may see a second one.
  const failures = lines.filter(({ err, level }) => err && level >= 40)
  expect(failures.length).toBeGreaterThanOrEqual(1)
  expect(failures.length).toBeLessThanOrEqual(3)
  expect(JSON.stringify(lines)).not.toMatch(/a bug stopped/)

  network.restore()
  expect(await answerTo('/gong-stats team last week')).toContain('Talk ratio')
  expect(await health('/readyz')).toMatchObject({ status: 200 })
})
