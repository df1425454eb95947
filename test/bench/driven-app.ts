// The real app in a process of its own, driven over IPC with a clock that is moved by order: what it costs can be told apart from what
// the simulators cost. Settings come from the environment, rates from its only argument.
import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import path from 'node:path'
import { startApp } from '../../src/app.ts'
import type { MovableClock } from '../../src/clock.ts'
import { readConfig } from '../../src/config/config.ts'
import { createLog } from '../../src/log.ts'
import { moveClock } from '../../src/sandbox/demo-stage.ts'
import { usualLimits } from '../../src/store/database/pool.ts'

export interface DrivenOptions {
  readonly now: string
  readonly requestsPerSecond: number
  /** From which level on the log is written; default `error`. */
  readonly logLevel?: string
  /** Real time that is not waited as long as usual: before a request to Gong that failed is made again, for an answer of the database. */
  readonly inAHurry?: boolean
}

export type Order =
  | { readonly type: 'refresh' }
  | { readonly type: 'move'; readonly to: string }
  | { readonly type: 'tick'; readonly now: string }
  | { readonly type: 'next'; readonly now: string }
  | { readonly type: 'idle' }
  | { readonly type: 'collect' }
  | { readonly type: 'stop' }

export interface Done {
  readonly wallMs: number
  readonly cpuMs: number
  readonly port: number
  readonly healthPort: number
  /** Answers `collect`: the heap in use once everything that is not needed is gone. */
  readonly heapMb?: number
  /** Answers `next`. */
  readonly nextDueAt?: string
  readonly error?: string
}

const given = JSON.parse(process.argv[2] ?? '{}') as DrivenOptions
/** Also back: a machine's clock that went wrong is set right. */
let now = new Date(given.now)
const clock: MovableClock = {
  now: () => new Date(now),
  moveTo(instant) {
    now = instant
  },
}
const config = readConfig()
const app = await startApp(
  { ...config, settings: { ...config.settings, GONG_REQUESTS_PER_SECOND: given.requestsPerSecond, GONG_REQUESTS_PER_DAY: 1_000_000 } },
  {
    clock,
    log: createLog(given.logLevel ?? 'error', { write: (line) => void process.stderr.write(line) }),
    heartbeat: false,
    pace: { channelMs: 0, workspaceMs: 0 },
    memberPageMs: 0,
    ...(given.inAHurry && { gongLimits: { firstPauseMs: 20 }, databaseLimits: { ...usualLimits, answerMs: 4000 } }),
  },
)

async function obey(order: Order): Promise<Pick<Done, 'nextDueAt' | 'heapMb'>> {
  if (order.type === 'tick') {
    clock.moveTo(new Date(order.now))
    await app.tick()
  }
  if (order.type === 'next') {
    const nextDueAt = (await app.nextDueAfter(new Date(order.now)))?.toISOString()
    return nextDueAt === undefined ? {} : { nextDueAt }
  }
  if (order.type === 'collect') {
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
    return { heapMb: process.memoryUsage().heapUsed / 1024 ** 2 }
  }
  if (order.type === 'refresh') {
    await app.tick()
    await app.refresh()
    await app.idle()
  }
  if (order.type === 'move') await moveClock(clock, app, new Date(order.to))
  if (order.type === 'idle') await app.idle()
  if (order.type === 'stop') await app.stop()
  return {}
}

/** `BENCH_PROFILE=folder` leaves a profile of the last move of the clock there. */
async function profiled<T>(order: Order, work: () => Promise<T>): Promise<T> {
  const folder = process.env.BENCH_PROFILE
  if (!folder || order.type !== 'move') return work()
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.start')
  try {
    return await work()
  } finally {
    const { profile } = await session.post('Profiler.stop')
    writeFileSync(path.join(folder, 'move.cpuprofile'), JSON.stringify(profile))
    session.disconnect()
  }
}

process.on('message', (order: Order) => {
  const startedAt = performance.now()
  const before = process.cpuUsage()
  const done = (answer: Pick<Done, 'nextDueAt' | 'heapMb'>, error?: unknown): void => {
    const { user, system } = process.cpuUsage(before)
    const figures: Done = {
      wallMs: performance.now() - startedAt,
      cpuMs: (user + system) / 1000,
      port: app.port ?? 0,
      healthPort: app.healthPort ?? 0,
      ...answer,
    }
    process.send?.(error === undefined ? figures : { ...figures, error: String(error) })
    if (order.type === 'stop') process.disconnect?.()
  }
  profiled(order, () => obey(order)).then(done, (error: unknown) => done({}, error))
})
process.send?.('ready')
