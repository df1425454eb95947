// Since when Slack's events have been heard without a gap. Whatever was learned of Slack before may be out of date: nobody sends again what
// happened while the service was stopped, a backup was restored or no connection stood. Knows no event.
import type { Clock } from '../clock.ts'
import { ageMs } from '../domain/age.ts'

export interface Hearing {
  /** Slack reaches us now. Called again while it does, it changes nothing. */
  began(): void
  /** It does not any more. */
  ended(): void
  /** Whether what was learned at this instant still holds, because every change since was heard. */
  covers(learnedAt: Date): boolean
}

/** While nothing is heard, what was asked holds for this long. */
const unheardMs = 15 * 60_000

/** Nothing is heard yet. */
export function createHearing(clock: Clock): Hearing {
  const madeAt = clock.now()
  let since: Date | undefined
  return {
    began() {
      since ??= clock.now()
    },
    ended() {
      since = undefined
    },
    covers(learnedAt) {
      const now = clock.now()
      return ageMs(learnedAt, now) <= (since ? ageMs(since, now) : Math.min(unheardMs, ageMs(madeAt, now)))
    },
  }
}
