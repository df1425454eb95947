// Posts a digest to Slack: one paced attempt per call, every failure sorted by what happens next. Knows no delivery rows.

import type { Clock } from '../../clock.ts'
import type { Payload, Posted, Poster, SlackFailure } from '../../slack-ports.ts'
import { classifySlackFailure, ofPlace } from '../slack-failure.ts'
import { createPacer, type Pace } from './pacer.ts'
import type { TimedPostingClient } from './posting-client.ts'

export const deliveryEvent = 'gong_digest_delivery'

export interface PosterOptions {
  readonly clock: Clock
  /** The least time between two posts, per channel and in all; zeros in tests. */
  readonly pace: Pace
  /** Slack refused these blocks, at these JSON pointers: the renderer remembers them. */
  readonly onRefused?: (blocks: readonly unknown[], pointers: readonly string[]) => Promise<void>
}

export function createPoster(client: TimedPostingClient, options: PosterOptions): Poster {
  const pacer = createPacer(options.clock, options.pace)

  async function attempt(
    channelId: string,
    { blocks }: Payload,
    call: () => Promise<Posted | SlackFailure>,
  ): Promise<Posted | SlackFailure> {
    const waitMs = await pacer.turn(channelId)
    if (waitMs > 0) return { type: 'rate-limited', retryAfterMs: waitMs, error: 'pacing' }
    try {
      return await call()
    } catch (error) {
      const failure = ofPlace(classifySlackFailure(error), channelId)
      if (failure.type === 'rate-limited') pacer.hold(channelId, failure.retryAfterMs)
      if (failure.type === 'blocks-refused') await options.onRefused?.(blocks, failure.pointers)
      return failure
    }
  }

  return {
    slackNow: client.time.now,
    post: ({ channelId, payload, threadTs, deliveryId, right }) =>
      attempt(channelId, payload, async () => {
        const message = {
          channel: channelId,
          text: payload.text,
          blocks: anonymousPeople(payload),
          thread_ts: threadTs,
          unfurl_links: false,
          unfurl_media: false,
          metadata: { event_type: deliveryEvent, event_payload: { id: deliveryId } },
        }
        // Its turn came too late: nothing was sent, and whoever has the right now sends it.
        if (right.leftMs() <= 0) return { type: 'unreached', error: 'lease_ended' }
        const { channel, ts } = (await client.apiCall('chat.postMessage', message, right)) as {
          readonly channel?: unknown
          readonly ts?: unknown
        }
        // An answer without a timestamp says nothing about the post: look for it.
        if (typeof ts !== 'string') return { type: 'ambiguous', error: 'no_timestamp' }
        return { type: 'posted', channelId: typeof channel === 'string' ? channel : channelId, messageTs: ts }
      }),
    update: ({ channelId, messageTs, payload }) =>
      attempt(channelId, payload, async () => {
        await client.apiCall('chat.update', {
          channel: channelId,
          ts: messageTs,
          text: payload.text,
          blocks: anonymousPeople(payload),
        })
        return { type: 'posted', channelId, messageTs }
      }),
  }
}

/** Slack refuses an empty list. */
const anonymousPeople = ({ blocks }: Payload): readonly unknown[] | undefined => (blocks.length > 0 ? blocks : undefined)
