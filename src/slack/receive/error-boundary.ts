// The error boundary around every answer: runs the work as one reading of the store, explains whatever it throws to the asker, notifies
// admins once of what only they can fix, and writes one log line. Knows neither commands nor views.

import type { BotServices } from '../../bot/command.ts'
import { databaseFailureOf } from '../../database-failure.ts'
import { AskError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { asOneReading } from '../../one-reading.ts'
import type { Viewers } from '../../people/viewers.ts'
import type { Message } from '../../render/message.ts'
import { explainFailure } from './failure.ts'

export type OnAnswered = (name: string, outcome: 'answered' | 'refused' | 'failed', seconds: number) => void

export interface ErrorBoundaryDeps {
  readonly services: Pick<BotServices, 'admin' | 'outbox'>
  readonly viewers: Viewers
  readonly log: Log
  readonly onAnswered?: OnAnswered | undefined
}

/** What is being answered. `again`: as one would type it, for *Try again*. */
export interface Answering {
  readonly name: string
  readonly slackUserId: string
  readonly again?: string | undefined
}

/** Runs `work`; passes an explanation of whatever it throws to `say`. Never throws itself. */
export type ErrorBoundary = (at: Answering, say: (message: Message) => Promise<void>, work: () => Promise<unknown>) => Promise<void>

export function createErrorBoundary(deps: ErrorBoundaryDeps): ErrorBoundary {
  return async (at, say, work) => {
    const startedAt = performance.now()
    let outcome: 'answered' | 'refused' | 'failed' = 'answered'
    try {
      await asOneReading(work)
    } catch (error) {
      outcome = await explain(error, at, say, deps)
    }
    const seconds = (performance.now() - startedAt) / 1000
    deps.onAnswered?.(at.name, outcome, seconds)
    deps.log.info({ name: at.name, slackUserId: at.slackUserId, outcome, ms: Math.round(seconds * 1000) }, 'answered')
  }
}

async function explain(
  error: unknown,
  { name, slackUserId, again }: Answering,
  say: (message: Message) => Promise<void>,
  deps: ErrorBoundaryDeps,
): Promise<'refused' | 'failed'> {
  const { services, log } = deps
  const knowsNoAge = error instanceof AskError || databaseFailureOf(error) !== undefined
  const dataAsOf = knowsNoAge ? undefined : await newestFigures(slackUserId, deps)
  const { message, outcome, forAdmins } = explainFailure(error, { log, again, dataAsOf, facts: { name, slackUserId } })
  await say(message).catch((cause: unknown) => log.error({ err: cause, name }, 'an error could not be explained to the asker'))
  if (forAdmins)
    await services.outbox
      .notifyAdmins(forAdmins.about, forAdmins.message)
      .catch((cause: unknown) => log.error({ err: cause }, 'admins could not be notified'))
  return outcome
}

/** When the newest figures were fetched, as the asker reads it; undefined when that is not known now. */
async function newestFigures(slackUserId: string, { services, viewers, log }: ErrorBoundaryDeps): Promise<string | undefined> {
  try {
    const [reading, { locale, zone }] = await Promise.all([services.admin.reading(), viewers.readerOf(slackUserId)])
    return reading.readAt?.toLocaleString(locale, { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit' })
  } catch (error) {
    log.warn({ err: error }, 'the age of the figures is not known')
    return undefined
  }
}
