// Slack's rate limits: so many calls a minute by method tier, and about one post a second per channel. On the machine's real time,
// as Slack's would be: a moved demo clock refills nothing.
import type { Clock } from '../../clock.ts'

/** Calls a minute. Source: Slack's rate-limit tiers, where "20+" is taken at its word. */
export const callsPerMinute = { 1: 1, 2: 20, 3: 50, 4: 100, special: 300 } as const

export type Tier = keyof typeof callsPerMinute

/** Posts per channel: one a second, short bursts forgiven. */
const postBurst = 5
const postsPerSecond = 1

export interface RateLimits {
  /** Takes one call; the seconds to wait when there is none left. */
  take(method: string, tier: Tier, channelId?: string): number | undefined
}

export function createRateLimits(realClock: Clock): RateLimits {
  const buckets = new Map<string, { tokens: number; at: number }>()

  function takeFrom(key: string, capacity: number, perSecond: number): number | undefined {
    const now = realClock.now().getTime()
    const bucket = buckets.get(key) ?? { tokens: capacity, at: now }
    const tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / 1000) * perSecond)
    if (tokens < 1) {
      buckets.set(key, { tokens, at: now })
      return Math.max(1, Math.ceil((1 - tokens) / perSecond))
    }
    buckets.set(key, { tokens: tokens - 1, at: now })
    return undefined
  }

  return {
    take(method, tier, channelId) {
      const perMinute = callsPerMinute[tier]
      const wait = takeFrom(method, perMinute, perMinute / 60)
      if (wait !== undefined) return wait
      if (method !== 'chat.postMessage' || channelId === undefined) return undefined
      return takeFrom(`post ${channelId}`, postBurst, postsPerSecond)
    },
  }
}
