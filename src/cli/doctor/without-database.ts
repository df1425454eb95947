// What a look at Gong needs of a store where none can be opened: it remembers for as long as the look takes, and keeps to the configured
// rate. No second database is opened for it: beside a running service that would cost more memory than a container has.
import type { Clock } from '../../clock.ts'
import type { RequestBudget } from '../../domain/gong-ports.ts'
import type { GongStore } from '../../options.ts'

export function withoutDatabase(limits: { readonly perSecond: number; readonly perDay: number }, clock: Clock): GongStore {
  const known = new Map<string, string>()
  let used = 0
  let nextMs = 0
  const budget: RequestBudget = {
    async reserve() {
      const nowMs = clock.now().getTime()
      const sendMs = Math.max(nowMs, nextMs)
      nextMs = sendMs + 1000 / limits.perSecond
      used += 1
      return { waitMs: Math.ceil(sendMs - nowMs) }
    },
    async pauseFor(askedMs) {
      nextMs = Math.max(nextMs, clock.now().getTime() + askedMs)
    },
    pause: async () => undefined,
    pausedForMs: async () => 0,
    endPause: async () => undefined,
    today: async () => ({ used, ...limits, perAsker: limits.perDay }),
  }
  return {
    budget,
    tenant: {
      get: async (key) => known.get(key),
      set: async (key, value) => void known.set(key, value),
      async secret(key, update) {
        const next = await update(known.get(key))
        if ('value' in next) known.set(key, next.value)
        return next.result
      },
      secretKeys: async () => [],
    },
  }
}
