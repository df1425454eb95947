// The one way a digest reaches Slack: one attempt per call, paced, and every failure sorted by what happens next. Knows no delivery
// rows.
import type { Clock } from '../clock.ts'
import { createPacer, type Pace } from './pacer.ts'
import type { PostingClient } from './posting-client.ts'
import { classifySlackFailure, type SlackFailure } from './slack-failure.ts'

/** What is posted: the plain text and the same in blocks, rendered once and kept with the delivery row. */
export interface Payload {
  readonly text: string
  readonly blocks: readonly unknown[]
}

export type Posted = { readonly type: 'posted'; readonly channelId: string; readonly messageTs: string }

export interface Post {
  /** A channel id, or a user id for a direct message. */
  readonly channelId: string
  readonly payload: Payload
  readonly threadTs?: string
  /** Travels as message metadata, visible to everyone in the channel: an id, nothing more. */
  readonly deliveryId: string
}

export interface Poster {
  /** One attempt. */
  post(post: Post): Promise<Posted | SlackFailure>
  /** Changes a posted message in place. */
  update(message: { readonly channelId: string; readonly messageTs: string; readonly payload: Payload }): Promise<Posted | SlackFailure>
}

export const deliveryEvent = 'gong_digest_delivery'

/** `pace`: the least time between two posts, per channel and in all; zeros in tests. */
export function createPoster(client: PostingClient, options: { readonly clock: Clock; readonly pace: Pace }): Poster {
  const pacer = createPacer(options.clock, options.pace)

  async function attempt(channelId: string, call: () => Promise<Posted | SlackFailure>): Promise<Posted | SlackFailure> {
    const waitMs = await pacer.turn(channelId)
    if (waitMs > 0) return { type: 'rate-limited', retryAfterMs: waitMs, error: 'pacing' }
    try {
      return await call()
    } catch (error) {
      const failure = classifySlackFailure(error)
      if (failure.type === 'rate-limited') pacer.hold(channelId, failure.retryAfterMs)
      return failure
    }
  }

  return {
    post: ({ channelId, payload, threadTs, deliveryId }) =>
      attempt(channelId, async () => {
        const answer = (await client.apiCall('chat.postMessage', {
          channel: channelId,
          text: payload.text,
          ...blocksOf(payload),
          ...(threadTs !== undefined && { thread_ts: threadTs }),
          unfurl_links: false,
          unfurl_media: false,
          metadata: { event_type: deliveryEvent, event_payload: { id: deliveryId } },
        })) as { readonly channel?: string; readonly ts?: string }
        // An answer without a timestamp says nothing about the post: look for it.
        if (answer.ts === undefined) return { type: 'ambiguous', error: 'no_timestamp' }
        return { type: 'posted', channelId: answer.channel ?? channelId, messageTs: answer.ts }
      }),
    update: ({ channelId, messageTs, payload }) =>
      attempt(channelId, async () => {
        await client.apiCall('chat.update', {
          channel: channelId,
          ts: messageTs,
          text: payload.text,
          ...blocksOf(payload),
        })
        return { type: 'posted', channelId, messageTs }
      }),
  }
}

const blocksOf = ({ blocks }: Payload): { readonly blocks?: readonly unknown[] } => (blocks.length > 0 ? { blocks } : {})
