// Time in which waiting costs nothing: it moves on to the next moment somebody waits for as soon as everybody at work waits. So a
// rate and slow answers can be measured without a machine's speed entering into it.
import { movableClock } from '../../src/clock.ts'

/** Somebody who waits for another one's reading does not say so: after this long without news time moves on all the same. Long, because a busy
 * machine is no reason: what somebody does meanwhile would seem to take simulated time. */
const withoutNewsMs = 20_000

export function simulatedTime(start: Date) {
  const clock = movableClock(start)
  const sleepers: { readonly atMs: number; readonly wake: () => void }[] = []
  let working = 0
  /** Requests that were let go and have not arrived: they must not arrive later than they left. */
  let travelling = 0
  let timer: NodeJS.Timeout | undefined

  function moveOn(): void {
    clearTimeout(timer)
    if (travelling > 0) return
    const next = sleepers.toSorted((a, b) => a.atMs - b.atMs)[0]
    if (!next) return
    sleepers.splice(sleepers.indexOf(next), 1)
    if (next.atMs > clock.now().getTime()) clock.moveTo(new Date(next.atMs))
    next.wake()
  }

  function news(): void {
    clearTimeout(timer)
    timer = setTimeout(moveOn, withoutNewsMs)
    setImmediate(() => {
      if (sleepers.length > 0 && sleepers.length >= working) moveOn()
    })
  }

  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const wake = () => {
        news()
        resolve()
      }
      if (ms <= 0) return wake()
      sleepers.push({ atMs: clock.now().getTime() + ms, wake })
      news()
    })

  return {
    clock,
    sleep,
    /** A pause of the client; after the one before a request that request leaves. */
    async leave(ms: number, _signal: AbortSignal, before: 'request' | 'held' | 'retry'): Promise<void> {
      if (before === 'held') travelling -= 1
      await sleep(ms)
      if (before !== 'retry') travelling += 1
    },
    /** A request has arrived. */
    arrived(): void {
      travelling -= 1
      news()
    },
    /** Time stands still while `work` does anything but sleep. */
    async whileWorking<T>(work: () => Promise<T>): Promise<T> {
      working += 1
      try {
        return await work()
      } finally {
        working -= 1
        news()
      }
    },
    stop: () => clearTimeout(timer),
  }
}
