// Twelve replicas in Socket Mode, where Slack allows ten connections: two in processes of their own, ten in this one, which start sooner; what
// they share is the database and Slack alone. Ten hear commands, two go without and say so, all are ready, and none floods the log.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp } from '../../src/app.ts'
import { type MovableClock, movableClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config/config.ts'
import { mostSockets } from '../../src/domain/sockets-each.ts'
import { createLog } from '../../src/log.ts'
import { driveApp } from '../bench/drive.ts'
import { type SimulatedCompany, simulatedCompany } from '../bench/simulated-company.ts'
import { unpaced } from '../cli/simulators.ts'
import { migratedDatabase } from '../kit/database.ts'
import { openOn } from '../kit/store.ts'
import { teamDigest } from '../kit/team-digest.ts'

const replicas = 12
const inProcesses = 2
const begin = new Date('2026-11-23T07:50:00Z')
const nine = new Date('2026-11-23T08:00:00Z')
const clock = movableClock(begin)
let company: SimulatedCompany
let databaseUrl = ''

/** One replica, wherever it runs. */
interface Replica {
  healthPort(): Promise<number>
  refresh(): Promise<unknown>
  tickAt(now: Date): Promise<unknown>
  idle(): Promise<unknown>
  stop(): Promise<void>
  /** What it logged, at `warn` or above. */
  readonly lines: readonly string[]
}
const running: Replica[] = []

async function inItsProcess(environment: Readonly<Record<string, string>>): Promise<Replica> {
  const lines: string[] = []
  const app = await driveApp({ now: begin.toISOString(), requestsPerSecond: 1000, logLevel: 'warn' }, environment, (line) =>
    lines.push(line),
  )
  return {
    lines,
    healthPort: async () => (await app.tell({ type: 'collect' })).healthPort,
    refresh: () => app.tell({ type: 'refresh' }),
    tickAt: (now) => app.tell({ type: 'tick', now: now.toISOString() }),
    idle: () => app.tell({ type: 'idle' }),
    stop: () => app.kill(),
  }
}

async function here(environment: Readonly<Record<string, string>>): Promise<Replica> {
  const lines: string[] = []
  const own: MovableClock = movableClock(begin)
  const log = createLog('warn', { write: (line) => void lines.push(line) })
  const app = await startApp(readConfig(environment), { clock: own, log, ...unpaced })
  return {
    lines,
    healthPort: async () => app.healthPort ?? 0,
    refresh: () => app.refresh(),
    async tickAt(now) {
      own.moveTo(now)
      await app.tick()
    },
    idle: () => app.idle(),
    stop: () => app.stop(),
  }
}

beforeAll(async () => {
  company = await simulatedCompany(43, clock)
  databaseUrl = await migratedDatabase()
  const { SLACK_SIGNING_SECRET: _signed, PORT: _port, MCP_PORT: _mcp, ...environment } = company.environment
  const socketMode = { ...environment, SLACK_APP_TOKEN: company.slack.appToken, DATABASE_URL: databaseUrl, HEALTH_PORT: '0' }
  for (let nth = 0; nth < replicas; nth += 1) running.push(await (nth < inProcesses ? inItsProcess(socketMode) : here(socketMode)))
})
afterAll(async () => {
  for (const replica of running) await replica.stop()
  await company?.stop()
})

const ready = async (replica: Replica) => {
  const answer = await fetch(`http://127.0.0.1:${await replica.healthPort()}/readyz`)
  return { isReady: answer.ok, text: await answer.text() }
}
const has = (text: string) => async () => (await Promise.all(running.map(ready))).filter((state) => state.text.includes(text)).length

it('share the ten connections, are all ready, and deliver each digest once', async () => {
  const [first] = running
  await first?.refresh()
  // How many they are is looked at every half minute.
  await expect.poll(has('This one has none'), { interval: 2000 }).toBe(replicas - mostSockets)
  await expect.poll(async () => (await Promise.all(running.map(ready))).filter(({ isReady }) => isReady).length).toBe(replicas)
  await expect.poll(() => company.slack.socketCount()).toBe(mostSockets)

  const { managerChannelId, managerId } = company.workspace
  const before = company.slack.messages(managerChannelId, managerId).length
  await company.slack.type(managerId, managerChannelId, '/gong-stats team last week')
  await company.slack.until(() => company.slack.messages(managerChannelId, managerId).length > before)

  const store = await openOn(databaseUrl)
  const owner = { ownerSlackId: managerId, subjectId: company.gong.company.personas.manager.id }
  await store.subscriptions.insert(
    teamDigest({ ...owner, destination: { type: 'channel', channelId: managerChannelId }, nextAt: nine, createdAt: begin }),
  )
  await store.close()
  clock.moveTo(nine)
  await Promise.all(running.map((replica) => replica.tickAt(nine)))
  await Promise.all(running.map((replica) => replica.idle()))
  const digests = company.slack.messages(managerChannelId, managerId).filter(({ metadata, threadTs }) => metadata && !threadTs)
  expect(digests).toHaveLength(1)

  // One line where a connection does not stand, one for each thing besides; not one for each of the attempts.
  expect(running.map(({ lines }) => lines.length).filter((count) => count > 5)).toEqual([])
})
