// Since when Slack's events have been heard without a gap. Whatever was learned of Slack before may be out of date: nobody sends again what
// happened while the service was stopped, a backup was restored or no connection stood, nor an event that could not be stored. Knows no event.
import type { Clock } from '../clock.ts'
import { ageMs } from '../domain/age.ts'

export interface Hearing {
  /** Slack reaches us now. Called again while it does, it changes nothing. */
  began(): void
  /** It does not any more. */
  ended(): void
  /** An event arrived and is lost. */
  missed(): void
  /** What was learned of Slack from this instant on still holds, because every change since was heard. */
  heardSince(): Date
}

/** While nothing is heard, what was asked holds for this long. */
const unheardMs = 15 * 60_000

/** Nothing is heard yet. */
export function createHearing(clock: Clock): Hearing {
  /** What was learned before does not hold, whether anything is heard or not. */
  let lost = clock.now()
  let since: Date | undefined
  return {
    began() {
      since ??= clock.now()
    },
    ended() {
      since = undefined
    },
    missed() {
      lost = clock.now()
      if (since) since = lost
    },
    heardSince() {
      const now = clock.now()
      return since ?? (ageMs(lost, now) < unheardMs ? lost : new Date(now.getTime() - unheardMs))
    },
  }
}
