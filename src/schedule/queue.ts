// Wake-ups carried by pg-boss: durable, deduplicated by key, shared by replicas. A job only says "look at this row now"; our rows and the
// clock passed in decide whether anything is due, never pg-boss's time.
import { setTimeout as wait } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import { databaseFailureOf } from '../database-failure.ts'
import type { Log } from '../log.ts'
import type { QueueConnection } from '../store/database/queue-connection.ts'
import type { Wake } from '../store/digests/delivery-writes.ts'

/** Wake-ups of one job. A key is a row's id, or a fixed word for work there is one of; a second one with the same key joins the first. */
export interface WakeUps {
  readonly name: string
  readonly keys: readonly string[]
}

/** One kind of work. */
export interface QueuedJob {
  readonly name: string
  /** How many run at the same time in one process. */
  readonly concurrency: number
  /** After this long the run counts as stuck and may be taken over. */
  readonly expireSeconds: number
  /** Errors are logged and never retried by the queue: the row's own columns say when to look again. */
  run(key: string, signal: AbortSignal): Promise<void>
}

export interface Queue {
  /** Starts the workers; until then wake-ups are kept. */
  start(jobs: readonly QueuedJob[]): Promise<void>
  /** The only way to add work. Inside a transaction, pass that transaction's connection, and call `nudge` after the commit. */
  enqueue(connection: QueueConnection, wakeUps: WakeUps): Promise<void>
  /** Lets this process's workers of a job, or all of them, look now instead of at their next poll. A look is a query. */
  nudge(name?: string): void
  /** Resolves when no wake-up waits or runs, in any process. */
  idle(): Promise<void>
  /** Whether the workers are started and the queue's tables answer. */
  isRunning(): Promise<boolean>
  /** Finishes what runs, or hands it back, within `withinMs`. */
  stop(withinMs?: number): Promise<void>
}

const schema = 'gong_digest_queue'

/** A killed process is noticed this long after its last heartbeat (the least pg-boss allows). */
const heartbeatSeconds = 10

export interface QueueDeps {
  readonly connection: QueueConnection
  readonly kind: 'embedded' | 'postgres'
  readonly log: Log
}

/** pg-boss and this process's workers. */
interface Running {
  readonly deps: QueueDeps
  readonly boss: PgBoss
  /** Empty before the start. */
  jobs: readonly QueuedJob[]
  /** pg-boss's ids, by the job's name. */
  readonly workerIds: Map<string, string>
  /** Batches under way in this process. */
  readonly batches: Set<Promise<unknown>>
  /** Resolves when the next batch begins. */
  hasBegun: PromiseWithResolvers<void>
  isStopping: boolean
}

export function createQueue(deps: QueueDeps): Queue {
  const boss = openBoss(deps)
  const running: Running = {
    deps,
    boss,
    jobs: [],
    workerIds: new Map(),
    batches: new Set(),
    hasBegun: Promise.withResolvers(),
    isStopping: false,
  }
  return {
    async start(jobs) {
      running.jobs = jobs
      await boss.start({ attempts: 5 })
      for (const job of jobs) await startWorker(running, job)
    },
    async enqueue(on, { name, keys }) {
      if (keys.length === 0) return
      await boss.insert(
        name,
        keys.map((key) => ({ data: { key }, singletonKey: key })),
        { db: on },
      )
    },
    nudge: (name) => nudge(running, name === undefined ? running.workerIds.keys() : [name]),
    idle: () => untilIdle(running),
    async isRunning() {
      const { jobs, workerIds } = running
      if (running.isStopping || workerIds.size === 0 || workerIds.size < jobs.length) return false
      await unfinished(running)
      return true
    },
    async stop(withinMs = 8000) {
      running.isStopping = true
      await boss.stop({ graceful: true, close: false, timeout: withinMs })
    },
  }
}

function openBoss({ connection, kind, log }: QueueDeps): PgBoss {
  const boss = new PgBoss({
    db: connection,
    backend: kind === 'embedded' ? 'pglite' : 'postgres',
    schema,
    schedule: false,
    supervise: true,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    reindex: false,
    monitorVacuum: false,
    registerInstance: false,
    openTelemetry: { enabled: false },
  })
  boss.on('error', (error) => log.error({ err: error }, 'The queue reported an error'))
  boss.on('warning', (warning) => log.warn({ warning: warning.message }, 'The queue warned'))
  return boss
}

async function startWorker(running: Running, job: QueuedJob): Promise<void> {
  const { boss, batches, workerIds } = running
  const queueOptions = {
    // One waiting job per key, however many run: a dead process's job must not keep others from being woken.
    policy: 'short' as const,
    retryLimit: 50,
    retryDelay: 0,
    heartbeatSeconds,
    expireInSeconds: job.expireSeconds,
    deleteAfterSeconds: 3600,
  }
  await whileDatabaseFails(() => boss.createQueue(job.name, queueOptions))
  const options = { batchSize: job.concurrency, burstWhenBatchFull: true, pollingIntervalSeconds: 2 }
  const workerId = await boss.work<{ key: string }>(job.name, options, async (batch) => {
    const done = Promise.all(batch.map((queued) => runOne(running, job, queued.data.key, queued.signal)))
    batches.add(done)
    running.hasBegun.resolve()
    running.hasBegun = Promise.withResolvers()
    await done
    batches.delete(done)
  })
  workerIds.set(job.name, workerId)
}

/** Never rejects, because the queue must not retry. */
async function runOne(running: Running, job: QueuedJob, key: string, signal: AbortSignal): Promise<void> {
  const { log } = running.deps
  // Work left when we stop is not lost: its row stays open, and the heartbeat of another process wakes it again.
  if (running.isStopping) return
  try {
    await job.run(key, signal)
  } catch (error) {
    // The store is closed under what outlasts a stop; its wake-up is still there.
    if (running.isStopping && databaseFailureOf(error))
      log.info({ job: job.name, key }, 'A job outlasted the stop; the next start takes it up')
    // As when two processes want the same lock while one takes over from the other. A database that stays away fails the heartbeat too.
    else if (databaseFailureOf(error))
      log.warn({ err: error, job: job.name, key }, 'A job waits for the database; its next turn tries again')
    else log.error({ err: error, job: job.name, key }, 'A job failed unexpectedly')
  }
}

function nudge({ boss, workerIds }: Running, names: Iterable<string>): void {
  for (const name of names) {
    const id = workerIds.get(name)
    if (id !== undefined) boss.notifyWorker(id)
  }
}

/** Jobs with wake-ups that wait or run, in any process; `waits`: not all of them run. */
async function unfinished({ deps, jobs }: Running): Promise<readonly { readonly name: string; readonly waits: boolean }[]> {
  const { rows } = await deps.connection.executeSql(
    `SELECT name, bool_or(state <> 'active') AS waits FROM ${schema}.job WHERE state IN ('created', 'retry', 'active') AND name = ANY($1::text[]) GROUP BY name`,
    [jobs.map((job) => job.name)],
  )
  return rows as { name: string; waits: boolean }[]
}

/** Resolves when no wake-up waits or runs, or this process stops. */
async function untilIdle(running: Running): Promise<void> {
  for (let waitMs = firstLookMs; !running.isStopping; ) {
    const left = await unfinished(running)
    if (left.length === 0) return
    const waiting = left.flatMap(({ name, waits }) => (waits ? [name] : []))
    nudge(running, waiting)
    // Looked at again when something here is done or begins, and now and then for what other processes do.
    const { batches, hasBegun } = running
    const heard = Promise.race([hasBegun.promise, ...batches]).then(() => true)
    const isNews = await Promise.race([heard, wait(batches.size > 0 ? longestLookMs : waitMs, false)])
    waitMs = isNews ? firstLookMs : Math.min(waitMs * 1.5, longestLookMs)
  }
}

const firstLookMs = 5
const longestLookMs = 200

const startTries = 5
const startAgainMs = 500

/** Repeats what may be done twice: a connection that is ended in the middle of a start does not end the start. */
async function whileDatabaseFails(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (!databaseFailureOf(error) || tries >= startTries) throw error
      await wait(startAgainMs)
    }
  }
}

/** The job that delivers one row. */
export const deliveryJob = 'deliver-digest'

/** Wakes the worker of these delivery rows; inside a transaction, pass that transaction's connection. */
export const wakeDeliveries =
  (queue: Pick<Queue, 'enqueue'>): Wake =>
  (connection, deliveryIds) =>
    queue.enqueue(connection, { name: deliveryJob, keys: deliveryIds })
