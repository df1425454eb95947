// A time limit for every question of a check: whoever watches the service is answered also when what it asks about is silent.
import { setTimeout as afterMs } from 'node:timers/promises'

const answerWithinMs = 3_000

/** What `work` resolves with, or `otherwise` when it fails or takes longer. */
export async function inTime<T>(work: Promise<T> | undefined, otherwise: T, withinMs = answerWithinMs): Promise<T> {
  const given = new AbortController()
  try {
    return await Promise.race([work ?? otherwise, afterMs(withinMs, otherwise, { signal: given.signal, ref: false })])
  } catch {
    return otherwise
  } finally {
    given.abort()
  }
}
