// A simulated Gong and a simulated Slack of one company, and the environment that leads to both: what an operator's machine sees.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Surroundings } from '../../src/cli/workbench.ts'
import { movableClock, systemClock } from '../../src/clock.ts'
import { createLog } from '../../src/log.ts'
import { type SimulatedGongOptions, startSimulatedGong } from '../../src/sandbox/gong/simulated-gong.ts'
import { startSimulatedSlack } from '../../src/sandbox/slack/simulated-slack.ts'
import type { SimulatedUser } from '../../src/sandbox/slack/workspace.ts'
import { workspaceOfCompany } from '../../src/sandbox/workspace-of-company.ts'
import { emptyStore } from '../kit/empty-store.ts'

export const zone = 'Europe/Berlin'
export const manifestText = readFileSync(path.resolve(import.meta.dirname, '../../manifest.yml'), 'utf8')

/** How an app runs over them: its clock is moved, nobody has to be spared, and what fails is asked for again at once. */
export const unpaced = {
  heartbeat: false,
  pace: { channelMs: 0, workspaceMs: 0 },
  gongLimits: { firstPauseMs: 1 },
  slackRetryMs: 1,
} as const

/** `now`: where their clock stands. `manifest`: of the app installed in the simulated workspace. `users`: what differs from the company's people. */
export async function startSimulators(
  now: Date,
  manifest: string = manifestText,
  users: (users: readonly SimulatedUser[]) => readonly SimulatedUser[] = (same) => same,
  gongChanges: Partial<SimulatedGongOptions> = {},
) {
  const clock = movableClock(now)
  const gong = await startSimulatedGong({
    clock,
    realClock: systemClock,
    zone,
    requestsPerSecond: 1000,
    requestsPerDay: 1_000_000,
    ...gongChanges,
  })
  const workspace = workspaceOfCompany(gong.company)
  const slack = await startSimulatedSlack({
    clock,
    realClock: systemClock,
    users: users(workspace.users),
    channels: workspace.channels,
    manifest,
    rateLimits: false,
  })
  const environment: Record<string, string | undefined> = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    GONG_BASE_URL: gong.baseUrl,
    GONG_ACCESS_KEY: gong.credentials.accessKey,
    GONG_ACCESS_KEY_SECRET: gong.credentials.accessKeySecret,
    GONG_TIME_ZONE: zone,
    GONG_REQUESTS_PER_SECOND: '3',
    DATA_DIR: 'memory://',
    ADMINS: workspace.adminEmail,
  }
  /** For commands of the terminal: at the simulators' time, silent, and not paced as real Gong would have it. */
  const around: Surroundings = {
    clock,
    log: createLog('silent'),
    storeChanges: { budget: { perSecond: 1000, perDay: 1_000_000 }, embeddedTemplate: await emptyStore() },
  }
  return {
    around,
    clock,
    gong,
    slack,
    workspace,
    environment,
    async stop() {
      await slack.stop()
      await gong.stop()
    },
  }
}
