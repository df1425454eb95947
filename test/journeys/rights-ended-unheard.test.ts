// Somebody is made a guest, and the event of it reaches the other replica, or comes while the database is away: Slack had its answer, so
// nobody sends it again. Two replicas over one Postgres, the first by way of a network that fails.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningApp, startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config/config.ts'
import { createLog, type Log } from '../../src/log.ts'
import { startSimulators, unpaced } from '../cli/simulators.ts'
import { migratedDatabase } from '../kit/database.ts'
import { type FaultyNetwork, faultyNetwork } from '../kit/faulty-network.ts'

/** Resolves once the first replica could not store an event: its log may leave out that line. */
const lost = Promise.withResolvers<void>()
let world: Awaited<ReturnType<typeof startSimulators>>
let network: FaultyNetwork
let one: RunningApp
let other: RunningApp

beforeAll(async () => {
  world = await startSimulators(new Date('2026-11-25T11:00:00Z'))
  const database = await migratedDatabase()
  network = await faultyNetwork(database)
  const start = (databaseUrl: string, log: Log) => {
    const given = {
      ...world.environment,
      DATABASE_URL: databaseUrl,
      SLACK_APP_TOKEN: '',
      SLACK_SIGNING_SECRET: world.slack.signingSecret,
      PORT: '0',
    }
    const config = readConfig(given)
    const fast = { ...config, settings: { ...config.settings, GONG_REQUESTS_PER_SECOND: 500, GONG_REQUESTS_PER_DAY: 100_000 } }
    return startApp(fast, { clock: world.clock, log, ...unpaced })
  }
  const listening = createLog('silent')
  listening.error = (...line: readonly unknown[]) => {
    if (line.includes('an answer failed outside its own guard')) lost.resolve()
  }
  one = await start(network.url, listening)
  await one.tick()
  await one.refresh()
  await one.idle()
  world.clock.moveTo(new Date('2026-11-25T12:00:00Z'))
  await one.tick()
  await one.idle()
  world.clock.moveTo(new Date('2026-11-25T12:00:30Z'))
  other = await start(database, createLog('silent'))
})
afterAll(async () => {
  network?.restore()
  await one?.stop()
  await other?.stop()
  await network?.close()
  await world?.stop()
})

const goesTo = (app: RunningApp) => world.slack.setRequestUrl(`http://127.0.0.1:${app.port}/slack/events`)

async function isGuestFor(app: RunningApp): Promise<boolean> {
  const { slack, workspace } = world
  const { managerId, managerChannelId } = workspace
  goesTo(app)
  const seen = slack.messages(managerChannelId, managerId).length
  await slack.type(managerId, managerChannelId, '/gong-stats')
  await slack.until(() => slack.messages(managerChannelId, managerId).length > seen)
  await app.idle()
  return JSON.stringify(slack.messages(managerChannelId, managerId).slice(seen)).includes('guest accounts see none')
}

/** The ticks of the first one come first, and it wakes its own workers. */
async function at(time: string): Promise<void> {
  world.clock.moveTo(new Date(time))
  await one.tick()
  await one.idle()
}

it('is known to the replica that asked before and did not get the event', async () => {
  world.clock.moveTo(new Date('2026-11-25T12:00:40Z'))
  expect([await isGuestFor(one), await isGuestFor(other)]).toEqual([false, false])
  goesTo(one)
  await world.slack.changeUser(world.workspace.managerId, { isGuest: true })
  await one.idle()
  const known: boolean[] = []
  for (const time of ['2026-11-25T12:01:45Z', '2026-11-25T13:00:45Z']) {
    await at(time)
    known.push(await isGuestFor(one), await isGuestFor(other))
  }
  expect(known).toEqual([true, true, true, true])
})

it('is known to both although it could not be stored', async () => {
  const { slack, workspace } = world
  await slack.changeUser(workspace.managerId, { isGuest: false })
  await at('2026-11-25T14:00:00Z')
  expect([await isGuestFor(one), await isGuestFor(other)]).toEqual([false, false])
  goesTo(one)
  network.refuse()
  network.cut()
  await slack.changeUser(workspace.managerId, { isGuest: true })
  await lost.promise
  network.restore()
  const known: boolean[] = []
  for (const time of ['2026-11-25T14:01:00Z', '2026-11-25T15:00:00Z', '2026-11-26T07:00:00Z']) {
    await at(time)
    known.push(await isGuestFor(one), await isGuestFor(other))
  }
  expect(known).toEqual([true, true, true, true, true, true])
})
