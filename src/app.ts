// Joins the parts, by hand, in order: store, Gong, sync, statistics, Slack, schedule, health. Every part gets plain values and
// what it needs of the others; nothing is looked up later.
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { gongOptions, statsOver, storeOptions, weekStartOf } from './configured.ts'
import { openGong } from './gong/open.ts'
import { openEgress } from './gong/pool.ts'
import { gaugesFrom } from './health/figures.ts'
import { createMetrics } from './health/metrics.ts'
import { createReadiness } from './health/readiness.ts'
import { type HealthServer, startHealthServer } from './health/server.ts'
import { createLog, type Log } from './log.ts'
import { toHomeView } from './render/home.ts'
import { toModalView } from './render/modal-view.ts'
import { commands } from './reports/commands/index.ts'
import { buildDigest } from './reports/digests/index.ts'
import { home } from './reports/home/index.ts'
import { interactions } from './reports/interactions/index.ts'
import { coachedManagers } from './schedule/coached-managers.ts'
import { pilotPeople } from './schedule/pilot-people.ts'
import { createSchedule } from './schedule/schedule.ts'
import { readIdentity, type SlackOptions, startSlack } from './slack/bolt.ts'
import { connectSlack } from './slack/connect.ts'
import { createDesk } from './slack/desk.ts'
import type { Pace } from './slack/pacer.ts'
import { createPostingClient } from './slack/posting-client.ts'
import { createReceiver } from './slack/receive.ts'
import { createViews } from './slack/views.ts'
import { openStore } from './store/connect.ts'
import { progressInWords } from './sync/progress.ts'
import { createSync } from './sync/sync.ts'

export interface RunningApp {
  /** The port of signed HTTP; missing in Socket Mode. */
  readonly port?: number
  readonly healthPort?: number
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

/**
 * Starts everything and resolves when the app can answer. `pace`: between posts; what Slack allows unless a simulated one allows more.
 * @throws ConfigError when the database folder is taken, Slack does not accept the token, or Gong's time zone is unknown.
 */
export async function startApp(
  config: Config,
  parts: { readonly clock: Clock; readonly log?: Log; readonly heartbeat?: boolean; readonly pace?: Pace },
): Promise<RunningApp> {
  const { settings } = config
  const { clock } = parts
  const log = parts.log ?? createLog(settings.LOG_LEVEL)
  const weekStart = weekStartOf(config)
  /** Closed in reverse when the start fails half-way and when the app stops. */
  const closers: (() => Promise<unknown>)[] = []
  const closeAll = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse())
      await close().catch((error: unknown) => log.error({ err: error }, 'a part did not close'))
  }

  try {
    const store = await openStore(storeOptions(settings, { clock, log }))
    closers.push(() => store.close())

    const metrics = createMetrics(gaugesFrom({ budget: store.budget, deliveries: store.deliveries, reading: () => sync.reading(), clock }))
    const readiness = createReadiness({
      clock,
      databaseAnswers: () => store.tenant.setting('ready-check'),
      queueRuns: () => schedule.isRunning(),
      slackKnowsUs: () => readIdentity(client),
    })
    const egress = openEgress({ httpsProxy: settings.HTTPS_PROXY, noProxy: settings.NO_PROXY })
    closers.push(() => egress.close())

    const gong = await openGong({
      ...gongOptions(config, store, { clock, log }),
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

    const { access, client, identity, directory, viewers, refused, naming, render } = await connectSlack({
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

    const schedule = createSchedule({
      store,
      clock,
      log,
      company: { zone, weekStart, settleMinutes: settings.SETTLE_MINUTES },
      sync,
      reading: sync.reading,
      retentionMonths: settings.RETENTION_MONTHS,
      stats,
      build: buildDigest,
      render,
      client: createPostingClient({
        token: settings.SLACK_BOT_TOKEN,
        slackApiUrl: settings.SLACK_API_URL,
        ...egress,
      }),
      onDeliveryEnd: metrics.delivery,
      viewers,
      directory,
      ...(parts.pace && { pace: parts.pace }),
      settings: {
        gongAppUrl: settings.GONG_APP_URL,
        allowGuests: settings.ALLOW_GUESTS,
        namesInChannels: settings.NAMES_IN_CHANNELS,
        botName: identity.botName,
        ...(settings.AWAY_EMOJI && { awayEmoji: settings.AWAY_EMOJI }),
      },
    })
    const desk = createDesk({
      store,
      stats,
      ensureRead: sync.ensureRead,
      reading: sync.reading,
      digests: schedule.digests,
      coaching: schedule.coaching,
      client,
      render,
      gate: schedule.gate,
      viewers,
      zone: zoneOf,
      clock,
      log,
      settings: {
        gongAppUrl: settings.GONG_APP_URL,
        minimumGroup: settings.MINIMUM_GROUP,
        minimumCalls: settings.MINIMUM_CALLS,
        weekStart,
      },
      botName: identity.botName,
      adminNames: settings.ADMINS,
    })

    const receiver = createReceiver({
      client,
      commands,
      interactions,
      home,
      desk,
      viewers,
      render,
      views: createViews({
        client,
        shapes: { modal: (modal) => toModalView(naming(modal)), home: (parts) => toHomeView(naming(parts)) },
        render,
        log,
      }),
      onRefused: refused.remember,
      fetch: egress.fetch ?? globalThis.fetch,
      clock,
      log,
      onAnswered: metrics.command,
    })
    const slack = await startSlack({
      ...access,
      transport: config.slackTransport,
      ...(egress.dispatcher && { dispatcher: egress.dispatcher as NonNullable<SlackOptions['dispatcher']> }),
      receiver,
      identity,
      onUser: (user) => directory.heard(user),
    })
    closers.push(() => slack.stop())
    await schedule.start({ heartbeat: parts.heartbeat ?? true })
    closers.push(() => schedule.stop())

    let health: HealthServer | undefined
    if (settings.HEALTH_PORT !== undefined) {
      health = await startHealthServer({
        port: settings.HEALTH_PORT,
        host: settings.HEALTH_HOST,
        metrics,
        problems: readiness.problems,
      })
      const server = health
      closers.push(() => server.stop())
    }
    if (settings.ADMINS.length === 0 && !settings.SLACK_ADMINS_ARE_ADMINS)
      log.warn('nobody administers the bot: set ADMINS, or nobody can link people or see the company')
    log.info({ transport: config.slackTransport.type, database: store.kind, zone, port: slack.port }, 'gong-digest is ready')

    return {
      ...(slack.port !== undefined && { port: slack.port }),
      ...(health && { healthPort: health.port }),
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
