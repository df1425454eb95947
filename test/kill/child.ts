// The process the kill and replica tests start: the real store, queue, schedule and Slack client, fed by one JSON argument. With
// `killAt` it ends itself by SIGKILL at that step of a delivery; nothing is flushed, closed or handed back.
import { flushCompileCache } from 'node:module'
import { systemClock } from '../../src/clock.ts'
import { databaseFailureOf } from '../../src/database-failure.ts'
import type { DeliveryStep } from '../../src/digests/delivery/deps.ts'
import { localDateOf } from '../../src/domain/period.ts'
import { createLog } from '../../src/log.ts'
import { openStore } from '../../src/store/database/connect.ts'
import { fillCompany, worldOf } from '../kit/delivery-world.ts'
import { teamDigest } from '../kit/team-digest.ts'

export interface ChildOptions {
  readonly databaseUrl?: string
  readonly dataDir: string
  readonly slack: { readonly apiUrl: string; readonly botToken: string }
  /** Fills the empty store with people. */
  readonly fill?: boolean
  /** Sets up digests due in this minute, one per channel id. */
  readonly due?: readonly string[]
  readonly killAt?: DeliveryStep
  /** Stops the process at that step, once, until somebody sends SIGCONT. */
  readonly freezeAt?: DeliveryStep
  /** How far this machine's clock is ahead; behind when negative. */
  readonly aheadMs?: number | undefined
  /** Ends by itself once no delivery is open: what is not posted then never will be. */
  readonly untilSettled?: boolean
}

const options = JSON.parse(process.argv[2] ?? '{}') as ChildOptions
const { aheadMs = 0 } = options
const clock = { now: () => new Date(systemClock.now().getTime() + aheadMs) }
const log = createLog('warn', { write: (line) => void process.stderr.write(line) })
const store = await openStore({
  ...(options.databaseUrl !== undefined && { databaseUrl: options.databaseUrl }),
  dataDir: options.dataDir,
  clock,
  realTime: 'database',
  log,
  budget: { perSecond: 2, perDay: 4000 },
})
if (options.fill) await fillCompany(store, clock.now())
let isFrozen = false
const schedule = worldOf({
  store,
  clock,
  log,
  slack: options.slack,
  timeoutMs: 1000,
  change: {
    lookTimes: { sendMs: 1000, firstMs: 500, secondMs: 1000 },
    leaseMs: 1500,
    retriesInRealTime: true,
    step(name) {
      if (name === options.killAt) process.kill(process.pid, 'SIGKILL')
      if (name !== options.freezeAt || isFrozen) return
      isFrozen = true
      return new Promise((wake) => {
        process.send?.('frozen', () => {
          process.kill(process.pid, 'SIGSTOP')
          wake()
        })
      })
    },
  },
})

// Planned before any worker runs: a worker killed over an older row must not take these with it.
const now = clock.now()
const minute = now.toISOString().slice(11, 16)
const rule = { weekdays: [1, 2, 3, 4, 5, 6, 7], time: minute, zone: 'UTC' } as const
for (const channelId of options.due ?? []) {
  const planned = new Date(`${localDateOf(now, 'UTC')}T${minute}:00Z`)
  await store.subscriptions.insert(teamDigest({ destination: { type: 'channel', channelId }, recurrence: rule, nextAt: planned }))
}
await schedule.start()
// A killed process writes no compile cache, and most that follow are killed.
if (options.fill) flushCompileCache()
process.send?.('ready')

let stopping = false
process.once('SIGTERM', () => {
  stopping = true
})
async function isSettled(): Promise<boolean> {
  for (const status of ['reserved', 'posting', 'doubtful'] as const) {
    if ((await store.deliveries.byStatus(status, 1)).length > 0) return false
  }
  return true
}

/** As the heartbeat has it: what fails because of the database is tried again at the next beat. */
async function unlessDatabaseFails<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!databaseFailureOf(error)) throw error
    return undefined
  }
}

while (!stopping && !(options.untilSettled && (await unlessDatabaseFails(isSettled)))) {
  await unlessDatabaseFails(schedule.tick)
  await new Promise((resolve) => setTimeout(resolve, 50))
}
await schedule.stop().catch(() => undefined)
await store.close()
process.exit(0)
