// Start to ready and resident memory of the service as `npm start` runs it, beside the bare Bolt app.
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '../../src/clock.ts'
import { productionFlags } from './drive.ts'
import type { Measurement } from './measure.ts'
import { type MemoryFigures, memoryOf } from './process-figures.ts'
import { type SimulatedCompany, simulatedCompany } from './simulated-company.ts'
import { startProcess } from './started-process.ts'
import { median } from './table.ts'

const start = [...productionFlags, path.join(import.meta.dirname, '../../src/start.mjs')]
const bare = [...productionFlags, path.join(import.meta.dirname, 'bare-bolt.ts')]
/** What starting left behind is collected by then. */
const settleMs = 20_000

interface Started {
  readonly readyAfterMs: number
  readonly memory: MemoryFigures
}

/** `settled`: when its memory is looked at. */
async function startOnce(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  words: string,
  settled: () => Promise<unknown> = async () => undefined,
): Promise<Started> {
  const started = await startProcess(args, environment, words)
  await settled()
  const memory = memoryOf(started.pid)
  await started.stop()
  return { readyAfterMs: started.readyAfterMs, memory }
}

/** The first reading of Gong is over: for a while nothing more was asked. */
async function everythingRead({ gong }: SimulatedCompany): Promise<void> {
  for (let before = -1; before < gong.log.count(); ) {
    before = gong.log.count()
    await wait(5000)
  }
}

export const startAndMemory: Measurement = {
  name: 'start',
  async run({ postgres, quick, folder }) {
    const company = await simulatedCompany(42, systemClock)
    const times = quick ? 1 : 5
    const app = (more: Readonly<Record<string, string>>, settled?: () => Promise<unknown>) =>
      startOnce(start, { ...company.environment, GONG_REQUESTS_PER_SECOND: '3', ...more }, 'gong-digest is ready', settled)
    const bareApp = (settled?: () => Promise<unknown>) => startOnce(bare, { SLACK_SIGNING_SECRET: 'bench' }, 'bare is ready', settled)
    const repeated = async (once: () => Promise<Started>): Promise<readonly Started[]> => {
      const all: Started[] = []
      for (let index = 0; index < times; index += 1) all.push(await once())
      return all
    }
    try {
      const embedded = { DATA_DIR: path.join(folder(), 'data') }
      const database = { DATABASE_URL: await postgres.createDatabase() }
      const first = await app(embedded, () => everythingRead(company))
      await app(database, () => everythingRead(company))
      const warm = await repeated(() => app(embedded))
      const onPostgres = await repeated(() => app(database))
      const floor = await repeated(bareApp)
      const ready = (all: readonly Started[]) => median(all.map(({ readyAfterMs }) => readyAfterMs)) / 1000
      const settle = () => wait(settleMs)
      const [idleWarm, idleOnPostgres, idleFloor] = await Promise.all([app(embedded, settle), app(database, settle), bareApp(settle)])
      return [
        {
          name: 'start to ready, Postgres',
          target: 1.5,
          result: ready(onPostgres),
          unit: 's',
          note: `bare Bolt: ${ready(floor).toFixed(2)} s`,
        },
        { name: 'start to ready, embedded and warm', target: 2.5, result: ready(warm), unit: 's' },
        {
          name: 'memory idle, Postgres',
          target: 1.5 * idleFloor.memory.residentMb,
          targetNote: '1.5 × bare',
          result: idleOnPostgres.memory.residentMb,
          unit: 'MB',
          note: `everything read, ${settleMs / 1000} s after the start; bare Bolt: ${idleFloor.memory.residentMb.toFixed(0)} MB; peak ${idleOnPostgres.memory.peakMb.toFixed(0)} MB`,
        },
        {
          name: 'memory idle, embedded',
          target: 400,
          result: idleWarm.memory.residentMb,
          unit: 'MB',
          note: `peak ${idleWarm.memory.peakMb.toFixed(0)} MB`,
        },
        {
          name: 'memory peak, first start, embedded',
          target: 768,
          result: first.memory.peakMb,
          unit: 'MB',
          note: `ready after ${(first.readyAfterMs / 1000).toFixed(1)} s`,
        },
      ]
    } finally {
      await company.stop()
    }
  },
}
