// Opens the app's doors, in order: Slack, Slackbot, the schedule, health. One of the files that join the parts.
import { serveHealth } from './app-health.ts'
import type { AppOptions, JoinedParts } from './app-parts.ts'
import type { Closers } from './closers.ts'
import type { Config } from './config/config.ts'
import { listeningAt } from './listen-problem.ts'
import type { Log } from './log.ts'
import { checkAppToken, watchAppToken } from './slack/app-token.ts'
import { type RunningSlack, type SlackOptions, startSlack } from './slack/bolt.ts'
import { keepToWorkspace } from './slack/own-workspace.ts'

interface Listening {
  readonly slack: RunningSlack
  /** Missing when Slackbot may not ask. */
  readonly mcpPort?: number | undefined
  readonly healthPort?: number | undefined
}

/** Resolves when Slack can reach us and what is due is being started. `closers` gets what stops it again. */
export async function startListening(
  config: Config,
  parts: JoinedParts,
  { heartbeat = true, stopSignal, log }: AppOptions,
  closers: Closers,
): Promise<Listening> {
  const { store, connected, schedule, bot, health, doors, hearing } = parts
  const { mcp } = bot
  const { slackTransport } = config
  if (slackTransport.type === 'socket') await checkAppToken(slackTransport.appToken, { ...connected.access, memory: store.tenant })
  const replicas = await store.joinReplicas()
  closers.add(() => replicas.leave())
  doors.replicas = replicas.count
  const slack = await listeningAt({ port: 'PORT', host: 'HOST' }, () => startSlack(slackOptions(config, parts, replicas.count, log)))
  closers.add(() => slack.stop())
  doors.sockets = slack.sockets
  // Over signed HTTP it hears as long as it listens; connections say themselves when they stand.
  if (!slack.sockets) hearing.began()
  const ownPort = mcp && (await listeningAt({ port: 'MCP_PORT', host: 'HOST' }, mcp.listen))
  if (mcp) closers.add(() => mcp.stop())
  stopSignal?.throwIfAborted()
  await keepToWorkspace(store.tenant, connected.identity.teamId)
  closers.add(() => schedule.stop())
  await schedule.start({ heartbeat })
  const healthPort = await serveHealth(config, store, health, closers)
  return { slack, mcpPort: mcp && (ownPort ?? slack.port), healthPort }
}

function slackOptions(
  config: Config,
  { egress, services, connected, hearing, bot }: JoinedParts,
  replicas: () => number,
  log: Log,
): SlackOptions {
  const { access, identity, viewers, directory } = connected
  const noticeRefusals = watchAppToken({
    outages: services.outages,
    log,
    // No Home is asked for while nothing is heard: it is drawn unasked, so that it says why.
    onChange: async () => {
      for (const admin of await viewers.admins()) await bot.receiver.openHome(admin)
    },
  })
  return {
    ...access,
    transport: config.slackTransport,
    ...(egress.dispatcher && { dispatcher: egress.dispatcher as NonNullable<SlackOptions['dispatcher']> }),
    receiver: bot.receiver,
    identity,
    replicas,
    onSockets(state) {
      if (state.open > 0) hearing.began()
      else hearing.ended()
      noticeRefusals(state)
    },
    async onUser(user) {
      try {
        await directory.heard(user)
      } catch (error) {
        // It was acknowledged: Slack does not send it again, and is asked instead.
        hearing.missed()
        throw error
      }
    },
    beside: bot.mcp?.beside,
  }
}
