// Starts work on time: each tick reserves due deliveries, starts upkeep whose interval is over and wakes open rows. Time is the clock
// passed in: tests and the demo move it and call `tick`; the heartbeat calls `tick` each minute. Does none of the work itself.
import type { Clock } from '../clock.ts'
import type { Company } from '../domain/company.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { doubtOldCopy } from './after-old-copy.ts'
import { recoverFromWrongClock } from './after-wrong-clock.ts'
import { reserveDue } from './due.ts'
import { type Heartbeat, startHeartbeat } from './heartbeat.ts'
import type { JobDeps, ScheduledWork } from './job.ts'
import { jobs } from './jobs/index.ts'
import { deliveryJob, type Queue, wakeDeliveries } from './queue.ts'
import { startUpkeep } from './upkeep.ts'

export interface Schedule {
  /** Starts everything due at `clock.now()`. */
  tick(): Promise<void>
  /** Resolves when everything started is done, in every process. */
  idle(): Promise<void>
  /** The next instant at which something becomes due: where a moved clock stops next. */
  nextDueAfter(now: Date): Promise<Date | undefined>
  /** Starts the workers; with `heartbeat`, also the minute beat. */
  start(options?: { readonly heartbeat?: boolean }): Promise<void>
  /** Finishes what runs, or hands it back, within 8 s. */
  stop(): Promise<void>
  /** Starts an upkeep job now, for example `refresh-gong`. */
  startJob(name: string): Promise<void>
  /** When the heartbeat last started what was due, and since when it beats; undefined without one. */
  heartbeat(): { readonly lastAt: Date | undefined; readonly startedAt: Date } | undefined
  /** Whether the queue's workers run and its tables answer. */
  isRunning(): Promise<boolean>
}

export interface ScheduleDeps {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly company: Company
  readonly queue: Queue
  readonly work: ScheduledWork
  /** How many posts may be under way at once in this process. */
  readonly postsAtOnce: number
  /** Months of figures kept. */
  readonly retentionMonths: number
}

export function createSchedule({ store, clock, log, company, queue, work, ...deps }: ScheduleDeps): Schedule {
  const wake = wakeDeliveries(queue)
  const jobDeps: JobDeps = { ...work, store, clock, log, retentionMonths: deps.retentionMonths }
  let heartbeat: Heartbeat | undefined
  let ticked: Date | undefined
  let beat: { readonly lastAt: Date | undefined; readonly startedAt: Date } | undefined

  async function wakeOpen(): Promise<void> {
    const rows = await store.deliveries.wakeable(clock.now(), 500)
    await wake(
      store.queue,
      rows.map(({ id }) => id),
    )
    queue.nudge(deliveryJob)
  }

  async function startJob(name: string): Promise<void> {
    await queue.enqueue(store.queue, { name, keys: [name] })
    queue.nudge(name)
  }

  async function tick(): Promise<void> {
    if (ticked) await doubtOldCopy({ store, clock, log, ticked })
    await recoverFromWrongClock({
      tenant: store.tenant,
      deliveries: store.deliveries,
      subscriptions: store.subscriptions,
      endFutureDates: store.endFutureDates,
      clock,
      log,
    })
    ticked = clock.now()
    await work.wantDirectory()
    await startUpkeep(jobs, { tenant: store.tenant, clock, start: (job) => startJob(job.name) })
    await reserveDue({ subscriptions: store.subscriptions, deliveries: store.deliveries, clock, company, wake, log })
    await wakeOpen()
    if (beat) beat = { ...beat, lastAt: clock.now() }
  }

  return {
    tick,
    idle: () => queue.idle(),
    async nextDueAfter(now) {
      const instants = await Promise.all([store.subscriptions.nextDueAfter(now), store.deliveries.nextWakeAfter(now)])
      return instants.filter((instant) => instant !== undefined).toSorted((a, b) => a.getTime() - b.getTime())[0]
    },
    async start({ heartbeat: beats = false } = {}) {
      if (store.kind === 'embedded') await store.deliveries.voidLeases()
      await doubtOldCopy({ store, clock, log })
      await queue.start(
        jobs.map((job) => ({
          ...job,
          concurrency: job.concurrency === 'posts' ? deps.postsAtOnce : job.concurrency,
          // Upkeep runs once at a time across all replicas; a second one leaves it to the first.
          run: async (key: string, signal: AbortSignal) => {
            if (job.everyMinutes === undefined) await job.run(jobDeps, key, signal)
            else await store.exclusively(job.name, () => job.run(jobDeps, key, signal))
          },
        })),
      )
      if (!beats) return
      beat = { startedAt: clock.now(), lastAt: undefined }
      heartbeat = startHeartbeat({ tick, wakeOpen }, log)
    },
    async stop() {
      await heartbeat?.stop()
      await queue.stop()
    },
    startJob,
    heartbeat: () => beat,
    isRunning: () => queue.isRunning(),
  }
}
