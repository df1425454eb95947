// Joins what people can do: the services behind commands, buttons and Home, the receiver that answers Slack with them, and what
// Slackbot may ask. One of the files that join the parts.
import { actions } from './bot/actions/index.ts'
import { commands } from './bot/commands/index.ts'
import { home } from './bot/home/index.ts'
import { createBotServices } from './bot/services.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config/config.ts'
import type { Egress } from './egress.ts'
import type { Metrics } from './health/metrics.ts'
import type { Log } from './log.ts'
import { createMcp, type Mcp } from './mcp/mcp.ts'
import { weekStartOf } from './options.ts'
import { createAdminService } from './people/create-admin-service.ts'
import { createSightings } from './people/sightings.ts'
import { toHomeView } from './render/home.ts'
import { toModalView } from './render/modal-view.ts'
import { type Queue, wakeDeliveries } from './schedule/queue.ts'
import type { Services } from './services.ts'
import type { ConnectedSlack } from './slack/connect.ts'
import { createOutbox } from './slack/outbox/outbox.ts'
import type { PostingClient } from './slack/outbox/posting-client.ts'
import { createUploadClient } from './slack/outbox/send-file.ts'
import { createErrorBoundary } from './slack/receive/error-boundary.ts'
import { createReceiver, type Receiver } from './slack/receive/receive.ts'
import { createViews } from './slack/receive/views.ts'
import { readUserGroup } from './slack/user-groups.ts'
import type { Gate } from './slack-ports.ts'
import type { StatsService } from './stats/results.ts'
import type { Store } from './store/store.ts'
import type { Sync } from './sync/sync.ts'
import { version } from './version.ts'

interface BotParts {
  readonly config: Config
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  /** The company's IANA zone. */
  readonly zone: string
  readonly connected: ConnectedSlack
  readonly posting: PostingClient
  readonly services: Services
  readonly sync: Sync
  readonly stats: StatsService
  readonly gate: Gate
  readonly queue: Queue
  readonly metrics: Metrics
  readonly egress: Egress
}

/** What receives from Slack; `mcp` where Slackbot may ask. */
export interface Bot {
  readonly receiver: Receiver
  readonly mcp?: Mcp | undefined
}

export function createBot({
  config,
  store,
  clock,
  log,
  zone,
  connected,
  posting,
  services,
  sync,
  stats,
  gate,
  queue,
  metrics,
  egress,
}: BotParts): Bot {
  const { settings } = config
  const { client, identity, viewers, refused, naming, render } = connected
  const nameOf = async (slackUserId: string) => (await store.directory.find(slackUserId))?.name ?? slackUserId
  const botServices = createBotServices({
    stats,
    chart: () => store.people.chart(),
    ensureFetched: sync.ensureFetched,
    membersOfUserGroup: (groupId) => readUserGroup(client, groupId),
    outbox: createOutbox({
      client: createUploadClient(connected.access),
      posting,
      render,
      gate,
      viewers,
      store,
      clock,
      log,
      botName: identity.botName,
      onRefused: refused.remember,
    }),
    admin: createAdminService({
      store,
      viewers,
      reading: sync.reading,
      firstReading: sync.firstReading,
      outages: services.outages,
      clock,
      zone,
      nameOf,
      wake: wakeDeliveries(queue),
      nudge: queue.nudge,
    }),
    sightings: createSightings({ store, viewers, clock, nameOf }),
    digests: services.digests,
    coaching: services.coaching,
    viewers,
    clock,
    zone,
    settings: {
      gongAppUrl: settings.GONG_APP_URL,
      minimumGroup: settings.MINIMUM_GROUP,
      minimumCalls: settings.MINIMUM_CALLS,
      weekStart: weekStartOf(config),
      version,
    },
    adminNames: settings.ADMINS,
  })

  const receiver = createReceiver({
    submissions: store.submissions,
    posting,
    commands,
    actions,
    home,
    services: botServices,
    viewers,
    render,
    views: createViews({
      client,
      shapes: { modal: (modal) => toModalView(naming(modal)), home: (parts) => toHomeView(naming(parts)) },
      render,
    }),
    onRefused: refused.remember,
    fetch: egress.fetch,
    slackApiUrl: settings.SLACK_API_URL,
    clock,
    log,
    onAnswered: metrics.command,
  })
  const guard = createErrorBoundary({ services: botServices, viewers, log, onAnswered: metrics.command })
  const mcp =
    config.mcp &&
    createMcp({
      ...config.mcp,
      answered: store.submissions,
      services: botServices,
      viewers,
      guard,
      naming,
      home: identity,
      version,
      clock,
      log,
    })
  return { receiver, mcp }
}
