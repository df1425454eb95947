// How many deliveries are under way at once. A burst of them may take all the time of a machine that others share, and commands are
// acknowledged by the same event loop: while it is late, fewer deliveries go on beside each other, and more again once it is not. Knows no
// rows.

/** So few always go on, however late the loop is. */
const fewestAtOnce = 4

/** How often the loop is looked at while anything is under way. */
const lookEveryMs = 20

/** A loop that is later than this keeps acknowledgements waiting. */
const tooLateMs = 25

export interface GivingWay {
  /** Does `work` as soon as few enough are under way, first come, first served. Rejects as `work` does. */
  during<T>(work: () => Promise<T>): Promise<T>
}

/** A quarter fewer than are under way each time the loop is late; while it is on time one more every four looks. */
export const nextMost = (most: number, underWay: number, lateMs: number): number =>
  lateMs > tooLateMs ? Math.max(fewestAtOnce, Math.floor(Math.min(most, underWay) * 0.75)) : most + 0.25

/** Any number may begin until the loop is late for the first time. */
export function createGivingWay(): GivingWay {
  let most = Number.POSITIVE_INFINITY
  let underWay = 0
  let timer: NodeJS.Timeout | undefined
  const waiting: (() => void)[] = []

  function begin(): void {
    while (underWay + 1 <= most && waiting.length > 0) {
      underWay += 1
      waiting.shift()?.()
    }
    if (underWay > 0 && !timer) timer = lookLater()
  }

  function lookLater(): NodeJS.Timeout {
    const dueAt = performance.now() + lookEveryMs
    return setTimeout(() => {
      timer = undefined
      most = nextMost(most, underWay, performance.now() - dueAt)
      begin()
    }, lookEveryMs)
  }

  return {
    async during(work) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
        begin()
      })
      try {
        return await work()
      } finally {
        underWay -= 1
        begin()
      }
    },
  }
}
