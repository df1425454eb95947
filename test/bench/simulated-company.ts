// A company of any size behind a simulated Gong and a simulated Slack without limits, and the environment the app finds them by.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Clock, systemClock } from '../../src/clock.ts'
import { type SimulatedGong, startSimulatedGong } from '../../src/sandbox/gong/simulated-gong.ts'
import { type SimulatedSlack, startSimulatedSlack } from '../../src/sandbox/slack/simulated-slack.ts'
import { type CompanyWorkspace, workspaceOfCompany } from '../../src/sandbox/workspace-of-company.ts'

export interface SimulatedCompany {
  readonly gong: SimulatedGong
  readonly slack: SimulatedSlack
  readonly workspace: CompanyWorkspace
  readonly environment: Readonly<Record<string, string>>
  stop(): Promise<void>
}

export async function simulatedCompany(people: number, clock: Clock): Promise<SimulatedCompany> {
  const zone = 'Europe/Berlin'
  const gong = await startSimulatedGong({
    clock,
    realClock: systemClock,
    zone,
    people,
    seed: 1,
    requestsPerSecond: 10_000,
    requestsPerDay: 1_000_000,
  })
  const workspace = workspaceOfCompany(gong.company)
  const slack = await startSimulatedSlack({
    clock,
    realClock: systemClock,
    users: workspace.users,
    channels: workspace.channels,
    manifest: readFileSync(path.join(import.meta.dirname, '../../manifest.yml'), 'utf8'),
    rateLimits: false,
    checkTimes: false,
  })
  return {
    gong,
    slack,
    workspace,
    environment: {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      PORT: '0',
      MCP_PORT: '0',
      GONG_API: 'documented',
      GONG_BASE_URL: gong.baseUrl,
      GONG_ACCESS_KEY: gong.credentials.accessKey,
      GONG_ACCESS_KEY_SECRET: gong.credentials.accessKeySecret,
      GONG_TIME_ZONE: zone,
      ADMINS: workspace.adminEmail,
    },
    async stop() {
      await slack.stop()
      await gong.stop()
    },
  }
}
