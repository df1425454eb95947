// Closes in reverse what was opened: when a start fails half-way, and when the app stops.
import type { Log } from './log.ts'

export interface Closers {
  add(close: () => Promise<unknown>): void
  /** Closes each once; what does not close is logged, and the others close all the same. */
  closeAll(): Promise<void>
}

export function createClosers(log: Log): Closers {
  const open: (() => Promise<unknown>)[] = []
  return {
    add(close) {
      open.push(close)
    },
    async closeAll() {
      for (const close of open.splice(0).reverse())
        await close().catch((error: unknown) => log.error({ err: error }, 'a part did not close'))
    },
  }
}
