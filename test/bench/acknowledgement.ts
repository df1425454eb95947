// Acknowledgement of slash commands under a steady load, beside the bare Bolt app, at rest and while people and windows are read.
import path from 'node:path'
import { systemClock } from '../../src/clock.ts'
import { type CommandLoad, sendCommands } from './commands-per-second.ts'
import { driveApp } from './drive.ts'
import type { Measurement } from './measure.ts'
import { type SimulatedCompany, simulatedCompany } from './simulated-company.ts'
import { startProcess } from './started-process.ts'
import { quantile, type Row } from './table.ts'

const start = path.join(import.meta.dirname, '../../src/start.mjs')
const bare = path.join(import.meta.dirname, 'bare-bolt.ts')
const portOf = (line: string): number => Number(/"port":(\d+)/.exec(line)?.[1])

const syncPerSecond = 20

async function duringSync(
  company: SimulatedCompany,
  database: Readonly<Record<string, string>>,
  load: (port: number) => CommandLoad,
): Promise<{ readonly during: readonly number[]; readonly requests: number }> {
  const now = systemClock.now().toISOString()
  const app = await driveApp({ now, requestsPerSecond: syncPerSecond }, { ...company.environment, ...database }, [
    '--max-semi-space-size=4',
  ])
  const { port } = await app.tell({ type: 'idle' })
  await sendCommands({ ...load(port), seconds: 2 })
  const before = company.gong.log.count()
  const sync = app.tell({ type: 'refresh' })
  const during = await sendCommands(load(port))
  const requests = company.gong.log.count() - before
  await sync
  await app.stop()
  return { during, requests }
}

export const acknowledgement: Measurement = {
  name: 'ack',
  async run({ postgres, quick }) {
    const company = await simulatedCompany(1000)
    const load = (port: number): CommandLoad => ({
      port,
      signingSecret: company.slack.signingSecret,
      userId: company.workspace.managerId,
      teamId: company.slack.workspace.teamId,
      // An answer nobody takes: only the acknowledgement is measured, the work behind it still runs.
      responseUrl: `${company.slack.origin}/nobody`,
      perSecond: 50,
      seconds: quick ? 3 : 10,
    })
    try {
      const floor = await startProcess([bare], { SLACK_SIGNING_SECRET: company.slack.signingSecret }, 'bare is ready')
      await sendCommands({ ...load(portOf(floor.readyLine)), seconds: 2 })
      const bareTimes = await sendCommands(load(portOf(floor.readyLine)))
      await floor.stop()
      const environment = { ...company.environment, DATABASE_URL: await postgres.createDatabase() }
      const app = await startProcess(['--max-semi-space-size=4', start], environment, 'gong-digest is ready')
      await sendCommands({ ...load(portOf(app.readyLine)), seconds: 2 })
      const times = await sendCommands(load(portOf(app.readyLine)))
      await app.stop()
      const { during, requests } = await duringSync(company, { DATABASE_URL: await postgres.createDatabase() }, load)
      const bareP99 = quantile(bareTimes, 0.99)
      const figures = (all: readonly number[]) => `p50 ${quantile(all, 0.5).toFixed(1)} ms, p99 ${quantile(all, 0.99).toFixed(1)} ms`
      const rows: readonly Row[] = [
        {
          name: 'acknowledgement p99, 50 commands/s',
          target: Math.min(100, 2 * bareP99),
          targetNote: '2 × bare, < 100',
          result: quantile(times, 0.99),
          unit: 'ms',
          note: `app: ${figures(times)}; bare Bolt: ${figures(bareTimes)}`,
        },
        {
          name: 'the same during a sync of 1,000 people',
          target: Math.min(100, 2 * bareP99),
          targetNote: '2 × bare, < 100',
          result: quantile(during, 0.99),
          unit: 'ms',
          note: `app: ${figures(during)}; ${requests} Gong requests meanwhile, at ${syncPerSecond}/s, ten times the usual rate`,
        },
      ]
      return rows
    } finally {
      await company.stop()
    }
  },
}
