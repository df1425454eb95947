// PEOPLE_FILE is broken while the service runs, as a spreadsheet saves it: who hears of it, what the next start does, and that it ends.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningApp, startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config/config.ts'
import { ConfigError } from '../../src/errors.ts'
import { createLog } from '../../src/log.ts'
import { startSimulators, unpaced } from '../cli/simulators.ts'
import { migratedDatabase } from '../kit/database.ts'

const hourMs = 3_600_000
const folder = mkdtempSync(path.join(tmpdir(), 'people-file-'))
const file = path.join(folder, 'people.csv')
let world: Awaited<ReturnType<typeof startSimulators>>
let databaseUrl = ''
let app: RunningApp | undefined
beforeAll(async () => {
  world = await startSimulators(new Date('2026-11-25T11:00:00Z'))
  databaseUrl = await migratedDatabase()
})
afterAll(async () => {
  await app?.stop()
  await world?.stop()
  rmSync(folder, { recursive: true })
})

async function start(): Promise<void> {
  const config = readConfig({
    ...world.environment,
    DATABASE_URL: databaseUrl,
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: world.slack.signingSecret,
    PORT: '0',
    HEALTH_PORT: '0',
    PEOPLE_FILE: file,
  })
  const fast = { ...config, settings: { ...config.settings, GONG_REQUESTS_PER_SECOND: 500, GONG_REQUESTS_PER_DAY: 100_000 } }
  app = await startApp(fast, { clock: world.clock, log: createLog('silent'), ...unpaced })
  world.slack.setRequestUrl(`http://127.0.0.1:${app.port}/slack/events`)
}

async function hours(count: number): Promise<void> {
  for (let hour = 0; hour < count; hour += 1) {
    world.clock.moveTo(new Date(world.clock.now().getTime() + hourMs))
    await app?.tick()
    await app?.idle()
    await app?.tick()
    await app?.idle()
  }
}

const people = () => world.gong.company.people
/** Everybody, the first with this title. */
function titled(title: string): void {
  const lines = people().map(({ id, email }, index) => `${id},${email},${index === 0 ? title : ''}`)
  writeFileSync(file, ['gong_user_id,email,title', ...lines].join('\n'))
}
const broken = () => writeFileSync(file, 'gong_user_id,email,title\n1.23E+18,x@y.example,\n7,nobody,\n')

const health = async (route: string) => (await fetch(`http://127.0.0.1:${app?.healthPort}${route}`)).text()
const adminId = () => world.workspace.users.find(({ email }) => email === world.workspace.adminEmail)?.id ?? ''
const heard = () => world.slack.directMessages(adminId()).filter(({ text }) => text?.includes('PEOPLE_FILE'))
async function home(): Promise<string> {
  await world.slack.openHome(adminId())
  await app?.idle()
  return JSON.stringify(world.slack.home(adminId())?.blocks ?? [])
}
const said = 'PEOPLE_FILE line 2: gong_user_id is a spreadsheet'

it('stops a first start, with every line', async () => {
  broken()
  const problems = await start().catch((error: unknown) => (error instanceof ConfigError ? error.problems : undefined))
  expect(problems).toEqual([expect.stringContaining(said), 'PEOPLE_FILE line 3: email is no e-mail address'])
})

it('is said within the hour at /readyz, in Home and the metrics, and once to admins, for as long as it lasts', async () => {
  titled('First title')
  await start()
  await app?.tick()
  await app?.refresh()
  await app?.idle()
  expect(await health('/readyz')).toBe('ready\n')
  broken()
  await hours(2)
  for (const text of [await health('/readyz'), await home()]) expect(text).toContain(said)
  expect(await health('/readyz')).toMatch(
    /^ready\nPEOPLE_FILE line 2: .* and 1 more \(npm run doctor lists them\)\. Until PEOPLE_FILE is put right/,
  )
  expect(await health('/metrics')).toMatch(/gong_digest_data_problem_seconds\{problem="people-file-broken"\} \d+/)
  expect(heard()).toHaveLength(1)
  await hours(30)
  expect(heard()).toHaveLength(1)
})

it('stops no later start: it goes on by the people that are stored, and says so', async () => {
  await app?.stop()
  await start()
  await hours(2)
  expect(await health('/readyz')).toContain(`ready\n`)
  expect(await health('/readyz')).toContain(said)
  await world.slack.type(world.workspace.managerId, world.workspace.managerChannelId, '/gong-stats')
  await app?.idle()
  const answer = JSON.stringify(world.slack.messages(world.workspace.managerChannelId, world.workspace.managerId).at(-1))
  expect(answer).toContain('Talk ratio')
  expect(heard()).toHaveLength(1)
})

it('counts within the hour once it is put right, and nothing is said any more', async () => {
  const listed = () => world.gong.log.all().filter(({ path: asked }) => asked === '/users').length
  const before = listed()
  titled('Second title')
  await hours(2)
  expect(listed()).toBe(before + 1)
  expect(await health('/readyz')).toBe('ready\n')
  expect(await home()).not.toContain('PEOPLE_FILE')
  expect(await health('/metrics')).not.toContain('people-file-broken')
  expect(heard()).toHaveLength(1)
})
