// What went wrong, in words for the person who asked. An expected failure says what happens next; a bug gets a reference id that is
// also in the log. Nobody gets silence, and nobody gets a stack.
import { randomBytes } from 'node:crypto'
import { databaseFailureOf } from '../../database-failure.ts'
import { AskError, ChannelGone, GongRateLimited, GongRefused, GongSurprise, GongUnavailable, SlackRefused } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { askButton } from '../../render/ask-button.ts'
import type { Control, Message } from '../../render/message.ts'
import { markedSentenceMessage } from '../../render/one-sentence-message.ts'
import { classifySlackFailure, isRefusal, isSlackError, neededBy } from '../slack-failure.ts'
import { databaseTrouble } from './database-trouble.ts'

export interface FailureContext {
  readonly log: Log
  /** What was asked, as one would type it: becomes *Try again*. */
  readonly again?: string | undefined
  /** When the newest figures were fetched, as the asker reads it: `Mon 09:40`. */
  readonly dataAsOf?: string | undefined
  /** Fixed facts for the log: command or action id, Slack user, channel. */
  readonly facts: Readonly<Record<string, string | undefined>>
}

export interface Explanation {
  readonly message: Message
  readonly outcome: 'refused' | 'failed'
  /** For admins, once for all that is `about` the same: Gong refuses the bot itself. */
  readonly forAdmins?: { readonly about: string; readonly message: Message }
}

/** Turns anything thrown into words for the asker, and logs it by what it is. */
export function explainFailure(thrown: unknown, context: FailureContext): Explanation {
  const { log, facts } = context
  const error = asExpected(thrown)
  if (error instanceof AskError) {
    const controls = error.suggestions
      .slice(0, 5)
      .map((suggestion, index): Control => askButton(suggestion.label, `${suggestion.command} ${suggestion.text}`.trim(), index))
    return { outcome: 'refused', message: markedSentenceMessage(error.message, controls) }
  }
  const again = context.again === undefined ? [] : [askButton('Try again', context.again, 0)]
  const age = context.dataAsOf === undefined ? '' : ` The newest figures here are from ${context.dataAsOf}.`
  if (error instanceof GongRateLimited) {
    log.warn({ ...facts, endpoint: error.endpoint, by: error.by }, 'a question had to wait for Gong')
    const when = waitWords(error.retryAfterMs)
    const why = error.by === 'budget' ? shareWords(error) : 'Gong takes no more requests right now.'
    return {
      outcome: 'failed',
      message: markedSentenceMessage(
        `${why} Try again ${when}.${age} What was read before is still there: last week answers at once.`,
        again,
      ),
    }
  }
  if (error instanceof GongUnavailable) {
    log.warn({ ...facts, endpoint: error.endpoint, status: error.status, requestId: error.requestId }, 'Gong did not answer a question')
    return {
      outcome: 'failed',
      message: markedSentenceMessage(
        `Gong does not answer right now.${age} The bot keeps trying; what was read before is still there.`,
        again,
      ),
    }
  }
  if (error instanceof GongRefused) {
    log.warn({ ...facts, endpoint: error.endpoint, status: error.status, requestId: error.requestId }, 'Gong refused a question')
    const id = error.requestId === undefined ? '' : ` Gong's request id: ${error.requestId}.`
    const remedy = error.login ?? 'Check the API key under Company settings → Ecosystem → API'
    const scope = error.missingScope === undefined ? '' : ` It asks for the scope ${error.missingScope}.`
    return {
      outcome: 'failed',
      message: markedSentenceMessage(
        `Gong does not let the bot read this (${error.status}).${age} The bot's admins have been notified.`,
        again,
      ),
      forAdmins: {
        // Without Gong's request id, which differs each time.
        about: `${error.endpoint} ${error.status} ${error.missingScope ?? ''}`,
        message: markedSentenceMessage(
          `Gong refused ${error.endpoint} with ${error.status}: ${error.errors.join(' · ') || 'no reason given'}.${scope}${id} ${remedy}.`,
        ),
      },
    }
  }
  if (error instanceof GongSurprise) {
    log.warn(
      { ...facts, endpoint: error.endpoint, paths: error.paths, requestId: error.requestId },
      'Gong gave an answer that cannot be trusted',
    )
    return {
      outcome: 'failed',
      message: markedSentenceMessage(`Gong's answer for this period cannot be trusted, so it is not shown.${age}`, again),
    }
  }
  if (error instanceof SlackRefused) {
    log.error({ ...facts, error: error.slackError, needed: error.needed }, 'Slack refused the bot')
    const need =
      error.needed === undefined ? '' : ` It needs the scope ${error.needed}: api.slack.com/apps → OAuth & Permissions, then reinstall.`
    return { outcome: 'failed', message: markedSentenceMessage(`Slack does not let the bot do this.${need} Ask whoever runs it.`) }
  }
  if (error instanceof ChannelGone) {
    return {
      outcome: 'failed',
      message: markedSentenceMessage(
        'Slack does not let the bot post there any more. Invite it with `/invite`, or choose another channel.',
        again,
      ),
    }
  }
  const trouble = databaseFailureOf(error)
  if (trouble) {
    log.warn({ ...facts, err: error }, 'the database did not answer a question')
    return { outcome: 'failed', message: markedSentenceMessage(databaseTrouble(trouble), again) }
  }
  const reference = randomBytes(4).toString('hex')
  log.error({ ...facts, reference, err: error }, 'a bug stopped an answer')
  return {
    outcome: 'failed',
    message: markedSentenceMessage(
      `Something went wrong in the bot itself. Nothing was changed. Give this reference to whoever runs it: ${reference}.`,
      again,
    ),
  }
}

/** Slack's answer to a call of ours as the expected failure it stands for; everything else is returned as it is. */
function asExpected(error: unknown): unknown {
  if (!isSlackError(error)) return error
  const failure = classifySlackFailure(error)
  if (isRefusal(failure)) return new SlackRefused({ slackError: failure.error, needed: neededBy(failure), cause: error })
  if (failure.type === 'channel-gone') return new ChannelGone({ slackError: failure.error, channelId: '', cause: error })
  if (/trigger/.test(failure.error)) return new AskError('Slack gave up waiting before this could open. Press it again.')
  if (failure.error === 'push_limit_reached') return new AskError('Three windows are open already. Close one and press it again.')
  if (failure.type === 'rate-limited' || failure.type === 'unreached' || failure.type === 'ambiguous') {
    return new AskError('Slack does not answer the bot right now. Try again in a minute.')
  }
  return error
}

/** Whose share, and how much of it: a question takes from one's own, digests and everybody's questions from the company's. */
function shareWords({ share }: GongRateLimited): string {
  if (share?.whose === 'asker')
    return `Your own questions have used up their ${share.requests} Gong requests of today (one person's share), so this period cannot be read yet.`
  const most = share ? ` (${share.requests} of them for questions and refreshing)` : ''
  return `The company's Gong requests of today are used up${most}, so this period cannot be read yet.`
}

const waitWords = (ms: number): string => {
  const minutes = Math.ceil(ms / 60_000)
  if (minutes <= 1) return 'in a minute'
  return minutes < 120 ? `in ${minutes} minutes` : `in about ${Math.round(minutes / 60)} hours`
}
