// Joins the parts, by hand, in order: store, Gong, fetching, statistics, Slack, use cases, schedule, what people can do. Every part gets
// plain values and what it needs of the others; nothing is looked up later. Nothing listens yet.
import { type Bot, createBot } from './app-bot.ts'
import { type Health, watchHealth } from './app-health.ts'
import { commands } from './bot/commands/index.ts'
import type { Clock } from './clock.ts'
import type { Closers } from './closers.ts'
import { coachedManagers } from './coaching/coached-managers.ts'
import type { Config } from './config/config.ts'
import { pilotPeople } from './digests/programmes/pilot-people.ts'
import { groupRuleOf, latestDate, rememberSetting } from './domain/group-settings.ts'
import { type Egress, openEgress } from './egress.ts'
import { sealAnew } from './gong/auth/seal-anew.ts'
import { type OpenGong, openGong } from './gong/open.ts'
import type { RequestLimits } from './gong/wire/attempts.ts'
import type { Log } from './log.ts'
import { gongOptions, statsOver, storeOptions, weekStartOf } from './options.ts'
import { buildDigest } from './reports/digests/index.ts'
import { rememberKeptFrom } from './schedule/kept-from.ts'
import { createQueue, type Queue, wakeDeliveries } from './schedule/queue.ts'
import { createSchedule, type Schedule } from './schedule/schedule.ts'
import { createServices, type Services } from './services.ts'
import { type RunningSlack, readIdentity } from './slack/bolt.ts'
import { type ConnectedSlack, connectSlack } from './slack/connect.ts'
import { createGate } from './slack/gate.ts'
import { createHearing, type Hearing } from './slack/hearing.ts'
import { type Pace, politePace, postsAtOnce } from './slack/outbox/pacer.ts'
import { createPoster } from './slack/outbox/post.ts'
import { createPostingClient, type TimedPostingClient } from './slack/outbox/posting-client.ts'
import { createReconciler } from './slack/outbox/reconcile.ts'
import type { Gate } from './slack-ports.ts'
import type { StatsService } from './stats/results.ts'
import { type OpenedStore, openStore } from './store/database/connect.ts'
import type { PoolLimits } from './store/database/pool.ts'
import { createSync, type Sync } from './sync/sync.ts'

/** How the app is run, beside its configuration. */
export interface AppOptions {
  readonly clock: Clock
  readonly log: Log
  /** False where somebody moves the clock and ticks. */
  readonly heartbeat?: boolean
  /** Between posts; what Slack allows unless a simulated one allows more. */
  readonly pace?: Pace
  /** Real time between pages of Slack's list of members; what Slack allows unless a simulated one allows more. */
  readonly memberPageMs?: number
  /** Of connections to Postgres; the usual ones unless a test is short of time. */
  readonly databaseLimits?: PoolLimits
  /** Of requests to Gong; what differs for a simulated one. */
  readonly gongLimits?: Partial<RequestLimits>
  /** Real time before a failed look-up in Slack is made again; the usual half second unless a simulated Slack is asked. */
  readonly slackRetryMs?: number
  /** Aborted by whoever wants the start to end before it is done: what was opened by then is closed. */
  readonly stopSignal?: AbortSignal
}

/** Set once the doors are open; health asks when somebody looks. */
export interface OpenDoors {
  sockets?: RunningSlack['sockets']
  replicas?: () => number
}

export interface JoinedParts {
  readonly store: OpenedStore
  readonly health: Health
  readonly doors: OpenDoors
  readonly egress: Egress
  /** The company's IANA zone. */
  readonly zone: string
  readonly sync: Sync
  readonly connected: ConnectedSlack
  readonly hearing: Hearing
  readonly services: Services
  readonly schedule: Schedule
  readonly bot: Bot
}

/** What the later parts are joined from. */
interface Foundations {
  readonly store: OpenedStore
  readonly egress: Egress
  readonly sync: Sync
  readonly stats: StatsService
  readonly connected: ConnectedSlack
  readonly hearing: Hearing
  readonly posting: TimedPostingClient
  readonly gate: Gate
  readonly queue: Queue
  readonly company: { readonly zone: string; readonly weekStart: 1 | 7; readonly settleMinutes: number }
}

/** `closers` gets what closes it again. @throws ConfigError for what an operator can fix */
export async function joinParts(config: Config, options: AppOptions, closers: Closers): Promise<JoinedParts> {
  const { settings } = config
  const { clock, log } = options
  const store = await openStore({ ...storeOptions(settings, { clock, log }), limits: options.databaseLimits })
  closers.add(() => store.close())
  options.stopSignal?.throwIfAborted()
  const doors: OpenDoors = {}
  const health = watchHealth({
    store,
    clock,
    clockRuns: options.heartbeat ?? true,
    reading: () => sync.reading(),
    sockets: () => doors.sockets?.(),
    replicas: () => doors.replicas?.() ?? 1,
    heartbeat: () => schedule.heartbeat(),
    queueRuns: () => schedule.isRunning(),
    slackKnowsUs: () => readIdentity(connected.client),
    outages: () => services.outages.open(),
  })
  const { metrics } = health
  const egress = openEgress({ httpsProxy: settings.HTTPS_PROXY, noProxy: settings.NO_PROXY })
  closers.add(() => egress.close())
  const gong = await joinGong(config, options, store, health)
  closers.add(() => gong.close())
  const { zone } = gong
  const weekStart = weekStartOf(config)
  const today = latestDate(clock.now())
  const groupRule = groupRuleOf({
    minimumGroup: settings.MINIMUM_GROUP,
    minimumCalls: settings.MINIMUM_CALLS,
    weekStart,
    zone,
    contract: gong.source.contract,
  })
  await rememberSetting(store.tenant, 'unmarked-cards', settings.UNMARKED_SCORECARDS, today)
  await rememberSetting(store.tenant, 'group-rule', groupRule, today)
  await rememberKeptFrom(store.tenant, settings.RETENTION_MONTHS, clock)
  const sync = createSync({
    source: gong.source,
    store,
    clock,
    log,
    zone,
    weekStart,
    onlyPeople: () => pilotPeople(store),
    coachedManagers: () => coachedManagers(store),
  })
  const hearing = createHearing(clock)
  const queue = createQueue({ connection: store.queue, kind: store.kind, log })
  const connected = await joinSlack(config, options, store, { egress, zone, hearing, queue })
  const stats = statsOver(config, store, { clock, onlookers: () => connected.viewers.onlookersOf(undefined) })
  const posting = createPostingClient({ token: settings.SLACK_BOT_TOKEN, slackApiUrl: settings.SLACK_API_URL, ...egress })
  const gate = createGate({
    client: posting,
    ...connected.heard,
    allowGuests: settings.ALLOW_GUESTS,
    clock,
  })
  const company = { zone, weekStart, settleMinutes: settings.SETTLE_MINUTES }
  const foundations = { store, egress, sync, stats, connected, hearing, posting, gate, queue, company }
  const services = joinUseCases(config, options, foundations, metrics.delivery)
  const schedule = createSchedule({
    store,
    clock,
    log,
    company,
    queue,
    work: services.work,
    postsAtOnce: postsAtOnce(options.pace ?? politePace),
    retentionMonths: settings.RETENTION_MONTHS,
  })
  const bot = createBot({ config, clock, log, zone, services, metrics, ...foundations })
  return { store, health, doors, egress, zone, sync, connected, hearing, services, schedule, bot }
}

async function joinGong(
  config: Config,
  { clock, log, gongLimits }: AppOptions,
  store: OpenedStore,
  { metrics, readiness }: Health,
): Promise<OpenGong> {
  const { gongCredentials } = config
  if (gongCredentials.type === 'oauth') await sealAnew(store.tenant, gongCredentials.encryptionKeys, log)
  return openGong({
    ...gongOptions(config, store, { clock, log }),
    limits: gongLimits,
    onAttempt(operation, status, lacksScope) {
      metrics.gongRequest(operation, lacksScope ? 'missing-scope' : status)
      readiness.gongAnswered(operation, status, lacksScope)
    },
  })
}

const joinSlack = (
  { settings }: Config,
  { clock, log, slackRetryMs, memberPageMs }: AppOptions,
  store: OpenedStore,
  { egress, zone, hearing, queue }: Pick<Foundations, 'egress' | 'hearing' | 'queue'> & { readonly zone: string },
): Promise<ConnectedSlack> =>
  connectSlack({
    botToken: settings.SLACK_BOT_TOKEN,
    apiUrl: settings.SLACK_API_URL,
    fetch: egress.fetch,
    retryMs: slackRetryMs,
    memberPageMs,
    store,
    hearing,
    wake: wakeDeliveries(queue),
    clock,
    log,
    zone: async () => zone,
    adminNames: settings.ADMINS,
    slackAdminsAreAdmins: settings.SLACK_ADMINS_ARE_ADMINS,
    commandNames: commands.map(({ name }) => name),
    commandSuffix: settings.COMMAND_SUFFIX,
  })

function joinUseCases(
  { settings }: Config,
  { clock, log, pace = politePace, heartbeat = true }: AppOptions,
  { store, sync, stats, connected, hearing, posting, gate, queue, company }: Foundations,
  onDeliveryEnd: Health['metrics']['delivery'],
): Services {
  const { viewers, directory, render, identity } = connected
  return createServices({
    store,
    clock,
    log,
    company,
    sync,
    reading: sync.reading,
    stats,
    build: buildDigest,
    render,
    viewers,
    directory,
    heardSince: hearing.heardSince,
    gate,
    poster: createPoster(posting, { clock, pace, onRefused: connected.refused.remember }),
    reconciler: createReconciler(posting, clock),
    wake: wakeDeliveries(queue),
    nudge: queue.nudge,
    retriesInRealTime: heartbeat,
    onDeliveryEnd,
    settings: {
      gongAppUrl: settings.GONG_APP_URL,
      namesInChannels: settings.NAMES_IN_CHANNELS,
      botName: identity.botName,
      awayEmoji: settings.AWAY_EMOJI,
    },
  })
}
