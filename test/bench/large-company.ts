// A company of 10,000 people in 1,000 teams, read once by the app from the simulated Gong; then `/gong-stats team last week` is
// answered from the store, and every team's manager gets a digest on the next Monday morning.

import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { movableClock } from '../../src/clock.ts'
import { addDays, localDateOf, startOfLocalDate, type Weekday, weekOf } from '../../src/domain/period.ts'
import { createLog } from '../../src/log.ts'
import { slackIdOf } from '../../src/sandbox/workspace-of-company.ts'
import { openStore } from '../../src/store/database/connect.ts'
import { teamDigest } from '../kit/team-digest.ts'
import { type DrivenApp, driveApp } from './drive.ts'
import type { BenchContext, Measurement } from './measure.ts'
import { type SimulatedCompany, simulatedCompany } from './simulated-company.ts'
import { median, quantile, type Row } from './table.ts'

const zone = 'Europe/Berlin'
/** What the app asks for unless given otherwise. */
const usualRatePerSecond = 2
const hourMs = 3_600_000
/** See driven-app.ts. */
const profileTo: Readonly<Record<string, string>> = process.env.BENCH_PROFILE ? { BENCH_PROFILE: process.env.BENCH_PROFILE } : {}
const today = localDateOf(new Date('2026-11-24T12:00:00Z'), zone)
const at = (days: number, hours: number): Date =>
  new Date(startOfLocalDate(addDays(weekOf(today).from, days), zone).getTime() + hours * hourMs)

async function readEverything(company: SimulatedCompany, app: DrivenApp, people: number): Promise<Row> {
  const before = company.gong.log.count()
  const { wallMs, cpuMs } = await app.tell({ type: 'refresh' })
  const requests = company.gong.log.count() - before
  const floorSeconds = requests / usualRatePerSecond
  return {
    name: `sync of ${people} people: work without waiting`,
    target: floorSeconds,
    targetNote: `${requests} requests ÷ ${usualRatePerSecond}/s`,
    result: wallMs / 1000,
    unit: 's',
    note: `${(cpuMs / 1000).toFixed(1)} s of CPU in the app; at or below the floor the request rate alone decides how long a sync takes`,
  }
}

async function answers(company: SimulatedCompany, app: DrivenApp, times: number): Promise<readonly number[]> {
  const { slack, workspace } = company
  const { port } = await app.tell({ type: 'idle' })
  slack.setRequestUrl(`http://127.0.0.1:${port}/slack/events`)
  const { managerId } = workspace
  const conversation = slack.workspace.directMessageWith(managerId).id
  const measured: number[] = []
  for (let index = 0; index < times + 3; index += 1) {
    const seen = slack.messages(conversation, managerId).length
    const startedAt = performance.now()
    const answered = slack.until(() => slack.messages(conversation, managerId).length > seen, 20_000)
    await slack.type(managerId, conversation, '/gong-stats team last week')
    await answered
    // The first few fill caches and compile.
    if (index >= 3) measured.push(performance.now() - startedAt)
    await app.tell({ type: 'idle' })
  }
  return measured
}

/** The same question in Slackbot: the whole answer, blocks and text. */
async function toolAnswers({ slack, workspace }: SimulatedCompany, app: DrivenApp, times: number): Promise<readonly number[]> {
  const { port } = await app.tell({ type: 'idle' })
  slack.setMcpUrl(`http://127.0.0.1:${port}/mcp`)
  const measured: number[] = []
  for (let index = 0; index < times + 3; index += 1) {
    const startedAt = performance.now()
    const { problems } = await slack.slackbot.call(workspace.managerId, 'team_numbers', { period: 'last week' })
    if (problems.length > 0) throw new Error(problems.join('; '))
    if (index >= 3) measured.push(performance.now() - startedAt)
  }
  return measured
}

/** Weekly digests by direct message for that many managers, on that day of the week (0 = Monday). */
async function orderDigests(company: SimulatedCompany, databaseUrl: string, many: number, day: number): Promise<void> {
  const { people, reportsOf } = company.gong.company
  const store = await openStore({
    databaseUrl,
    dataDir: 'memory://',
    clock: movableClock(at(1, 12)),
    realTime: 'database',
    log: createLog('fatal'),
    budget: { perSecond: 1000, perDay: 1_000_000 },
  })
  const leads = people.filter(({ index, team }) => team !== undefined && (reportsOf.get(index)?.length ?? 0) > 0).slice(0, many)
  for (const lead of leads) {
    const slackUserId = slackIdOf(lead)
    await store.subscriptions.insert(
      teamDigest({
        kind: 'manager',
        subjectId: lead.id,
        destination: { type: 'dm', slackUserId },
        recurrence: { weekdays: [(day + 1) as Weekday], time: '12:30', zone },
        ownerSlackId: slackUserId,
        nextAt: at(day, 12.5),
        createdAt: at(0, 12),
      }),
    )
  }
  await store.close()
}

const postsOf = ({ slack }: SimulatedCompany) => [...slack.workspace.messages.values()].flat()

const digestsIn = (company: SimulatedCompany): number => postsOf(company).filter(({ threadTs }) => threadTs === undefined).length

/** Milliseconds of CPU that the SDK's bare client takes to post the same blocks. */
async function barePosts({ slack, workspace }: SimulatedCompany, messages: readonly string[], folder: string): Promise<number> {
  const file = path.join(folder, 'messages.json')
  writeFileSync(file, JSON.stringify(messages.slice(0, 200)))
  const { stdout } = await promisify(execFile)(process.execPath, [
    path.join(import.meta.dirname, 'bare-poster.ts'),
    slack.apiUrl,
    slack.botToken,
    workspace.managerId,
    String(messages.length),
    file,
  ])
  return (JSON.parse(stdout) as { cpuMs: number }).cpuMs
}

async function digests(
  company: SimulatedCompany,
  app: DrivenApp,
  databaseUrl: string,
  [few, all]: readonly [number, number],
  folder: string,
): Promise<readonly Row[]> {
  /** CPU of each morning: the few, then all of them three times. */
  const costs: number[] = []
  const walls: number[] = []
  let posts: ReturnType<typeof postsOf> = []
  for (const [index, many] of [few, all, all, all].entries()) {
    const day = index + 1
    await orderDigests(company, databaseUrl, many, day)
    // What else the hour brings, a reading of Gong among it, is done before the digests are due.
    await app.tell({ type: 'move', to: at(day, 12.2).toISOString() })
    const before = digestsIn(company)
    const postsBefore = postsOf(company).length
    const { cpuMs, wallMs } = await app.tell({ type: 'move', to: at(day, 12.5).toISOString() })
    const posted = digestsIn(company) - before
    posts = postsOf(company).slice(postsBefore)
    if (posted < many) throw new Error(`${posted} of ${many} digests were posted`)
    costs.push(cpuMs)
    walls.push(wallMs)
  }
  const [fewCost = Number.NaN, ...allCosts] = costs
  const cost = median(allCosts)
  const messages = posts.map(({ blocks }) => JSON.stringify(blocks ?? []))
  const characters = messages.reduce((sum, { length }) => sum + length, 0) / posts.length
  const bareMs = await barePosts(company, messages, folder)
  return [
    {
      name: `${all} digests built and posted, CPU`,
      target: (5 * all) / 1000,
      result: cost / 1000,
      unit: 's',
      note: `median of three mornings (${allCosts.map((each) => (each / 1000).toFixed(2)).join(', ')}; the first still compiles); ${(median(walls.slice(1)) / 1000).toFixed(1)} s on the clock, the simulated Slack and Postgres beside it on the same cores; ${posts.length} posts of ${(characters / 1000).toFixed(1)} KB, which the SDK's bare client sends in ${(bareMs / 1000).toFixed(1)} s of CPU`,
    },
    {
      name: `cost per digest, ${all} teams beside ${few}`,
      target: 1.2,
      targetNote: 'flat',
      result: cost / all / (fewCost / few),
      unit: '×',
      note: `${(fewCost / few).toFixed(1)} ms of CPU each with ${few}, ${(cost / all).toFixed(1)} ms with ${all}`,
    },
  ]
}

async function onOneDatabase(context: BenchContext, databaseUrl: string | undefined): Promise<readonly Row[]> {
  const people = context.quick ? 1000 : 10_000
  const clock = movableClock(at(1, 9))
  const company = await simulatedCompany(people, clock)
  const database: Record<string, string> =
    databaseUrl === undefined ? { DATA_DIR: `${context.folder()}/data` } : { DATABASE_URL: databaseUrl }
  const where = databaseUrl === undefined ? 'embedded' : 'Postgres'
  const app = await driveApp(
    { now: at(1, 9).toISOString(), requestsPerSecond: 5000 },
    { ...company.environment, ...database, ...profileTo },
  )
  try {
    const read = await readEverything(company, app, people)
    const times = await answers(company, app, context.quick ? 10 : 30)
    const answer: Row = {
      name: `full answer, team last week, ${people} people, ${where}`,
      target: 100,
      result: median(times),
      unit: 'ms',
      note: `median of ${times.length}; p90 ${quantile(times, 0.9).toFixed(0)} ms`,
    }
    const toolTimes = await toolAnswers(company, app, context.quick ? 10 : 30)
    const tool: Row = {
      name: `the same asked in Slackbot, ${where}`,
      target: 100,
      result: median(toolTimes),
      unit: 'ms',
      note: `median of ${toolTimes.length}; p90 ${quantile(toolTimes, 0.9).toFixed(0)} ms`,
    }
    if (databaseUrl === undefined) return [answer, tool]
    return [answer, tool, read, ...(await digests(company, app, databaseUrl, [10, context.quick ? 100 : 1000], context.folder()))]
  } finally {
    await app.stop()
    await company.stop()
  }
}

export const largeCompanyOnPostgres: Measurement = {
  name: 'large',
  run: async (context) => onOneDatabase(context, await context.postgres.createDatabase()),
}

export const largeCompanyEmbedded: Measurement = { name: 'large-embedded', run: (context) => onOneDatabase(context, undefined) }
