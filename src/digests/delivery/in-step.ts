// Deliveries that are under way at once wait a moment for each other before they write: the store makes one statement of what is written in
// one turn, and the statements of a burst cost more than its posts. One that is alone never waits. Knows no rows and no steps.

/** One that is slow, or waits for its turn to be posted, holds nobody up for longer. */
const usualWaitMs = 100

export interface InStep {
  /** Counts `work` as under way until it ends. */
  during<T>(work: () => Promise<T>): Promise<T>
  /** Resolves once everything under way waits here, or after a moment. */
  together(): Promise<void>
}

export function createInStep(longestWaitMs = usualWaitMs): InStep {
  let underWay = 0
  let timer: NodeJS.Timeout | undefined
  const waiting: (() => void)[] = []

  function goOn(): void {
    clearTimeout(timer)
    timer = undefined
    for (const resolve of waiting.splice(0)) resolve()
  }

  return {
    async during(work) {
      underWay += 1
      try {
        return await work()
      } finally {
        underWay -= 1
        if (waiting.length >= underWay) goOn()
      }
    },
    together() {
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.push(resolve)
      if (waiting.length >= underWay) goOn()
      else timer ??= setTimeout(goOn, longestWaitMs)
      return promise
    },
  }
}
