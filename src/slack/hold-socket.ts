// One Socket Mode connection: opens it, stays until it is lost or no longer wanted, and closes it. Knows nothing of a next attempt.
import { setTimeout as wait } from 'node:timers/promises'
import type { SocketModeReceiver } from '@slack/bolt'

export interface HoldSocket {
  /** Never started before, and not reconnecting by itself. */
  readonly receiver: SocketModeReceiver
  /** How long opening may take. */
  readonly attemptMs: number
  /** How often to check that the connection still stands and is wanted. */
  readonly lookMs: number
  readonly isWanted: () => boolean
  /** Aborted when the process stops: the connection is closed at once. */
  readonly signal: AbortSignal
  /** Called once the connection stands. */
  readonly onOpen: () => void
  /** Called once it no longer counts, before it is closed; also when it never opened. */
  readonly onOver: () => void
}

/** Closing waits for the other side, which may be gone. */
const closeWithinMs = 1500

/** Resolves when the connection is lost or closed, with how long it stood in milliseconds. @throws whatever kept it from opening */
export async function holdSocket(hold: HoldSocket): Promise<number> {
  const { receiver, signal } = hold
  const { client } = receiver
  const lost = Promise.withResolvers<void>()
  const over = new AbortController()
  client.on('disconnected', () => lost.resolve())
  const starting = client.start()
  // Given up below, it may still open or fail later.
  starting.then(() => (over.signal.aborted ? close(receiver) : undefined)).catch(() => undefined)
  try {
    await within(starting, hold.attemptMs, signal)
    hold.onOpen()
    const openedAt = performance.now()
    const looking = setInterval(() => {
      if (signal.aborted || !hold.isWanted() || !client.websocket?.isActive()) lost.resolve()
    }, hold.lookMs)
    signal.addEventListener('abort', () => lost.resolve(), { signal: over.signal })
    await lost.promise
    clearInterval(looking)
    return performance.now() - openedAt
  } finally {
    over.abort()
    hold.onOver()
    await close(receiver)
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
