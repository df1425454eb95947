// The guard around every answer: runs it, tells whatever it throws, lets admins know once what only they can mend, and writes one log
// line. Knows neither commands nor views.

import type { BotServices } from '../../bot/command.ts'
import { AskError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import type { Viewers } from '../../people/viewers.ts'
import type { Message } from '../../render/message.ts'
import { tellFailure } from './failure.ts'

export type OnAnswered = (name: string, outcome: 'answered' | 'refused' | 'failed', seconds: number) => void

/** Runs `work`; whatever it throws is said by `say`. Never throws itself. */
export type Teller = (
  at: { readonly name: string; readonly slackUserId: string; readonly again?: string },
  say: (message: Message) => Promise<void>,
  work: () => Promise<unknown>,
) => Promise<void>

export function createTeller(parts: {
  readonly services: Pick<BotServices, 'admin' | 'outbox'>
  readonly viewers: Viewers
  readonly log: Log
  readonly onAnswered?: OnAnswered
}): Teller {
  const { services, viewers, log } = parts
  const toldAdmins = new Set<string>()

  /** When the newest figures were read, in the asker's words; nothing when that cannot be told now. */
  async function dataAsOf(slackUserId: string): Promise<string | undefined> {
    try {
      const [reading, { locale, zone }] = await Promise.all([services.admin.reading(), viewers.readerOf(slackUserId)])
      return reading.readAt?.toLocaleString(locale, { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit' })
    } catch (error) {
      log.warn({ err: error }, 'the age of the figures could not be told')
      return undefined
    }
  }

  return async (at, say, work) => {
    const startedAt = performance.now()
    let outcome: 'answered' | 'refused' | 'failed' = 'answered'
    try {
      await work()
    } catch (error) {
      const asOf = error instanceof AskError ? undefined : await dataAsOf(at.slackUserId)
      const told = tellFailure(error, {
        log,
        ...(at.again !== undefined && { again: at.again }),
        ...(asOf !== undefined && { dataAsOf: asOf }),
        facts: { name: at.name, slackUserId: at.slackUserId },
      })
      outcome = told.outcome
      await say(told.message).catch((cause: unknown) => log.error({ err: cause, name: at.name }, 'an error could not be told'))
      if (told.forAdmins && !toldAdmins.has(told.forAdmins.summary)) {
        toldAdmins.add(told.forAdmins.summary)
        await services.outbox
          .tellAdmins(told.forAdmins)
          .catch((cause: unknown) => log.error({ err: cause }, 'the admins could not be told'))
      }
    }
    const seconds = (performance.now() - startedAt) / 1000
    parts.onAnswered?.(at.name, outcome, seconds)
    log.info({ name: at.name, slackUserId: at.slackUserId, outcome, ms: Math.round(seconds * 1000) }, 'answered')
  }
}
