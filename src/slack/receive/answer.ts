// How a private answer reaches the asker: through the response_url, whose body is read because Slack says 200 to what it refuses;
// plainer when a block is refused; by other ways when the url is used up (5 uses, 30 minutes). Knows no command.

import type { WebClient } from '@slack/web-api'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { Message } from '../../render/message.ts'
import { type Payload, plainest, type RenderForSlack } from '../../slack-ports.ts'
import { classifySlackFailure } from '../slack-failure.ts'

export interface Asked {
  readonly slackUserId: string
  readonly responseUrl?: string
  readonly channelId?: string
  readonly threadTs?: string
  /**
   * What a later answer may take the place of. A command's url stands for its own answer. A press's url stands for the message that
   * was pressed: `pressed` replaces it from the first answer on and is only for private messages; in a channel's message `nothing`
   * may be replaced, or everybody would read the private answer.
   */
  readonly replaces?: 'own-answer' | 'pressed' | 'nothing'
}

/** The first `say` answers; each later one takes its place where that is allowed. */
export interface Answerer {
  say(message: Message): Promise<void>
  /** A further private message beside the answer. */
  add(message: Message): Promise<void>
}

type Delivered = 'delivered' | 'unreachable' | { readonly error: string; readonly pointers: readonly string[] }

const mostUses = 5
const urlLivesMs = 29 * 60_000

export function createAnswerer(
  asked: Asked,
  parts: {
    readonly client: Pick<WebClient, 'apiCall'>
    readonly render: RenderForSlack
    /** Slack refused these blocks, at these JSON pointers: remembered by whoever renders. */
    readonly onRefused?: (blocks: readonly unknown[], pointers: readonly string[]) => Promise<void>
    readonly fetch: typeof globalThis.fetch
    readonly clock: Clock
    readonly log: Log
  },
): Answerer {
  const { client, render, clock, log } = parts
  const askedAt = clock.now().getTime()
  let uses = 0
  const { replaces = 'own-answer' } = asked
  let saidBefore = false

  async function deliver(message: Message, replace: boolean): Promise<void> {
    const told = await withPlainer(message, (payload) => throughUrl(payload, replace))
    if (told) return
    if (asked.channelId !== undefined && (await withPlainer(message, (payload) => ephemeral(payload)))) return
    if (await withPlainer(message, (payload) => direct(payload))) return
    log.error({ slackUserId: asked.slackUserId }, 'an answer could not be delivered by any way')
  }

  /** Sends; when Slack refuses a block, sends again without that kind; in the end as text alone. False: not this way. */
  async function withPlainer(message: Message, send: (payload: Payload) => Promise<Delivered>): Promise<boolean> {
    for (let plainer = 0; plainer <= plainest; plainer += 1) {
      const { payload } = render(message, plainer, 'ephemeral')
      const outcome = await send(payload)
      if (outcome === 'delivered') return true
      if (outcome === 'unreachable') return false
      await parts.onRefused?.(payload.blocks, outcome.pointers)
      log.warn({ error: outcome.error, pointers: outcome.pointers, plainer }, 'Slack refused a block; the answer goes out plainer')
    }
    return false
  }

  async function throughUrl(payload: Payload, replace: boolean): Promise<Delivered> {
    if (asked.responseUrl === undefined || uses >= mostUses || clock.now().getTime() - askedAt > urlLivesMs) return 'unreachable'
    uses += 1
    try {
      const response = await parts.fetch(asked.responseUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ ...shape(payload), response_type: 'ephemeral', replace_original: replace }),
        signal: AbortSignal.timeout(10_000),
      })
      return sortBody(response.status, await response.text())
    } catch (error) {
      log.warn({ error: classifySlackFailure(error).error }, 'the response url could not be reached')
      return 'unreachable'
    }
  }

  async function ephemeral(payload: Payload): Promise<Delivered> {
    return call('chat.postEphemeral', {
      channel: asked.channelId,
      user: asked.slackUserId,
      ...(asked.threadTs !== undefined && { thread_ts: asked.threadTs }),
      ...shape(payload),
    })
  }

  const direct = (payload: Payload): Promise<Delivered> => call('chat.postMessage', { channel: asked.slackUserId, ...shape(payload) })

  async function call(method: string, body: Record<string, unknown>): Promise<Delivered> {
    try {
      await client.apiCall(method, body)
      return 'delivered'
    } catch (error) {
      const failure = classifySlackFailure(error)
      if (failure.type === 'blocks-refused') return { error: failure.error, pointers: failure.pointers }
      log.warn({ method, error: failure.error }, 'Slack did not take the answer')
      return 'unreachable'
    }
  }

  return {
    async say(message) {
      const replace = replaces === 'pressed' || (replaces === 'own-answer' && saidBefore)
      saidBefore = true
      await deliver(message, replace)
    },
    add: (message) => deliver(message, false),
  }
}

const shape = (payload: Payload) => ({
  text: payload.text,
  ...(payload.blocks.length > 0 && { blocks: payload.blocks }),
  unfurl_links: false,
  unfurl_media: false,
})

/** A response_url answers `ok`, `{"ok":true}`, or 200 with `{"ok":false,"error":…}`; a dead one 404 with a word. */
function sortBody(status: number, body: string): Delivered {
  const error = errorIn(body)
  if (error === undefined) return status < 400 ? 'delivered' : 'unreachable'
  return /^(invalid_blocks|invalid_attachments|msg_blocks_too_long|msg_too_long|only_one_table|no_text|too_many)/.test(error.error)
    ? error
    : 'unreachable'
}

function errorIn(body: string): { readonly error: string; readonly pointers: readonly string[] } | undefined {
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed !== 'object' || parsed === null || !('ok' in parsed) || parsed.ok !== false) return undefined
    const error = 'error' in parsed && typeof parsed.error === 'string' ? parsed.error : 'unknown'
    const metadata = 'response_metadata' in parsed ? parsed.response_metadata : undefined
    const messages = typeof metadata === 'object' && metadata !== null && 'messages' in metadata ? metadata.messages : undefined
    return { error, pointers: Array.isArray(messages) ? messages.filter((message) => typeof message === 'string') : [] }
  } catch {
    return undefined
  }
}
