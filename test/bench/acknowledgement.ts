// Acknowledgement of slash commands under a steady load, beside the bare Bolt app, at rest and while people and windows are read. Three
// rounds in turn, because one pause of the machine decides a 99th percentile; the median of the three counts.
import path from 'node:path'
import { systemClock } from '../../src/clock.ts'
import { type CommandLoad, sendCommands } from './commands-per-second.ts'
import { type DrivenApp, driveApp } from './drive.ts'
import type { Measurement } from './measure.ts'
import { type SimulatedCompany, simulatedCompany } from './simulated-company.ts'
import { startProcess } from './started-process.ts'
import { median, quantile, type Row } from './table.ts'

const bare = path.join(import.meta.dirname, 'bare-bolt.ts')
const portOf = (line: string): number => Number(/"port":(\d+)/.exec(line)?.[1])

/** What a company's share of Gong's allowance comes to: the default of `GONG_REQUESTS_PER_SECOND`. */
const usualPerSecond = 2

interface During {
  readonly times: readonly number[]
  readonly requests: number
}

type Load = (port: number) => CommandLoad

async function withApp<T>(
  company: SimulatedCompany,
  database: string,
  requestsPerSecond: number,
  work: (app: DrivenApp, port: number) => Promise<T>,
): Promise<T> {
  const app = await driveApp(
    { now: systemClock.now().toISOString(), requestsPerSecond },
    { ...company.environment, DATABASE_URL: database },
  )
  try {
    const { port } = await app.tell({ type: 'idle' })
    return await work(app, port)
  } finally {
    await app.kill()
  }
}

/** Everything is read before: nothing but the commands is going on. */
const atRest = (company: SimulatedCompany, database: string, load: Load): Promise<readonly number[]> =>
  withApp(company, database, 10_000, async (app, port) => {
    await app.tell({ type: 'refresh' })
    await sendCommands({ ...load(port), seconds: 2 })
    return sendCommands(load(port))
  })

interface WithTools {
  readonly times: readonly number[]
  /** Of a bare Bolt app that does nothing, while this one answers the same calls: what the machine alone costs. */
  readonly bareTimes: readonly number[]
  /** Milliseconds to the whole answer of each call. */
  readonly answers: readonly number[]
}

/** While as many calls of Slackbot's tools as commands arrive: each is a whole answer, a manager's team with blocks and text. */
const besideTools = (company: SimulatedCompany, database: string, load: Load): Promise<WithTools> =>
  withApp(company, database, 10_000, async (app, port) => {
    await app.tell({ type: 'refresh' })
    const tools: CommandLoad = { ...load(port), tool: 'team_numbers' }
    await Promise.all([sendCommands({ ...load(port), seconds: 2 }), sendCommands({ ...tools, seconds: 2 })])
    const [times, answers] = await Promise.all([sendCommands(load(port)), sendCommands(tools)])
    const bareTimes = await besideBareBolt(company, load, () => sendCommands(tools))
    return { times, answers, bareTimes }
  })

/** While a company is read for the first time, from Gong's first answer on. */
const duringSync = (company: SimulatedCompany, database: string, requestsPerSecond: number, load: Load): Promise<During> =>
  withApp(company, database, requestsPerSecond, async (app, port) => {
    await sendCommands({ ...load(port), seconds: 2 })
    const before = company.gong.log.count()
    const begun = Promise.withResolvers<void>()
    company.gong.log.subscribe(() => begun.resolve())
    // Cut off with the app when the measurement is over: it would go on for minutes.
    app.tell({ type: 'refresh' }).catch(() => undefined)
    await begun.promise
    const times = await sendCommands(load(port))
    return { times, requests: company.gong.log.count() - before }
  })

const ofBareBolt = (company: SimulatedCompany, load: Load): Promise<readonly number[]> =>
  besideBareBolt(company, load, async () => undefined)

/** The bare app's times while `work` goes on in another process. */
async function besideBareBolt(company: SimulatedCompany, load: Load, work: () => Promise<unknown>): Promise<readonly number[]> {
  const floor = await startProcess([bare], { SLACK_SIGNING_SECRET: company.slack.signingSecret }, 'bare is ready')
  try {
    await sendCommands({ ...load(portOf(floor.readyLine)), seconds: 2 })
    const [times] = await Promise.all([sendCommands(load(portOf(floor.readyLine))), work()])
    return times
  } finally {
    await floor.stop()
  }
}

const p99sOf = (rounds: readonly (readonly number[])[]): readonly number[] => rounds.map((times) => quantile(times, 0.99))

/** `p50 0.8 ms, p99 2.1, 2.4, 3.5 ms`: the percentile of each round. */
const figures = (rounds: readonly (readonly number[])[]): string =>
  `p50 ${median(rounds.map((times) => quantile(times, 0.5))).toFixed(1)} ms, p99 ${p99sOf(rounds)
    .map((each) => each.toFixed(1))
    .join(', ')} ms`

export const acknowledgement: Measurement = {
  name: 'ack',
  async run({ postgres, quick }) {
    const company = await simulatedCompany(1000, systemClock)
    const { slack, workspace } = company
    const conversation = slack.workspace.directMessageWith(workspace.managerId).id
    const [perSecond, seconds] = [50, quick ? 3 : 20]
    const load = (port: number): CommandLoad => ({
      port,
      signingSecret: slack.signingSecret,
      userId: workspace.managerId,
      teamId: slack.workspace.teamId,
      // Only the acknowledgement is measured, but the work behind it runs as usual: an answer that Slack did not take would be posted in two
      // further ways.
      responseUrls: Array.from({ length: perSecond * seconds }, () => slack.answerAddress(workspace.managerId, conversation)),
      perSecond,
      seconds,
    })
    try {
      const bareTimes: (readonly number[])[] = []
      const times: (readonly number[])[] = []
      const during: During[] = []
      const withTools: WithTools[] = []
      for (let round = 0; round < (quick ? 1 : 3); round += 1) {
        bareTimes.push(await ofBareBolt(company, load))
        times.push(await atRest(company, await postgres.createDatabase(), load))
        withTools.push(await besideTools(company, await postgres.createDatabase(), load))
        during.push(await duringSync(company, await postgres.createDatabase(), usualPerSecond, load))
      }
      const fast = await duringSync(company, await postgres.createDatabase(), 10 * usualPerSecond, load)
      const usual = during.map((one) => one.times)
      const bareP99 = median(p99sOf(bareTimes))
      const rows: readonly Row[] = [
        {
          name: 'acknowledgement p99, 50 commands/s',
          target: Math.min(100, 2 * bareP99),
          targetNote: '2 × bare, < 100',
          result: median(p99sOf(times)),
          unit: 'ms',
          note: `app: ${figures(times)}; bare Bolt: ${figures(bareTimes)}`,
        },
        {
          name: 'the same beside 50 tool calls/s of Slackbot',
          target: Math.min(100, 2 * bareP99),
          targetNote: '2 × bare, < 100',
          result: median(p99sOf(withTools.map((one) => one.times))),
          unit: 'ms',
          note: `app: ${figures(withTools.map((one) => one.times))}; tools: ${figures(withTools.map((one) => one.answers))}; bare Bolt beside the same calls to another process: ${figures(withTools.map((one) => one.bareTimes))}`,
        },
        {
          name: 'the same while 1,000 people are read',
          target: Math.min(100, 2 * bareP99),
          targetNote: '2 × bare, < 100',
          result: median(p99sOf(usual)),
          unit: 'ms',
          note: `app: ${figures(usual)}; ${during[0]?.requests} Gong requests meanwhile, at the usual ${usualPerSecond}/s`,
        },
        {
          name: 'the same, read at ten times the usual rate',
          target: 100,
          targetNote: '< 100',
          result: quantile(fast.times, 0.99),
          unit: 'ms',
          note: `app: ${figures([fast.times])}; ${fast.requests} Gong requests meanwhile`,
        },
      ]
      return rows
    } finally {
      await company.stop()
    }
  },
}
