// Runs long work in pieces: now and then it lets the event loop run, so that what Slack sends meanwhile is acknowledged. Knows nothing of
// the work.
import { setImmediate as nextTurn } from 'node:timers/promises'

/** One turn of the event loop may last this long; Slack's three seconds and a person's patience are far more. */
const turnMs = 2

/** Calls `work` for each item in order. Resolves when all are done; an error of `work` ends it. No items: nothing is called. */
export async function forEachYielding<T>(items: Iterable<T>, work: (item: T) => void): Promise<void> {
  let startedAt = performance.now()
  for (const item of items) {
    work(item)
    if (performance.now() - startedAt < turnMs) continue
    await nextTurn()
    startedAt = performance.now()
  }
}
