// Delivers a private answer to the asker through the response_url. We read the body because Slack returns 200 even when it rejects a
// message. If it rejects a block we retry with simpler ones; if the URL has expired (5 uses, 30 minutes) we fall back to an ephemeral
// message, then a DM. Each way is tried once by a client that repeats nothing and keeps no other call waiting: a message that stays and was
// not confirmed is not sent again, and a private reply, which goes away, may show twice rather than not at all. Knows no command.

import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { Message } from '../../render/message.ts'
import { type Payload, plainest, type RenderForSlack } from '../../slack-ports.ts'
import { usualRetryMs } from '../access.ts'
import type { PostingClient } from '../outbox/posting-client.ts'
import { isSlacksOwn } from '../response-url.ts'
import { classifyAnswer, classifySlackFailure } from '../slack-failure.ts'
import { readAnswer } from '../web-client.ts'

/** Who gets an answer, and where. */
export interface ReplyAddress {
  readonly slackUserId: string
  readonly responseUrl?: string | undefined
  readonly channelId?: string | undefined
  readonly threadTs?: string | undefined
  /** The channel is the asker's own conversation with the bot: a plain message there is private. */
  readonly isDirect?: boolean | undefined
  /**
   * What a later answer may replace. A command's URL stands for its own answer. A press's URL stands for the pressed message: `pressed`
   * replaces it from the first answer on and is only for private messages. In a channel's message `nothing` may be replaced, or
   * everybody would read the private answer.
   */
  readonly replaces?: 'own-answer' | 'pressed' | 'nothing'
}

/** The first `say` answers; each later one replaces it where that is allowed. */
export interface Answerer {
  say(message: Message): Promise<void>
  /** A further private message beside the answer. */
  add(message: Message): Promise<void>
}

export interface AnswererDeps {
  readonly posting: PostingClient
  /** Real time before another try where Slack had nothing of the first; half a second unless given. */
  readonly retryMs?: number | undefined
  readonly render: RenderForSlack
  /** Slack refused these blocks, at these JSON pointers: the renderer remembers them. */
  readonly onRefused?: ((blocks: readonly unknown[], pointers: readonly string[]) => Promise<void>) | undefined
  readonly fetch: typeof globalThis.fetch
  /** SLACK_API_URL: answers go to its host and to Slack's own. */
  readonly slackApiUrl: string
  readonly clock: Clock
  readonly log: Log
}

type Delivered = 'delivered' | 'unreachable' | { readonly error: string; readonly pointers: readonly string[] }

/** Sends one payload one way. */
type Way = (payload: Payload) => Promise<Delivered>

const mostUses = 5
const urlLivesMs = 29 * 60_000

export function answererFor(address: ReplyAddress, deps: AnswererDeps): Answerer {
  const { replaces = 'own-answer' } = address
  const throughUrl = responseUrlOf(address, deps)
  let hasAnswered = false
  return {
    async say(message) {
      const replace = replaces === 'pressed' || (replaces === 'own-answer' && hasAnswered)
      hasAnswered = true
      await deliver(message, address, (payload) => throughUrl(payload, replace), deps)
    },
    add: (message) => deliver(message, address, (payload) => throughUrl(payload, false), deps),
  }
}

async function deliver(message: Message, address: ReplyAddress, throughUrl: Way, deps: AnswererDeps): Promise<void> {
  const { slackUserId, channelId, threadTs, isDirect = false } = address
  const ephemeral: Way = (payload) =>
    call('chat.postEphemeral', { channel: channelId, user: slackUserId, thread_ts: threadTs, ...shape(payload) }, deps)
  const inConversation: Way = (payload) => call('chat.postMessage', { channel: channelId, thread_ts: threadTs, ...shape(payload) }, deps)
  const direct: Way = (payload) => call('chat.postMessage', { channel: slackUserId, ...shape(payload) }, deps)
  for (const way of [throughUrl, ...(channelId === undefined ? [] : [isDirect ? inConversation : ephemeral]), direct]) {
    if (await withPlainer(message, way, deps)) return
  }
  deps.log.error({ slackUserId }, 'an answer could not be delivered by any way')
}

/** Sends; when Slack refuses a block, sends again without that kind; in the end as text alone. False: not this way. */
async function withPlainer(message: Message, send: Way, { render, onRefused, log }: AnswererDeps): Promise<boolean> {
  for (let plainer = 0; plainer <= plainest; plainer += 1) {
    const { payload } = render(message, plainer, 'ephemeral')
    const outcome = await send(payload)
    if (outcome === 'delivered') return true
    if (outcome === 'unreachable') return false
    await onRefused?.(payload.blocks, outcome.pointers)
    log.warn({ error: outcome.error, pointers: outcome.pointers, plainer }, 'Slack refused a block; the answer goes out plainer')
  }
  return false
}

/** Posts to the response URL while it has uses and minutes left. */
function responseUrlOf({ responseUrl }: ReplyAddress, deps: AnswererDeps): (payload: Payload, replace: boolean) => Promise<Delivered> {
  const askedAt = deps.clock.now().getTime()
  let uses = 0
  const isSlacks = responseUrl !== undefined && isSlacksOwn(responseUrl, deps.slackApiUrl)
  if (responseUrl !== undefined && !isSlacks) deps.log.warn("a response url is not Slack's; the answer goes out another way")
  return async (payload, replace) => {
    if (responseUrl === undefined || !isSlacks || uses >= mostUses || deps.clock.now().getTime() - askedAt > urlLivesMs)
      return 'unreachable'
    uses += 1
    try {
      const response = await deps.fetch(responseUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ ...shape(payload), response_type: 'ephemeral', replace_original: replace }),
        signal: AbortSignal.timeout(10_000),
      })
      return sortBody(response.status, await response.text())
    } catch (error) {
      deps.log.warn({ error: classifySlackFailure(error).error }, 'the response url could not be reached')
      return 'unreachable'
    }
  }
}

const mostTries = 3
/** Whoever is to wait longer is answered another way. */
const longestWaitMs = 5_000

async function call(
  method: 'chat.postEphemeral' | 'chat.postMessage',
  body: Record<string, unknown>,
  { posting, log, retryMs = usualRetryMs }: AnswererDeps,
): Promise<Delivered> {
  for (let tries = 1; ; tries += 1) {
    try {
      await posting.apiCall(method, body)
      return 'delivered'
    } catch (error) {
      const failure = classifySlackFailure(error)
      if (failure.type === 'blocks-refused') return { error: failure.error, pointers: failure.pointers }
      // It may be there, and would stay there twice.
      const isInDoubt = failure.type === 'ambiguous' && method === 'chat.postMessage'
      const waitMs = failure.type === 'unreached' ? retryMs : failure.type === 'rate-limited' ? failure.retryAfterMs : undefined
      if (waitMs === undefined || waitMs > longestWaitMs || tries === mostTries) {
        log.warn({ method, error: failure.error }, isInDoubt ? 'Slack did not confirm the answer' : 'Slack did not take the answer')
        return isInDoubt ? 'delivered' : 'unreachable'
      }
      await wait(waitMs)
    }
  }
}

const shape = (payload: Payload) => ({
  text: payload.text,
  blocks: payload.blocks.length > 0 ? payload.blocks : undefined,
  unfurl_links: false,
  unfurl_media: false,
})

/**
 * A response_url answers `ok`, `{"ok":true}`, or 200 with `{"ok":false,"error":…}`; a dead one 404 with a word. Anything else is none of
 * Slack's.
 */
function sortBody(status: number, body: string): Delivered {
  if (status < 300 && body.trim() === 'ok') return 'delivered'
  const answer = answerIn(body)
  if (answer?.ok === true && status < 300) return 'delivered'
  const failure = answer?.ok === false ? classifyAnswer(answer) : undefined
  return failure?.type === 'blocks-refused' ? failure : 'unreachable'
}

function answerIn(body: string): ReturnType<typeof readAnswer> | undefined {
  try {
    return readAnswer(body)
  } catch {
    return undefined
  }
}
