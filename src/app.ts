// Starts and stops the app: joins the parts, then opens its doors, and closes in reverse what was opened.
import { setTimeout as wait } from 'node:timers/promises'
import { startListening } from './app-listen.ts'
import { type AppOptions, joinParts } from './app-parts.ts'
import { type Closers, createClosers } from './closers.ts'
import type { Config } from './config/config.ts'
import { createLog, type Log } from './log.ts'
import { progressInWords } from './sync/progress.ts'
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
  /** Tries again every kind of block that Slack has refused. */
  forgetRefusedBlocks(): Promise<void>
  /** What is being read of Gong at this moment, in words; undefined when nothing is. */
  readingNow(): string | undefined
  /** Finishes or hands back what is under way and closes everything; safe to call twice. */
  stop(): Promise<void>
}

/** How long a start that is stopped waits for what it was asking of others. */
const othersOpenMs = 1000

interface StartOptions extends Omit<AppOptions, 'log'> {
  readonly log?: Log
}

/**
 * Starts everything and resolves when the app can answer.
 * @throws ConfigError when the database folder is taken, Slack does not accept the token, or Gong's time zone is unknown.
 * @throws the reason of `stopSignal` once everything that was open is closed again; whatever opens later is closed then.
 */
export async function startApp(config: Config, options: StartOptions): Promise<RunningApp> {
  const { stopSignal } = options
  const log = options.log ?? createLog(config.settings.LOG_LEVEL)
  const closers = createClosers(log)
  const starting = startOrClose(config, { ...options, log }, closers)
  if (!stopSignal) return starting
  const stopped = Promise.withResolvers<never>()
  const stop = async (): Promise<void> => {
    const wereOpen = await closers.closeAll()
    // Whatever was being opened meanwhile fails for want of the rest, or is closed once it is open. Slack or Gong may not answer for long;
    // only the database, which is opened first, is waited for to the end.
    const ended = starting.catch(() => undefined)
    await (wereOpen === 0 ? ended : Promise.race([ended, wait(othersOpenMs, undefined, { ref: false })]))
    await closers.closeAll()
    stopped.reject(stopSignal.reason)
  }
  stopSignal.addEventListener('abort', stop, { once: true })
  try {
    const app = await Promise.race([starting, stopped.promise])
    // One that opened all the same is closed like the rest.
    return stopSignal.aborted ? await stopped.promise : app
  } catch (error) {
    // From then on whatever fails for want of what was closed is not why the start ended.
    if (stopSignal.aborted) return await stopped.promise
    throw error
  } finally {
    stopSignal.removeEventListener('abort', stop)
  }
}

async function startOrClose(config: Config, options: AppOptions, closers: Closers): Promise<RunningApp> {
  try {
    return await start(config, options, closers)
  } catch (error) {
    await closers.closeAll()
    throw error
  }
}

async function start(config: Config, options: AppOptions, closers: Closers): Promise<RunningApp> {
  const { settings, slackTransport } = config
  const { log } = options
  const parts = await joinParts(config, options, closers)
  const { store, zone, sync, schedule, connected } = parts
  const { slack, mcpPort, healthPort } = await startListening(config, parts, options, closers)
  if (settings.ADMINS.length === 0 && !settings.SLACK_ADMINS_ARE_ADMINS)
    log.warn('nobody administers the bot: set ADMINS, or nobody can link people or see the company')
  log.info({ version, transport: slackTransport.type, database: store.kind, zone, port: slack.port, mcpPort }, 'gong-digest is ready')
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
    forgetRefusedBlocks: () => connected.refused.forget(),
    readingNow: () => progressInWords(sync.progress()),
    stop: async () => void (await closers.closeAll()),
  }
}
