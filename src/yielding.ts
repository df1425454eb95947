// The one scheduler of long work on the only thread. An acknowledgement waits for the turn of the event loop that is under way, so a turn is
// kept short: work comes in pieces, pieces wait here, and a turn begins no further piece once it is half a millisecond old. The rule: wait
// for a turn (`nextTurn`) where something from outside (an answer of the database, a request) begins a piece, because many of those can
// arrive in one turn; ask `yieldBetween` between two pieces; give lists to `forEachYielding`. Knows nothing of the work.

/** A turn that is younger begins another piece: short ones share it. */
const youngMs = 0.5

/** Pieces that wait, in their order. */
const waiting: (() => void)[] = []
let isTurnComing = false
/** When the turn began in which the last piece ran. */
let beganAt = Number.NEGATIVE_INFINITY

const isYoung = (): boolean => performance.now() - beganAt < youngMs

/** Waits until a turn has time for another piece. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    if (!isTurnComing) setImmediate(beginTurn)
    isTurnComing = true
  })
}

function beginTurn(): void {
  beganAt = performance.now()
  runPiece()
}

function runPiece(): void {
  waiting.shift()?.()
  // The piece runs in microtasks, and a tick that is asked for in one of them comes when all are done.
  queueMicrotask(() => process.nextTick(afterPiece))
}

function afterPiece(): void {
  isTurnComing = waiting.length > 0
  if (!isTurnComing) return
  if (isYoung()) runPiece()
  else setImmediate(beginTurn)
}

/** Between two pieces of an answer: goes on at once while the turn is young and nobody waits. */
export async function yieldBetween(): Promise<void> {
  if (waiting.length > 0 || !isYoung()) await nextTurn()
}

/** Calls `work` for each item in order. Resolves when all are done; an error of `work` ends it. No items: nothing is called. */
export async function forEachYielding<T>(items: Iterable<T>, work: (item: T) => void): Promise<void> {
  let startedAt = performance.now()
  for (const item of items) {
    work(item)
    if (performance.now() - startedAt < pieceMs) continue
    await nextTurn()
    startedAt = performance.now()
  }
}

/** A piece of a list, which costs a turn. */
const pieceMs = 1
