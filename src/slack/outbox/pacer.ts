// Spaces posts, per channel and in total, and remembers where Slack answered 429. A held channel never delays another one. Short waits use
// real time; the pause Slack asked for follows the clock passed in.
import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../../clock.ts'
import { createHolds } from '../../holds.ts'

export interface Pace {
  /** Least time between two posts to one channel; Slack allows about one a second. */
  readonly channelMs: number
  /** Least time between any two posts of this process; Slack allows several hundred a minute per workspace. */
  readonly workspaceMs: number
}

/** What Slack allows, with room for three replicas. */
export const politePace: Pace = { channelMs: 1100, workspaceMs: 250 }

export interface Pacer {
  /**
   * Waits for this channel's turn. Returns 0 when it may post now, or the milliseconds to put the post off when that is too long to wait
   * here.
   */
  turn(channelId: string): Promise<number>
  /** Slack said 429 for this channel. */
  hold(channelId: string, retryAfterMs: number): void
}

/** Longer waits go back to the row, so that a worker is free for other channels. */
const longestWaitMs = 3000

/** A burst larger than this only makes the process hold more at once. */
const mostAtOnce = 48

/** How many posts may be on their way together: as many as get their turn before one of them would have to be put off. */
export const postsAtOnce = ({ workspaceMs }: Pace): number => Math.max(1, Math.min(mostAtOnce, Math.floor(longestWaitMs / workspaceMs)))

export function createPacer(clock: Clock, pace: Pace): Pacer {
  const holds = createHolds(clock)
  const channelFreeAt = new Map<string, number>()
  let workspaceFreeAt = 0

  return {
    async turn(channelId) {
      const held = holds.leftMs(channelId)
      if (held > 0) return held
      const now = performance.now()
      const at = Math.max(now, channelFreeAt.get(channelId) ?? 0, workspaceFreeAt)
      if (at - now > longestWaitMs) return at - now
      channelFreeAt.set(channelId, at + pace.channelMs)
      workspaceFreeAt = at + pace.workspaceMs
      if (channelFreeAt.size > 5000) for (const [id, free] of channelFreeAt) if (free < now) channelFreeAt.delete(id)
      if (at > now) await wait(at - now)
      return 0
    },
    hold(channelId, retryAfterMs) {
      holds.begin(channelId, retryAfterMs)
    },
  }
}
