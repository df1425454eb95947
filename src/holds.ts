// Waits of this process that somebody asked for (a 429 of Slack, a pause after a refusal), by key, on the clock passed in. A clock that was
// ahead when one began and was set right since makes none longer: one with more left than it was asked for counts as over.
import type { Clock } from './clock.ts'

export interface Holds<Key extends string> {
  /** Returns when it ends. A later one of the same key takes its place. */
  begin(key: Key, lastsMs: number): Date
  end(key: Key): void
  /** 0 when nothing is held under this key. */
  leftMs(key: Key): number
}

export function createHolds<Key extends string>(clock: Clock): Holds<Key> {
  const holds = new Map<Key, { readonly endsAt: number; readonly lastsMs: number }>()
  return {
    begin(key, lastsMs) {
      const endsAt = clock.now().getTime() + lastsMs
      holds.set(key, { endsAt, lastsMs })
      return new Date(endsAt)
    },
    end: (key) => void holds.delete(key),
    leftMs(key) {
      const hold = holds.get(key)
      if (!hold) return 0
      const leftMs = hold.endsAt - clock.now().getTime()
      if (leftMs > 0 && leftMs <= hold.lastsMs) return leftMs
      holds.delete(key)
      return 0
    },
  }
}
