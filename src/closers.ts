// Closes in reverse what was opened: when a start fails half-way, and when the app stops.
import type { Log } from './log.ts'

export interface Closers {
  /** What comes after `closeAll` is closed at once: a start that is stopped half-way may still be opening something. */
  add(close: () => Promise<unknown>): void
  /** Closes each once; what does not close is logged, and the others close all the same. Resolves with how many there were. */
  closeAll(): Promise<number>
}

export function createClosers(log: Log): Closers {
  const open: (() => Promise<unknown>)[] = []
  const closingLate = new Set<Promise<unknown>>()
  let isOver = false
  const closed = (close: () => Promise<unknown>): Promise<unknown> =>
    close().catch((error: unknown) => log.error({ err: error }, 'a part did not close'))
  return {
    add(close) {
      if (!isOver) return void open.push(close)
      const closing = closed(close).finally(() => closingLate.delete(closing))
      closingLate.add(closing)
    },
    async closeAll() {
      isOver = true
      const given = open.splice(0).reverse()
      for (const close of given) await closed(close)
      await Promise.all(closingLate)
      return given.length
    },
  }
}
