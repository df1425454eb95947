// What the Gong client needs from the rest, kept small: a memory, secrets, a budget that records, a clock that stands still and
// pauses that are noted instead of slept.
import { movableClock } from '../../src/clock.ts'
import type { GongPurpose, RequestBudget, TenantKey, TenantMemory } from '../../src/domain/gong-ports.ts'
import { GongRateLimited } from '../../src/errors.ts'
import type { Secrets } from '../../src/gong/auth/oauth.ts'
import type { GongOptions } from '../../src/gong/open.ts'
import { createLog } from '../../src/log.ts'

export const base = 'https://api.gong.io'

/** Noon UTC on a Monday; Berlin is at +01:00. */
export const now = new Date('2026-11-23T12:00:00Z')

export const week = { from: '2026-11-16', to: '2026-11-23' }

export function fakeMemory(facts: Partial<Record<TenantKey, string>> = {}) {
  const kept = new Map<TenantKey, string>(Object.entries(facts) as [TenantKey, string][])
  const memory: TenantMemory = {
    get: async (key) => kept.get(key),
    set: async (key, value) => void kept.set(key, value),
  }
  return { ...memory, kept }
}

/** Holds texts by key; updates of one key run one after the other, as under a row lock. */
export function fakeSecrets() {
  const kept = new Map<string, string>()
  let last: Promise<unknown> = Promise.resolve()
  const secrets: Secrets = {
    secret(key, update) {
      const run = last.then(async () => {
        const outcome = await update(kept.get(key))
        if ('value' in outcome) kept.set(key, outcome.value)
        return outcome.result
      })
      last = run.catch(() => undefined)
      return run
    },
    secretKeys: async () => [...kept.keys()],
  }
  return { ...secrets, kept }
}

export interface Reserved {
  readonly endpoint: string
  readonly purpose: GongPurpose
  readonly asker?: string | undefined
}

export function fakeBudget(waitMs = 0) {
  const reserved: Reserved[] = []
  const held: number[] = []
  const budget: RequestBudget = {
    async reserve(ask) {
      reserved.push(ask)
      if (waitMs > ask.longestWaitMs) throw new GongRateLimited({ endpoint: ask.endpoint, retryAfterMs: waitMs, by: 'gong' })
      return { waitMs }
    },
    pauseFor: async (ms) => void held.push(ms),
    pause: async () => undefined,
    pausedForMs: async () => 0,
    endPause: async () => undefined,
    today: async () => ({ used: reserved.length, perDay: 4000, perSecond: 2, perAsker: 200 }),
  }
  return { ...budget, reserved, held }
}

/** Log lines as objects, for what must be said. */
export function fakeLog() {
  const lines: Record<string, unknown>[] = []
  return { log: createLog('debug', { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) }), lines }
}

/** Options of a documented Gong with an access key; every pause is noted in `pauses`. */
export function options(given: Partial<GongOptions> = {}) {
  const pauses: number[] = []
  const budget = fakeBudget()
  const memory = fakeMemory()
  const secrets = fakeSecrets()
  const { log, lines } = fakeLog()
  const all: GongOptions = {
    api: 'documented',
    baseUrl: base,
    credentials: { type: 'basic', accessKey: 'key', accessKeySecret: 'secret' },
    workspaceIds: [],
    zone: 'Europe/Berlin',
    clock: movableClock(now),
    log,
    memory,
    budget,
    secrets,
    sleep: async (ms) => void (ms > 0 && pauses.push(ms)),
    ...given,
  }
  return { all, pauses, budget, memory, secrets, lines }
}
