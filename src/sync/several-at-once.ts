// Runs several pieces of work at a time over a list that may still change. Knows nothing of Gong.

export interface SeveralAtOnce<T> {
  readonly atOnce: number
  /** The next thing to work on; undefined = nothing now. It must not hand out the same thing twice. */
  next(): T | undefined
  /** `lookAgain`: `next` may have something now, before this work is done. */
  work(item: T, lookAgain: () => void): Promise<void>
}

/**
 * Resolves when nothing runs and `next` has nothing. After a failure nothing new is begun; what is under way is left to end, for it
 * may well succeed. @throws the first failure, once everything has ended.
 */
export function severalAtOnce<T>({ atOnce, next, work }: SeveralAtOnce<T>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let running = 0
  let failure: { readonly error: unknown } | undefined

  function lookAgain(): void {
    while (running < atOnce && !failure) {
      const item = next()
      if (item === undefined) break
      running += 1
      void run(item)
    }
    if (running > 0) return
    if (failure) reject(failure.error)
    else resolve()
  }

  async function run(item: T): Promise<void> {
    try {
      await work(item, lookAgain)
    } catch (error) {
      failure ??= { error }
    }
    running -= 1
    lookAgain()
  }

  lookAgain()
  return promise
}
