// The real app between two simulators, brought to a Tuesday morning on which Monday's digests have arrived: they were ordered in the modal
// and delivered by the app while the clock went by. Knows no page.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type RunningApp, startApp } from '../app.ts'
import { type Clock, type MovableClock, movableClock } from '../clock.ts'
import { type Config, readConfig } from '../config/config.ts'
import { addDays, localDateOf, startOfLocalDate, weekOf } from '../domain/period.ts'
import { createLog, type Log } from '../log.ts'
import { createStage, moveClock } from './demo-stage.ts'
import { type SimulatedGong, startSimulatedGong } from './gong/simulated-gong.ts'
import { gongBackstage } from './gong-backstage.ts'
import { type KeptDemo, keepDemo, keptOf, putBack, readKeptDemo } from './kept-demo.ts'
import { order, orderDigest } from './order-digest.ts'
import type { Stage } from './page/stage.ts'
import { type SimulatedSlack, startSimulatedSlack } from './slack/simulated-slack.ts'
import { slackBackstage } from './slack-backstage.ts'
import { createSlackbotConversation } from './slackbot-conversation.ts'
import { type CompanyWorkspace, workspaceOfCompany } from './workspace-of-company.ts'

export interface OpenDemoOptions {
  readonly people: number
  readonly seed: number
  readonly contract: 'documented' | 'live'
  /** `memory://` keeps nothing on disk; a folder goes on from how it was left. */
  readonly dataDir: string
  /** Postgres instead of the embedded database. */
  readonly databaseUrl?: string
  /** How a demo left that database; one in a folder is found there. */
  readonly kept?: KeptDemo
  /** The demo opens on the Tuesday of this day's week. */
  readonly today: Date
  /** What the simulators sign, expire and pace by; the demo's own clock stands still until somebody moves it. */
  readonly realClock: Clock
  /** False: Slack's three seconds are not measured, because the machine may be busy with other things. */
  readonly checkTimes?: boolean
  /** Scopes the simulated key lacks. */
  readonly missingScopes?: readonly string[]
  /** Whether last week is news, as in `npm run demo`; every week is like the others unless given. */
  readonly news?: boolean
  /** For a key that may not read people. */
  readonly peopleFile?: string
  readonly log?: Log
  readonly onProgress?: (words: string) => void
}

export interface OpenDemo {
  readonly app: RunningApp
  readonly slack: SimulatedSlack
  readonly gong: SimulatedGong
  readonly clock: MovableClock
  readonly stage: Stage
  readonly workspace: CompanyWorkspace
  /** How it is now; with its database another one goes on from here. */
  kept(): KeptDemo
  stop(): Promise<void>
}

const zone = 'Europe/Berlin'
const hourMs = 3_600_000
/** What the simulated Gong allows: the demo must not wait for what a company shares in a day. */
const requestsPerSecond = 200

export async function openDemo(options: OpenDemoOptions): Promise<OpenDemo> {
  const progress = options.onProgress ?? (() => undefined)
  const monday = weekOf(localDateOf(options.today, zone)).from
  const at = (days: number, hours: number) => new Date(startOfLocalDate(addDays(monday, days), zone).getTime() + hours * hourMs)
  const { people, seed, contract, dataDir } = options
  const kept = options.kept ?? readKeptDemo(dataDir, { people, seed, contract })
  // A second later: nothing that is posted now may have the time of something kept.
  const clock = movableClock(kept ? new Date(Date.parse(kept.now) + 1000) : at(-1, 18))
  const closers: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    progress('a company with its calls')
    const gong = await startSimulatedGong({
      clock,
      realClock: options.realClock,
      zone,
      people: options.people,
      seed: options.seed,
      contract: options.contract,
      requestsPerSecond: requestsPerSecond * 2,
      requestsPerDay: 1_000_000,
      ...(options.missingScopes && { missingScopes: options.missingScopes }),
      ...(options.news && { news: true }),
    })
    closers.push(() => gong.stop())
    const workspace = workspaceOfCompany(gong.company)
    const slack = await startSimulatedSlack({
      clock,
      realClock: options.realClock,
      users: workspace.users,
      channels: kept?.channels ?? workspace.channels,
      userGroups: workspace.userGroups,
      manifest: readFileSync(path.join(import.meta.dirname, '../../manifest.yml'), 'utf8'),
      rateLimits: false,
      ...(options.checkTimes === false && { checkTimes: false }),
    })
    closers.push(() => slack.stop())
    if (kept) putBack(kept, slack.workspace)

    progress('the app')
    const app = await startApp(configFor(options, { gong, slack, workspace }), {
      clock,
      log: options.log ?? createLog('fatal'),
      heartbeat: false,
      // The simulated Slack of the demo has no rate limits: a moved clock should not wait for real ones.
      pace: { channelMs: 0, workspaceMs: 0 },
      // Nor should somebody who switched either off wait half a minute for words: it is asked again soon, and three times in all.
      gongLimits: { attempts: 3, firstPauseMs: 20 },
      slackRetryMs: 20,
    })
    closers.push(() => app.stop())
    slack.setRequestUrl(`http://127.0.0.1:${app.port}/slack/events`)
    slack.setMcpUrl(`http://127.0.0.1:${app.mcpPort}/mcp`)

    progress('nine weeks of calls')
    await app.tick()
    await app.refresh()
    await app.idle()

    if (!kept) {
      progress("Monday's digest")
      await orderDigest({ slack, app, workspace })
      if (options.news) await orderForEverybody({ slack, app, workspace })
      await moveClock(clock, app, at(1, 9 + 2 / 3))
    }
    const now = (): KeptDemo => keptOf({ now: clock.now(), people, seed, contract }, slack.workspace)
    // Now, in case nobody stops it in order, and at the end.
    keepDemo(dataDir, now())
    closers.push(async () => keepDemo(dataDir, now()))

    const { firstName, lastName } = gong.company.personas.rep
    const stage = createStage({
      slack,
      slackbot: createSlackbotConversation(slack, `${firstName} ${lastName}`),
      clock,
      app,
      personas: workspace.personas,
      start: {
        userId: workspace.managerId,
        channelId: options.news ? slack.workspace.directMessageWith(workspace.managerId).id : workspace.managerChannelId,
      },
      zone,
      backstage: [gongBackstage(gong), slackBackstage(slack, workspace.managerChannelId, () => void app.forgetRefusedBlocks())],
    })
    return { app, slack, gong, clock, stage, workspace, kept: now, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The manager's own, the rep's and the leader's: each of them finds something to read on Monday. */
async function orderForEverybody(parts: {
  readonly slack: SimulatedSlack
  readonly app: RunningApp
  readonly workspace: CompanyWorkspace
}): Promise<void> {
  const { personas, managerId } = parts.workspace
  const who = (role: string): string => personas.find((persona) => persona.role === role)?.userId ?? managerId
  await order(parts, managerId, { kind: 'manager' })
  await order(parts, who('Rep'), { kind: 'personal' })
  await order(parts, who('Sales leader'), { kind: 'org' })
}

function configFor(
  options: OpenDemoOptions,
  parts: { readonly gong: SimulatedGong; readonly slack: SimulatedSlack; readonly workspace: CompanyWorkspace },
): Config {
  const { gong, slack, workspace } = parts
  const config = readConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
    MCP_PORT: '0',
    HOST: '127.0.0.1',
    GONG_API: 'auto',
    GONG_BASE_URL: gong.baseUrl,
    GONG_ACCESS_KEY: gong.credentials.accessKey,
    GONG_ACCESS_KEY_SECRET: gong.credentials.accessKeySecret,
    GONG_TIME_ZONE: zone,
    DATA_DIR: options.dataDir,
    ...(options.peopleFile !== undefined && { PEOPLE_FILE: options.peopleFile }),
    ...(options.databaseUrl !== undefined && { DATABASE_URL: options.databaseUrl }),
    ADMINS: workspace.adminEmail,
  })
  return { ...config, settings: { ...config.settings, GONG_REQUESTS_PER_SECOND: requestsPerSecond, GONG_REQUESTS_PER_DAY: 500_000 } }
}
