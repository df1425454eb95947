// Starts sync and digests on time and joins the parts that do the work; what sends a digest is sending.ts. Time is the clock handed in: tests and the demo move it
// and call `tick`; the heartbeat calls the same each minute.
import type { CoachingCare } from '../reports/coaching-care.ts'
import type { DigestDesk } from '../reports/digest-desk.ts'
import { createGate, type Gate } from '../slack/gate.ts'
import { politePace } from '../slack/pacer.ts'
import { createPoster } from '../slack/post.ts'
import type { Wake } from '../store/delivery-writes.ts'
import { createDigestDesk } from './digest-desk.ts'
import { reserveDue } from './due.ts'
import { contactAdmins } from './first-contact.ts'
import { type Heartbeat, startHeartbeat } from './heartbeat.ts'
import type { JobDesk } from './job.ts'
import { jobs } from './jobs/index.ts'
import { createAlignment } from './programme-alignment.ts'
import { createProgrammeDesk } from './programme-desk.ts'
import { createQueue } from './queue.ts'
import { createRefreshOnce } from './refresh-once.ts'
import { createReminders } from './reminders.ts'
import type { ScheduleOptions } from './schedule-options.ts'
import { createSending } from './sending.ts'
import { createSlackPeople } from './slack-people.ts'
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
  /** Whether wake-ups are taken and carried out. */
  isRunning(): Promise<boolean>
  readonly gate: Gate
  /** What the digest command, its buttons and Home ask. */
  readonly digests: DigestDesk
  /** What reminders, their buttons and Home ask. */
  readonly coaching: CoachingCare
}

export function createSchedule(options: ScheduleOptions): Schedule {
  const { store, clock, log, company, viewers, directory, client } = options
  const wake: Wake = (queueConnection, deliveryIds) => queue.enqueue(queueConnection, { name: 'deliver-digest', keys: deliveryIds })
  const gate = createGate({ client, members: store.directory, directory, allowGuests: options.settings.allowGuests, clock })
  const refresh = createRefreshOnce({ store, sync: options.sync })
  const people = createSlackPeople({ directory, viewers })
  const { nameOf, viewerOf } = people
  const pace = options.pace ?? politePace
  const poster = createPoster(client, { clock, pace })
  const reminders = createReminders({
    store,
    clock,
    log,
    company,
    directory,
    poster,
    render: options.render,
    nameOf,
    awayEmoji: options.settings.awayEmoji,
  })
  const sending = createSending(options, { gate, poster, refresh, people, reminders, wake })
  const align = createAlignment({
    store,
    clock,
    log,
    slackUserOf: viewers.slackUserOfPerson,
    zoneOf: async (slackUserId) => (await people.person(slackUserId)).zone ?? company.zone,
  })
  const digests = createDigestDesk({
    store,
    clock,
    company,
    gate,
    namesInChannels: options.settings.namesInChannels,
    botName: options.settings.botName,
    preview: sending.preview,
    programmes: createProgrammeDesk({ store, clock, zone: company.zone, align, nameOf, slackUserOf: viewers.slackUserOfPerson }),
    viewerOf,
    nameOf,
    wake,
    nudge: () => queue.nudge(),
  })
  const desk: JobDesk = {
    store,
    retentionMonths: options.retentionMonths ?? 13,
    clock,
    log,
    correctDigests: sending.correct,
    deliver: sending.deliver,
    contactAdmins: async () => {
      if (!options.reading) return
      const told = await contactAdmins({ store, clock, viewers, reading: options.reading, wake })
      if (told === 0) return
      log.info({ admins: told }, 'Admins are told what was found')
      queue.nudge()
    },
    refresh,
    closeReminders: reminders.close,
    refreshDirectory: async () => void (await directory.refresh()),
    alignProgrammes: async () => {
      for (const programme of await store.subscriptions.programmes()) await align(programme)
    },
  }
  const queue = createQueue({
    connection: store.queue,
    kind: store.kind,
    log,
    jobs: jobs.map((job) => ({
      ...job,
      concurrency: typeof job.concurrency === 'number' ? job.concurrency : job.concurrency(pace),
      // Upkeep runs once at a time over all replicas; who comes second leaves it to the first.
      run: async (key: string, signal: AbortSignal) => {
        if (job.everyMinutes === undefined) await job.run(desk, key, signal)
        else await store.exclusively(job.name, () => job.run(desk, key, signal))
      },
    })),
  })
  let heartbeat: Heartbeat | undefined

  async function wakeOpen(): Promise<void> {
    const rows = await store.deliveries.wakeable(clock.now(), 500)
    await wake(
      store.queue,
      rows.map(({ id }) => id),
    )
    queue.nudge()
  }

  async function startJob(name: string): Promise<void> {
    await queue.enqueue(store.queue, { name, keys: [name] })
    queue.nudge()
  }

  return {
    gate,
    digests,
    coaching: reminders.care,
    async tick() {
      await startUpkeep(jobs, { tenant: store.tenant, clock, start: (job) => startJob(job.name) })
      await reserveDue({ subscriptions: store.subscriptions, deliveries: store.deliveries, clock, company, wake })
      for (const source of options.alsoDue ?? []) await source.tick()
      await wakeOpen()
    },
    idle: () => queue.idle(),
    async nextDueAfter(now) {
      const instants = await Promise.all([
        store.subscriptions.nextDueAfter(now),
        store.deliveries.nextWakeAfter(now),
        ...(options.alsoDue ?? []).map((source) => source.nextDueAfter(now)),
      ])
      return instants.filter((instant) => instant !== undefined).toSorted((a, b) => a.getTime() - b.getTime())[0]
    },
    async start({ heartbeat: beats = false } = {}) {
      if (store.kind === 'embedded') await store.deliveries.voidLeases()
      await queue.start()
      if (beats) heartbeat = startHeartbeat({ tick: this.tick, wakeOpen }, log)
    },
    async stop() {
      await heartbeat?.stop()
      await queue.stop()
    },
    startJob,
    isRunning: () => queue.isRunning(),
  }
}
