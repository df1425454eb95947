// Starts sync and digests on time and joins the parts that deliver them. Time is the clock handed in: tests and the demo move it
// and call `tick`; the heartbeat calls the same each minute.
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { CoachingCare } from '../reports/coaching-care.ts'
import type { BuildDigest } from '../reports/digest.ts'
import type { DigestDesk } from '../reports/digest-desk.ts'
import { createDeliverer } from '../slack/deliver.ts'
import type { RenderForSlack } from '../slack/delivery-body.ts'
import type { DeliveryStep, OnDeliveryEnd } from '../slack/delivery-parts.ts'
import type { Directory } from '../slack/directory.ts'
import { createGate, type Gate } from '../slack/gate.ts'
import { createOwnerNotices } from '../slack/owner-notice.ts'
import { type Pace, politePace } from '../slack/pacer.ts'
import { createPoster, type PostingClient } from '../slack/post.ts'
import { createReconciler, type LookTimes, patientLooks } from '../slack/reconcile.ts'
import type { Viewers } from '../slack/viewer.ts'
import type { StatsService } from '../stats/results.ts'
import type { Wake } from '../store/delivery-writes.ts'
import type { Store } from '../store/store.ts'
import { createCompose, createPreview, createRebuild } from './compose.ts'
import { correctDigests } from './correct-digests.ts'
import { createDigestDesk } from './digest-desk.ts'
import { aboutOf } from './digest-ground.ts'
import type { ComposeParts } from './digest-request.ts'
import { type Company, reserveDue } from './due.ts'
import { createFiguresReady, type SyncForSchedule } from './figures-ready.ts'
import { contactAdmins, type FirstContactParts } from './first-contact.ts'
import { type Heartbeat, startHeartbeat } from './heartbeat.ts'
import type { JobDesk } from './job.ts'
import { jobs } from './jobs/index.ts'
import { createAlignment } from './programme-alignment.ts'
import { createProgrammeDesk } from './programme-desk.ts'
import { createQueue } from './queue.ts'
import { createRefreshOnce } from './refresh-once.ts'
import { createReminders } from './reminders.ts'
import { createSentRecord } from './sent-record.ts'
import { startUpkeep } from './upkeep.ts'

export interface ScheduleOptions {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  readonly company: Company
  readonly sync: SyncForSchedule
  /** How reading stands, for the first message to admins; without it none is sent. */
  readonly reading?: FirstContactParts['reading']
  /** Months of figures kept; 13 unless given. */
  readonly retentionMonths?: number
  readonly stats: StatsService
  readonly build: BuildDigest
  readonly render: RenderForSlack
  /** A client of `createPostingClient`: it must not retry by itself. */
  readonly client: PostingClient
  readonly viewers: Viewers
  readonly directory: Directory
  readonly settings: {
    readonly gongAppUrl: string
    readonly allowGuests: boolean
    readonly namesInChannels: 'ask' | 'never'
    /** As typed after `/invite @`. */
    readonly botName: string
    /** Emoji of a Slack status that says away; a few usual ones unless given. */
    readonly awayEmoji?: readonly string[]
  }
  /** Default: what Slack allows. */
  readonly pace?: Pace
  /** Default: 30 s and 60 s after an attempt that may have landed. */
  readonly looks?: LookTimes
  /** How long a delivery belongs to a worker that says nothing; default 30 s. */
  readonly leaseMs?: number
  /** For tests that stop the process at a named step. */
  readonly step?: (name: DeliveryStep) => Promise<void> | void
  /** For the metrics. */
  readonly onDeliveryEnd?: OnDeliveryEnd
  /** Other work that is due by the clock, started with every tick. */
  readonly alsoDue?: readonly DueSource[]
}

export interface DueSource {
  tick(): Promise<void>
  nextDueAfter(now: Date): Promise<Date | undefined>
}

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
  const slackPerson = async (slackUserId: string) => {
    const member = await directory.whoIs(slackUserId)
    return {
      name: member?.name ?? slackUserId,
      ...(member?.zone !== undefined && { zone: member.zone }),
      ...(member?.locale !== undefined && { locale: member.locale }),
    }
  }
  const refresh = createRefreshOnce({ store, sync: options.sync })
  const sentRecord = createSentRecord({ access: store.access, tenant: store.tenant, clock })
  const viewerOf = async (slackUserId: string) => (await viewers.readerOf(slackUserId)).viewer
  const nameOf = async (slackUserId: string) => (await slackPerson(slackUserId)).name
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
  const composeParts: ComposeParts = {
    clock,
    company,
    stats: options.stats,
    build: options.build,
    gongAppUrl: options.settings.gongAppUrl,
    namesInChannels: options.settings.namesInChannels,
    figuresReady: createFiguresReady({ store, sync: options.sync, refresh, clock, log }),
    chart: () => store.people.chart(),
    viewerOf,
    slackPerson,
    isIntroduced: sentRecord.isIntroduced,
    orgOfProgramme: async (programmeId) => {
      const programme = (await store.subscriptions.programmes()).find(({ id }) => id === programmeId)
      const head = programme?.orgOf === undefined ? undefined : (await store.people.chart()).people.get(programme.orgOf)
      return head ? `${head.name}'s organisation` : 'the whole company'
    },
    reminders: reminders.runs,
    unansweredBy: reminders.unansweredBy,
  }
  const align = createAlignment({
    store,
    clock,
    log,
    slackUserOf: viewers.slackUserOfPerson,
    zoneOf: async (slackUserId) => (await slackPerson(slackUserId)).zone ?? company.zone,
  })
  const digests = createDigestDesk({
    store,
    clock,
    company,
    gate,
    namesInChannels: options.settings.namesInChannels,
    botName: options.settings.botName,
    preview: createPreview(composeParts),
    programmes: createProgrammeDesk({ store, clock, zone: company.zone, align, nameOf, slackUserOf: viewers.slackUserOfPerson }),
    viewerOf,
    nameOf,
    wake,
    nudge: () => queue.nudge(),
  })
  const rebuild = createRebuild(composeParts)
  const deliverer = createDeliverer({
    deliveries: store.deliveries,
    subscriptions: store.subscriptions,
    poster,
    gate,
    reconciler: createReconciler(client),
    render: options.render,
    clock,
    log,
    looks: options.looks ?? patientLooks,
    compose: createCompose(composeParts),
    tellOwner: createOwnerNotices({
      deliveries: store.deliveries,
      render: options.render,
      clock,
      botName: options.settings.botName,
      titleOf: async (subscription) => {
        const chart = await store.people.chart()
        const kind = subscription.kind === 'reminder' ? 'coaching reminder for' : `${subscription.kind} digest of`
        return `The ${kind} ${aboutOf(subscription, (id) => chart.people.get(id)?.name)}`
      },
      wake,
    }),
    beforeSent: sentRecord.beforeSent,
    wake,
    ...(options.leaseMs !== undefined && { leaseMs: options.leaseMs }),
    ...(options.step && { step: options.step }),
    ...(options.onDeliveryEnd && { onEnd: options.onDeliveryEnd }),
  })
  const desk: JobDesk = {
    store,
    retentionMonths: options.retentionMonths ?? 13,
    clock,
    log,
    correctDigests: async () => {
      const corrected = await correctDigests({
        deliveries: store.deliveries,
        subscriptions: store.subscriptions,
        poster,
        render: options.render,
        clock,
        log,
        rebuild: async (subscription, delivery, remark) => {
          if (subscription.target.type === 'dm') return rebuild(subscription, delivery, undefined, remark)
          const verdict = await gate.check(subscription.target.channelId)
          return verdict.type === 'open' ? rebuild(subscription, delivery, verdict, remark) : undefined
        },
        timeInWords: (at, subscription) => timeInWords(at, subscription.recurrence.zone),
      })
      if (corrected > 0) log.info({ corrected }, 'Posted digests were corrected')
    },
    deliver: deliverer.deliver,
    contactAdmins: async () => {
      if (!options.reading) return
      const told = await contactAdmins({ store, clock, viewers, render: options.render, reading: options.reading, wake })
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

/** `Tue 14:05`. */
const timeInWords = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone }).format(at).replace(',', '')
