// Counts turns of the event loop, to see which pieces of work share one.
import { vi } from 'vitest'

/** Keeps the only thread busy. */
export function busyMs(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

/** Hands `work` the number of the turn at hand, until it is done. */
export async function countingTurns(work: (now: () => number) => Promise<unknown>): Promise<void> {
  let turn = 0
  let isOver = false
  const count = (): void => {
    turn += 1
    if (!isOver) setImmediate(count)
  }
  setImmediate(count)
  try {
    await work(() => turn)
  } finally {
    isOver = true
  }
}

/** Goes on from where the last one ended, as time does. */
let laterMs = 0

/**
 * Turns that the work takes when none of its pieces is short enough to share one, however fast the machine is: each look at the time finds
 * it a millisecond later.
 */
export async function turnsOfLongPieces(work: () => Promise<unknown>): Promise<number> {
  laterMs = Math.max(laterMs, performance.now())
  const time = vi.spyOn(performance, 'now').mockImplementation(() => (laterMs += 1))
  let turns = 0
  try {
    await countingTurns(async (now) => {
      await work()
      turns = now()
    })
  } finally {
    time.mockRestore()
  }
  return turns
}

/** In how many turns the work ran that began with ten answers of `ask`, each of a millisecond. `allArrive` is called once all are asked. */
export async function turnsOfTen(ask: (nth: number) => Promise<unknown>, allArrive: () => void = () => undefined): Promise<number> {
  const turns = new Set<number>()
  await countingTurns(async (now) => {
    const works = Array.from({ length: 10 }, async (_, nth) => {
      await ask(nth)
      busyMs(1)
      turns.add(now())
    })
    allArrive()
    await Promise.all(works)
  })
  return turns.size
}
