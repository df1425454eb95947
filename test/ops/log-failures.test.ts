// The log at trace while the database, Slack and Gong fail: a full disk and a missing table (whose errors carry every parameter), refusals
// in foreign words, pages in place of answers. Then every line is searched for names, e-mails, texts and figures.
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningApp, startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config/config.ts'
import { moveClock } from '../../src/sandbox/demo-stage.ts'
import { orderDigest } from '../../src/sandbox/order-digest.ts'
import { startSimulators, unpaced } from '../cli/simulators.ts'
import { migratedDatabase } from '../kit/database.ts'
import { keptLog } from '../kit/quiet-log.ts'

const dayMs = 86_400_000
/** Of Slack's downtime: what it leaves unsent is tried every ten minutes, and each try is a stop of the clock. */
const downDays = 1 / 8
/** What is due while something fails depends on the weekday: begun on a Sunday, the digest of Monday met Slack's bad days and was tried again. */
const tuesday = new Date('2026-11-24T12:00:00Z')

describe('the log while everything fails', () => {
  let world: Awaited<ReturnType<typeof startSimulators>>
  let app: RunningApp
  let database: Client
  const kept = keptLog('trace')
  const errors = () => kept.lines.map((line) => JSON.parse(line)).filter(({ level }) => level >= 40)

  beforeAll(async () => {
    world = await startSimulators(tuesday)
    const databaseUrl = await migratedDatabase()
    database = new Client({ connectionString: databaseUrl })
    await database.connect()
    const config = readConfig({ ...world.environment, DATABASE_URL: databaseUrl })
    const fast = { ...config, settings: { ...config.settings, GONG_REQUESTS_PER_SECOND: 500, GONG_REQUESTS_PER_DAY: 100_000 } }
    app = await startApp(fast, { clock: world.clock, log: kept.log, ...unpaced })
    await app.tick()
    await app.idle()
    await app.refresh()
    await orderDigest({ ...world, app })
    const whole = await duringFullDisk()
    await duringMissingTables()
    await duringBadDaysOfSlack()
    await duringBadDaysOfGong()
    expect(whole).toBeGreaterThan(10)
  })

  afterAll(async () => {
    await app?.stop()
    await database?.end()
    await world?.stop()
  })

  /** Some days of work: fetching, commands, Home, digests. What fails is for the app to catch. */
  async function work(days = 1): Promise<void> {
    const { clock, slack, workspace } = world
    await moveClock(clock, app, new Date(clock.now().getTime() + days * dayMs)).catch(() => undefined)
    await app.refresh().catch(() => undefined)
    for (const text of ['/gong-stats team last week', '/gong-scorecards', '/gong-coaching', '/gong-stats 3-9 March']) {
      await slack.type(workspace.managerId, workspace.managerChannelId, text)
      await app.idle()
    }
    await slack.openHome(workspace.managerId)
    await slack.openHome('U0ADMIN')
    await app.idle()
  }

  /** Every write fails with the row in its words, but the request budget's: Gong goes on answering. Returns how many tables that are. */
  async function duringFullDisk(): Promise<number> {
    const { rows } = await database.query(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE 'request%'",
    )
    await database.query(
      "CREATE FUNCTION full_disk() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'could not extend file for %', NEW USING ERRCODE = '53100'; END $$ LANGUAGE plpgsql",
    )
    for (const { name } of rows)
      await database.query(`CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON "${name}" FOR EACH ROW EXECUTE FUNCTION full_disk()`)
    await work(7)
    await database.query('DROP FUNCTION full_disk CASCADE')
    return rows.length
  }

  async function duringMissingTables(): Promise<void> {
    const tables = ['people', 'deliveries', 'slack_members']
    for (const name of tables) await database.query(`ALTER TABLE "${name}" RENAME TO "${name}_away"`)
    await work()
    for (const name of tables) await database.query(`ALTER TABLE "${name}_away" RENAME TO "${name}"`)
  }

  async function duringBadDaysOfSlack(): Promise<void> {
    const { slack, workspace } = world
    const [anybody] = workspace.users
    const faults = [
      slack.faults.add({ type: 'error', method: 'chat.postMessage', error: `not_for ${anybody?.realName}` }),
      slack.faults.add({ type: 'error', method: 'views.publish', error: `no view for ${anybody?.email}` }),
    ]
    await work()
    for (const undo of faults) undo()
    const undo = slack.faults.add({ type: 'down', status: 502 })
    await work(downDays)
    undo()
  }

  async function duringBadDaysOfGong(): Promise<void> {
    const [anybody] = world.gong.company.people
    for (const fault of [
      { type: 'refused', status: 400, error: `no calls of ${anybody?.firstName} ${anybody?.lastName} (${anybody?.email})` },
      { type: 'html' },
      { type: 'bad-figures' },
      { type: 'truncated' },
    ] as const) {
      const undo = world.gong.faults.add(fault, { times: 30 })
      await work()
      undo()
    }
  }

  it('has lines of all three: failed statements with their code and table, refusals of Slack, failures of Gong', () => {
    const codes = errors().flatMap(({ err }) => (err === undefined ? [] : [[err.class, err.operation, err.cause?.code].join(' ')]))
    const kinds = [...new Set(codes)].toSorted()
    expect(kinds).toContainEqual(expect.stringMatching(/^DrizzleQueryError insert \w+ 53100$/))
    expect(kinds).toContainEqual(expect.stringMatching(/^DrizzleQueryError select \w+ 42P01$/))
    expect(errors().some(({ slackError, error }) => (slackError ?? error) !== undefined)).toBe(true)
    expect(errors().some(({ code, err }) => /^gong-/.test(code ?? err?.code ?? ''))).toBe(true)
  })

  it('and none holds a name, an e-mail, a text that was sent, or a figure', () => {
    const all = kept.lines.join('').toLowerCase()
    const { gong, workspace, slack } = world
    const names = gong.company.people.flatMap(({ firstName, lastName, email }) => [`${firstName} ${lastName}`, email])
    const users = workspace.users.flatMap(({ realName, email, name }) => [realName, email, name])
    const texts = workspace.users.flatMap(({ id }) => slack.directMessages(id).flatMap(({ text }) => text.split('\n')))
    const searched = [...names, ...users, ...texts].filter((text): text is string => text !== undefined && text.trim().length > 5)
    expect(searched.length).toBeGreaterThan(200)
    expect(searched.filter((text) => all.includes(text.toLowerCase()))).toEqual([])
    const fractions = kept.lines.flatMap((line) => {
      const { time: _, ...facts } = JSON.parse(line)
      return JSON.stringify(facts).match(/(?<![\d".])\d+\.\d+(?![\d".])/g) ?? []
    })
    expect(fractions).toEqual([])
    expect(all).not.toMatch(/\$1|params|could not extend/)
  })
})
