// Keeps Socket Mode connections open. A lost connection is opened again at once, then every ten seconds at most, however long Slack was
// away: the library's own waits grow without end. Logs the loss of the last connection once and its return once. Knows no payload.
import { setTimeout as wait } from 'node:timers/promises'
import type { SocketModeReceiver } from '@slack/bolt'
import type { Log } from '../log.ts'
import { holdSocket } from './hold-socket.ts'
import { classifySlackFailure, isRefusal } from './slack-failure.ts'

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
  /** How often to check that a connection still stands. */
  readonly lookMs: number
}

export interface KeepSocketsDeps {
  /** Makes a receiver that was never started and does not reconnect by itself. */
  readonly create: () => SocketModeReceiver
  readonly most: number
  /** How many of `most` are wanted now: none is opened beyond, and one too many is closed. Default all. */
  readonly wanted?: (() => number) | undefined
  readonly times?: SocketTimes | undefined
  /** Called after every change of the state. */
  readonly onChange?: ((state: Sockets) => void) | undefined
  readonly log: Log
}

/** An attempt that hangs and the longest wait after it stay below half a minute together. */
export const usualSocketTimes: SocketTimes = { retryMs: [0, 1000, 2000, 5000, 10_000], attemptMs: 12_000, lookMs: 1000 }

/** A connection that is closed sooner counts as a failed attempt. */
const steadyMs = 2000

/** The connections of one keeper, and what its log has said about them. */
interface Keeping {
  readonly deps: KeepSocketsDeps
  readonly times: SocketTimes
  /** Aborted by `stop`. */
  readonly signal: AbortSignal
  /** Connections that stand, by their place. */
  readonly standing: Set<number>
  /** Resolved by the first connection or refusal. */
  readonly known: PromiseWithResolvers<void>
  refused: string | undefined
  /** Whether the log says that no connection stands. */
  isDownLogged: boolean
}

export function keepSockets(deps: KeepSocketsDeps): SocketKeeper {
  const stopping = new AbortController()
  const keeping: Keeping = {
    deps,
    times: deps.times ?? usualSocketTimes,
    signal: stopping.signal,
    standing: new Set(),
    known: Promise.withResolvers<void>(),
    refused: undefined,
    isDownLogged: false,
  }
  const places = Array.from({ length: deps.most }, (_, place) => keepPlace(keeping, place))
  return {
    state: () => stateOf(keeping),
    async opened(withinMs) {
      await Promise.race([keeping.known.promise, pause(keeping, withinMs, { ref: false })])
    },
    async stop() {
      stopping.abort()
      await Promise.all(places)
    },
  }
}

const wantedNow = ({ deps: { most, wanted } }: Keeping): number => Math.min(most, wanted?.() ?? most)

const stateOf = (keeping: Keeping): Sockets => ({
  open: keeping.standing.size,
  wanted: wantedNow(keeping),
  refused: keeping.refused,
})

const changed = (keeping: Keeping): void => keeping.deps.onChange?.(stateOf(keeping))

/** Resolves early when the keeper stops. */
const pause = (keeping: Keeping, ms: number, options: { readonly ref?: boolean } = {}): Promise<void> =>
  wait(ms, undefined, { signal: keeping.signal, ...options }).catch(() => undefined)

/** Keeps a connection open in this place, from 0, while that many are wanted. Resolves when the keeper stops. */
async function keepPlace(keeping: Keeping, place: number): Promise<void> {
  const { times, signal } = keeping
  for (let failures = 0; !signal.aborted; ) {
    if (place >= wantedNow(keeping)) {
      await pause(keeping, times.lookMs)
      continue
    }
    let askedMs = 0
    try {
      failures = (await holdPlace(keeping, place)) < steadyMs ? failures + 1 : 0
    } catch (error) {
      if (signal.aborted) return
      askedMs = noteFailure(keeping, error)
      failures += 1
    }
    const ms = Math.max(askedMs, times.retryMs[Math.min(failures, times.retryMs.length - 1)] ?? 0)
    // Replicas that lost Slack together do not come back in step.
    await pause(keeping, ms * (0.8 + Math.random() * 0.2))
  }
}

/** Resolves with the milliseconds the connection stood. @throws whatever kept it from opening */
const holdPlace = (keeping: Keeping, place: number): Promise<number> =>
  holdSocket({
    receiver: keeping.deps.create(),
    attemptMs: keeping.times.attemptMs,
    lookMs: keeping.times.lookMs,
    isWanted: () => place < wantedNow(keeping),
    signal: keeping.signal,
    onOpen: () => noteOpen(keeping, place),
    onOver() {
      if (keeping.standing.delete(place)) changed(keeping)
    },
  })

function noteOpen(keeping: Keeping, place: number): void {
  keeping.standing.add(place)
  keeping.refused = undefined
  keeping.known.resolve()
  if (keeping.isDownLogged) keeping.deps.log.info('Slack is connected again')
  keeping.isDownLogged = false
  changed(keeping)
}

/** Returns how many milliseconds Slack asks to wait. */
function noteFailure(keeping: Keeping, error: unknown): number {
  const { log } = keeping.deps
  const failure = classifySlackFailure(error)
  // Whatever Slack says no to here, with any code, concerns the token or the app.
  const isRefused = isRefusal(failure) || failure.type === 'refused'
  const isNews = isRefused && keeping.refused === undefined
  const isDown = keeping.standing.size === 0
  // An attempt that did not reach Slack says nothing about the token.
  if (isRefused) keeping.refused = failure.error
  if (isNews) log.error({ slackError: failure.error }, 'Slack refuses the app token; commands are not heard, digests go on')
  else if (isDown && !keeping.isDownLogged && !isRefused)
    log.warn({ slackError: failure.error }, 'No connection to Slack stands; it is tried again until one does')
  if (isDown) keeping.isDownLogged = true
  // The library rejects with nothing where Slack closes a connection before it stands: there are ten already, and a start need not wait.
  if (isRefused || error === undefined) keeping.known.resolve()
  if (isNews) changed(keeping)
  return failure.type === 'rate-limited' ? failure.retryAfterMs : 0
}
