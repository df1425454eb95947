// Start to ready and resident memory of the service as `npm start` runs it, beside the bare Bolt app.
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Measurement } from './measure.ts'
import { type MemoryFigures, memoryOf } from './process-figures.ts'
import { simulatedCompany } from './simulated-company.ts'
import { startProcess } from './started-process.ts'
import { median } from './table.ts'

const start = ['--max-semi-space-size=4', path.join(import.meta.dirname, '../../src/start.mjs')]
const bare = ['--max-semi-space-size=4', path.join(import.meta.dirname, 'bare-bolt.ts')]
const settleMs = 2000

interface Started {
  readonly readyAfterMs: number
  readonly memory: MemoryFigures
}

async function startOnce(args: readonly string[], environment: Readonly<Record<string, string>>, words: string): Promise<Started> {
  const started = await startProcess(args, environment, words)
  await wait(settleMs)
  const memory = memoryOf(started.pid)
  await started.stop()
  return { readyAfterMs: started.readyAfterMs, memory }
}

export const startAndMemory: Measurement = {
  name: 'start',
  async run({ postgres, quick, folder }) {
    const company = await simulatedCompany(42)
    const times = quick ? 1 : 5
    const app = (more: Readonly<Record<string, string>>) => startOnce(start, { ...company.environment, ...more }, 'gong-digest is ready')
    const repeated = async (once: () => Promise<Started>): Promise<readonly Started[]> => {
      const all: Started[] = []
      for (let index = 0; index < times; index += 1) all.push(await once())
      return all
    }
    try {
      const embedded = { DATA_DIR: path.join(folder(), 'data') }
      const first = await app(embedded)
      const warm = await repeated(() => app(embedded))
      const database = { DATABASE_URL: await postgres.createDatabase() }
      await app(database)
      const onPostgres = await repeated(() => app(database))
      const floor = await repeated(() => startOnce(bare, { SLACK_SIGNING_SECRET: 'bench' }, 'bare is ready'))
      const ready = (all: readonly Started[]) => median(all.map(({ readyAfterMs }) => readyAfterMs)) / 1000
      const idle = (all: readonly Started[]) => median(all.map(({ memory }) => memory.residentMb))
      const peak = (all: readonly Started[]) => median(all.map(({ memory }) => memory.peakMb))
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
          target: 1.5 * idle(floor),
          targetNote: '1.5 × bare',
          result: idle(onPostgres),
          unit: 'MB',
          note: `bare Bolt: ${idle(floor).toFixed(0)} MB; peak ${peak(onPostgres).toFixed(0)} MB`,
        },
        { name: 'memory idle, embedded', target: 400, result: idle(warm), unit: 'MB', note: `peak ${peak(warm).toFixed(0)} MB` },
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
