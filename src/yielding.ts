// Long work on the only thread that yields: now and then the event loop runs, so that what Slack sends meanwhile is acknowledged. Pieces of
// different work take turns of the loop one after the other: beside each other they would make one long turn. Knows nothing of the work.

/** One turn of the event loop may last this long; Slack's three seconds and a person's patience are far more. */
const turnMs = 2

/** Pieces that wait for a turn, each for one of its own. */
const waiting: (() => void)[] = []
/** When the last of them began. */
let beganAt = Number.NEGATIVE_INFINITY

/** Waits for a turn of the event loop in which no other piece of work runs. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    if (waiting.length === 1) setImmediate(runNext)
  })
}

function runNext(): void {
  beganAt = performance.now()
  waiting.shift()?.()
  if (waiting.length > 0) setImmediate(runNext)
}

/** Between two pieces of an answer: goes on at once while the turn is young, else in the next one that is free. */
export async function yieldBetween(): Promise<void> {
  if (waiting.length > 0 || performance.now() - beganAt >= pieceMs) await nextTurn()
}

/** A piece that follows within this time goes on in the same turn. */
const pieceMs = 0.5

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
