// How many questions are worked on at once. Each takes some milliseconds of the one event loop that also acknowledges commands within
// three seconds; with a few at a time an acknowledgement waits for a few, not for all.

export interface Turns {
  /** Waits for a turn; the function it gives ends it, once however often it is called. */
  take(): Promise<() => void>
}

export function createTurns(most: number): Turns {
  const waiting: (() => void)[] = []
  let taken = 0
  const end = (): void => {
    const next = waiting.shift()
    // The turn goes over to whoever waits longest.
    if (next) next()
    else taken -= 1
  }
  return {
    async take() {
      if (taken < most) taken += 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
      let isEnded = false
      return () => {
        if (!isEnded) end()
        isEnded = true
      }
    },
  }
}

/** Work may wait for Gong for minutes: after this long others go on beside it. */
const longestTurnMs = 2000

/** Does `work` when its turn has come. */
export async function inTurn<T>(turns: Turns, work: () => Promise<T>): Promise<T> {
  const end = await turns.take()
  const isLong = setTimeout(end, longestTurnMs)
  isLong.unref()
  try {
    return await work()
  } finally {
    clearTimeout(isLong)
    end()
  }
}
