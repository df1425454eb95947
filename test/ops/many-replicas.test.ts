// Twelve replicas in Socket Mode, where Slack allows ten connections: each process is one of its own. Ten hear commands, two go without and
// say so, all are ready, and none floods the log.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { movableClock } from '../../src/clock.ts'
import { mostSockets } from '../../src/domain/sockets-each.ts'
import { type DrivenApp, driveApp } from '../bench/drive.ts'
import { type SimulatedCompany, simulatedCompany } from '../bench/simulated-company.ts'
import { migratedDatabase } from '../kit/database.ts'
import { openOn } from '../kit/store.ts'
import { teamDigest } from '../kit/team-digest.ts'

const replicas = 12
const clock = movableClock(new Date('2026-11-23T07:50:00Z'))
const nine = new Date('2026-11-23T08:00:00Z')
let company: SimulatedCompany
let databaseUrl = ''
const apps: DrivenApp[] = []
const lines: string[][] = []

beforeAll(async () => {
  company = await simulatedCompany(43, clock)
  databaseUrl = await migratedDatabase()
  const { SLACK_SIGNING_SECRET: _signed, PORT: _port, MCP_PORT: _mcp, ...environment } = company.environment
  const socketMode = { ...environment, SLACK_APP_TOKEN: company.slack.appToken, DATABASE_URL: databaseUrl, HEALTH_PORT: '0' }
  for (let nth = 0; nth < replicas; nth += 1) {
    const own: string[] = []
    lines.push(own)
    const options = { now: clock.now().toISOString(), requestsPerSecond: 1000, logLevel: 'warn' }
    apps.push(await driveApp(options, socketMode, (line) => own.push(line)))
  }
})
afterAll(async () => {
  for (const app of apps) await app.kill()
  await company?.stop()
})

const ready = async (app: DrivenApp) => {
  const { healthPort } = await app.tell({ type: 'collect' })
  const answer = await fetch(`http://127.0.0.1:${healthPort}/readyz`)
  return { isReady: answer.ok, text: await answer.text() }
}
const has = (text: string) => async () => (await Promise.all(apps.map(ready))).filter((state) => state.text.includes(text)).length

it('share the ten connections, are all ready, and deliver each digest once', async () => {
  const [first] = apps
  await first?.tell({ type: 'refresh' })
  // How many they are is looked at every half minute.
  await expect.poll(has('This one has none')).toBe(replicas - mostSockets)
  await expect.poll(async () => (await Promise.all(apps.map(ready))).filter(({ isReady }) => isReady).length).toBe(replicas)
  expect(company.slack.socketCount()).toBe(mostSockets)

  const { managerChannelId, managerId } = company.workspace
  const before = company.slack.messages(managerChannelId, managerId).length
  await company.slack.type(managerId, managerChannelId, '/gong-stats team last week')
  await company.slack.until(() => company.slack.messages(managerChannelId, managerId).length > before)

  const store = await openOn(databaseUrl)
  const owner = { ownerSlackId: managerId, subjectId: company.gong.company.personas.manager.id }
  await store.subscriptions.insert(
    teamDigest({ ...owner, destination: { type: 'channel', channelId: managerChannelId }, nextAt: nine, createdAt: clock.now() }),
  )
  await store.close()
  clock.moveTo(nine)
  await Promise.all(apps.map((app) => app.tell({ type: 'tick', now: nine.toISOString() })))
  await first?.tell({ type: 'idle' })
  const digests = company.slack.messages(managerChannelId, managerId).filter(({ metadata, threadTs }) => metadata && !threadTs)
  expect(digests).toHaveLength(1)

  // One line where a connection does not stand, one for each thing besides; not one for each of the attempts.
  expect(lines.map((own) => own.length).filter((count) => count > 5)).toEqual([])
})
