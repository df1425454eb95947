// Joins the parts, by hand, in order: store, Gong, sync, statistics, Slack, schedule, health. Every part gets plain values and
// what it needs of the others; nothing is looked up later.

import { createBot } from './app-bot.ts'
import { serveHealth, watchHealth } from './app-health.ts'
import { commands } from './bot/commands/index.ts'
import type { Clock } from './clock.ts'
import { coachedManagers } from './coaching/coached-managers.ts'
import type { Config } from './config/config.ts'
import { pilotPeople } from './digests/programmes/pilot-people.ts'
import { openEgress } from './egress.ts'
import { openGong } from './gong/open.ts'
import type { RequestLimits } from './gong/wire/request.ts'
import { listeningAt } from './listen-problem.ts'
import { createLog, type Log } from './log.ts'
import { gongOptions, statsOver, storeOptions, weekStartOf } from './options.ts'
import { buildDigest } from './reports/digests/index.ts'
import { createQueue, wakeDeliveries } from './schedule/queue.ts'
import { createSchedule } from './schedule/schedule.ts'
import { createServices } from './services.ts'
import { checkAppToken, watchAppToken } from './slack/app-token.ts'
import { type RunningSlack, readIdentity, type SlackOptions, startSlack } from './slack/bolt.ts'
import { connectSlack } from './slack/connect.ts'
import { createGate } from './slack/gate.ts'
import { type Pace, politePace, postsAtOnce } from './slack/outbox/pacer.ts'
import { createPoster } from './slack/outbox/post.ts'
import { createPostingClient } from './slack/outbox/posting-client.ts'
import { createReconciler } from './slack/outbox/reconcile.ts'
import { openStore } from './store/database/connect.ts'
import { progressInWords } from './sync/progress.ts'
import { createSync } from './sync/sync.ts'
import { version } from './version.ts'

export interface RunningApp {
  /** The port of signed HTTP; missing in Socket Mode. */
  readonly port?: number | undefined
  readonly healthPort?: number | undefined
  /** The port of `POST /mcp`; missing when Slackbot may not ask. */
  readonly mcpPort?: number | undefined
  /** Starts everything due at the clock's now. */
  tick(): Promise<void>
  /** Reads what is due from Gong, now. */
  refresh(): Promise<void>
  /** Resolves when every answer and every job begun so far is done. */
  idle(): Promise<void>
  /** The next instant after `now` at which something becomes due. */
  nextDueAfter(now: Date): Promise<Date | undefined>
  /** What is being read of Gong at this moment, in words; undefined when nothing is. */
  readingNow(): string | undefined
  /** Finishes or hands back what is under way and closes everything; safe to call twice. */
  stop(): Promise<void>
}

interface AppParts {
  readonly clock: Clock
  readonly log?: Log
  /** False where somebody moves the clock and ticks. */
  readonly heartbeat?: boolean
  /** Between posts; what Slack allows unless a simulated one allows more. */
  readonly pace?: Pace
  /** Of requests to Gong; what differs for a simulated one. */
  readonly gongLimits?: Partial<RequestLimits>
  /** Aborted by whoever wants the start to end before it is done: what was opened by then is closed. */
  readonly stopSignal?: AbortSignal
}

/**
 * Starts everything and resolves when the app can answer.
 * @throws ConfigError when the database folder is taken, Slack does not accept the token, or Gong's time zone is unknown.
 * @throws the reason of `stopSignal` once everything is closed again.
 */
export async function startApp(config: Config, parts: AppParts): Promise<RunningApp> {
  const { stopSignal } = parts
  const log = parts.log ?? createLog(config.settings.LOG_LEVEL)
  /** Closed in reverse when the start fails half-way and when the app stops. */
  const closers: (() => Promise<unknown>)[] = []
  const closeAll = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse())
      await close().catch((error: unknown) => log.error({ err: error }, 'a part did not close'))
  }
  const starting = joinParts(config, { ...parts, log }, closers, closeAll)
  if (!stopSignal) return starting
  const stopped = Promise.withResolvers<never>()
  const stop = async (): Promise<void> => {
    await closeAll()
    // Whatever was being opened meanwhile fails for want of the rest, or is closed once it is open.
    await starting.catch(() => undefined)
    await closeAll()
    stopped.reject(stopSignal.reason)
  }
  stopSignal.addEventListener('abort', stop, { once: true })
  return Promise.race([starting, stopped.promise]).finally(() => stopSignal.removeEventListener('abort', stop))
}

async function joinParts(
  config: Config,
  parts: AppParts & { readonly log: Log },
  closers: (() => Promise<unknown>)[],
  closeAll: () => Promise<void>,
): Promise<RunningApp> {
  const { settings } = config
  const { clock, log } = parts
  const weekStart = weekStartOf(config)
  try {
    const store = await openStore(storeOptions(settings, { clock, log }))
    closers.push(() => store.close())
    parts.stopSignal?.throwIfAborted()

    const beats = parts.heartbeat ?? true
    const { metrics, readiness } = watchHealth({
      store,
      clock,
      clockRuns: beats,
      reading: () => sync.reading(),
      sockets: () => slack.sockets?.(),
      replicas: () => replicas.count(),
      heartbeat: () => schedule.heartbeat(),
      queueRuns: () => schedule.isRunning(),
      slackKnowsUs: () => readIdentity(client),
      outages: () => services.outages.open(),
    })
    const egress = openEgress({ httpsProxy: settings.HTTPS_PROXY, noProxy: settings.NO_PROXY })
    closers.push(() => egress.close())

    const gong = await openGong({
      ...gongOptions(config, store, { clock, log }),
      limits: parts.gongLimits,
      onAttempt(operation, status) {
        metrics.gongRequest(operation, status)
        readiness.gongAnswered(operation, status)
      },
    })
    closers.push(() => gong.close())
    const { zone } = gong
    const zoneOf = async (): Promise<string> => zone

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
    const stats = statsOver(config, store, { clock })

    const connected = await connectSlack({
      botToken: settings.SLACK_BOT_TOKEN,
      apiUrl: settings.SLACK_API_URL,
      fetch: egress.fetch,
      store,
      clock,
      log,
      zone: zoneOf,
      adminNames: settings.ADMINS,
      slackAdminsAreAdmins: settings.SLACK_ADMINS_ARE_ADMINS,
      commandNames: commands.map(({ name }) => name),
      commandSuffix: settings.COMMAND_SUFFIX,
    })
    const { access, client, identity, directory, viewers, render } = connected

    const queue = createQueue({ connection: store.queue, kind: store.kind, log })
    const company = { zone, weekStart, settleMinutes: settings.SETTLE_MINUTES }
    const pace = parts.pace ?? politePace
    const posting = createPostingClient({ token: settings.SLACK_BOT_TOKEN, slackApiUrl: settings.SLACK_API_URL, ...egress })
    const gate = createGate({ client: posting, members: store.directory, directory, allowGuests: settings.ALLOW_GUESTS, clock })
    const services = createServices({
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
      gate,
      poster: createPoster(posting, { clock, pace }),
      reconciler: createReconciler(posting),
      wake: wakeDeliveries(queue),
      nudge: queue.nudge,
      retriesInRealTime: beats,
      onDeliveryEnd: metrics.delivery,
      settings: {
        gongAppUrl: settings.GONG_APP_URL,
        namesInChannels: settings.NAMES_IN_CHANNELS,
        botName: identity.botName,
        awayEmoji: settings.AWAY_EMOJI,
      },
    })
    const schedule = createSchedule({
      store,
      clock,
      log,
      company,
      queue,
      work: services.work,
      postsAtOnce: postsAtOnce(pace),
      retentionMonths: settings.RETENTION_MONTHS,
    })
    const { receiver, mcp } = createBot({ config, store, clock, log, zone, connected, services, sync, stats, gate, queue, metrics, egress })
    if (config.slackTransport.type === 'socket') await checkAppToken(config.slackTransport.appToken, { ...access, memory: store.tenant })
    const replicas = await store.joinReplicas()
    closers.push(() => replicas.leave())
    const startListening = () =>
      startSlack({
        ...access,
        transport: config.slackTransport,
        ...(egress.dispatcher && { dispatcher: egress.dispatcher as NonNullable<SlackOptions['dispatcher']> }),
        receiver,
        identity,
        replicas: replicas.count,
        onSockets: watchAppToken({
          outages: services.outages,
          log,
          // No Home is asked for while nothing is heard: it is drawn unasked, so that it says why.
          onChange: async () => {
            for (const admin of await viewers.admins()) await receiver.openHome(admin)
          },
        }),
        onUser: (user) => services.watchMatches(() => directory.heard(user), user.id === undefined ? [] : [user.id]),
        beside: mcp?.beside,
      })
    const slack: RunningSlack = await listeningAt({ port: 'PORT', host: 'HOST' }, startListening)
    closers.push(() => slack.stop())
    const ownPort = mcp && (await listeningAt({ port: 'MCP_PORT', host: 'HOST' }, mcp.listen))
    if (mcp) closers.push(() => mcp.stop())
    const mcpPort = mcp && (ownPort ?? slack.port)
    parts.stopSignal?.throwIfAborted()
    closers.push(() => schedule.stop())
    await schedule.start({ heartbeat: beats })

    const healthPort = await serveHealth(config, store, { metrics, readiness }, closers)
    if (settings.ADMINS.length === 0 && !settings.SLACK_ADMINS_ARE_ADMINS)
      log.warn('nobody administers the bot: set ADMINS, or nobody can link people or see the company')
    log.info(
      { version, transport: config.slackTransport.type, database: store.kind, zone, port: slack.port, mcpPort },
      'gong-digest is ready',
    )

    return {
      port: slack.port,
      healthPort,
      mcpPort,
      tick: () => schedule.tick(),
      refresh: async () => void (await sync.refresh('background')),
      async idle() {
        await slack.idle()
        await schedule.idle()
      },
      nextDueAfter: (now) => schedule.nextDueAfter(now),
      readingNow: () => progressInWords(sync.progress()),
      stop: closeAll,
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}
