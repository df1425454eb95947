// Keeps Socket Mode connections open. A lost connection is opened again at once, then every ten seconds at most, however long Slack was
// away: the library's own waits grow without end. Logs the loss of the last connection once and its return once. Knows no payload.
import { setTimeout as wait } from 'node:timers/promises'
import type { SocketModeReceiver } from '@slack/bolt'
import type { Log } from '../log.ts'
import { classifySlackFailure } from './slack-failure.ts'

export interface Sockets {
  readonly open: number
  readonly wanted: number
  /** Slack's code for refusing the app token, since it last refused it; missing once it is accepted again. */
  readonly refused?: string | undefined
}

export interface SocketKeeper {
  state(): Sockets
  /** Resolves once a connection stands or Slack refuses the token, and after `withinMs` in any case. */
  opened(withinMs: number): Promise<void>
  stop(): Promise<void>
}

export interface SocketTimes {
  /** Waits before the next attempt, by the number of failures in a row; the last one for all further. */
  readonly retryMs: readonly number[]
  /** How long one attempt may take. */
  readonly attemptMs: number
  /** How often it is looked whether a connection still stands. */
  readonly lookMs: number
}

/** An attempt that hangs and the longest wait after it stay below half a minute together. */
export const usualSocketTimes: SocketTimes = { retryMs: [0, 1000, 2000, 5000, 10_000], attemptMs: 12_000, lookMs: 1000 }

/** A connection that stood for so long was one. */
const steadyMs = 2000

/** Closing waits for the other side, which may be gone. */
const closeWithinMs = 1500

/** `create`: a receiver that was never started and does not reconnect by itself. `onChange`: called after every change of the state. */
export function keepSockets(deps: {
  readonly create: () => SocketModeReceiver
  /** At most, and how many of these are wanted now: none is opened beyond, and one too many is closed. */
  readonly most: number
  readonly wanted?: (() => number) | undefined
  readonly times?: SocketTimes | undefined
  readonly onChange?: ((state: Sockets) => void) | undefined
  readonly log: Log
}): SocketKeeper {
  const { create, most, log, times = usualSocketTimes } = deps
  const wantedNow = (): number => Math.min(most, deps.wanted?.() ?? most)
  const stopping = new AbortController()
  const standing = new Set<SocketModeReceiver>()
  const { promise: known, resolve: sayKnown } = Promise.withResolvers<void>()
  let refused: string | undefined
  /** Whether the log says that no connection stands. */
  let isDownLogged = false

  const state = (): Sockets => ({ open: standing.size, wanted: wantedNow(), refused })
  const isStopping = (): boolean => stopping.signal.aborted

  function opened(receiver: SocketModeReceiver): void {
    standing.add(receiver)
    refused = undefined
    sayKnown()
    if (isDownLogged) log.info('Slack is connected again')
    isDownLogged = false
    deps.onChange?.(state())
  }

  /** Returns how long Slack asks to wait. */
  function failed(error: unknown): number {
    const failure = classifySlackFailure(error)
    const isRefusal = failure.type === 'token-refused' || failure.error === 'not_allowed_token_type'
    const isNews = isRefusal && refused === undefined
    // An attempt that did not reach Slack says nothing about the token.
    if (isRefusal) refused = failure.error
    if (isNews) log.error({ slackError: failure.error }, 'Slack refuses the app token; commands are not heard, digests go on')
    else if (standing.size === 0 && !isDownLogged && !isRefusal)
      log.warn({ slackError: failure.error }, 'No connection to Slack stands; it is tried again until one does')
    if (standing.size === 0) isDownLogged = true
    // The library rejects with nothing where Slack closes a connection before it stands: there are ten already, and a start need not wait.
    if (isRefusal || error === undefined) sayKnown()
    if (isNews) deps.onChange?.(state())
    return failure.type === 'rate-limited' ? failure.retryAfterMs : 0
  }

  /** Opens one connection and resolves when it is lost, with how long it stood. @throws whatever kept it from opening */
  async function holdOne(index: number): Promise<number> {
    const receiver = create()
    const { client } = receiver
    const lost = Promise.withResolvers<void>()
    const over = new AbortController()
    client.on('disconnected', () => lost.resolve())
    const starting = client.start()
    // Given up below, it may still open or fail later.
    starting.then(() => (over.signal.aborted ? close(receiver) : undefined)).catch(() => undefined)
    try {
      await within(starting, times.attemptMs, stopping.signal)
      opened(receiver)
      const openedAt = performance.now()
      const looking = setInterval(() => {
        if (isStopping() || index >= wantedNow() || !client.websocket?.isActive()) lost.resolve()
      }, times.lookMs)
      stopping.signal.addEventListener('abort', () => lost.resolve(), { signal: over.signal })
      await lost.promise
      clearInterval(looking)
      return performance.now() - openedAt
    } finally {
      over.abort()
      standing.delete(receiver)
      await close(receiver)
      deps.onChange?.(state())
    }
  }

  async function keepOne(index: number): Promise<void> {
    for (let failures = 0; !isStopping(); ) {
      if (index >= wantedNow()) {
        await wait(times.lookMs, undefined, { signal: stopping.signal }).catch(() => undefined)
        continue
      }
      let askedMs = 0
      try {
        // One that is closed as soon as it opens is no success.
        failures = (await holdOne(index)) < steadyMs ? failures + 1 : 0
      } catch (error) {
        if (isStopping()) return
        askedMs = failed(error)
        failures += 1
      }
      const ms = Math.max(askedMs, times.retryMs[Math.min(failures, times.retryMs.length - 1)] ?? 0)
      // Replicas that lost Slack together do not come back in step.
      await wait(ms * (0.8 + Math.random() * 0.2), undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  const keeping = Array.from({ length: most }, (_, index) => keepOne(index))
  return {
    state,
    async opened(withinMs) {
      await Promise.race([known, wait(withinMs, undefined, { signal: stopping.signal, ref: false })]).catch(() => undefined)
    },
    async stop() {
      stopping.abort()
      await Promise.all(keeping)
    },
  }
}

async function close({ client }: SocketModeReceiver): Promise<void> {
  await Promise.race([client.disconnect(), wait(closeWithinMs, undefined, { ref: false })])
}

class TooSlow extends Error {}

/** @throws TooSlow, or what `work` rejects with (the library rejects with nothing where the connection closes before it stands) */
async function within(work: Promise<unknown>, ms: number, signal: AbortSignal): Promise<void> {
  const done = new AbortController()
  try {
    await Promise.race([
      work,
      wait(ms, undefined, { signal: AbortSignal.any([done.signal, signal]) }).then(() => {
        throw new TooSlow('no connection in time')
      }),
    ])
  } finally {
    done.abort()
  }
}
